#include "src/deliver/epoch_queue.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

#include "src/deliver/compact_duration.h"

namespace logstat {
namespace {

// Of lines [begin, end) to those of `lines_before` others: zeros stand for those that have none, unless nobody has one.
void AppendDurations(const std::vector<uint16_t>& from, size_t begin, size_t end, size_t lines_before,
                     std::vector<uint16_t>& to) {
  if (from.empty() && to.empty()) return;
  to.resize(lines_before);
  if (from.empty()) {
    to.resize(lines_before + end - begin);
  } else {
    to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(begin),
              from.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

// 1-based.
uint64_t LineOf(const Event& event, uint64_t first_line) {
  return static_cast<uint64_t>(static_cast<int64_t>(first_line) + event.row);
}

}  // namespace

EpochQueue::EpochQueue(size_t inputs, uint64_t budget_bytes, Consumer consumer)
    : inputs_(inputs), budget_bytes_(budget_bytes), consumer_(std::move(consumer)) {}

// Judged by the lines above it in its own input, so that it does not depend on how far others have come. An epoch that
// had to close early has no place for its lines any more either.
bool EpochQueue::IsLate(int64_t epoch, int64_t newest) const {
  return (newest != kNoTime && (epoch + 1) * kEpochMs + kSlackMs <= newest) || epoch < closed_until_;
}

void EpochQueue::Grow(Open& open, uint64_t bytes) {
  open.bytes += bytes;
  bytes_ += bytes;
}

// Lines of an input in an epoch are about as many as in the one before. With room for them from the start they are
// copied once, not while the room doubles; that missed the cache once per line.
EpochQueue::Lines& EpochQueue::LinesOf(Open& open, size_t input) const {
  const auto [found, is_new] = open.lines.try_emplace(input);
  constexpr size_t kMost = 65'536;  // 2 MiB
  if (is_new) found->second.shadows.reserve(std::min(usual_lines_ + usual_lines_ / 8, kMost));
  return found->second;
}

void EpochQueue::AddEvent(Event* event, const std::shared_ptr<EventStore>& store) {
  Open& open = OpenEpoch(EpochOf(event->time_ms));
  if (open.stores.empty() || open.stores.back() != store) open.stores.push_back(store);
  open.events.push_back(event);
  Grow(open, sizeof(Event) + event->line_text().size());
}

void EpochQueue::Wait(size_t input, const CellEvents& events, uint64_t first_line) {
  for (const CellEvents::Edge& edge : events.edges) {
    inputs_[input].edges.emplace_back(Waiting{edge, edge.event != nullptr ? events.store : nullptr});
    if (edge.event != nullptr) edge.event->line = LineOf(*edge.event, first_line);
  }
}

void EpochQueue::Add(size_t input, CellEvents& events, uint64_t first_line) {
  Input& state = inputs_[input];
  const int64_t newest_before = state.newest;
  int64_t newest = newest_before;
  for (size_t i = 0; i < events.runs.size(); ++i) {
    const CellEvents::Run& run = events.runs[i];
    const size_t end = i + 1 < events.runs.size() ? events.runs[i + 1].begin : events.shadows.size();
    if (IsLate(run.epoch, newest)) {
      late_lines_ += end - run.begin;
      continue;
    }
    Open& open = OpenEpoch(run.epoch);
    Lines& lines = LinesOf(open, input);
    AppendDurations(events.durations, run.begin, end, lines.shadows.size(), lines.durations);
    lines.shadows.insert(lines.shadows.end(), events.shadows.begin() + static_cast<std::ptrdiff_t>(run.begin),
                         events.shadows.begin() + static_cast<std::ptrdiff_t>(end));
    Grow(open, (end - run.begin) * (sizeof(Shadow) + (lines.durations.empty() ? 0 : sizeof(uint16_t))));
    newest = std::max(newest, run.newest);
  }
  newest = newest_before;
  size_t run = 0;
  const std::shared_ptr<EventStore> store = std::move(events.store);
  const size_t count = store != nullptr ? store->events.size() - events.edge_events : 0;
  for (size_t i = 0; i < count; ++i) {
    Event& event = store->events[i];
    for (; run < events.runs.size() && events.runs[run].epoch != EpochOf(event.time_ms); ++run) {
      newest = std::max(newest, events.runs[run].newest);
    }
    if (IsLate(EpochOf(event.time_ms), newest)) continue;
    event.line = LineOf(event, first_line);
    AddEvent(&event, store);
  }
  state.newest = std::max(state.newest, events.newest);
  while (bytes_ > budget_bytes_ && open_.size() > 1) {
    incomplete_ = true;
    CloseFirst();
  }
}

void EpochQueue::SettleEdge(size_t input, bool is_right) {
  Input& state = inputs_[input];
  const Waiting waiting = std::move(state.edges.front());
  state.edges.pop_front();
  if (!is_right) return;
  const CellEvents::Edge& edge = waiting.edge;
  const int64_t epoch = EpochOf(edge.time_ms);
  if (IsLate(epoch, state.newest)) {
    ++late_lines_;
    return;
  }
  Open& open = OpenEpoch(epoch);
  Lines& lines = LinesOf(open, input);
  AppendDuration(edge.duration, lines.shadows.size(), lines.durations);
  lines.shadows.push_back(edge.shadow);
  Grow(open, sizeof(Shadow) + (lines.durations.empty() ? 0 : sizeof(uint16_t)));
  if (edge.event != nullptr) AddEvent(edge.event, waiting.store);
  state.newest = std::max(state.newest, edge.time_ms);
}

void EpochQueue::CloseUntil(int64_t watermark) {
  while (!open_.empty()) {
    const int64_t end = (open_.begin()->first + 1) * kEpochMs;
    if (watermark < kSlackMs + end) return;
    CloseFirst();
  }
}

void EpochQueue::CloseFirst() {
  auto first = open_.extract(open_.begin());
  Open& open = first.mapped();
  Epoch epoch;
  epoch.number = first.key();
  closed_until_ = std::max(closed_until_, epoch.number + 1);
  for (auto& [input, lines] : open.lines) {
    usual_lines_ = lines.shadows.size();
    if (epoch.shadows.empty()) {
      epoch.shadows = std::move(lines.shadows);
      epoch.durations = std::move(lines.durations);
    } else {
      const size_t count = lines.shadows.size();
      AppendDurations(lines.durations, 0, count, epoch.shadows.size(), epoch.durations);
      epoch.shadows.insert(epoch.shadows.end(), lines.shadows.begin(), lines.shadows.end());
    }
  }
  std::sort(open.events.begin(), open.events.end(), [](const Event* a, const Event* b) {
    return std::tie(a->time_ms, a->input, a->offset) < std::tie(b->time_ms, b->input, b->offset);
  });
  epoch.events = EventList(std::move(open.events), std::move(open.stores));
  bytes_ -= open.bytes;
  consumer_(std::move(epoch));
}

void EpochQueue::Finish() {
  while (!open_.empty()) CloseFirst();
}

}  // namespace logstat
