#include "src/aggregate/path_durations.h"

#include <algorithm>

#include "src/aggregate/key_text.h"

namespace logstat {

unsigned DurationPair::RestShift(uint32_t bucket) {
  const unsigned shift = DurationBucketShift(bucket);
  return shift > kRestBits ? shift - kRestBits : 0;
}

DurationPair::DurationPair(uint64_t path_hash, int64_t duration_us) {
  const uint32_t in = DurationBucket(duration_us);
  key_ = path_hash << kBucketBits | in;
  const uint64_t rest = static_cast<uint64_t>(duration_us - DurationBucketBegin(in)) >> RestShift(in);
  packed_ = uint64_t{1} << kRestBits | rest;
}

int64_t DurationPair::max_us() const {
  const uint64_t rest = packed_ & ((uint64_t{1} << kRestBits) - 1);
  return DurationBucketBegin(bucket()) + static_cast<int64_t>(rest << RestShift(bucket()));
}

void DurationPair::Merge(DurationPair other) {
  constexpr uint64_t kRest = (uint64_t{1} << kRestBits) - 1;
  const uint64_t rest = std::max(packed_ & kRest, other.packed_ & kRest);
  packed_ = (packed_ & ~kRest) + (other.packed_ & ~kRest) + rest;
}

void PathDurations::Worker::Add(const RecordBatch& batch, const Selection& selection) {
  if (shared_->left_out() || batch.IsEntirelyMissing(Field::kPath)) return;
  const int64_t* durations = batch.numbers(Field::kDuration);
  const Text* texts = batch.texts(Field::kPath);
  selection.ForEach([&](size_t row) {
    if (durations[row] < 0) return;
    const Text text = texts[row];
    if (text.length - 1 >= kMaxKeyBytes && (text.length != 0 || batch.IsMissing(Field::kPath, row))) return;
    const uint64_t hash = HashOf(batch.View(text));
    pairs_.Add(KeyTable::PartitionOf(hash), DurationPair(hash, durations[row]));
  });
}

}  // namespace logstat
