#include "src/input/decoder.h"

namespace logstat {

std::unique_ptr<Decoder> MakeDecoder(Compression compression, uint64_t most_memory_bytes) {
  switch (compression) {
    case Compression::kNone:
      break;
    case Compression::kGzip:
      if (std::unique_ptr<Decoder> isal = MakeIsalDecoder()) return isal;
      return MakeZlibDecoder();
    case Compression::kZstd:
      return MakeZstdDecoder(most_memory_bytes);
    case Compression::kXz:
      return MakeXzDecoder(most_memory_bytes);
    case Compression::kBzip2:
      return MakeBzip2Decoder();
  }
  return nullptr;
}

}  // namespace logstat
