// gzip by zlib, where ISA-L is not installed, and as its reference in tests.
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "src/input/decoder.h"

namespace logstat {
namespace {

class ZlibDecoder final : public Decoder {
 public:
  ZlibDecoder() {
    constexpr int kOnlyGzip = 16;
    if (inflateInit2(&stream_, MAX_WBITS + kOnlyGzip) != Z_OK) throw std::bad_alloc();
  }
  ~ZlibDecoder() override { inflateEnd(&stream_); }

  void Start() override { inflateReset(&stream_); }

  Step Decode(const uint8_t* in, size_t in_bytes, uint8_t* out, size_t out_bytes) override {
    constexpr size_t kMost = std::numeric_limits<uInt>::max();
    stream_.next_in = const_cast<Bytef*>(in);
    stream_.avail_in = static_cast<uInt>(std::min(in_bytes, kMost));
    stream_.next_out = out;
    stream_.avail_out = static_cast<uInt>(std::min(out_bytes, kMost));
    const int result = inflate(&stream_, Z_NO_FLUSH);
    Step step;
    step.taken = static_cast<size_t>(stream_.next_in - in);
    step.made = static_cast<size_t>(stream_.next_out - out);
    step.ended = result == Z_STREAM_END;
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (result == Z_DATA_ERROR || result == Z_NEED_DICT || result == Z_STREAM_ERROR) {
      step.damage = stream_.msg == nullptr ? "invalid data" : stream_.msg;  // zlib's texts are literals
    }
    return step;
  }

 private:
  z_stream stream_ = {};
};

}  // namespace

std::unique_ptr<Decoder> MakeZlibDecoder() { return std::make_unique<ZlibDecoder>(); }

}  // namespace logstat
