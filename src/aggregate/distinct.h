// How many different keys there are, in fixed memory: HyperLogLog.
//
//   DistinctCounter distinct;
//   distinct.Add(SketchHash(key, size));
//   distinct.Estimate();            // within kStandardError, two times out of three
//
// Algorithm: P. Flajolet, E. Fusy, O. Gandouet, F. Meunier, "HyperLogLog: the analysis of a near-optimal cardinality
// estimation algorithm", AofA 2007, with linear counting (section 4) while registers are empty; a 64-bit hash makes
// the correction for large ranges unnecessary. 2^14 registers of a byte, standard error 1.04 / sqrt(2^14) = 0.81 %.
//
// Hashes must come from SketchHash, whose seed is fixed: the registers are the same for every run, number of threads
// and order, and counters of different runs can be merged. Not thread-safe: one per worker.
#ifndef LOGSTAT_SRC_AGGREGATE_DISTINCT_H_
#define LOGSTAT_SRC_AGGREGATE_DISTINCT_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace logstat {

class DistinctCounter {
 public:
  static constexpr unsigned kIndexBits = 14;
  static constexpr size_t kRegisters = size_t{1} << kIndexBits;
  static constexpr double kStandardError = 1.04 / 128;  // 128 = sqrt(kRegisters)

  DistinctCounter() : registers_(kRegisters) {}

  void Add(uint64_t sketch_hash) {
    uint8_t& reg = registers_[sketch_hash >> (64 - kIndexBits)];
    // The position of the first one among the other 50 bits, from 1; 51 if there is none.
    const uint64_t rest = (sketch_hash << kIndexBits) | (uint64_t{1} << (kIndexBits - 1));
    const uint8_t rank = static_cast<uint8_t>(std::countl_zero(rest) + 1);
    if (rank > reg) reg = rank;
  }

  void Merge(const DistinctCounter& other);
  uint64_t Estimate() const;

 private:
  std::vector<uint8_t> registers_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_DISTINCT_H_
