#include "src/input/compression.h"

#include <unistd.h>

#include <algorithm>

namespace logstat {
namespace {

// In a pattern '#' is a digit from 1 to 9, '%' a byte from 0x50 to 0x5f.
struct Magic {
  Compression compression;
  std::string_view bytes;
};

constexpr Magic kMagics[] = {
    {Compression::kGzip, "\x1f\x8b\x08"},                      // RFC 1952, method deflate
    {Compression::kZstd, "\x28\xb5\x2f\xfd"},                  // RFC 8878, a frame
    {Compression::kZstd, "%\x2a\x4d\x18"},                     // RFC 8878, a skippable frame
    {Compression::kXz, std::string_view("\xfd\x37zXZ\0", 6)},  // a log line holds no NUL there
    {Compression::kBzip2, "BZh#\x31\x41\x59\x26\x53\x59"},     // level and the first block
    {Compression::kBzip2, "BZh#\x17\x72\x45\x38\x50\x90"},     // level and the end of an empty stream
};
static_assert(kMagics[4].bytes.size() == kMagicBytes);

bool Fits(char pattern, char byte) {
  if (pattern == '#') return byte >= '1' && byte <= '9';
  if (pattern == '%') return (static_cast<uint8_t>(byte) & 0xf0) == 0x50;
  return pattern == byte;
}

}  // namespace

std::string_view CompressionName(Compression compression) {
  constexpr std::string_view kNames[] = {"none", "gzip", "zstd", "xz", "bzip2"};
  return kNames[static_cast<size_t>(compression)];
}

std::optional<Compression> RecognizeCompression(std::string_view start, bool is_all) {
  bool undecided = false;
  for (const Magic& magic : kMagics) {
    const size_t compared = std::min(start.size(), magic.bytes.size());
    if (!std::equal(magic.bytes.begin(), magic.bytes.begin() + compared, start.begin(), Fits)) continue;
    if (compared == magic.bytes.size()) return magic.compression;
    undecided = true;
  }
  if (undecided && !is_all) return std::nullopt;
  return Compression::kNone;
}

Compression CompressionOfFile(int descriptor) {
  const off_t here = lseek(descriptor, 0, SEEK_CUR);
  char start[kMagicBytes];
  const ssize_t got = here < 0 ? -1 : pread(descriptor, start, sizeof start, here);
  if (got <= 0) return Compression::kNone;
  return *RecognizeCompression(std::string_view(start, static_cast<size_t>(got)), true);
}

}  // namespace logstat
