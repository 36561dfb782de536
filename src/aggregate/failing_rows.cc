#include "src/aggregate/failing_rows.h"

#include <algorithm>
#include <string_view>

#include "src/aggregate/key_table.h"
#include "src/aggregate/key_text.h"

namespace logstat {
namespace {

constexpr size_t kRunRows = 64;

}  // namespace

FailingRows::FailingRows(const FailingMinutesOfFields& minutes) {
  for (size_t i = 0; i < kChangeFields.size(); ++i) {
    if (minutes[i]) watched_.push_back(Watched{kChangeFields[i], FailingMinutes::Buffer(minutes[i].get())});
  }
}

void FailingRows::Add(const RecordBatch& batch, const Selection& selection) {
  if (!selection.is_range()) {
    selection.ForEach([&](size_t row) { AddRun(batch, row, 1); });
    return;
  }
  const size_t end = selection.range_begin() + selection.size();
  for (size_t row = selection.range_begin(); row < end; row += kRunRows) {
    AddRun(batch, row, std::min(kRunRows, end - row));
  }
}

void FailingRows::AddRun(const RecordBatch& batch, size_t first, size_t rows) {
  const uint16_t* statuses = batch.statuses() + first;
  uint16_t any = 0;
  for (size_t i = 0; i < rows; ++i) any |= KeyTable::IsFailing(statuses[i]);
  if (any == 0) return;
  for (size_t i = 0; i < rows; ++i) {
    if (KeyTable::IsFailing(statuses[i]) && IsTime(batch.time_ms(first + i))) AddRow(batch, first + i);
  }
}

void FailingRows::AddRow(const RecordBatch& batch, size_t row) {
  const uint64_t minute = MinuteOf(batch.time_ms(row));
  for (Watched& watched : watched_) {
    if (watched.field == Field::kStatus) {
      watched.buffer.Add(HashOfCode(batch.status(row)), minute);
    } else if (!batch.IsEntirelyMissing(watched.field) && !batch.IsMissing(watched.field, row)) {
      LongKeyBuffer buffer;
      const std::string_view key = StoredKey(batch.View(watched.field, row), &buffer);
      watched.buffer.Add(FailingMinutes::HashOf(key), minute);
    }
  }
}

void FailingRows::Flush() {
  for (Watched& watched : watched_) watched.buffer.Flush();
}

}  // namespace logstat
