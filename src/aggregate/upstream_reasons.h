// Why requests to each upstream ended as they did: how often an upstream comes with a reason, the server's own word.
//
//   UpstreamReasons shared(budget_bytes, seed);
//   UpstreamReasons::Worker worker(&shared);     // in each thread
//   worker.Add(batch, selection);                // the batch must have both columns
//   worker.Flush();                              // once at the end
//   shared.Fill(reason_table, top, {&report.upstreams[0], …});
//
// A pair knows both by a hash with a fixed seed; the texts are in their key tables. Upstreams and reasons are few in
// any honest log. When there are more pairs than the budget allows, all of them are dropped for good: how many there
// are depends on the rows alone, so whether there is an answer does not depend on workers or order.
//
// Thread-safe: any number of workers at the same time. The const functions only when no worker works.
#ifndef LOGSTAT_SRC_AGGREGATE_UPSTREAM_REASONS_H_
#define LOGSTAT_SRC_AGGREGATE_UPSTREAM_REASONS_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "logstat/report.h"
#include "src/aggregate/key_table.h"
#include "src/base/hash.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

class UpstreamReasons {
 public:
  UpstreamReasons(uint64_t budget_bytes, TableSeed seed);

 private:
  struct Pair {
    uint64_t upstream;
    uint64_t reason;
    bool operator==(const Pair&) const = default;
  };
  // The logs' authors do not know the seed, so they cannot aim at a bucket.
  struct BucketHash {
    uint64_t seed;
    size_t operator()(const Pair& pair) const {
      return TableHash(reinterpret_cast<const uint8_t*>(&pair), sizeof(pair), TableSeed{seed});
    }
  };
  using Counts = std::unordered_map<Pair, uint64_t, BucketHash>;

 public:
  class Worker {
   public:
    explicit Worker(UpstreamReasons* shared) : shared_(shared), counts_(0, shared->counts_.hash_function()) {}

    // Counts the selected rows that have both.
    void Add(const RecordBatch& batch, const Selection& selection);

    // Moves everything into the shared part. May be called at any time.
    void Flush();

   private:
    UpstreamReasons* shared_;
    Counts counts_;
  };

  // There were more pairs than the budget allows: nothing is known.
  bool left_out() const { return left_out_.load(std::memory_order_relaxed); }

  // Sets top_reasons of the rows, which must be of upstreams: by count, then by key, the first `top` (0: all).
  // `reasons` is the key table of the reasons; where it had to leave some out, or the pairs were, the rows stay as they
  // are, and so do those of more than 1,024 bytes.
  void Fill(const KeyTable& reasons, size_t top, const std::vector<KeyRow*>& upstreams) const;

  // What the shared part takes now, about.
  uint64_t memory_bytes() const;

 private:
  const size_t max_pairs_;
  std::atomic<bool> left_out_{false};
  std::mutex mutex_;  // guards counts_
  Counts counts_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_UPSTREAM_REASONS_H_
