// gzip by ISA-L, which inflates at three times the speed of zlib.
//
// Debian packages ISA-L as a shared object only. Linked, it would be loaded by every run and tie the program to the
// machine; so it is loaded when the first gzip member is met, and zlib does the work where it is missing.
#include <dlfcn.h>
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

#include "src/input/decoder.h"

namespace logstat {
namespace {

struct Library {
  decltype(&isal_inflate_init) init = nullptr;
  decltype(&isal_inflate) inflate = nullptr;
};

// Null if it is not installed. Never unloaded: decoders may live as long as the process.
const Library* LoadLibrary() {
  static const Library library = [] {
    Library loaded;
    void* const handle = dlopen("libisal.so.2", RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return loaded;
    loaded.init = reinterpret_cast<decltype(loaded.init)>(dlsym(handle, "isal_inflate_init"));
    loaded.inflate = reinterpret_cast<decltype(loaded.inflate)>(dlsym(handle, "isal_inflate"));
    return loaded;
  }();
  return library.init != nullptr && library.inflate != nullptr ? &library : nullptr;
}

std::string_view DamageOf(int result) {
  switch (result) {
    case ISAL_DECOMP_OK:
    case ISAL_END_INPUT:
    case ISAL_OUT_OVERFLOW:
      return {};
    case ISAL_INCORRECT_CHECKSUM:
      return "wrong checksum";
    case ISAL_INVALID_WRAPPER:
      return "invalid header";
    case ISAL_UNSUPPORTED_METHOD:
      return "unknown method";
    default:
      return "invalid data";
  }
}

class IsalDecoder final : public Decoder {
 public:
  explicit IsalDecoder(const Library& library) : library_(library) {}

  void Start() override {
    library_.init(&state_);
    state_.crc_flag = ISAL_GZIP;
    damage_ = {};
    start_.clear();
    given_ = 0;
  }

  Step Decode(const uint8_t* in, size_t in_bytes, uint8_t* out, size_t out_bytes) override {
    if (!damage_.empty()) return GiveRest(out, out_bytes);
    constexpr size_t kMost = std::numeric_limits<int32_t>::max();  // its counts are 32 bits
    const uint32_t offered = static_cast<uint32_t>(std::min(in_bytes, kMost));
    const uint32_t room = static_cast<uint32_t>(std::min(out_bytes, kMost));
    state_.next_in = const_cast<uint8_t*>(in);  // it does not write there
    state_.avail_in = offered;
    state_.next_out = out;
    state_.avail_out = room;
    const int result = library_.inflate(&state_);
    damage_ = DamageOf(result);
    Step step;
    step.taken = offered - state_.avail_in;
    step.made = room - state_.avail_out;
    if (result == ISAL_INVALID_LOOKBACK || result == ISAL_INVALID_SYMBOL) DropRefusedCopy(in, step);
    if (!damage_.empty()) {
      const Step rest = GiveRest(out + step.made, room - step.made);
      step.made += rest.made;
      step.damage = rest.damage;
      return step;
    }
    step.ended = state_.block_state == ISAL_BLOCK_FINISH;  // OK alone may also mean that the input ran out
    given_ += step.made;
    if (given_ < kFarthestCopy && !step.ended) start_.insert(start_.end(), in, in + step.taken);
    return step;
  }

 private:
  static constexpr size_t kFarthestCopy = ISAL_DEF_HIST_SIZE;
  static constexpr size_t kLongestCopy = 258;

  // ISA-L counts a copy as made before it refuses it (from before the start of the member, or without a distance), so
  // that the last bytes may be old ones of this memory.
  void DropRefusedCopy(const uint8_t* in, Step& step) {
    const size_t made = step.made + Held();
    const size_t intact =
        given_ < kFarthestCopy ? std::min(made, CountIntact(in, step.taken)) : made - std::min(made, kLongestCopy);
    step.made = std::min(step.made, intact);
    state_.tmp_out_valid = state_.tmp_out_processed + static_cast<int32_t>(intact - step.made);
  }

  // How many bytes of the member can be decoded that were not given yet. zlib, which counts right, decodes it again:
  // that of which the start is known, because a copy from before the start is among the first kFarthestCopy bytes.
  size_t CountIntact(const uint8_t* in, size_t taken) {
    start_.insert(start_.end(), in, in + taken);
    std::vector<uint8_t> text(kFarthestCopy);
    const std::unique_ptr<Decoder> zlib = MakeZlibDecoder();
    zlib->Start();
    size_t made = 0;
    for (size_t at = 0; at < start_.size();) {
      const Step step = zlib->Decode(start_.data() + at, start_.size() - at, text.data(), text.size());
      made += step.made;
      at += step.taken;
      if (!step.damage.empty() || step.ended || step.made + step.taken == 0) break;
    }
    return made - std::min(made, given_);
  }

  // What it decoded before the damage and still holds back in its own buffer.
  Step GiveRest(uint8_t* out, size_t out_bytes) {
    Step step;
    const size_t held = Held();
    step.made = std::min(held, out_bytes);
    std::memcpy(out, state_.tmp_out_buffer + state_.tmp_out_processed, step.made);
    state_.tmp_out_processed += static_cast<int32_t>(step.made);
    if (step.made == held) step.damage = damage_;
    return step;
  }

  size_t Held() const { return static_cast<size_t>(std::max(state_.tmp_out_valid - state_.tmp_out_processed, 0)); }

  const Library& library_;
  std::string_view damage_;
  std::vector<uint8_t> start_;  // what the member's first kFarthestCopy bytes came from, as far as it is not in `in`
  size_t given_ = 0;            // decoded bytes of the member, given by earlier calls
  inflate_state state_;
};

}  // namespace

std::unique_ptr<Decoder> MakeIsalDecoder() {
  const Library* library = LoadLibrary();
  if (library == nullptr) return nullptr;
  return std::make_unique<IsalDecoder>(*library);
}

}  // namespace logstat
