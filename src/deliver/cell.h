// A cell on its way: the block it came from, its rows, and what the worker found out about them.
//
// Made by a worker, handed to Delivery, seen there in the order of its input, then used again for another cell. Not
// thread-safe: one owner at a time.
#ifndef LOGSTAT_SRC_DELIVER_CELL_H_
#define LOGSTAT_SRC_DELIVER_CELL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "src/deliver/bodyless_lines.h"
#include "src/deliver/clock.h"
#include "src/deliver/event.h"
#include "src/input/block.h"
#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

using KindCounts = std::array<uint64_t, kLineKindCount>;  // lines per LineKind

struct Cell {
  size_t input = 0;          // index in the plan's list of inputs
  Block block;               // block.cell is the cell's place in its input
  ColumnSet fields;          // those that the format of its input has
  bool fields_vary = false;  // its lines say which of them they have: LineFormat::columns_vary()
  bool of_proxy = false;  // its input is the log of a proxy or balancer, see HasProxyTargets() in src/format/detect.h
  RecordBatch batch;
  Selection selection;  // the rows that the worker counts: without the clock's edge rows
  ClockEdges edges;
  CellEvents events;  // for findings, if they are asked for
  KindCounts kinds{};
  BodylessLines bodyless;   // of all counted rows, if the columns for it are there
  uint64_t bytes = 0;       // of this cell, as far as they were still the file's own
  bool lost_bytes = false;  // the mapped file shrank under this cell: rows were dropped
};

// A row as it stands in its input, without the end of its line. A record that was joined of several lines stands at the
// first of them, which may be in an earlier cell; its text is how it begins.
struct CellLine {
  std::string_view text;    // valid as long as the cell's block and batch
  uint64_t offset = 0;      // in the input, decoded
  uint64_t lines_back = 0;  // how many lines it begins above the row's own
};
CellLine LineOf(const Cell& cell, size_t row);

// Fills `kinds` from the batch.
KindCounts CountKinds(const RecordBatch& batch);

// Drops the rows that end beyond `intact_bytes` of the input (Source::IntactBytes) and fills `bytes` and `lost_bytes`.
void DropLostRows(uint64_t intact_bytes, Cell& cell);

// After the rows were counted: if bytes under them were lost since, keys may have been read as zeros, and the cell says
// that it lost bytes. The rows stay counted.
void NoteLostBytes(uint64_t intact_bytes, Cell& cell);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_CELL_H_
