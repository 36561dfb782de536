// xz streams by liblzma.
#include <lzma.h>

#include <new>

#include "src/input/decoder.h"

namespace logstat {
namespace {

class XzDecoder final : public Decoder {
 public:
  explicit XzDecoder(uint64_t most_memory_bytes) : most_memory_bytes_(most_memory_bytes) {}
  ~XzDecoder() override { lzma_end(&stream_); }

  void Start() override {
    if (lzma_stream_decoder(&stream_, most_memory_bytes_, 0) != LZMA_OK) throw std::bad_alloc();
  }

  Step Decode(const uint8_t* in, size_t in_bytes, uint8_t* out, size_t out_bytes) override {
    stream_.next_in = in;
    stream_.avail_in = in_bytes;
    stream_.next_out = out;
    stream_.avail_out = out_bytes;
    const lzma_ret result = lzma_code(&stream_, LZMA_RUN);
    Step step;
    step.taken = in_bytes - stream_.avail_in;
    step.made = out_bytes - stream_.avail_out;
    step.ended = result == LZMA_STREAM_END;
    if (result == LZMA_MEM_ERROR) throw std::bad_alloc();
    if (result == LZMA_MEMLIMIT_ERROR) step.needed_bytes = lzma_memusage(&stream_);
    if (result == LZMA_FORMAT_ERROR) step.damage = "invalid header";
    if (result == LZMA_OPTIONS_ERROR) step.damage = "unknown options";
    if (result == LZMA_DATA_ERROR || result == LZMA_PROG_ERROR) step.damage = "invalid data or wrong checksum";
    return step;
  }

 private:
  const uint64_t most_memory_bytes_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

}  // namespace

std::unique_ptr<Decoder> MakeXzDecoder(uint64_t most_memory_bytes) {
  return std::make_unique<XzDecoder>(most_memory_bytes);
}

}  // namespace logstat
