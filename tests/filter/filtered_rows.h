// Lines through a reader and a filter, for the tests and the fuzzer of src/filter/.
//
//   FilteredRows(text, LineFormatOf("combined"), columns, filter, Reading{.fast = true, .early = true})
#ifndef LOGSTAT_TESTS_FILTER_FILTERED_ROWS_H_
#define LOGSTAT_TESTS_FILTER_FILTERED_ROWS_H_

#include <string_view>
#include <vector>

#include "src/filter/filter.h"
#include "tests/format/read_cells.h"

namespace logstat {

struct FilteredReading {
  bool fast = true;   // the fast path, where the format has one
  bool early = true;  // the reader knows the filter's early tests
  size_t cell_bytes = size_t{1} << 20;
};

// The rows that pass, by value. Of the other counted rows what every row has: kind, status, time.
inline std::vector<ReadRow> FilteredRows(std::string_view text, const LineFormat& format, ColumnSet columns,
                                         const Filter& filter, const FilteredReading& how) {
  CellReader reader(BestKernels(), how.fast);
  RecordBatch batch;
  std::vector<ReadRow> filtered;
  columns = columns | filter.columns();
  for (size_t cell = 0; cell * how.cell_bytes < text.size(); ++cell) {
    const OwnedCell owned(text, how.cell_bytes, cell);
    reader.Read(owned.block(), format, columns, batch, how.early ? filter.early() : nullptr);
    Selection selection;
    selection.SelectCounted(batch);
    filter.NarrowEarly(batch, selection);
    filter.Narrow(batch, selection);
    for (size_t row = 0; row < batch.rows(); ++row) {
      if (batch.kind(row) != LineKind::kCounted || selection.Remove(row)) continue;
      // What was dropped early has no other columns: nobody may look at them.
      const uint16_t status = batch.status(row);
      const int64_t time = batch.columns().Contains(Field::kTime) ? batch.time_ms(row) : kNoTime;
      batch.ClearRow(row);
      batch.status(row) = status;
      if (batch.columns().Contains(Field::kTime)) batch.time_ms(row) = time;
    }
    const std::vector<ReadRow> rows = RowsOf(batch, owned.block().offset);
    filtered.insert(filtered.end(), rows.begin(), rows.end());
  }
  return filtered;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_FILTER_FILTERED_ROWS_H_
