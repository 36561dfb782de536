#include "src/input/decoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "tests/input/compress.h"

namespace logstat {
namespace {

constexpr uint64_t kMuchMemory = uint64_t{1} << 30;

struct Decoded {
  std::string text;
  bool ended = false;
  std::string damage;
  uint64_t needed_bytes = 0;
  size_t taken = 0;
};

// All of `data`, in pieces of random sizes up to the two limits.
Decoded DecodeAll(Decoder& decoder, std::string_view data, size_t most_in, size_t most_out, uint64_t seed = 1) {
  std::mt19937_64 random(seed);
  Decoded decoded;
  std::vector<uint8_t> out(most_out);
  decoder.Start();
  while (true) {
    const size_t in_bytes = std::min(data.size() - decoded.taken, 1 + random() % most_in);
    const std::vector<uint8_t> in(data.begin() + decoded.taken, data.begin() + decoded.taken + in_bytes);
    const Decoder::Step step = decoder.Decode(in.data(), in.size(), out.data(), 1 + random() % most_out);
    decoded.text.append(out.begin(), out.begin() + step.made);
    decoded.taken += step.taken;
    decoded.ended = step.ended;
    decoded.damage = step.damage;
    decoded.needed_bytes = step.needed_bytes;
    if (step.ended || !step.damage.empty() || step.needed_bytes > 0) return decoded;
    if (step.made == 0 && step.taken == 0) return decoded;
  }
}

std::string LogOf(size_t bytes) {
  std::mt19937_64 random(bytes);
  std::string text;
  while (text.size() < bytes) {
    text += "192.0.2." + std::to_string(random() % 256) + " - - [22/Nov/2026:13:00:00 +0000] \"GET /" +
            std::to_string(random() % 5000) + " HTTP/1.1\" 200 " + std::to_string(random() % 100000) + "\n";
  }
  return text;
}

struct Kind {
  const char* name;
  std::function<std::unique_ptr<Decoder>()> make;
  std::string (*compress)(std::string_view);
};

std::vector<Kind> Kinds() {
  const auto gzip = [](std::string_view text) { return Gzip(text); };
  std::vector<Kind> kinds = {
      {"zlib", MakeZlibDecoder, gzip},
      {"zstd", [] { return MakeZstdDecoder(kMuchMemory); }, [](std::string_view text) { return Zstd(text); }},
      {"xz", [] { return MakeXzDecoder(kMuchMemory); }, [](std::string_view text) { return Xz(text); }},
      {"bzip2", MakeBzip2Decoder, Bzip2}};
  if (MakeIsalDecoder() != nullptr) kinds.push_back({"isal", MakeIsalDecoder, gzip});
  return kinds;
}

TEST(DecoderTest, GivesTheTextWhateverThePieces) {
  const std::string text = LogOf(150'000);
  for (const Kind& kind : Kinds()) {
    const std::string data = kind.compress(text);
    for (const auto& [most_in, most_out] :
         {std::pair<size_t, size_t>{1, 1 << 20}, {1 << 20, 1 << 20}, {7, 100}, {1000, 3}, {70'000, 70'000}}) {
      SCOPED_TRACE(std::string(kind.name) + " " + std::to_string(most_in) + " " + std::to_string(most_out));
      const std::unique_ptr<Decoder> decoder = kind.make();
      const Decoded decoded = DecodeAll(*decoder, data + "behind", most_in, most_out);
      EXPECT_TRUE(decoded.text == text);
      EXPECT_TRUE(decoded.ended);
      EXPECT_EQ(decoded.taken, data.size()) << "what is behind the member is left alone";
      EXPECT_TRUE(DecodeAll(*decoder, data, most_in, most_out).text == text) << "a decoder may start again";
    }
  }
}

TEST(DecoderTest, AnEmptyMemberHasAnEnd) {
  for (const Kind& kind : Kinds()) {
    const Decoded decoded = DecodeAll(*kind.make(), kind.compress(""), 100, 100);
    EXPECT_TRUE(decoded.ended) << kind.name;
    EXPECT_EQ(decoded.text, "") << kind.name;
  }
}

TEST(DecoderTest, ATruncatedMemberGivesWhatItHolds) {
  const std::string text = LogOf(220'000);
  for (const Kind& kind : Kinds()) {
    const std::string data = kind.compress(text);
    for (size_t kept = 0; kept < data.size(); kept = kept < 40 ? kept + 1 : kept + data.size() / 17) {
      SCOPED_TRACE(std::string(kind.name) + " " + std::to_string(kept));
      const Decoded decoded = DecodeAll(*kind.make(), data.substr(0, kept), 5000, 5000);
      EXPECT_FALSE(decoded.ended);
      EXPECT_EQ(decoded.damage, "");
      EXPECT_EQ(decoded.taken, kept);
      EXPECT_TRUE(text.starts_with(decoded.text));
    }
    const Decoded nearly_all = DecodeAll(*kind.make(), data.substr(0, data.size() - 1), 5000, 5000);
    EXPECT_GE(nearly_all.text.size() * 10, text.size() * 6) << kind.name;
  }
}

// One is the start of the other, and at most so much longer.
bool AgreeUpTo(size_t most_bytes, std::string_view a, std::string_view b) {
  const size_t common = std::min(a.size(), b.size());
  return a.substr(0, common) == b.substr(0, common) && std::max(a.size(), b.size()) - common <= most_bytes;
}

// However the pieces fall: else the report would depend on the size of the cells.
TEST(DecoderTest, DamageGivesTheSameBytesBeforeItWhateverThePieces) {
  const std::string text = LogOf(220'000);
  std::mt19937_64 random(7);
  for (const Kind& kind : Kinds()) {
    const std::string data = kind.compress(text);
    for (int i = 0; i < 25; ++i) {
      std::string damaged = data;
      const size_t at = random() % damaged.size();
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
      SCOPED_TRACE(std::string(kind.name) + " " + std::to_string(at));
      const Decoded whole = DecodeAll(*kind.make(), damaged, 1 << 20, 1 << 20);
      const Decoded pieces = DecodeAll(*kind.make(), damaged, 300, 2000, i);
      const size_t most_lost = kind.name == std::string_view("bzip2") ? 512 : 0;  // see its decoder
      EXPECT_TRUE(AgreeUpTo(most_lost, whole.text, pieces.text)) << whole.text.size() << " and " << pieces.text.size();
      EXPECT_EQ(whole.damage, pieces.damage);
      EXPECT_TRUE(whole.text != text || whole.ended || !whole.damage.empty());
      if (whole.ended) {
        EXPECT_TRUE(whole.text == text) << "a flag of the header at most was damaged";
      }
    }
  }
}

// zlib is the reference of ISA-L: the same text from the same bytes, damaged or not.
TEST(DecoderTest, IsalDecodesWhatZlibDoes) {
  if (MakeIsalDecoder() == nullptr) GTEST_SKIP() << "ISA-L is not installed";
  const std::string text = LogOf(60'000);
  const std::string data = Gzip(text);
  std::mt19937_64 random(11);
  for (int i = 0; i < 150; ++i) {
    std::string damaged = data;
    const size_t at = 10 + random() % (damaged.size() - 10);
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << random() % 8));
    const Decoded isal = DecodeAll(*MakeIsalDecoder(), damaged, 3000, 3000, i);
    const Decoded zlib = DecodeAll(*MakeZlibDecoder(), damaged, 3000, 3000, i);
    // zlib refuses some tables of codes of which ISA-L still decodes some symbols.
    EXPECT_TRUE(AgreeUpTo(isal.damage.empty() ? 0 : 100, isal.text, zlib.text))
        << at << ": " << isal.text.size() << " and " << zlib.text.size();
    EXPECT_EQ(isal.damage.empty(), zlib.damage.empty()) << at << ": " << isal.damage << " and " << zlib.damage;
  }
}

// A member whose last bytes are copied from a text that is not in it.
std::string GzipWithCopyFromBefore(std::string_view text, std::string_view before) {
  z_stream stream = {};
  Require(deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  Require(deflateSetDictionary(&stream, reinterpret_cast<const Bytef*>(before.data()),
                               static_cast<uInt>(before.size())) == Z_OK);
  std::string all = std::string(text).append(before);
  std::string out(all.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(all.data());
  stream.avail_in = static_cast<uInt>(all.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  Require(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return std::string("\x1f\x8b\x08\0\0\0\0\0\0\3", 10) + out + std::string(8, 'x');
}

TEST(DecoderTest, OfACopyFromBeforeTheStartNothingIsGiven) {
  const std::string before = "one two three four five six seven eight nine ten eleven twelve";
  for (const size_t bytes : {0, 1, 7, 1000, 20'000}) {
    std::mt19937_64 random(bytes);
    std::string text;
    while (text.size() < bytes) text += static_cast<char>('A' + random() % 26);
    const std::string data = GzipWithCopyFromBefore(text, before);
    for (const size_t most : {size_t{1} << 20, size_t{300}, size_t{1}}) {
      for (const Kind& kind : Kinds()) {
        if (kind.name != std::string_view("zlib") && kind.name != std::string_view("isal")) continue;
        SCOPED_TRACE(std::string(kind.name) + " " + std::to_string(bytes) + " " + std::to_string(most));
        const Decoded decoded = DecodeAll(*kind.make(), data, most, most);
        // The compressor may give the first byte of the copy as it is.
        EXPECT_TRUE(decoded.text == text || decoded.text == text + before[0]) << decoded.text.size();
        EXPECT_NE(decoded.damage, "");
      }
    }
  }
}

TEST(DecoderTest, AWrongChecksumIsDamageBehindAllOfTheText) {
  const std::string text = LogOf(10'000);
  for (const Kind& kind : Kinds()) {
    if (std::string_view(kind.name) == "xz" || std::string_view(kind.name) == "bzip2")
      continue;  // not in a fixed place
    std::string data = kind.compress(text);
    const size_t checksum = kind.name == std::string_view("zstd") ? data.size() - 4 : data.size() - 8;
    data[checksum] = static_cast<char>(data[checksum] ^ 1);
    const Decoded decoded = DecodeAll(*kind.make(), data, 100'000, 100'000);
    EXPECT_TRUE(decoded.text == text) << kind.name;
    EXPECT_NE(decoded.damage, "") << kind.name;
    EXPECT_FALSE(decoded.ended) << kind.name;
  }
}

TEST(DecoderTest, AWindowThatIsTooLargeIsNotAllocatedAndItsSizeIsTold) {
  const std::string text = LogOf(100'000);
  const Decoded zstd = DecodeAll(*MakeZstdDecoder(8 << 20), Zstd(text, 26), 100, 1000);
  EXPECT_EQ(zstd.needed_bytes, uint64_t{64} << 20);
  EXPECT_EQ(zstd.text, "");
  EXPECT_TRUE(DecodeAll(*MakeZstdDecoder(64 << 20), Zstd(text, 26), 100, 1000).text == text);
  const Decoded xz = DecodeAll(*MakeXzDecoder(8 << 20), Xz(text, 9), 100, 1000);
  EXPECT_GT(xz.needed_bytes, uint64_t{64} << 20);
  EXPECT_LT(xz.needed_bytes, uint64_t{70} << 20);
  EXPECT_TRUE(DecodeAll(*MakeXzDecoder(xz.needed_bytes), Xz(text, 9), 100, 1000).text == text);
}

}  // namespace
}  // namespace logstat
