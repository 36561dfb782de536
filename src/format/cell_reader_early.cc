// What a filter on status, time and bytes spares a reader of lines that have no shape (the fast path has a way of its
// own): a first pass reads only these columns of the cell, a second one everything of the lines that pass.
//
// A line that passes is read twice, so this pays where few do. How many that will be, the cells before tell: after one
// of which a quarter passed, the next fifteen are read whole at once. The rows are the same either way.
#include <algorithm>

#include "src/format/cell_reader.h"

namespace logstat {
namespace {

constexpr size_t kWorthWhile = 4;  // one line in so many passes, or fewer
constexpr unsigned kCellsWithoutScout = 15;

// Of every row what is not of the line's fields, and the columns that both have.
void CopyScouted(const RecordBatch& from, RecordBatch& to) {
  const size_t rows = from.rows();
  to.Reserve(rows);
  to.AppendClearRows(rows);
  for (size_t row = 0; row < rows; ++row) to.begins()[row] = from.begin(row);
  to.Close(from.begin(rows));
  std::copy_n(from.kinds(), rows, to.kinds());
  std::copy_n(from.statuses(), rows, to.statuses());
  for (const Field field : {Field::kTime, Field::kBytes}) {
    if (from.columns().Contains(field)) std::copy_n(from.numbers(field), rows, to.numbers(field));
  }
}

}  // namespace

bool CellReader::ReadPassing(const Block& block, const LineFormat& format, ColumnSet columns, RecordBatch& batch,
                             const RowFilter& early) {
  if (!use_fast_path_ || IsShaped(format) || format.joins_lines()) return false;
  if (cells_without_scout_ > 0) {
    --cells_without_scout_;
    return false;
  }
  ColumnSet wanted = early.columns() | ColumnSet{Field::kStatus};
  if (columns.Contains(Field::kTime)) wanted.Insert(Field::kTime);  // by it the clocks of neighbours are judged
  ReadAll(block, format, wanted, scouted_, nullptr);
  passing_.clear();
  for (size_t row = 0; row < scouted_.rows(); ++row) {
    if (scouted_.kind(row) == LineKind::kCounted) passing_.push_back(static_cast<uint32_t>(row));
  }
  early.Narrow(scouted_, passing_);
  if (passing_.size() * kWorthWhile > scouted_.rows()) {
    cells_without_scout_ = kCellsWithoutScout;
    return false;
  }

  batch.Reset(block.bytes, columns, block.readable_bytes);
  CopyScouted(scouted_, batch);
  line_reader_->BeginCell(block);
  size_t next = 0;
  for (size_t row = 0; row < batch.rows(); ++row) {
    const bool passes = next < passing_.size() && passing_[next] == row;
    next += passes;
    // Directives again, too: they say what the lines behind them mean.
    if (!passes && batch.kind(row) != LineKind::kIgnored) continue;
    batch.ClearRow(row);
    line_reader_->Read(LineAt(block, batch.begin(row), batch.begin(row + 1)), row, batch);
  }
  return true;
}

}  // namespace logstat
