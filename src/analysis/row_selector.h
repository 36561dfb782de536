// Parses the block of a cell and selects the rows that are counted: the first half of a worker's part of a pass.
//
//   RowSelector selector(plan);
//   const uint64_t filtered = selector.Read(task, cell);
//
// Afterwards the cell has its input, block, batch, kinds and selection; what lost bytes took is dropped. Clock outliers
// are not marked yet (clock.h), and nothing is counted. One for each thread; the plan must outlive it.
#ifndef LOGSTAT_SRC_ANALYSIS_ROW_SELECTOR_H_
#define LOGSTAT_SRC_ANALYSIS_ROW_SELECTOR_H_

#include <cstdint>

#include "src/deliver/cell.h"
#include "src/format/cell_reader.h"
#include "src/plan/cursor.h"
#include "src/plan/plan.h"
#include "src/record/selection.h"

namespace logstat {

class RowSelector {
 public:
  explicit RowSelector(const Plan& plan) : plan_(plan), reader_(*plan.kernels) {}

  // Takes the block out of `task`. Returns how many counted rows did not pass the filter.
  uint64_t Read(CellTask& task, Cell& cell);

  // The rows of the last cell that was read which are counted, whether they pass the filter or not.
  const Selection& counted() const { return counted_; }

 private:
  const Plan& plan_;
  CellReader reader_;
  Selection counted_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_ANALYSIS_ROW_SELECTOR_H_
