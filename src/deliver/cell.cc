#include "src/deliver/cell.h"

#include <algorithm>

namespace logstat {

CellLine LineOf(const Cell& cell, size_t row) {
  const uint32_t begin = cell.batch.begin(row);
  CellLine line{{reinterpret_cast<const char*>(cell.block.bytes) + begin, cell.batch.begin(row + 1) - begin},
                cell.block.offset + begin};
  if (const RecordStart* start = cell.batch.FindStart(row)) {
    line = {cell.batch.View(start->text), start->offset, start->lines_back};
  }
  std::string_view& text = line.text;
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  return line;
}

KindCounts CountKinds(const RecordBatch& batch) {
  KindCounts counts{};
  const LineKind* kinds = batch.kinds();
  static_assert(static_cast<int>(LineKind::kCounted) == 0, "a counted row is a zero byte");
  uint8_t any = 0;  // a clean cell is one vectorised pass; a counter that is added to in each row waits for itself
  for (size_t row = 0; row < batch.rows(); ++row) any |= static_cast<uint8_t>(kinds[row]);
  if (any == 0) {
    counts[static_cast<size_t>(LineKind::kCounted)] = batch.rows();
    return counts;
  }
  for (size_t row = 0; row < batch.rows(); ++row) ++counts[static_cast<size_t>(kinds[row])];
  return counts;
}

void DropLostRows(uint64_t intact_bytes, Cell& cell) {
  const uint64_t offset = cell.block.offset;
  const uint64_t intact_here = intact_bytes > offset ? intact_bytes - offset : 0;
  cell.bytes = std::min<uint64_t>(cell.block.cell_bytes, intact_here);
  size_t rows = cell.batch.rows();
  while (rows > 0 && cell.batch.begin(rows) > intact_here) --rows;  // begin(row + 1) is where the row ends
  cell.lost_bytes = rows < cell.batch.rows() || cell.bytes < cell.block.cell_bytes;
  cell.batch.Truncate(rows);
}

void NoteLostBytes(uint64_t intact_bytes, Cell& cell) {
  const uint64_t used =
      std::max<uint64_t>(cell.bytes, cell.batch.rows() == 0 ? 0 : cell.batch.begin(cell.batch.rows()));
  if (intact_bytes < cell.block.offset + used) cell.lost_bytes = true;
}

}  // namespace logstat
