// Clock outliers: lines whose time cannot be right.
//
// A line is an outlier when the nearest earlier and later lines of its input with a readable time lie within 24 h of
// each other and its own time is more than 24 h from both; the first line takes the next two, the last one the two
// before (specification, section 3). That is judged before any filter. Whether a line is one therefore depends on its
// neighbours, and the first and last line of a cell have theirs in other cells. So a worker judges the inner rows of
// its cell (MarkClockOutliers) and takes the two edge rows out of its selection; delivery, which sees cells in order,
// settles those (ClockSettler) and gives them back to be counted.
//
// A ClockSettler is not thread-safe: it is called in delivery.
#ifndef LOGSTAT_SRC_DELIVER_CLOCK_H_
#define LOGSTAT_SRC_DELIVER_CLOCK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

// The readable times that neighbours in other cells need, and the rows that need theirs.
struct ClockEdges {
  // Up to three times from each end of the cell, in order, without doubles: all of them if there are six or fewer.
  struct Entry {
    int64_t time_ms;
    bool is_edge;  // its verdict is open
    bool has_row;  // it is counted: a copy of the row is in `rows`, which keeps the order
    size_t row;    // in the cell
  };
  std::vector<Entry> entries;
  RecordBatch rows;          // copies of the edge rows (at most two), with texts of their own
  int64_t newest = kNoTime;  // of the inner rows that are no outliers

  void Clear(ColumnSet columns);
};

// Marks the inner outliers among the counted rows of a cell with kOutlierTime, and moves the edge rows from the
// selection to `edges` as far as they are in it: it holds those of the counted rows that passed the filter. True if a
// row was marked. Nothing happens if the batch has no time column.
bool MarkClockOutliers(RecordBatch& batch, const Selection& counted, Selection& selection, ClockEdges& edges);

class ClockSettler {
 public:
  explicit ClockSettler(ColumnSet columns) : columns_(columns) {}

  // Takes the edges of the next cell of `input` and appends to `settled` the rows whose verdict is known now, outliers
  // with kOutlierTime.
  void Add(size_t input, const ClockEdges& edges, RecordBatch& settled);

  // Appends the rows of an input that still wait, because it has ended; then those of all inputs.
  void Finish(size_t input, RecordBatch& settled);
  void Finish(RecordBatch& settled);

  // The newest time of all inputs that is no outlier's, so far, of rows that no filter lets pass, too.
  int64_t newest() const { return newest_; }

 private:
  // A readable time, and the number of its row in `waiting` if it has one and its verdict is open.
  struct Neighbour {
    int64_t time_ms;
    bool is_open;
    std::optional<size_t> row;
  };
  // The last three readable times of an input; only the newest may wait, or the first two of the input.
  struct Window {
    std::vector<Neighbour> last;
    uint64_t count = 0;  // readable times seen
    RecordBatch waiting;
  };

  void SettleLast(Window& window, RecordBatch& settled);
  void AddTime(Window& window, Neighbour newest, RecordBatch& settled);
  void Settle(Window& window, Neighbour& neighbour, bool is_outlier, RecordBatch& settled);
  void DropSettled(Window& window);

  ColumnSet columns_;
  std::map<size_t, Window> windows_;
  int64_t newest_ = kNoTime;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_CLOCK_H_
