// zstd frames, skippable ones included, by libzstd.
#define ZSTD_STATIC_LINKING_ONLY  // frame headers and the exact window limit: it is linked statically
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <new>

#include "src/input/decoder.h"

namespace logstat {
namespace {

class ZstdDecoder final : public Decoder {
 public:
  explicit ZstdDecoder(uint64_t most_memory_bytes) : context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
    const ZSTD_bounds log = ZSTD_dParam_getBounds(ZSTD_d_windowLogMax);
    most_window_bytes_ =
        std::clamp<uint64_t>(most_memory_bytes, uint64_t{1} << log.lowerBound, uint64_t{1} << log.upperBound);
    ZSTD_DCtx_setMaxWindowSize(context_, most_window_bytes_);
  }
  ~ZstdDecoder() override { ZSTD_freeDCtx(context_); }

  void Start() override {
    ZSTD_DCtx_reset(context_, ZSTD_reset_session_only);
    wanted_ = ZSTD_FRAMEHEADERSIZE_MIN(ZSTD_f_zstd1);
    header_bytes_ = 0;
  }

  // One block at most in every call: libzstd forgets to say what it wrote before an error of the same call.
  Step Decode(const uint8_t* in, size_t in_bytes, uint8_t* out, size_t out_bytes) override {
    constexpr size_t kBlockHeaderBytes = 3;  // the hint is for the rest of a block and the header of the next
    const size_t piece = wanted_ > kBlockHeaderBytes ? wanted_ - kBlockHeaderBytes : std::max<size_t>(wanted_, 1);
    ZSTD_inBuffer from = {in, std::min(in_bytes, piece), 0};
    ZSTD_outBuffer to = {out, out_bytes, 0};
    KeepHeader(in, from.size);
    const size_t result = ZSTD_decompressStream(context_, &to, &from);
    Step step;
    if (ZSTD_isError(result) != 0) {
      const ZSTD_ErrorCode code = ZSTD_getErrorCode(result);
      if (code == ZSTD_error_memory_allocation) throw std::bad_alloc();
      if (code == ZSTD_error_frameParameter_windowTooLarge) step.needed_bytes = WindowBytes();
      step.damage = ZSTD_getErrorString(code);
      return step;
    }
    wanted_ = result;
    step.taken = from.pos;
    step.made = to.pos;
    step.ended = result == 0;
    return step;
  }

 private:
  // The first bytes of the frame, which hold the size of its window.
  void KeepHeader(const uint8_t* in, size_t in_bytes) {
    const size_t more = std::min(in_bytes, sizeof header_ - header_bytes_);
    std::copy(in, in + more, header_ + header_bytes_);
    header_bytes_ += more;
  }

  uint64_t WindowBytes() const {
    ZSTD_frameHeader header;
    if (ZSTD_getFrameHeader(&header, header_, header_bytes_) != 0) return most_window_bytes_ + 1;
    return header.windowSize;
  }

  ZSTD_DCtx* const context_;
  uint64_t most_window_bytes_ = 0;
  size_t wanted_ = 0;  // libzstd's hint: bytes until its next step is complete
  uint8_t header_[ZSTD_FRAMEHEADERSIZE_MAX];
  size_t header_bytes_ = 0;
};

}  // namespace

std::unique_ptr<Decoder> MakeZstdDecoder(uint64_t most_memory_bytes) {
  return std::make_unique<ZstdDecoder>(most_memory_bytes);
}

}  // namespace logstat
