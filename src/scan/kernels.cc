// The vector kernels, written once and compiled once per instruction set.
//
// Everything is built on one idea: 64 bytes become a 64-bit mask, bit i saying something about byte i, whatever the
// width of a vector. Positions are read from the mask. Logs make this cheap in a particular way: of 64 bytes usually
// none or one is a newline and at most four are quotes, so the writers below write that many positions without asking
// how many there are, and only a rare block takes a branch.
//
// The last block of a range is read whole and the bits behind the range are cleared: this is the over-read that
// kernels.h allows, at most 63 bytes.
//
// Highway is used by its headers alone. Loading libhwy.so costs 4-5 ms, more than a small log; so the table at the end
// names the functions of each target itself, and cpu.h answers what Highway's dispatch would ask the library.

// Debug assertions of Highway call into libhwy.so; they check its own arguments, not ours.
#define HWY_IS_DEBUG_BUILD 0
// Ice Lake and Zen 4: byte compress in a register.
#define HWY_WANT_AVX3_DL
// SVE takes a long sequence to make a bit mask, and Neoverse V2 compares once a cycle with it, four times with NEON;
// the rest are experiments of Highway 1.0.3.
#define HWY_DISABLED_TARGETS \
  (HWY_SVE | HWY_SVE_256 | HWY_SVE2 | HWY_SVE2_128 | HWY_RVV | HWY_WASM | HWY_WASM_EMU256 | HWY_PPC8)

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/scan/kernels.cc"
#include "hwy/foreach_target.h"
// foreach_target.h must be first.
#include "hwy/highway.h"
#include "src/scan/cpu.h"
#include "src/scan/kernels.h"
#include "src/scan/vector_kernels.h"

// Highway's scalar target is compiled too (it is its baseline on x86), but ours is scalar.cc.
#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

HWY_BEFORE_NAMESPACE();
namespace logstat {
namespace HWY_NAMESPACE {
// Nothing of namespace std here: a template of the standard library that is first used here would be compiled for this
// target, and the linker might take that copy for the whole program.
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::ScalableTag<uint8_t>;
using Vector = hn::Vec<Bytes>;
using Mask = hn::Mask<Bytes>;

constexpr size_t kBlockBytes = 64;
constexpr size_t kLanes = HWY_LANES(uint8_t);
constexpr size_t kVectors = kBlockBytes / kLanes;  // per block: 1, 2 or 4
static_assert(kBlockBytes <= kOverread);

// The processor's own prefetcher stops at every page. Asking for the line that comes 2 KiB later, which may lie behind
// the range and the mapping and never faults: 12.5 to 14.8 GB/s for positions, 15.8 to 19 GB/s for the bare count
// (Zen 3, AVX2, 64 MiB from memory); 1 KiB gives less, 4 KiB nothing.
constexpr size_t kPrefetchBytes = 2048;

#if HWY_MAX_BYTES == 64
using VectorBits = uint64_t;  // one bit per lane
#elif HWY_MAX_BYTES == 32
using VectorBits = uint32_t;
#else
using VectorBits = uint16_t;
#endif

// Bit i of the result is lane i of the 64 lanes.
HWY_INLINE uint64_t BlockBits(const Mask (&masks)[kVectors]) {
  const Bytes d;
#if HWY_TARGET == HWY_NEON && HWY_ARCH_ARM_A64
  // NEON has no instruction for this. One tree of pairwise additions over all 64 lanes: 4 ANDs and 4 additions; by
  // StoreMaskBits it would be 4 ANDs and 12 additions, and the joining.
  alignas(16) static constexpr uint8_t kWeights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const Vector weights = hn::Load(d, kWeights);
  uint8x16_t bits[kVectors];
  for (size_t v = 0; v < kVectors; ++v) bits[v] = hn::And(hn::VecFromMask(d, masks[v]), weights).raw;
  const uint8x16_t halves = vpaddq_u8(vpaddq_u8(bits[0], bits[1]), vpaddq_u8(bits[2], bits[3]));
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(halves, halves)), 0);
#else
  uint64_t bits = 0;
  for (size_t v = 0; v < kVectors; ++v) {
    uint8_t stored[8];  // StoreMaskBits may write 8 bytes; all of this stays in a register
    hn::StoreMaskBits(d, masks[v], stored);
    VectorBits part;
    hwy::CopyBytes<sizeof(part)>(stored, &part);
    bits |= uint64_t{part} << (v * kLanes % kBlockBytes);
  }
  return bits;
#endif
}

// Which of the 64 bytes at `bytes` are equal to `a`.
HWY_INLINE uint64_t BlockEqual(const uint8_t* bytes, Vector a) {
  const Bytes d;
  Mask masks[kVectors];
  for (size_t v = 0; v < kVectors; ++v) masks[v] = hn::Eq(hn::LoadU(d, bytes + v * kLanes), a);
  return BlockBits(masks);
}

