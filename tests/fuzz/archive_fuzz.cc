// Any bytes as a compressed input. The first byte chooses the pieces in which it is read and decoded, the rest is the
// input. Checked:
//   nothing is read or written out of bounds, and reading ends
//   the text and whether there was an error do not depend on the pieces; of a damaged one, that there was an error
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/input/archive_reader.h"

namespace logstat {
namespace {

constexpr size_t kMostText = size_t{1} << 20;  // of a bomb no more is looked at

// Gives a text in pieces.
class PieceReader final : public ByteReader {
 public:
  PieceReader(std::string_view text, size_t piece) : text_(text), piece_(piece) {}

  StatusOr<size_t> Read(uint8_t* to, size_t most) override {
    const size_t bytes = std::min({most, piece_, text_.size()});
    std::memcpy(to, text_.data(), bytes);
    text_.remove_prefix(bytes);
    return bytes;
  }

 private:
  std::string_view text_;
  const size_t piece_;
};

struct Decoded {
  std::string text;
  bool failed = false;
  bool cut = false;
};

Decoded Decode(Compression compression, std::string_view data, size_t piece, size_t most) {
  SourceSettings settings;
  settings.decoder_bytes = uint64_t{16} << 20;
  const std::string_view start = data.substr(0, kMagicBytes);
  ArchiveReader reader(compression, std::make_unique<PieceReader>(data.substr(start.size()), piece),
                       std::vector<uint8_t>(start.begin(), start.end()), settings);
  Decoded decoded;
  while (!decoded.cut) {
    const std::unique_ptr<uint8_t[]> buffer(new uint8_t[most]);  // so that AddressSanitizer knows its end
    const StatusOr<size_t> got = reader.Read(buffer.get(), most);
    decoded.failed = !got.ok();
    if (!got.ok() || *got == 0) break;
    decoded.text.append(buffer.get(), buffer.get() + *got);
    decoded.cut = decoded.text.size() >= kMostText;
  }
  return decoded;
}

void Check(std::string_view data, size_t piece) {
  const Compression compression = *RecognizeCompression(data, true);
  if (compression == Compression::kNone) return;
  const Decoded whole = Decode(compression, data, data.size() + 1, kMostText);
  const Decoded pieces = Decode(compression, data, piece, 16 * piece);
  if (whole.cut || pieces.cut) return;
  // How much of a damaged place a library decodes before it sees the damage depends on the pieces.
  if (whole.failed && pieces.failed) return;
  if (whole.failed == pieces.failed && whole.text == pieces.text) return;
  std::fprintf(stderr, "%d: %zu bytes, %d; in pieces of %zu: %zu bytes, %d\n", static_cast<int>(compression),
               whole.text.size(), whole.failed, piece, pieces.text.size(), pieces.failed);
  std::abort();
}

}  // namespace
}  // namespace logstat

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  logstat::Check(std::string_view(reinterpret_cast<const char*>(data) + 1, size - 1), 1 + data[0]);
  return 0;
}
