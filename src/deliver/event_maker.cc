#include "src/deliver/event_maker.h"

#include <algorithm>
#include <utility>

#include "src/base/hash.h"
#include "src/catalog/sensitive_paths.h"
#include "src/deliver/compact_duration.h"

namespace logstat {
namespace {

uint64_t HashText(std::string_view text) {
  if (text.empty()) return 0;
  return SketchHash(text);
}

MethodKind KindOfMethod(std::string_view method) {
  if (method == "GET") return MethodKind::kGet;
  if (method == "POST") return MethodKind::kPost;
  return method == "HEAD" ? MethodKind::kHead : MethodKind::kOther;
}

// HTTP/1.0, 1.1, 2.0, 3.0, 2 and 3.
bool IsUsualProtocol(std::string_view protocol) {
  if (!protocol.starts_with("HTTP/")) return false;
  const std::string_view version = protocol.substr(5);
  return version == "1.1" || version == "2.0" || version == "1.0" || version == "2" || version == "3.0" ||
         version == "3";
}

// Empty if missing, and for "-", by which most servers say the same.
inline std::string_view ViewIf(const RecordBatch& batch, Field field, size_t row) {
  if (batch.IsEntirelyMissing(field)) return {};
  const std::string_view text = batch.View(field, row);
  return text.size() == 1 && text[0] == '-' ? std::string_view() : text;
}

// Whether a row may mean something to a detector. On this row alone: no detector may miss a line because of another.
bool IsEvent(const RecordBatch& batch, size_t row, const Shadow& shadow, const TargetFacts& target, bool is_scanner) {
  const unsigned status = shadow.status;
  if ((status != 200 && status != 304 && status != 204) || shadow.has_user || is_scanner) return true;
  const auto method = static_cast<MethodKind>(shadow.method);
  const bool has_bytes = shadow.bytes != kNoShadowBytes && shadow.bytes != 0;
  if (method == MethodKind::kOther) return true;
  if (has_bytes && (status != 200 || method == MethodKind::kHead)) return true;  // a body where none may be
  if (status == 200 && method == MethodKind::kGet && shadow.bytes == 0) return true;
  if (method == MethodKind::kPost && IsLoginPath(ViewIf(batch, Field::kPath, row))) return true;
  if (target.has_digit_query || target.is_odd) return true;
  return !IsUsualProtocol(ViewIf(batch, Field::kProtocol, row)) && !batch.IsEntirelyMissing(Field::kProtocol);
}

}  // namespace

void CellEvents::Clear() {
  shadows.clear();
  durations.clear();
  runs.clear();
  events.clear();
  edges.clear();
  arena.reset();
  newest = kNoTime;
}

EventMaker::Place EventMaker::Prefetch(const RecordBatch& batch, size_t row) const {
  const Place place{row, targets_.SlotOf(ViewIf(batch, Field::kTarget, row)),
                    agents_.SlotOf(ViewIf(batch, Field::kAgent, row))};
  targets_.Prefetch(place.target);
  agents_.Prefetch(place.agent);
  return place;
}

const TargetFacts& EventMaker::FactsOf(const RecordBatch& batch, size_t row, size_t slot) {
  const std::string_view target = ViewIf(batch, Field::kTarget, row);
  const std::string_view path = ViewIf(batch, Field::kPath, row);
  const std::string_view query = ViewIf(batch, Field::kQuery, row);
  const TargetFacts* known = targets_.Find(target, slot);
  // Path and query are then parts of the target that their sizes tell.
  const bool is_plain =
      path.data() == target.data() && (query.empty() || query.data() + query.size() == target.data() + target.size());
  if (known != nullptr && is_plain && known->path_bytes == path.size() && known->query_bytes == query.size()) {
    return *known;
  }
  const TargetFacts facts = TargetFacts::Compute(target, path, query);
  return targets_.Put(is_plain ? target : std::string_view(), slot, facts);
}

// To classify an agent takes as long as to read some ten lines: each is looked at once.
const EventMaker::AgentFacts& EventMaker::FactsOf(std::string_view agent, size_t slot) {
  if (const AgentFacts* known = agents_.Find(agent, slot); known != nullptr) return *known;
  const uint64_t hash = HashText(agent);
  if (hash == 0) return agents_.Put(agent, slot, {});
  const auto found = kinds_.find(hash);
  const AgentKind kind = found != kinds_.end() ? found->second : ClassifyAgent(agent).kind;
  if (found == kinds_.end() && kinds_.size() < kMostAgents) kinds_.emplace(hash, kind);
  return agents_.Put(agent, slot, {static_cast<uint32_t>(hash), kind});
}

Shadow EventMaker::MakeShadow(const RecordBatch& batch, int64_t time_ms, const Place& place) {
  const size_t row = place.row;
  Shadow shadow;
  shadow.client = clients_.Of(ViewIf(batch, Field::kClient, row));
  const TargetFacts& target = FactsOf(batch, row, place.target);
  shadow.path = target.path;
  shadow.is_static = target.is_static;
  const AgentFacts& agent = FactsOf(ViewIf(batch, Field::kAgent, row), place.agent);
  shadow.agent = agent.hash;
  shadow.is_person = agent.kind == AgentKind::kPerson;
  shadow.host = static_cast<uint32_t>(HashText(ViewIf(batch, Field::kHost, row)));
  const int64_t bytes = batch.bytes(row);
  shadow.bytes = bytes < 0 ? kNoShadowBytes : static_cast<uint32_t>(std::min<int64_t>(bytes, kNoShadowBytes - 1));
  shadow.at_ms = static_cast<uint32_t>(time_ms - EpochOf(time_ms) * kEpochMs) & 0xFFFF;
  shadow.status = batch.status(row) & 0x3FF;
  shadow.method = static_cast<uint32_t>(KindOfMethod(ViewIf(batch, Field::kMethod, row))) & 3;
  shadow.has_user = !ViewIf(batch, Field::kUser, row).empty();
  shadow.is_event = IsEvent(batch, row, shadow, target, agent.kind == AgentKind::kScanner);
  return shadow;
}

void EventMaker::AddEvent(const Cell& cell, size_t row, int64_t time_ms, const Shadow& shadow, std::string& arena,
                          Event& event) {
  const RecordBatch& batch = cell.batch;
  event.time_ms = time_ms;
  event.input = static_cast<uint32_t>(cell.input);
  event.row = static_cast<int64_t>(row);
  event.shadow = shadow;
  event.bytes = batch.bytes(row);
  event.duration_us = batch.number(Field::kDuration, row);
  event.request_bytes = batch.number(Field::kRequestBytes, row);
  event.upstream_status = batch.number(Field::kUpstreamStatus, row);

  const uint32_t begin = batch.begin(row);
  event.offset = cell.block.offset + begin;
  std::string_view line(reinterpret_cast<const char*>(cell.block.bytes) + begin, batch.begin(row + 1) - begin);
  if (const RecordStart* start = batch.FindStart(row)) {
    line = batch.View(start->text);
    event.offset = start->offset;
    event.row -= static_cast<int64_t>(start->lines_back);
  }
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  const std::string_view kept = line.substr(0, Event::kMostTextBytes);
  const size_t base = arena.size();
  event.line_ = Text{static_cast<uint32_t>(base), static_cast<uint32_t>(kept.size())};
  arena += kept;
  for (size_t i = 0; i < kTextFieldCount; ++i) {
    const Field field = static_cast<Field>(kFirstTextField + i);
    if (!kFindingColumns.Contains(field) || batch.IsEntirelyMissing(field)) continue;
    const std::string_view text = batch.View(field, row).substr(0, Event::kMostTextBytes);
    if (text.empty() || text == "-") continue;
    const bool inside = text.data() >= kept.data() && text.data() + text.size() <= kept.data() + kept.size();
    const size_t at = inside ? base + static_cast<size_t>(text.data() - kept.data()) : arena.size();
    if (!inside) arena += text;
    event.texts_[i] = Text{static_cast<uint32_t>(at), static_cast<uint32_t>(text.size())};
  }
  const std::string group = ClientGroup(ViewIf(batch, Field::kClient, row));
  if (group.empty()) return;
  event.texts_[Event::Index(Field::kClient)] =
      Text{static_cast<uint32_t>(arena.size()), static_cast<uint32_t>(group.size())};
  arena += group;
}

void EventMaker::AddRows(const Cell& cell, std::span<const Place> places, std::string& arena, CellEvents& events) {
  const RecordBatch& batch = cell.batch;
  for (const Place& place : places) {
    const size_t row = place.row;
    const int64_t time_ms = batch.time_ms(row);
    const Shadow shadow = MakeShadow(batch, time_ms, place);
    if (events.runs.empty() || events.runs.back().epoch != EpochOf(time_ms)) {
      events.runs.push_back({EpochOf(time_ms), events.shadows.size()});
    }
    AppendDuration(CompactDuration(batch.number(Field::kDuration, row)), events.shadows.size(), events.durations);
    events.shadows.push_back(shadow);
    events.runs.back().newest = std::max(events.runs.back().newest, time_ms);
    if (shadow.is_event) AddEvent(cell, row, time_ms, shadow, arena, events.events.emplace_back());
  }
}

void EventMaker::Make(const Cell& cell, CellEvents& events) {
  events.Clear();
  const RecordBatch& batch = cell.batch;
  auto arena = std::make_shared<std::string>();
  events.shadows.reserve(cell.selection.size());
  std::array<Place, kChunkRows> chunk;
  size_t rows = 0;  // of the chunk
  cell.selection.ForEach([&](size_t row) {
    if (!IsTime(batch.time_ms(row))) return;
    chunk[rows] = Prefetch(batch, row);
    if (++rows < kChunkRows) return;
    AddRows(cell, chunk, *arena, events);
    rows = 0;
  });
  AddRows(cell, std::span(chunk).first(rows), *arena, events);
  for (const ClockEdges::Entry& entry : cell.edges.entries) {
    if (!entry.has_row) continue;
    CellEvents::Edge& edge = events.edges.emplace_back();
    edge.time_ms = entry.time_ms;
    edge.shadow = MakeShadow(batch, entry.time_ms, Prefetch(batch, entry.row));
    edge.duration = CompactDuration(batch.number(Field::kDuration, entry.row));
    edge.has_event = edge.shadow.is_event;
    if (edge.has_event) AddEvent(cell, entry.row, entry.time_ms, edge.shadow, *arena, edge.event);
  }
  for (const CellEvents::Run& run : events.runs) events.newest = std::max(events.newest, run.newest);
  for (Event& event : events.events) event.base_ = arena->data();
  for (CellEvents::Edge& edge : events.edges) edge.event.base_ = arena->data();
  if (!arena->empty()) events.arena = std::move(arena);
}

}  // namespace logstat
