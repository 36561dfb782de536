// Cells back in plan order, without a thread of its own.
//
//   Delivery delivery(/*most_ahead=*/8);
//   // in every worker:
//   delivery.WaitForTurn(cell->sequence);
//   ... parse, count ...
//   delivery.Complete(std::move(cell), [&](Cell& next) { ... });   // called for 0 or more cells, in order
//
// Workers finish cells in any order. Whoever completes the next one in line delivers it, and all completed ones behind
// it; the others leave theirs and go on. At most one worker delivers at a time, so a consumer needs no lock of its own.
// Workers may run ahead of the delivered cells by `most_ahead`, which bounds the memory of blocks in flight. The worker
// that holds the next cell in line never waits, so nobody waits for ever; a worker that cannot complete its cell (out
// of memory) must call Abandon(), or the others would.
//
// Thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_DELIVERY_H_
#define LOGSTAT_SRC_DELIVER_DELIVERY_H_

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "src/deliver/cell.h"

namespace logstat {

class Delivery {
 public:
  using Consumer = std::function<void(Cell&)>;

  explicit Delivery(size_t most_ahead) : most_ahead_(most_ahead) {}

  // An empty cell, used before if there is one.
  std::unique_ptr<Cell> TakeCell();

  // Blocks while `sequence` is more than `most_ahead` cells ahead of the delivered ones.
  void WaitForTurn(uint64_t sequence);

  // Every sequence number must be completed exactly once.
  void Complete(std::unique_ptr<Cell> cell, const Consumer& consumer);

  // Ends the waiting for good: nothing is delivered any more.
  void Abandon();

  // Cells delivered so far.
  uint64_t delivered() const;

 private:
  const size_t most_ahead_;
  mutable std::mutex mutex_;
  std::condition_variable turn_;
  std::map<uint64_t, std::unique_ptr<Cell>> completed_;  // not delivered yet
  uint64_t next_ = 0;
  bool delivering_ = false;
  bool abandoned_ = false;
  std::vector<std::unique_ptr<Cell>> free_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_DELIVERY_H_
