#include "src/deliver/clock.h"

#include <algorithm>
#include <utility>

#include "src/base/milliseconds.h"

namespace logstat {
namespace {

// Times of any year lie within 2^48 ms of each other, so differences do not overflow.
bool IsFar(int64_t a, int64_t b) { return a > b ? a - b > kDayMs : b - a > kDayMs; }

bool IsOutlier(int64_t time, int64_t neighbour, int64_t other_neighbour) {
  return !IsFar(neighbour, other_neighbour) && IsFar(time, neighbour) && IsFar(time, other_neighbour);
}

// The first and last selected rows with a readable time, as places in the selection.
struct Readable {
  size_t count = 0;
  size_t first = 0;
  size_t last = 0;
  int64_t least = 0;
  int64_t greatest = 0;
  int64_t inner_greatest = kNoTime;  // without the first and the last
};

Readable FindReadable(const RecordBatch& batch, const Selection& selection) {
  Readable found;
  int64_t before = kNoTime;
  for (size_t i = 0; i < selection.size(); ++i) {
    const int64_t time = batch.time_ms(selection[i]);
    if (!IsTime(time)) continue;
    if (found.count == 0) {
      found.first = i;
      found.least = found.greatest = time;
    }
    found.last = i;
    found.least = std::min(found.least, time);
    found.greatest = std::max(found.greatest, time);
    if (found.count > 1) found.inner_greatest = std::max(found.inner_greatest, before);
    before = time;
    ++found.count;
  }
  return found;
}

// Up to three readable times from each end, and the rows of the outermost two, which leave the selection.
void CollectEdges(const RecordBatch& batch, const Selection& counted, const Readable& readable, Selection& selection,
                  ClockEdges& edges) {
  constexpr size_t kEach = 3;
  const auto add = [&](size_t i, size_t number) {
    const size_t row = counted[i];
    const bool is_edge = number == 0 || number + 1 == readable.count;
    const bool has_row = is_edge && selection.Remove(row);
    edges.entries.push_back({batch.time_ms(row), is_edge, has_row, row});
    if (has_row) edges.rows.AppendCopy(batch, row);
  };
  const size_t from_front = std::min(kEach, readable.count);
  size_t number = 0;
  for (size_t i = readable.first; number < from_front; ++i) {
    if (IsTime(batch.time_ms(counted[i]))) add(i, number++);
  }
  const size_t from_back = std::min(kEach, readable.count - from_front);
  std::vector<size_t> back;
  for (size_t i = readable.last; back.size() < from_back; --i) {
    if (IsTime(batch.time_ms(counted[i]))) back.push_back(i);
  }
  number = readable.count - from_back;
  for (auto i = back.rbegin(); i != back.rend(); ++i) add(*i, number++);
}

// True if there are any. The newest time is then that of the others.
bool MarkInnerOutliers(const Readable& readable, const Selection& counted, RecordBatch& batch, ClockEdges& edges) {
  bool any = false;
  edges.newest = kNoTime;
  int64_t before = batch.time_ms(counted[readable.first]);
  size_t current = 0;  // the inner row whose later neighbour is looked for; 0: none yet
  int64_t current_time = 0;
  for (size_t i = readable.first + 1; i <= readable.last; ++i) {
    const int64_t time = batch.time_ms(counted[i]);
    if (!IsTime(time)) continue;
    if (current != 0) {
      if (IsOutlier(current_time, before, time)) {
        batch.time_ms(counted[current]) = kOutlierTime;
        any = true;
      } else {
        edges.newest = std::max(edges.newest, current_time);
      }
      before = current_time;
    }
    current = i;
    current_time = time;
  }
  return any;
}

}  // namespace

void ClockEdges::Clear(ColumnSet columns) {
  entries.clear();
  rows.Reset(nullptr, columns);
  newest = kNoTime;
}

bool MarkClockOutliers(RecordBatch& batch, const Selection& counted, Selection& selection, ClockEdges& edges) {
  edges.Clear(batch.columns());
  if (!batch.columns().Contains(Field::kTime)) return false;
  const Readable readable = FindReadable(batch, counted);
  if (readable.count == 0) return false;
  CollectEdges(batch, counted, readable, selection, edges);
  edges.newest = readable.inner_greatest;
  return IsFar(readable.least, readable.greatest) && MarkInnerOutliers(readable, counted, batch, edges);
}

void ClockSettler::Settle(Window& window, Neighbour& neighbour, bool is_outlier, RecordBatch& settled) {
  if (!neighbour.is_open) return;
  neighbour.is_open = false;
  if (!is_outlier) newest_ = std::max(newest_, neighbour.time_ms);
  if (!neighbour.row.has_value()) return;
  const size_t row = settled.AppendCopy(window.waiting, *neighbour.row);
  if (is_outlier) settled.time_ms(row) = kOutlierTime;
  neighbour.row.reset();
}

void ClockSettler::AddTime(Window& window, Neighbour newest, RecordBatch& settled) {
  std::vector<Neighbour>& last = window.last;
  last.push_back(newest);
  ++window.count;
  if (last.size() > 3) last.erase(last.begin());
  if (window.count < 3) return;
  if (window.count == 3) Settle(window, last[0], IsOutlier(last[0].time_ms, last[1].time_ms, last[2].time_ms), settled);
  Settle(window, last[1], IsOutlier(last[1].time_ms, last[0].time_ms, last[2].time_ms), settled);
}

// Keeps only the rows that still wait, so that the batch does not grow with the input.
void ClockSettler::DropSettled(Window& window) {
  RecordBatch kept;
  kept.Reset(nullptr, columns_);
  for (Neighbour& neighbour : window.last) {
    if (neighbour.row.has_value()) neighbour.row = kept.AppendCopy(window.waiting, *neighbour.row);
  }
  window.waiting = std::move(kept);
}

void ClockSettler::Add(size_t input, const ClockEdges& edges, RecordBatch& settled) {
  newest_ = std::max(newest_, edges.newest);
  if (edges.entries.empty()) return;
  Window& window = windows_[input];
  if (window.count == 0) window.waiting.Reset(nullptr, columns_);
  size_t edge = 0;
  for (const ClockEdges::Entry& entry : edges.entries) {
    Neighbour newest{entry.time_ms, entry.is_edge, std::nullopt};
    if (entry.has_row) newest.row = window.waiting.AppendCopy(edges.rows, edge++);
    AddTime(window, newest, settled);
  }
  DropSettled(window);
}

void ClockSettler::SettleLast(Window& window, RecordBatch& settled) {
  std::vector<Neighbour>& last = window.last;
  if (window.count >= 3) {
    Settle(window, last[2], IsOutlier(last[2].time_ms, last[0].time_ms, last[1].time_ms), settled);
  } else {
    for (Neighbour& neighbour : last) Settle(window, neighbour, false, settled);
  }
}

void ClockSettler::Finish(size_t input, RecordBatch& settled) {
  const auto found = windows_.find(input);
  if (found == windows_.end()) return;
  SettleLast(found->second, settled);
  windows_.erase(found);
}

void ClockSettler::Finish(RecordBatch& settled) {
  for (auto& [input, window] : windows_) SettleLast(window, settled);
  windows_.clear();
}

}  // namespace logstat
