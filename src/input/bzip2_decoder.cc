// bzip2 streams by libbz2, which needs 4 MB at most.
#include <bzlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "src/input/decoder.h"

namespace logstat {
namespace {

class Bzip2Decoder final : public Decoder {
 public:
  ~Bzip2Decoder() override { BZ2_bzDecompressEnd(&stream_); }

  void Start() override {
    BZ2_bzDecompressEnd(&stream_);  // harmless on a stream that never began
    stream_ = {};
    if (BZ2_bzDecompressInit(&stream_, /*verbosity=*/0, /*small=*/0) != BZ_OK) throw std::bad_alloc();
  }

  Step Decode(const uint8_t* in, size_t in_bytes, uint8_t* out, size_t out_bytes) override {
    // libbz2 forgets what it wrote before it noticed damage inside a block: let that be little.
    constexpr size_t kMostMade = 512;
    constexpr size_t kMostTaken = std::numeric_limits<unsigned>::max();
    const unsigned offered = static_cast<unsigned>(std::min(in_bytes, kMostTaken));
    const unsigned room = static_cast<unsigned>(std::min(out_bytes, kMostMade));
    stream_.next_in = reinterpret_cast<char*>(const_cast<uint8_t*>(in));
    stream_.avail_in = offered;
    stream_.next_out = reinterpret_cast<char*>(out);
    stream_.avail_out = room;
    const int result = BZ2_bzDecompress(&stream_);
    Step step;
    step.taken = offered - stream_.avail_in;
    step.made = room - stream_.avail_out;
    step.ended = result == BZ_STREAM_END;
    if (result == BZ_MEM_ERROR) throw std::bad_alloc();
    if (result == BZ_DATA_ERROR_MAGIC) step.damage = "invalid header";
    if (result == BZ_DATA_ERROR) step.damage = "invalid data or wrong checksum";
    if (result != BZ_OK && !step.ended && step.damage.empty()) step.damage = "invalid data";
    return step;
  }

 private:
  bz_stream stream_ = {};
};

}  // namespace

std::unique_ptr<Decoder> MakeBzip2Decoder() { return std::make_unique<Bzip2Decoder>(); }

}  // namespace logstat
