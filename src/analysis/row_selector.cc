#include "src/analysis/row_selector.h"

#include <utility>

namespace logstat {

uint64_t RowSelector::Read(CellTask& task, Cell& cell) {
  cell.input = task.input;
  cell.fields = task.open->format->columns();
  cell.fields_vary = task.open->format->columns_vary();
  cell.of_proxy = task.open->of_proxy;
  cell.block = std::move(task.block);
  reader_.Read(cell.block, *task.open->format, plan_.read_columns, cell.batch, plan_.filter.early());
  DropLostRows(task.open->source->IntactBytes(), cell);
  cell.kinds = CountKinds(cell.batch);
  counted_.SelectCounted(cell.batch);
  cell.selection = counted_;
  plan_.filter.NarrowEarly(cell.batch, cell.selection);
  // What the early tests took out may have no other columns.
  plan_.client.Choose(cell.batch, cell.selection);
  plan_.filter.Narrow(cell.batch, cell.selection);
  return counted_.size() - cell.selection.size();
}

}  // namespace logstat
