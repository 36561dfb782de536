#include "src/deliver/line_ledger.h"

namespace logstat {

uint64_t LineLedger::Add(const Cell& cell) {
  InputAccount& account = accounts_[cell.input];
  const uint64_t first_line = account.lines + 1;
  account.lines += cell.batch.rows();
  account.bytes += cell.bytes;
  for (size_t kind = 0; kind < kLineKindCount; ++kind) account.kinds[kind] += cell.kinds[kind];
  account.bodyless += cell.bodyless;
  account.lost_bytes = account.lost_bytes || cell.lost_bytes;
  return first_line;
}

}  // namespace logstat
