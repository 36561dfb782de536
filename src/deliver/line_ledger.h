// The accounts of every input: lines by kind, bytes, and the absolute number of a cell's first line.
//
//   LineLedger ledger(inputs);
//   uint64_t first_line = ledger.Add(cell);   // in the input's order
//
// Line numbers become absolute here, because here all earlier cells of the input are known; workers need no shared
// counter. Not thread-safe: it is called in delivery.
#ifndef LOGSTAT_SRC_DELIVER_LINE_LEDGER_H_
#define LOGSTAT_SRC_DELIVER_LINE_LEDGER_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/deliver/cell.h"

namespace logstat {

struct InputAccount {
  uint64_t lines = 0;
  uint64_t bytes = 0;  // decoded bytes, as far as they were the file's own
  KindCounts kinds{};
  BodylessLines bodyless;
  bool lost_bytes = false;  // the mapped file shrank while it was read
};

class LineLedger {
 public:
  explicit LineLedger(size_t inputs) : accounts_(inputs) {}

  // Adds a cell to its input's account; returns the number, from 1, of its first line.
  uint64_t Add(const Cell& cell);

  const InputAccount& account(size_t input) const { return accounts_[input]; }

 private:
  std::vector<InputAccount> accounts_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_LINE_LEDGER_H_
