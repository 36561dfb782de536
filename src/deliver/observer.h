// What sees every cell in the order of its input: samples of rejected lines today, detectors of findings tomorrow.
#ifndef LOGSTAT_SRC_DELIVER_OBSERVER_H_
#define LOGSTAT_SRC_DELIVER_OBSERVER_H_

#include <cstdint>

#include "src/deliver/cell.h"

namespace logstat {

// Called by one thread at a time, the cells of each input in their order, those of several inputs in any mixture; the
// cell and the bytes under it live only during the call.
class CellObserver {
 public:
  virtual ~CellObserver() = default;

  // `first_line` is the number, from 1, that the cell's first row has in its input.
  virtual void OnCell(const Cell& cell, uint64_t first_line) = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_OBSERVER_H_
