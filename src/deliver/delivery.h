// The cells of every input back in their order, without a thread of its own.
//
//   Crew crew(workers);
//   Delivery delivery(/*most_in_flight=*/8, crew);
//   // in every worker:
//   delivery.Reserve();                      // room for the bytes of one cell, before they are read
//   ... take a block, parse, count ...       // without one left: delivery.GiveBack()
//   delivery.Complete(std::move(cell), [&](Cell& next) { ... });   // called for 0 or more cells, each in its turn
//
// Workers finish cells in any order. Whoever completes the next one of its input delivers it, and all completed ones
// behind it; the others leave theirs and go on. Inputs do not wait for each other. At most one worker delivers at a
// time, so a consumer needs no lock of its own.
// At most `most_in_flight` cells are taken and not delivered, which bounds the memory of their blocks. Nobody waits for
// ever: cells are taken in the order of their input, and every taken one has its room, so the one that others wait for
// is always at work. A worker that cannot complete its cell (out of memory) must call Abandon(), or the others would.
// Who waits for room helps with what is delivered, if that is shared (crew.h).
//
// Thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_DELIVERY_H_
#define LOGSTAT_SRC_DELIVER_DELIVERY_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "src/deliver/cell.h"
#include "src/deliver/crew.h"

namespace logstat {

class Delivery {
 public:
  using Consumer = std::function<void(Cell&)>;

  Delivery(size_t most_in_flight, Crew& crew) : most_in_flight_(most_in_flight), crew_(crew) {}

  // An empty cell, used before if there is one.
  std::unique_ptr<Cell> TakeCell();

  // Helps or waits until there is room for one more cell in flight.
  void Reserve();

  // The room that was reserved is not needed.
  void GiveBack();

  // Every cell number of an input must be completed exactly once, from 0 on without gaps.
  void Complete(std::unique_ptr<Cell> cell, const Consumer& consumer);

  // Ends the waiting for good: nothing is delivered any more.
  void Abandon();

  // Frees the cells that are kept for later. When no worker works any more.
  void DropFreeCells() { free_.clear(); }

  // Cells delivered so far.
  uint64_t delivered() const;

 private:
  struct Line {
    uint64_t next = 0;                                    // number of the cell that comes next
    std::map<uint64_t, std::unique_ptr<Cell>> completed;  // those that wait for one before them
  };

  const size_t most_in_flight_;
  Crew& crew_;  // its members wait for room
  mutable std::mutex mutex_;
  size_t in_flight_ = 0;
  std::map<size_t, Line> lines_;             // by input
  std::deque<std::unique_ptr<Cell>> ready_;  // their turn has come
  uint64_t delivered_ = 0;
  bool delivering_ = false;
  bool abandoned_ = false;
  std::vector<std::unique_ptr<Cell>> free_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_DELIVERY_H_
