// The answers that have no body: 204, 304, and those to HEAD. If the log has bytes for them, its byte count includes
// headers.
//
//   BodylessLines lines = CountBodylessLines(batch, selection);   // per cell; the batch has bytes and methods
//   account += lines;
//   ByteMeaning meaning = MeaningOfBytes(account);                // per input
//
// Why the data are asked: Debian's stock Apache formats count headers (%O) and look like those that do not (%b).
#ifndef LOGSTAT_SRC_DELIVER_BODYLESS_LINES_H_
#define LOGSTAT_SRC_DELIVER_BODYLESS_LINES_H_

#include <cstdint>

#include "logstat/report.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

struct BodylessLines {
  uint64_t lines = 0;  // with a byte count
  uint64_t with_bytes = 0;

  BodylessLines& operator+=(BodylessLines other) {
    lines += other.lines;
    with_bytes += other.with_bytes;
    return *this;
  }
};

// Whether the columns that this needs are among `columns`.
bool CanCountBodylessLines(ColumnSet columns);

BodylessLines CountBodylessLines(const RecordBatch& batch, const Selection& selection);

// Headers are included if most of at least five such lines have bytes (specification, section 4).
ByteMeaning MeaningOfBytes(BodylessLines lines);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_BODYLESS_LINES_H_
