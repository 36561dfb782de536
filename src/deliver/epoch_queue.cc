#include "src/deliver/epoch_queue.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

#include "src/deliver/compact_duration.h"

namespace logstat {
namespace {

constexpr uint64_t kLeastMinuteBytes = uint64_t{4} << 20;             // see EpochQueue::EpochQueue()
constexpr uint64_t kShadowBytes = sizeof(Shadow) + sizeof(uint16_t);  // with its duration, if it has one or not

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
    : inputs_(inputs),
      budget_bytes_(budget_bytes),
      minute_bytes_(std::max(budget_bytes, kLeastMinuteBytes)),
      consumer_(std::move(consumer)) {}

// Judged by the lines above it in its own input, so that it does not depend on how far others have come. An epoch that
// had to close early has no place for its lines any more either.
bool EpochQueue::IsLate(int64_t epoch, int64_t newest) const {
  return (newest != kNoTime && (epoch + 1) * kEpochMs + kSlackMs <= newest) || epoch < closed_until_;
}

void EpochQueue::Grow(Open& open, uint64_t bytes) {
  open.bytes += bytes;
  bytes_ += bytes;
}

// The open epoch of a line of the input that has come to `newest`; null if the line is late. Over the budget the oldest
// epochs close, but not in the middle of lines of the same minute: where a cell ends must not matter. For the same
// reason what its own lines close is closed before anything is counted, if nobody else has a say.
EpochQueue::Open* EpochQueue::EpochFor(Input& input, int64_t epoch, int64_t newest) {
  if (!IsLate(epoch, newest) && epoch != std::exchange(input.epoch, epoch)) {
    if (inputs_.size() == 1) CloseUntil(newest);
    open_[epoch];
    while (bytes_ > budget_bytes_ && open_.size() > 1) {
      incomplete_ = true;
      CloseFirst();
    }
  }
  return IsLate(epoch, newest) ? nullptr : &open_[epoch];
}

// How many of `count` more lines have room in the epoch.
size_t EpochQueue::RoomForShadows(const Open& open, size_t count) {
  const uint64_t most = minute_bytes_ / kShadowBytes;
  const auto room = static_cast<size_t>(std::min<uint64_t>(most - open.shadows, count));
  incomplete_ = incomplete_ || room < count;
  return room;
}

// Lines of an input in an epoch are about as many as in the one before. With room for them from the start they are
// copied once, not while the room doubles; that missed the cache once per line.
EpochQueue::Lines& EpochQueue::LinesOf(Open& open, size_t input) {
  const auto [found, is_new] = open.lines.try_emplace(input);
  constexpr size_t kMost = 65'536;  // 2 MiB
  const size_t usual = is_new ? std::exchange(usual_lines_, 0) : 0;
  if (is_new) found->second.shadows.reserve(std::min(usual + usual / 8, kMost));
  return found->second;
}

// The rows [begin, end) of the cell.
void EpochQueue::AddShadows(size_t input, const CellEvents& events, size_t begin, size_t end, Open& open) {
  Lines& lines = LinesOf(open, input);
  AppendDurations(events.durations, begin, end, lines.shadows.size(), lines.durations);
  lines.shadows.insert(lines.shadows.end(), events.shadows.begin() + static_cast<std::ptrdiff_t>(begin),
                       events.shadows.begin() + static_cast<std::ptrdiff_t>(end));
  open.shadows += end - begin;
  Grow(open, (end - begin) * kShadowBytes);
}

// False if there is no room for it.
bool EpochQueue::AddEvent(Event* event, const std::shared_ptr<EventStore>& store, Open& open) {
  const uint64_t bytes = sizeof(Event) + event->text_bytes;
  if (open.event_bytes + bytes > minute_bytes_) {
    incomplete_ = true;
    return false;
  }
  if (open.stores.empty() || open.stores.back() != store) {
    open.stores.push_back(store);
    open.of_newest_store = open.events.size();
  }
  open.events.push_back(event);
  open.event_bytes += bytes;
  Grow(open, bytes);
  return true;
}

// Of a store of which few events wait these are moved to stores of their own.
void EpochQueue::Condense(const std::shared_ptr<EventStore>& store) {
  for (auto& [number, open] : open_) {
    if (open.stores.empty() || open.stores.back() != store) continue;
    open.stores.back() = std::make_shared<EventStore>();
    open.stores.back()->Take(open.events.data() + open.of_newest_store, open.events.size() - open.of_newest_store);
  }
}

void EpochQueue::Wait(size_t input, const CellEvents& events, uint64_t first_line) {
  for (const CellEvents::Edge& edge : events.edges) {
    inputs_[input].edges.emplace_back(Waiting{edge, edge.event != nullptr ? events.edge_store : nullptr});
    if (edge.event != nullptr) edge.event->line = LineOf(*edge.event, first_line);
  }
}

void EpochQueue::Add(size_t input, CellEvents& events, uint64_t first_line) {
  Input& state = inputs_[input];
  const std::vector<Shadow>& shadows = events.shadows;
  const std::shared_ptr<EventStore> store = std::move(events.store);
  Event* next = store != nullptr ? store->events.data() : nullptr;  // of the shadows that come
  size_t kept = 0;
  for (size_t i = 0; i < events.runs.size(); ++i) {
    const CellEvents::Run& run = events.runs[i];
    const size_t end = i + 1 < events.runs.size() ? events.runs[i + 1].begin : shadows.size();
    Open* const open = EpochFor(state, run.epoch, state.newest);
    if (open == nullptr) late_lines_ += end - run.begin;
    const size_t fits = open != nullptr ? run.begin + RoomForShadows(*open, end - run.begin) : run.begin;
    if (fits > run.begin) AddShadows(input, events, run.begin, fits, *open);
    state.newest = std::max(state.newest, run.newest);
    for (size_t row = run.begin; next != nullptr && row < end; ++row) {
      if (shadows[row].is_event == 0) continue;
      next->line = LineOf(*next, first_line);
      kept += row < fits && AddEvent(next, store, *open) ? 1 : 0;
      ++next;
    }
  }
  state.newest = std::max(state.newest, events.newest);
  if (store != nullptr && kept < store->events.size() / 2) Condense(store);
}

void EpochQueue::SettleEdge(size_t input, bool is_right) {
  Input& state = inputs_[input];
  const Waiting waiting = std::move(state.edges.front());
  state.edges.pop_front();
  if (!is_right) return;
  const CellEvents::Edge& edge = waiting.edge;
  Open* const open = EpochFor(state, EpochOf(edge.time_ms), state.newest);
  state.newest = std::max(state.newest, edge.time_ms);
  if (open == nullptr) ++late_lines_;
  if (open == nullptr || RoomForShadows(*open, 1) == 0) return;
  Lines& lines = LinesOf(*open, input);
  AppendDuration(edge.duration, lines.shadows.size(), lines.durations);
  lines.shadows.push_back(edge.shadow);
  ++open->shadows;
  Grow(*open, kShadowBytes);
  if (edge.event != nullptr) AddEvent(edge.event, waiting.store, *open);
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
  if (epoch.shadows.empty()) return;
  consumer_(std::move(epoch));
}

void EpochQueue::Finish() {
  while (!open_.empty()) CloseFirst();
}

}  // namespace logstat
