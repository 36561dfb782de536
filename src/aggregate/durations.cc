#include "src/aggregate/durations.h"

namespace logstat {

bool HasDurations(const RecordBatch& batch, const Selection& selection) {
  const int64_t* durations = batch.numbers(Field::kDuration);
  // All bits are set if every number is kNoNumber; no branch, so that the compiler makes vector code of the range.
  static_assert(kNoNumber == -1);
  int64_t all = kNoNumber;
  selection.ForEach([&](size_t row) { all &= durations[row]; });
  return all != kNoNumber;
}

void DurationCounts::Add(const RecordBatch& batch, const Selection& selection) {
  const int64_t* durations = batch.numbers(Field::kDuration);
  const uint16_t* statuses = batch.statuses();
  selection.ForEach([&](size_t row) {
    if (durations[row] >= 0) classes_[statuses[row] / 100u].Add(durations[row]);
  });
}

void DurationCounts::Merge(const DurationCounts& other) {
  for (size_t digit = 0; digit < kClassCount; ++digit) classes_[digit].Merge(other.classes_[digit]);
}

void DurationCounts::Fill(Durations* durations) const {
  DurationHistogram overall;
  for (size_t digit = 0; digit < kClassCount; ++digit) {
    const DurationRow row = classes_[digit].Row();
    if (row.count == 0) continue;
    durations->classes.push_back(ClassDurations{static_cast<int>(digit), row});
    overall.Merge(classes_[digit]);
  }
  durations->overall = overall.Row();
}

}  // namespace logstat
