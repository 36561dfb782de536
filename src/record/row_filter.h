// Something that takes rows of a batch out of a list: a filter to whoever fills or counts the batch.
//
//   std::vector<uint32_t> rows = {0, 1, 2};
//   filter.Narrow(batch, rows);      // {0, 2}: those that pass, in the same order
#ifndef LOGSTAT_SRC_RECORD_ROW_FILTER_H_
#define LOGSTAT_SRC_RECORD_ROW_FILTER_H_

#include <cstdint>
#include <vector>

#include "src/record/record_batch.h"

namespace logstat {

// Immutable; shared by any number of threads.
class RowFilter {
 public:
  virtual ~RowFilter() = default;

  // The columns that Narrow() looks at; the batch must have them.
  virtual ColumnSet columns() const = 0;

  // Keeps the rows that pass. `rows` is ascending and stays so.
  virtual void Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_RECORD_ROW_FILTER_H_