HWY_INLINE uint64_t BlockEqualEither(const uint8_t* bytes, Vector a, Vector b) {
  const Bytes d;
  Mask masks[kVectors];
  for (size_t v = 0; v < kVectors; ++v) {
    const Vector vector = hn::LoadU(d, bytes + v * kLanes);
    masks[v] = hn::Or(hn::Eq(vector, a), hn::Eq(vector, b));
  }
  return BlockBits(masks);
}

// The lowest `count` bits, count in [1, 64].
HWY_INLINE uint64_t LowBits(size_t count) { return ~uint64_t{0} >> (64 - count); }

// The index of the lowest bit; any number up to 64 for an empty mask. Never a branch: gcc 12 makes one of
// `mask == 0 ? 64 : ctz(mask)` even where TZCNT does just that.
HWY_INLINE uint32_t LowestBit(uint64_t mask) {
#if HWY_ARCH_X86_64 && HWY_TARGET <= HWY_AVX2
  return static_cast<uint32_t>(_tzcnt_u64(mask));
#else
  return static_cast<uint32_t>(__builtin_ctzll(mask | uint64_t{1} << 63));
#endif
}

size_t CountNewlines(const uint8_t* bytes, size_t size) {
  const Bytes d;
  const hn::Repartition<uint64_t, Bytes> d64;
  const Vector newline = hn::Set(d, '\n');
  constexpr size_t kStep = 4 * kLanes;
  constexpr size_t kMostSteps = 255;  // a byte lane counts at most one newline per step

  size_t at = 0;
  auto sums = hn::Zero(d64);
  while (size - at >= kStep) {
    const size_t left = (size - at) / kStep;
    const size_t steps = left < kMostSteps ? left : kMostSteps;
    Vector counts[4] = {hn::Zero(d), hn::Zero(d), hn::Zero(d), hn::Zero(d)};
    for (const uint8_t* end = bytes + at + steps * kStep; bytes + at != end; at += kStep) {
      for (size_t line = 0; line < kStep; line += kBlockBytes) __builtin_prefetch(bytes + at + kPrefetchBytes + line);
      // A true lane is -1.
      for (size_t v = 0; v < 4; ++v) {
        const Vector vector = hn::LoadU(d, bytes + at + v * kLanes);
        counts[v] = hn::Sub(counts[v], hn::VecFromMask(d, hn::Eq(vector, newline)));
      }
    }
    sums = hn::Add(sums, hn::Add(hn::Add(hn::SumsOf8(counts[0]), hn::SumsOf8(counts[1])),
                                 hn::Add(hn::SumsOf8(counts[2]), hn::SumsOf8(counts[3]))));
  }
  size_t newlines = hn::GetLane(hn::SumOfLanes(d64, sums));
  for (; at < size; at += kBlockBytes) {
    const size_t left = size - at;
    uint64_t mask = BlockEqual(bytes + at, newline);
    if (left < kBlockBytes) mask &= LowBits(left);
    newlines += hwy::PopCount(mask);
  }
  return newlines;
}

// Writes at + i for each bit i of the mask, ascending.
HWY_NOINLINE void WriteAllPositions(uint64_t mask, uint32_t at, uint32_t* out) {
  for (; mask != 0; mask &= mask - 1) *out++ = at + LowestBit(mask);
}

// The same, and returns the place behind the last one. kAtOnce entries are written without asking how many bits there
// are. What is left is asked of the count, which is known early, and not of the mask, which is known last; and the rest
// is a call, so that the loop around keeps its registers: on Zen 3 with AVX2, 24 against 19 ns a line of 240 bytes.
template <size_t kAtOnce>
HWY_INLINE uint32_t* WritePositions(uint64_t mask, uint32_t at, uint32_t* out) {
  const size_t count = hwy::PopCount(mask);
  for (size_t i = 0; i < kAtOnce; ++i) {
    out[i] = at + LowestBit(mask);
    mask &= mask - 1;
  }
  if (HWY_UNLIKELY(count > kAtOnce)) WriteAllPositions(mask, at, out + kAtOnce);
  return out + count;
}

HWY_INLINE uint32_t* WriteNewlines(uint64_t mask, uint32_t at, uint32_t* out) {
  return WritePositions<1>(mask, at, out);
}

