// Any bytes as a compressed input. The first byte chooses the pieces in which it is read and decoded, the rest is the
// input. Checked:
//   nothing is read or written out of bounds, and reading ends
//   the text and whether there was an error do not depend on the pieces; of a damaged one, that there was an error
//   neither the text nor the error depends on what was decoded ahead
#include <sys/mman.h>
#include <unistd.h>

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
#include "src/input/descriptor_reader.h"
#include "src/input/member_split.h"

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
  std::string error;
  bool failed = false;
  bool cut = false;
};

// Before each read `ahead` stripes are decoded ahead.
Decoded ReadAll(ArchiveReader& reader, size_t most, int ahead) {
  Decoded decoded;
  while (!decoded.cut) {
    for (int i = 0; i < ahead && reader.DecodeAhead(); ++i) continue;
    const std::unique_ptr<uint8_t[]> buffer(new uint8_t[most]);  // so that AddressSanitizer knows its end
    const StatusOr<size_t> got = reader.Read(buffer.get(), most);
    decoded.failed = !got.ok();
    if (!got.ok()) decoded.error = Message(got.status());
    if (!got.ok() || *got == 0) break;
    decoded.text.append(buffer.get(), buffer.get() + *got);
    decoded.cut = decoded.text.size() >= kMostText;
  }
  return decoded;
}

Decoded Decode(Compression compression, std::string_view data, size_t piece, size_t most) {
  SourceSettings settings;
  settings.decoder_bytes = uint64_t{16} << 20;
  const std::string_view start = data.substr(0, kMagicBytes);
  ArchiveReader reader(compression, std::make_unique<PieceReader>(data.substr(start.size()), piece),
                       std::vector<uint8_t>(start.begin(), start.end()), settings);
  return ReadAll(reader, most, 0);
}

Decoded DecodeFile(Compression compression, int file, size_t most, int ahead) {
  SourceSettings settings;
  settings.cell_bytes = 64;
  if (lseek(file, 0, SEEK_SET) != 0) std::abort();
  ArchiveReader reader(compression, std::make_unique<DescriptorReader>(Descriptor(dup(file)), std::stop_token()), {},
                       settings, std::make_unique<MemberSplit>(compression, file, 0, settings));
  return ReadAll(reader, most, ahead);
}

void CheckAhead(Compression compression, std::string_view data, size_t most) {
  if (!MemberSplit::CanSplit(compression)) return;
  const Descriptor file(memfd_create("archive", MFD_CLOEXEC));
  if (write(file.get(), data.data(), data.size()) != static_cast<ssize_t>(data.size())) std::abort();
  const Decoded alone = DecodeFile(compression, file.get(), most, 0);
  const Decoded helped = DecodeFile(compression, file.get(), most, 2);
  if (alone.text == helped.text && alone.error == helped.error) return;
  std::fprintf(stderr, "%zu bytes, %s; decoded ahead: %zu bytes, %s\n", alone.text.size(), alone.error.c_str(),
               helped.text.size(), helped.error.c_str());
  std::abort();
}

void Check(std::string_view data, size_t piece) {
  const Compression compression = *RecognizeCompression(data, true);
  if (compression == Compression::kNone) return;
  CheckAhead(compression, data, 16 * piece);
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
