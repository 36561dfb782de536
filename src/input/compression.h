// How an input is compressed, by its first bytes; names of files say nothing.
//
//   std::optional<Compression> found = RecognizeCompression(first_bytes, /*is_all=*/false);
//   if (!found.has_value()) ...   // more bytes are needed to know
#ifndef LOGSTAT_SRC_INPUT_COMPRESSION_H_
#define LOGSTAT_SRC_INPUT_COMPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace logstat {

enum class Compression : uint8_t { kNone, kGzip, kZstd, kXz, kBzip2 };

// "gzip", "zstd", "xz", "bzip2".
std::string_view CompressionName(Compression compression);

// So many bytes are always enough to know.
inline constexpr size_t kMagicBytes = 10;

// The compression that `start`, the first bytes of an input or of what follows a complete member, announces. Empty if
// it may still become one; never if `is_all`, that is if the input has no more. Pure.
std::optional<Compression> RecognizeCompression(std::string_view start, bool is_all);

// The same for an open regular file, from where it stands; kNone also if it cannot be read there.
Compression CompressionOfFile(int descriptor);

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_COMPRESSION_H_
