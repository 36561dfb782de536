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
    std::vector<ReadRow> rows = RowsOf(batch, owned.block().offset);
    for (size_t row = 0; row < rows.size(); ++row) {
      if (selection.Remove(row)) continue;
      rows[row].texts = {};
      rows[row].numbers = ReadRow().numbers;
    }
    filtered.insert(filtered.end(), rows.begin(), rows.end());
  }
  return filtered;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_FILTER_FILTERED_ROWS_H_
