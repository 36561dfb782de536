#include "src/deliver/event_maker.h"

#include <algorithm>
#include <utility>

#include "src/base/ascii.h"
#include "src/catalog/random_targets.h"
#include "src/catalog/sensitive_paths.h"
#include "src/catalog/target_signs.h"
#include "src/deliver/attempt.h"
#include "src/deliver/compact_duration.h"
#include "src/deliver/tags.h"

namespace logstat {
namespace {

constexpr size_t kLongTarget = 7500;  // near the limits of common servers (8 KiB)

MethodKind KindOfMethod(std::string_view method) {
  if (Is(method, "GET")) return MethodKind::kGet;
  if (Is(method, "POST")) return MethodKind::kPost;
  return Is(method, "HEAD") ? MethodKind::kHead : MethodKind::kOther;
}

bool IsUsualProtocol(std::string_view protocol) {
  return Is(protocol, "HTTP/1.1") || Is(protocol, "HTTP/2.0") || Is(protocol, "HTTP/1.0") || Is(protocol, "HTTP/2") ||
         Is(protocol, "HTTP/3.0") || Is(protocol, "HTTP/3");
}

}  // namespace

void CellEvents::Clear() {
  shadows.clear();
  durations.clear();
  runs.clear();
  edges.clear();
  store.reset();
  edge_events = 0;
  newest = kNoTime;
}

EventMaker::Columns::Columns(const Cell& cell)
    : methods(cell.batch, Field::kMethod),
      paths(cell.batch, Field::kPath),
      targets(cell.batch, Field::kTarget),
      queries(cell.batch, Field::kQuery),
      protocols(cell.batch, Field::kProtocol),
      users(cell.batch, Field::kUser),
      bytes(cell.batch.bytes_column()),
      statuses(cell.batch.statuses()),
      of_proxy(cell.of_proxy) {}

EventMaker::EventMaker(const Cell& cell, CellEvents& events)
    : cell_(cell), batch_(cell.batch), events_(events), columns_(cell), store_(std::make_shared<EventStore>()) {
  events_.Clear();
  events_.shadows.reserve(cell.selection.size());
  store_->events.reserve(cell.selection.size() / 8 + 4);  // to move them again costs as much as to make them
  for (size_t i = 0; i < kTextFieldCount; ++i) {
    const auto field = static_cast<Field>(kFirstTextField + i);
    if (kFindingColumns.Contains(field) && !batch_.IsEntirelyMissing(field)) fields_.push_back(field);
  }
}

// The target as a server would get it that is no proxy. In a proxy's own log every target names a scheme and a host,
// by which elsewhere attacks are known.
inline std::string_view EventMaker::TargetOf(const Columns& columns, size_t row) {
  const std::string_view target = columns.targets[row];
  if (!columns.of_proxy || target.starts_with('/')) return target;
  const std::string_view path = columns.paths[row];
  const bool ends_in_path =
      path.starts_with('/') && path.data() > target.data() && path.data() < target.data() + target.size();
  if (ends_in_path) return target.substr(static_cast<size_t>(path.data() - target.data()));
  const size_t authority = target.find("://");
  if (authority == std::string_view::npos) return target;
  const auto end = std::find_if(target.begin() + static_cast<std::ptrdiff_t>(authority) + 3, target.end(),
                                [](char c) { return c == '/' || c == '?'; });
  return end == target.end() ? path : target.substr(static_cast<size_t>(end - target.begin()));
}

// HasOddSigns() of the target. What the path alone says is in its tag, so only what is behind it is looked at.
inline bool EventMaker::HasOddTarget(const Columns& columns, size_t row, KeyTag path_tag) {
  if ((path_tag & kOddPath) != 0) return true;
  const std::string_view target = TargetOf(columns, row);
  const std::string_view path = columns.paths[row];
  if (target.data() != path.data() || target.size() < path.size()) return HasOddSigns(target);
  if (target.size() == path.size()) return false;
  return (path_tag & kBlankPath) != 0 ? HasOddSigns(target) : HasOddSigns(target, path.size());
}

// Whether a row may mean something to a detector. On this row alone: no detector may miss a line because of another.
inline bool EventMaker::IsEvent(const Columns& columns, size_t row, const Shadow& shadow, const Tags& tags) {
  const unsigned status = shadow.status;
  const bool is_plain = status == 200 || status == 304 || status == 204;
  if (!is_plain || shadow.has_user || KindOfAgentTag(tags.agent) == AgentKind::kScanner) return true;
  const auto method = static_cast<MethodKind>(shadow.method);
  const bool has_bytes = shadow.bytes != kNoShadowBytes && shadow.bytes != 0;
  if (method == MethodKind::kOther && !(columns.of_proxy && columns.methods[row] == "CONNECT")) return true;
  if (has_bytes && (status != 200 || method == MethodKind::kHead)) return true;  // a body where none may be
  if (status == 200 && method == MethodKind::kGet && shadow.bytes == 0) return true;
  if (method == MethodKind::kPost && (tags.path & kLoginPath) != 0) return true;
  if (!shadow.is_static && IsDigitQuery(columns.queries[row])) return true;
  if ((tags.path & kSensitivePath) != 0 || columns.targets[row].size() >= kLongTarget) return true;
  if (HasOddTarget(columns, row, tags.path)) return true;
  return !columns.protocols.empty() && !IsUsualProtocol(columns.protocols[row]);
}

inline Shadow EventMaker::MakeShadow(const Columns& columns, size_t row, int64_t at_ms, const Tags& tags) {
  Shadow shadow;
  shadow.client = tags.client;
  shadow.path = HashOfPathTag(tags.path);
  shadow.is_static = (tags.path & kStaticPath) != 0;
  shadow.agent = HashOfAgentTag(tags.agent);
  shadow.is_person = KindOfAgentTag(tags.agent) == AgentKind::kPerson;
  shadow.host = static_cast<uint32_t>(tags.host);
  const int64_t bytes = columns.bytes[row];
  shadow.bytes = bytes < 0 ? kNoShadowBytes : static_cast<uint32_t>(std::min<int64_t>(bytes, kNoShadowBytes - 1));
  shadow.at_ms = static_cast<uint32_t>(at_ms) & 0xFFFF;
  shadow.status = columns.statuses[row] & 0x3FF;
  shadow.method = static_cast<uint32_t>(KindOfMethod(columns.methods[row])) & 3;
  shadow.has_user = !columns.users[row].empty();
  shadow.is_event = IsEvent(columns, row, shadow, tags);
  return shadow;
}

void EventMaker::AddEvent(size_t row, int64_t time_ms, const Shadow& shadow, const Tags& tags) {
  Event& event = store_->events.emplace_back();
  const RecordBatch& batch = batch_;
  std::string& arena = store_->bytes;
  event.time_ms = time_ms;
  event.input = static_cast<uint32_t>(cell_.input);
  event.row = static_cast<int64_t>(row);
  event.shadow = shadow;
  event.bytes = batch.bytes(row);
  event.duration_us = batch.number(Field::kDuration, row);
  event.request_bytes = batch.number(Field::kRequestBytes, row);
  event.upstream_status = batch.number(Field::kUpstreamStatus, row);
  event.path_bits = static_cast<uint8_t>(tags.path & kPathBits);
  event.is_odd_target = HasOddTarget(columns_, row, tags.path);
  const bool has_agent = !batch.IsEntirelyMissing(Field::kAgent) && !batch.IsMissing(Field::kAgent, row);
  event.is_in_log_of_agents = cell_.fields_vary ? has_agent : cell_.fields.Contains(Field::kAgent);
  event.is_in_proxy_log = cell_.of_proxy;
  event.is_attacking_agent = (tags.agent & kAttackingAgent) != 0;

  const uint32_t begin = batch.begin(row);
  event.offset = cell_.block.offset + begin;
  std::string_view line(reinterpret_cast<const char*>(cell_.block.bytes) + begin, batch.begin(row + 1) - begin);
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
  for (const Field field : fields_) {
    const std::string_view whole = field == Field::kTarget ? TargetOf(columns_, row) : batch.View(field, row);
    const std::string_view text = whole.substr(0, Event::kMostTextBytes);
    if (text.empty() || text == "-") continue;
    const bool inside = text.data() >= kept.data() && text.data() + text.size() <= kept.data() + kept.size();
    const size_t at = inside ? base + static_cast<size_t>(text.data() - kept.data()) : arena.size();
    if (!inside) arena += text;
    event.texts_[Event::Index(field)] = Text{static_cast<uint32_t>(at), static_cast<uint32_t>(text.size())};
  }
  const std::string group = ClientGroup(Texts(batch, Field::kClient)[row]);
  if (group.empty()) return;
  event.texts_[Event::Index(Field::kClient)] =
      Text{static_cast<uint32_t>(arena.size()), static_cast<uint32_t>(group.size())};
  arena += group;
}

void EventMaker::BeginRun(int64_t time_ms) {
  const int64_t epoch = EpochOf(time_ms);
  run_begin_ms_ = epoch * kEpochMs;
  events_.runs.push_back({epoch, events_.shadows.size()});
}

void EventMaker::AddRows(size_t first, size_t size, const RowTags& tags) {
  const Columns columns = columns_;
  const int64_t* const times = batch_.times_ms();
  const int64_t* const durations = batch_.numbers(Field::kDuration);
  const KeyTag* const clients = tags.Values(Field::kClient);
  const KeyTag* const paths = tags.Values(Field::kPath);
  const KeyTag* const agents = tags.Values(Field::kAgent);
  const KeyTag* const hosts = tags.Values(Field::kHost);
  for (size_t i = 0; i < size; ++i) {
    const size_t row = cell_.selection[first + i];
    const int64_t time_ms = times[row];
    if (!IsTime(time_ms)) continue;
    const bool is_in_run = time_ms >= run_begin_ms_ && time_ms - run_begin_ms_ < kEpochMs && !events_.runs.empty();
    if (!is_in_run) BeginRun(time_ms);
    const Tags row_tags{clients[i], paths[i], agents[i], hosts[i]};
    const Shadow shadow = MakeShadow(columns, row, time_ms - run_begin_ms_, row_tags);
    if (durations[row] >= 0 || !events_.durations.empty()) {
      AppendDuration(CompactDuration(durations[row]), events_.shadows.size(), events_.durations);
    }
    events_.shadows.push_back(shadow);
    int64_t& newest = events_.runs.back().newest;
    newest = std::max(newest, time_ms);
    if (shadow.is_event) AddEvent(row, time_ms, shadow, row_tags);
  }
}

EventMaker::Tags EventMaker::FindTags(size_t row) const {
  return {ClientTag(Texts(batch_, Field::kClient)[row]), PathTag(columns_.paths[row]),
          AgentTag(Texts(batch_, Field::kAgent)[row]), HostTag(Texts(batch_, Field::kHost)[row])};
}

void EventMaker::Finish() {
  for (const ClockEdges::Entry& entry : cell_.edges.entries) {
    if (!entry.has_row) continue;
    CellEvents::Edge& edge = events_.edges.emplace_back();
    edge.time_ms = entry.time_ms;
    const int64_t at_ms = entry.time_ms - EpochOf(entry.time_ms) * kEpochMs;
    const Tags tags = FindTags(entry.row);
    edge.shadow = MakeShadow(columns_, entry.row, at_ms, tags);
    edge.duration = CompactDuration(batch_.number(Field::kDuration, entry.row));
    if (edge.shadow.is_event == 0) continue;
    AddEvent(entry.row, entry.time_ms, edge.shadow, tags);
    ++events_.edge_events;
  }
  for (const CellEvents::Run& run : events_.runs) events_.newest = std::max(events_.newest, run.newest);
  std::vector<Event>& events = store_->events;
  if (events.empty()) return;
  for (Event& event : events) {
    event.base_ = store_->bytes.data();
    Attempt attempt = ClassifyAttempt(event);
    if (attempt.any()) event.attempt_ = std::make_unique<const Attempt>(std::move(attempt));
  }
  Event* next = events.data() + events.size() - events_.edge_events;
  for (CellEvents::Edge& edge : events_.edges) {
    if (edge.shadow.is_event != 0) edge.event = next++;
  }
  events_.store = std::move(store_);
}

}  // namespace logstat
