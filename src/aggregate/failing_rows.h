// The failing rows of one worker's batches, on their way into FailingMinutes: by code, and by the texts that they have.
//
//   FailingMinutesOfFields minutes;              // one table for each field that is watched, null for the others
//   FailingRows rows(minutes);
//   rows.Add(batch, selection);                  // batch must have times and the columns of the watched fields
//   rows.Flush();                                // at the end
//
// Of a row with a status of 001 to 399 only the status is looked at, 64 at once. Rows whose time is unreadable and
// clock outliers are left out. Not thread-safe: one per worker. The tables are shared and must outlive it.
#ifndef LOGSTAT_SRC_AGGREGATE_FAILING_ROWS_H_
#define LOGSTAT_SRC_AGGREGATE_FAILING_ROWS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "src/aggregate/failing_minutes.h"
#include "src/record/field.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

// The fields whose keys are watched, in the order of ChangeField.
inline constexpr std::array<Field, 5> kChangeFields = {Field::kStatus, Field::kPath, Field::kHost, Field::kClient,
                                                       Field::kUpstream};
using FailingMinutesOfFields = std::array<std::unique_ptr<FailingMinutes>, kChangeFields.size()>;

class FailingRows {
 public:
  explicit FailingRows(const FailingMinutesOfFields& minutes);

  // By which FailingMinutes knows a code.
  static uint64_t HashOfCode(uint16_t code) {
    return SketchHash(reinterpret_cast<const uint8_t*>(&code), sizeof(code));
  }

  void Add(const RecordBatch& batch, const Selection& selection);
  void Flush();

 private:
  struct Watched {
    Field field;
    FailingMinutes::Buffer buffer;
  };

  void AddRun(const RecordBatch& batch, size_t first, size_t rows);
  void AddRow(const RecordBatch& batch, size_t row);

  std::vector<Watched> watched_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_FAILING_ROWS_H_
