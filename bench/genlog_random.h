// Random numbers for generated logs: the same sequence for a seed with every compiler, library and machine.
//
//   Random random(42);
//   uint64_t die = random.Below(6) + 1;
//   uint64_t rank = random.Zipf(1000000);     // 0 is the most popular of a million keys
//
// Integers only: std distributions differ between libraries, and pow() and log() differ between machines.
// Not thread-safe; copying copies the state. Not for secrets.
#ifndef LOGSTAT_BENCH_GENLOG_RANDOM_H_
#define LOGSTAT_BENCH_GENLOG_RANDOM_H_

#include <bit>
#include <cstdint>

namespace logstat::genlog {

// The finalizer of SplitMix64 (Steele, Lea, Flood, 2014): a bijection of 64 bits, also used to derive a key's
// properties from its number, so that a million clients need no table.
constexpr uint64_t Mix64(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

class Random {
 public:
  explicit constexpr Random(uint64_t seed) : state_(seed) {}

  constexpr uint64_t Next() { return Mix64(state_ += 0x9e3779b97f4a7c15ULL); }

  // Uniform in [0, limit); limit > 0. The bias of the multiplication is below limit / 2^64.
  constexpr uint64_t Below(uint64_t limit) {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(Next()) * limit) >> 64);
  }

  // True `parts` times in `whole`.
  constexpr bool Chance(uint64_t parts, uint64_t whole) { return Below(whole) < parts; }

  // A rank in [0, count) with probability proportional to 1 / (rank + 1), exactly: an octave [2^j, 2^(j+1)) is drawn
  // uniformly, a number k in it uniformly, and k is kept with probability 2^j / k. 0 < count <= 2^31.
  constexpr uint64_t Zipf(uint64_t count) {
    const unsigned octaves = static_cast<unsigned>(std::bit_width(count));
    for (;;) {
      const uint64_t bits = Next();
      const unsigned octave = static_cast<unsigned>(((bits & 0xffff) * octaves) >> 16);
      const uint64_t base = uint64_t{1} << octave;
      const uint64_t k = base + ((bits >> 16) & (base - 1));
      if (k <= count && (((bits >> 48) * k) >> 16) < base) return k - 1;
    }
  }

 private:
  uint64_t state_;
};

}  // namespace logstat::genlog

#endif  // LOGSTAT_BENCH_GENLOG_RANDOM_H_
