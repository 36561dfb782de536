// The cells of a log text, read as a run reads them, for the tests of src/deliver/.
//
//   for (std::unique_ptr<Cell>& cell : ReadCells(text, /*cell_bytes=*/100)) log.Add(*cell, ledger.Add(*cell));
#ifndef LOGSTAT_TESTS_DELIVER_CELLS_H_
#define LOGSTAT_TESTS_DELIVER_CELLS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/deliver/cell.h"
#include "src/format/cell_reader.h"
#include "src/format/presets.h"
#include "src/input/source.h"
#include "tests/input/temp_dir.h"

namespace logstat {

// A line of the combined format; what is not asked for is the same in all of them.
inline std::string LogLine(std::string_view path, int status) {
  return "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET " + std::string(path) + " HTTP/1.1\" " +
         std::to_string(status) + " 512 \"-\" \"test\"\n";
}

// The cells in order, final as they are when a worker completes them, but for what the clock does.
inline std::vector<std::unique_ptr<Cell>> ReadCells(std::string_view text, size_t cell_bytes, size_t input = 0,
                                                    ColumnSet columns = {Field::kStatus, Field::kPath},
                                                    const LineFormat& format = *FindPreset("combined")->format) {
  const TempDir dir;
  SourceSettings settings;
  settings.cell_bytes = cell_bytes;
  const std::unique_ptr<Source> source = *OpenSource(dir.Write("log", text), settings);
  CellReader reader(ScalarKernels());
  std::vector<std::unique_ptr<Cell>> cells;
  std::shared_ptr<const LineState> state;
  while (std::optional<Block> block = *source->Next()) {
    auto cell = std::make_unique<Cell>();
    cell->input = input;
    cell->fields = format.columns();
    cell->block = *std::move(block);
    cell->block.state = state;
    if (format.has_state()) state = format.StateAfter(state, cell->block);
    reader.Read(cell->block, format, columns, cell->batch);
    DropLostRows(source->IntactBytes(), *cell);
    cell->kinds = CountKinds(cell->batch);
    cell->selection.SelectCounted(cell->batch);
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DELIVER_CELLS_H_
