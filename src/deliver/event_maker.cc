#include "src/deliver/event_maker.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "src/catalog/random_targets.h"
#include "src/catalog/sensitive_paths.h"
#include "src/catalog/target_signs.h"
#include "src/deliver/attempt.h"
#include "src/deliver/compact_duration.h"
#include "src/deliver/tags.h"

namespace logstat {
namespace {

constexpr size_t kLongTarget = 7500;  // near the limits of common servers (8 KiB)

// Up to eight bytes as a number, in the order in which they stand in memory; a shadow's bits are laid out so, too.
static_assert(std::endian::native == std::endian::little);
constexpr uint64_t Word(std::string_view text) {
  uint64_t word = 0;
  for (size_t i = text.size(); i-- > 0;) word = word << 8 | static_cast<uint8_t>(text[i]);
  return word;
}
constexpr uint64_t FirstBytes(uint64_t word, size_t bytes) { return word & (~uint64_t{0} >> (64 - 8 * bytes)); }

uint64_t WordAt(const char* text) {
  uint64_t word = 0;
  std::memcpy(&word, text, sizeof(word));
  return word;
}

}  // namespace

void CellEvents::Clear() {
  shadows.clear();
  durations.clear();
  runs.clear();
  edges.clear();
  store.reset();
  edge_store.reset();
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

// Without a branch, as all that is asked of every row.
inline MethodKind EventMaker::MethodOf(const Columns& columns, size_t row) {
  const Text text = columns.methods.TextOf(row);
  const uint64_t word = WordAt(columns.methods.BeginOf(text));
  const uint64_t three = FirstBytes(word, 3);
  const uint64_t four = FirstBytes(word, 4);
  constexpr uint64_t kGet = Word("GET"), kHead = Word("HEAD"), kPost = Word("POST");
  const bool is_get = (text.length == 3) & (three == kGet);
  const bool is_head = (text.length == 4) & (four == kHead);
  const bool is_post = (text.length == 4) & (four == kPost);
  constexpr auto kOther = static_cast<uint32_t>(MethodKind::kOther);
  static_assert(static_cast<uint32_t>(MethodKind::kGet) == kOther - 3 &&
                static_cast<uint32_t>(MethodKind::kHead) == kOther - 2 &&
                static_cast<uint32_t>(MethodKind::kPost) == kOther - 1);
  return static_cast<MethodKind>(kOther - 3 * uint32_t{is_get} - 2 * uint32_t{is_head} - uint32_t{is_post});
}

inline bool EventMaker::HasUsualProtocol(const Columns& columns, size_t row) {
  constexpr uint64_t k10 = Word("HTTP/1.0"), k11 = Word("HTTP/1.1"), k20 = Word("HTTP/2.0"), k30 = Word("HTTP/3.0");
  constexpr uint64_t k2 = Word("HTTP/2"), k3 = Word("HTTP/3");
  const Text text = columns.protocols.TextOf(row);
  const uint64_t word = WordAt(columns.protocols.BeginOf(text));
  const uint64_t begin = FirstBytes(word, 6);
  const bool is_long = (word == k11) | (word == k20) | (word == k10) | (word == k30);
  const bool is_short = (begin == k2) | (begin == k3);
  return (is_long & (text.length == 8)) | (is_short & (text.length == 6));
}

constexpr bool IsPlain(uint32_t status) { return (status == 200) | (status == 304) | (status == 204); }

// False only if IsEvent() is. Asked of every row, so each sign is a bit and none of them decides a branch.
inline bool EventMaker::MayBeEvent(const Columns& columns, size_t row, const Shadow& shadow, const Tags& tags) {
  constexpr uint64_t kOddBits = kSensitivePath | kOddPath | kLoginPath;
  const bool has_body = (shadow.bytes != 0) & (shadow.bytes != kNoShadowBytes);
  const bool is_get = shadow.method == static_cast<uint32_t>(MethodKind::kGet);
  const bool is_odd_body = shadow.status == 200 ? !has_body | !is_get : has_body | ((shadow.status == 304) & !is_get);
  const Text target = columns.targets.TextOf(row);
  const Text path = columns.paths.TextOf(row);
  const Text query = columns.queries.TextOf(row);
  const bool has_more = (target.offset != path.offset) | (target.length != path.length) |
                        (target.length >= kLongTarget) | (query.length != 0);
  const bool has_usual_protocol = columns.protocols.empty() || HasUsualProtocol(columns, row);
  const bool is_plain = IsPlain(shadow.status);
  const bool is_scanner = KindOfAgentTag(tags.agent) == AgentKind::kScanner;
  const bool is_other_method = shadow.method == static_cast<uint32_t>(MethodKind::kOther);
  return !is_plain | (shadow.has_user != 0) | is_scanner | is_other_method | is_odd_body |
         ((tags.path & kOddBits) != 0) | has_more | !has_usual_protocol;
}

// Whether a row may mean something to a detector. On this row alone: no detector may miss a line because of another.
inline bool EventMaker::IsEvent(const Columns& columns, size_t row, const Shadow& shadow, const Tags& tags) {
  const unsigned status = shadow.status;
  if (!IsPlain(status) || shadow.has_user || KindOfAgentTag(tags.agent) == AgentKind::kScanner) return true;
  const auto method = static_cast<MethodKind>(shadow.method);
  const bool has_bytes = shadow.bytes != kNoShadowBytes && shadow.bytes != 0;
  if (method == MethodKind::kOther && !(columns.of_proxy && columns.methods[row] == "CONNECT")) return true;
  if (has_bytes && (status != 200 || method == MethodKind::kHead)) return true;  // a body where none may be
  if (status == 200 && method == MethodKind::kGet && shadow.bytes == 0) return true;
  if (method == MethodKind::kPost && ((tags.path & kLoginPath) != 0 || status == 304)) return true;
  if (!shadow.is_static && IsDigitQuery(columns.queries[row])) return true;
  if ((tags.path & kSensitivePath) != 0 || columns.targets[row].size() >= kLongTarget) return true;
  if (HasOddTarget(columns, row, tags.path)) return true;
  return !columns.protocols.empty() && !HasUsualProtocol(columns, row);
}

// Member by member, and the bits as one word: a shadow put together in memory and copied has to wait until all its
// small parts are written, which took half of the time.
inline void EventMaker::MakeShadow(const Columns& columns, size_t row, int64_t at_ms, const Tags& tags,
                                   Shadow& shadow) {
  const Text user = columns.users.TextOf(row);
  const char first = *columns.users.BeginOf(user);
  const uint32_t has_user = (user.length > 1) | ((user.length == 1) & (first != '-'));
  const uint32_t is_static = (tags.path & kStaticPath) != 0;
  const uint32_t is_person = KindOfAgentTag(tags.agent) == AgentKind::kPerson;
  const uint32_t bits = (static_cast<uint32_t>(at_ms) & 0xFFFF) | (columns.statuses[row] & 0x3FFu) << 16 |
                        static_cast<uint32_t>(MethodOf(columns, row)) << 26 | is_static << 28 | has_user << 29 |
                        is_person << 31;
  static_cast<ShadowBits&>(shadow) = std::bit_cast<ShadowBits>(bits);
  const int64_t bytes = columns.bytes[row];
  shadow.bytes = bytes < 0 ? kNoShadowBytes : static_cast<uint32_t>(std::min<int64_t>(bytes, kNoShadowBytes - 1));
  shadow.agent = HashOfAgentTag(tags.agent);
  shadow.host = static_cast<uint32_t>(tags.host);
  shadow.client = tags.client;
  shadow.path = HashOfPathTag(tags.path);
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

  const CellLine line = LineOf(cell_, row);
  event.offset = line.offset;
  event.row -= static_cast<int64_t>(line.lines_back);
  const std::string_view kept = line.text.substr(0, Event::kMostTextBytes);
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
  event.text_bytes = static_cast<uint32_t>(arena.size() - base);
  NameGroup(row, tags.client, event);
}

// A block of IPv6 is written out once per cell: to print an address takes as long as all else about an event.
void EventMaker::NameGroup(size_t row, KeyTag client, Event& event) {
  Group& known = groups_[client % groups_.size()];
  if (known.client != client || client == 0) {
    const std::string group = ClientGroup(Texts(batch_, Field::kClient)[row]);
    if (group.empty()) return;  // not kept: another text of the same client may have one
    std::string& arena = store_->bytes;
    known = {client, Text{static_cast<uint32_t>(arena.size()), static_cast<uint32_t>(group.size())}};
    arena += group;
  }
  event.texts_[Event::Index(Field::kClient)] = known.text;
}

void EventMaker::BeginRun(int64_t time_ms, size_t shadows) {
  const int64_t epoch = EpochOf(time_ms);
  run_begin_ms_ = epoch * kEpochMs;
  events_.runs.push_back({epoch, shadows});
}

void EventMaker::EndRun(int64_t newest) {
  if (!events_.runs.empty()) events_.runs.back().newest = std::max(events_.runs.back().newest, newest);
}

// Two rounds, so that the first, which costs every row, has no branch that the lines decide.
void EventMaker::AddRows(size_t first, size_t size, const RowTags& tags) {
  const Columns columns = columns_;
  const int64_t* const times = batch_.times_ms();
  const int64_t* const durations = batch_.numbers(Field::kDuration);
  const KeyTag* const clients = tags.Values(Field::kClient);
  const KeyTag* const paths = tags.Values(Field::kPath);
  const KeyTag* const agents = tags.Values(Field::kAgent);
  const KeyTag* const hosts = tags.Values(Field::kHost);
  const auto tags_of = [&](size_t i) { return Tags{clients[i], paths[i], agents[i], hosts[i]}; };
  std::array<Candidate, RowTags::kRows> candidates;
  size_t found = 0;
  const size_t shadows_before = events_.shadows.size();
  size_t made = 0;
  int64_t newest = kNoTime;
  for (size_t i = 0; i < size; ++i) {
    const size_t row = cell_.selection[first + i];
    const int64_t time_ms = times[row];
    if (!IsTime(time_ms)) continue;
    const bool is_in_run = time_ms >= run_begin_ms_ && time_ms - run_begin_ms_ < kEpochMs && !events_.runs.empty();
    if (!is_in_run) {
      EndRun(newest);
      newest = kNoTime;
      BeginRun(time_ms, shadows_before + made);
    }
    newest = std::max(newest, time_ms);
    const Tags row_tags = tags_of(i);
    Shadow& shadow = made_[made];
    MakeShadow(columns, row, time_ms - run_begin_ms_, row_tags, shadow);
    if (durations[row] >= 0 || !events_.durations.empty()) {
      AppendDuration(CompactDuration(durations[row]), shadows_before + made, events_.durations);
    }
    candidates[found] = {static_cast<uint32_t>(i), static_cast<uint32_t>(made)};
    found += size_t{MayBeEvent(columns, row, shadow, row_tags)};
    ++made;
  }
  EndRun(newest);
  for (size_t i = 0; i < found; ++i) {
    const size_t row = cell_.selection[first + candidates[i].row];
    Shadow& shadow = made_[candidates[i].shadow];
    const Tags row_tags = tags_of(candidates[i].row);
    if (!IsEvent(columns, row, shadow, row_tags)) continue;
    shadow.is_event = 1;
    AddEvent(row, times[row], shadow, row_tags);
  }
  events_.shadows.insert(events_.shadows.end(), made_.begin(), made_.begin() + made);
}

EventMaker::Tags EventMaker::FindTags(size_t row) const {
  return {ClientTag(Texts(batch_, Field::kClient)[row]), PathTag(columns_.paths[row]),
          AgentTag(Texts(batch_, Field::kAgent)[row]), HostTag(Texts(batch_, Field::kHost)[row])};
}

void EventMaker::Finish() {
  for (const CellEvents::Run& run : events_.runs) events_.newest = std::max(events_.newest, run.newest);
  events_.store = TakeStore();
  for (const ClockEdges::Entry& entry : cell_.edges.entries) {
    if (!entry.has_row) continue;
    CellEvents::Edge& edge = events_.edges.emplace_back();
    edge.time_ms = entry.time_ms;
    const int64_t at_ms = entry.time_ms - EpochOf(entry.time_ms) * kEpochMs;
    const Tags tags = FindTags(entry.row);
    MakeShadow(columns_, entry.row, at_ms, tags, edge.shadow);
    edge.shadow.is_event = IsEvent(columns_, entry.row, edge.shadow, tags);
    edge.duration = CompactDuration(batch_.number(Field::kDuration, entry.row));
    if (edge.shadow.is_event == 0) continue;
    AddEvent(entry.row, entry.time_ms, edge.shadow, tags);
  }
  events_.edge_store = TakeStore();
  if (events_.edge_store == nullptr) return;
  Event* next = events_.edge_store->events.data();
  for (CellEvents::Edge& edge : events_.edges) {
    if (edge.shadow.is_event != 0) edge.event = next++;
  }
}

// Null if it has no event.
std::shared_ptr<EventStore> EventMaker::TakeStore() {
  const std::shared_ptr<EventStore> store = std::exchange(store_, std::make_shared<EventStore>());
  groups_ = {};
  std::vector<Event>& events = store->events;
  if (events.empty()) return nullptr;
  // Stores wait for ten minutes of the log: what they do not use would be most of the memory that findings take.
  if (events.capacity() / 2 > events.size()) events.shrink_to_fit();
  if (store->bytes.capacity() / 2 > store->bytes.size()) store->bytes.shrink_to_fit();
  for (Event& event : events) {
    event.base_ = store->bytes.data();
    Attempt attempt = ClassifyAttempt(event);
    if (attempt.any()) event.attempt_ = std::make_unique<const Attempt>(std::move(attempt));
  }
  return store;
}

}  // namespace logstat
