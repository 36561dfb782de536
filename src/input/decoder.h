// One compressed member (gzip), frame (zstd) or stream (xz, bzip2), decoded piece by piece.
//
//   std::unique_ptr<Decoder> decoder = MakeDecoder(Compression::kGzip, settings.decoder_bytes);
//   decoder->Start();
//   Decoder::Step step = decoder->Decode(in, in_bytes, out, out_bytes);
//   in += step.taken, out += step.made;     // until step.ended, or step.damage says why it cannot go on
//
// What stands between members, and what an error is called, is the same for all of them: see archive_reader.h.
#ifndef LOGSTAT_SRC_INPUT_DECODER_H_
#define LOGSTAT_SRC_INPUT_DECODER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "src/input/compression.h"

namespace logstat {

// Not thread-safe, but may move between threads.
class Decoder {
 public:
  struct Step {
    size_t taken = 0;           // bytes of the input
    size_t made = 0;            // bytes of the output; those before an error are valid
    bool ended = false;         // the member is complete, and its checksum is right where it has one
    std::string_view damage;    // why the member cannot be decoded, a few words (static); empty: it can
    uint64_t needed_bytes = 0;  // the member needs so much memory, which is more than it may take
  };

  virtual ~Decoder() = default;

  // Before each member.
  virtual void Start() = 0;

  // Decodes some of `in` (which starts where the last call stopped taking) into `out`, of at least 1 byte. Takes or
  // makes something in every call, unless `in` is empty: then it gives what it still holds, and nothing taken and made
  // means that the member goes on in input that is not there.
  virtual Step Decode(const uint8_t* in, size_t in_bytes, uint8_t* out, size_t out_bytes) = 0;
};

// The decoder of a compression other than kNone. It takes `most_memory_bytes` and a few hundred KiB at most.
std::unique_ptr<Decoder> MakeDecoder(Compression compression, uint64_t most_memory_bytes);

// The kinds. ISA-L is a shared object that is loaded when the first gzip member is met: null if it is not there. zlib
// is linked, decodes the same at a third of the speed, and takes its place.
std::unique_ptr<Decoder> MakeIsalDecoder();
std::unique_ptr<Decoder> MakeZlibDecoder();
std::unique_ptr<Decoder> MakeZstdDecoder(uint64_t most_memory_bytes);
std::unique_ptr<Decoder> MakeXzDecoder(uint64_t most_memory_bytes);
std::unique_ptr<Decoder> MakeBzip2Decoder();

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_DECODER_H_