// A block of a combined log holds 1.6 quotes on average, and more than 4 in one block of seventy: where the request is
// short and the referrer `-`. The fields of other formats are parted two to four times in a block.
HWY_INLINE uint32_t* WriteMarks(uint64_t mask, uint32_t at, uint32_t* out) {
#if HWY_TARGET == HWY_AVX3_DL
  // Eight at once by compressing the 64 lane numbers, 4 instructions for 16. Into a register: compressing to memory is
  // microcoded on Zen 4.
  const size_t count = hwy::PopCount(mask);
  if (HWY_UNLIKELY(count > 8)) return WritePositions<4>(mask, at, out);
  const Bytes d;
  const hn::FixedTag<uint32_t, 8> d32;
  const Vector lanes = hn::Compress(hn::Iota(d, 0), hn::LoadMaskBits(d, reinterpret_cast<const uint8_t*>(&mask)));
  const auto first8 = hn::LowerHalf(hn::LowerHalf(hn::LowerHalf(lanes)));
  hn::StoreU(hn::Add(hn::Set(d32, at), hn::PromoteTo(d32, first8)), d32, out);
  return out + count;
#else
  return WritePositions<4>(mask, at, out);
#endif
}

StructureCounts IndexStructure(const uint8_t* bytes, size_t size, uint32_t base, uint8_t mark, uint32_t* newlines,
                               uint32_t* marks) {
  const Bytes d;
  const Vector newline = hn::Set(d, '\n');
  const Vector marked = hn::Set(d, mark);
  uint32_t* newlines_end = newlines;
  uint32_t* marks_end = marks;
  size_t at = 0;
  for (; size - at >= kBlockBytes; at += kBlockBytes) {
    __builtin_prefetch(bytes + at + kPrefetchBytes);
    const uint32_t position = base + static_cast<uint32_t>(at);
    newlines_end = WriteNewlines(BlockEqual(bytes + at, newline), position, newlines_end);
    marks_end = WriteMarks(BlockEqual(bytes + at, marked), position, marks_end);
  }
  if (at < size) {
    const uint32_t position = base + static_cast<uint32_t>(at);
    const uint64_t inside = LowBits(size - at);
    newlines_end = WriteNewlines(BlockEqual(bytes + at, newline) & inside, position, newlines_end);
    marks_end = WriteMarks(BlockEqual(bytes + at, marked) & inside, position, marks_end);
  }
  return {static_cast<size_t>(newlines_end - newlines), static_cast<size_t>(marks_end - marks)};
}

// Fields end within 64 bytes in most rows, so the first block is looked at without a branch on its position: a row
// whose search starts at or behind its limit reads the block at the limit, and the minimum gives the limit.
void FirstOf(const uint8_t* bytes, const uint32_t* from, const uint32_t* limit, size_t rows, uint8_t a, uint8_t b,
             uint32_t* found) {
  const Bytes d;
  const Vector va = hn::Set(d, a);
  const Vector vb = hn::Set(d, b);
  for (size_t row = 0; row < rows; ++row) {
    const size_t end = limit[row];
    size_t at = from[row] < end ? from[row] : end;
    uint64_t mask = BlockEqualEither(bytes + at, va, vb);
    while (HWY_UNLIKELY(mask == 0 && end - at > kBlockBytes)) {
      at += kBlockBytes;
      mask = BlockEqualEither(bytes + at, va, vb);
    }
    const size_t first = mask != 0 ? at + LowestBit(mask) : end;
    found[row] = static_cast<uint32_t>(first < end ? first : end);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace logstat
HWY_AFTER_NAMESPACE();

#endif  // not Highway's scalar targets

#if HWY_ONCE
namespace logstat {

#define LOGSTAT_KERNELS(target, supported) \
  Kernels { #target, supported, N_##target::CountNewlines, N_##target::IndexStructure, N_##target::FirstOf }

std::span<const Kernels> VectorKernels() {
#if HWY_TARGETS & (HWY_AVX3_DL | HWY_AVX3 | HWY_AVX2 | HWY_SSE4 | HWY_SSSE3 | HWY_NEON)
  // Which of them exist depends on the architecture, and with -march=native on the baseline.
  static constexpr Kernels kTable[] = {
#if HWY_TARGETS & HWY_AVX3_DL
    LOGSTAT_KERNELS(AVX3_DL, CpuRunsAvx3Dl),
#endif
#if HWY_TARGETS & HWY_AVX3
    LOGSTAT_KERNELS(AVX3, CpuRunsAvx3),
#endif
#if HWY_TARGETS & HWY_AVX2
    LOGSTAT_KERNELS(AVX2, CpuRunsAvx2),
#endif
#if HWY_TARGETS & HWY_SSE4
    LOGSTAT_KERNELS(SSE4, CpuRunsSse4),
#endif
#if HWY_TARGETS & HWY_SSSE3
    LOGSTAT_KERNELS(SSSE3, CpuRunsSsse3),
#endif
#if HWY_TARGETS & HWY_NEON
    LOGSTAT_KERNELS(NEON, CpuRunsNeon),
#endif
  };
  return kTable;
#else
  return {};
#endif
}

#undef LOGSTAT_KERNELS

}  // namespace logstat
#endif  // HWY_ONCE
