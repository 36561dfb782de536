// Where in an input the lines of a time stand: of every cell the number of its first line and the times of its lines.
//
//   LineIndex index(inputs);
//   index.Add(cell.input, cell.events, first_line);        // the cells of each input in their order
//   for (const LineIndex::Span& span : index.cells(0)) …   // cell number i of the first input
//
// So that a line of which only shadows were kept can be found again without reading all of the input once more. Only
// selected lines with a readable time count. 24 bytes for a cell, which is 9 MB for a log of 100 GB. Not thread-safe:
// it is filled in delivery.
#ifndef LOGSTAT_SRC_DELIVER_LINE_INDEX_H_
#define LOGSTAT_SRC_DELIVER_LINE_INDEX_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/deliver/event.h"

namespace logstat {

class LineIndex {
 public:
  struct Span {
    uint64_t first_line = 0;       // 1-based
    int64_t from_ms = INT64_MAX;   // no line of the cell is earlier; it may begin with a minute
    int64_t until_ms = INT64_MIN;  // nor later
  };

  explicit LineIndex(size_t inputs) : spans_(inputs) {}

  void Add(size_t input, const CellEvents& events, uint64_t first_line) {
    Span span{first_line};
    const auto cover = [&span](int64_t from_ms, int64_t until_ms) {
      span.from_ms = std::min(span.from_ms, from_ms);
      span.until_ms = std::max(span.until_ms, until_ms);
    };
    for (const CellEvents::Run& run : events.runs) cover(run.epoch * kEpochMs, run.newest);
    for (const CellEvents::Edge& edge : events.edges) cover(edge.time_ms, edge.time_ms);
    spans_[input].push_back(span);
  }

  const std::vector<Span>& cells(size_t input) const { return spans_[input]; }

 private:
  std::vector<std::vector<Span>> spans_;  // by input and cell
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_LINE_INDEX_H_
