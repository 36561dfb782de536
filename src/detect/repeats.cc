#include "src/detect/repeats.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "src/base/hash.h"

namespace logstat {
namespace {

std::string_view EntityOf(EntityKind kind, const Event& event) {
  switch (kind) {
    case EntityKind::kClient:
      return event.text(Field::kClient);
    case EntityKind::kAgent:
      return event.text(Field::kAgent);
    case EntityKind::kHost:
      return event.text(Field::kHost);
    default:
      return event.text(Field::kPath);
  }
}

StatusSet CodesOf(std::span<const RepeatRow> rows) {
  return StatusSet::Where([rows](int status) {
    return std::any_of(rows.begin(), rows.end(), [status](const RepeatRow& row) { return row.code == status; });
  });
}

}  // namespace

uint64_t KeyOfClient(const Event& event) { return event.client(); }
uint64_t KeyOfPath(const Event& event) { return PathKey(event.shadow); }
uint64_t KeyOfAgent(const Event& event) { return event.shadow.agent; }
uint64_t KeyOfClientPath(const Event& event) { return JoinKeys(event.client(), KeyOfPath(event)); }
uint64_t KeyOfPathAgent(const Event& event) { return JoinKeys(KeyOfPath(event), event.shadow.agent); }
uint64_t KeyOfRequest(const Event& event) {
  return JoinKeys(KeyOfClientPath(event),
                  JoinKeys(SketchHash(event.text(Field::kMethod)), SketchHash(event.text(Field::kQuery))));
}

bool IsWrite(const Event& event) {
  if (event.method() == MethodKind::kPost) return true;
  if (event.method() != MethodKind::kOther || !event.has(Field::kMethod)) return false;
  const std::string_view method = event.text(Field::kMethod);
  return method != "OPTIONS" && method != "TRACE" && method != "CONNECT" && method != "PROPFIND" &&
         method != "REPORT" && method != "SEARCH";
}

Repeats::Repeats(const Rule& rule, RuleSettings settings, std::span<const RepeatRow> rows)
    : Detector(rule, settings, CodesOf(rows)) {
  const bool is_changed = settings.threshold != rule.threshold || settings.window_seconds != rule.window_seconds;
  for (const RepeatRow& row : rows) {
    const uint64_t threshold = is_changed || row.threshold == 0 ? settings.threshold : row.threshold;
    const int64_t seconds = is_changed || row.window_seconds == 0 ? settings.window_seconds : row.window_seconds;
    states_.push_back({&row, threshold, seconds, SlidingWindows(threshold, seconds * 1000, settings.most_keys),
                       DistinctRuns::Window(threshold, seconds * 1000, settings.most_keys)});
  }
}

void Repeats::OnEvent(const Event& event, Surroundings& surroundings) {
  for (State& state : states_) {
    const RepeatRow& row = *state.row;
    if (event.status() != row.code || (row.matches != nullptr && !row.matches(event))) continue;
    const std::string_view entity = EntityOf(row.kind, event);
    if (entity.empty()) continue;
    const std::string_view host = row.kind == EntityKind::kPath ? event.text(Field::kHost) : std::string_view();
    const uint64_t key = row.key(event);
    if (row.counts_clients) {
      state.crowds.Add(key, event.client(), event).SetEntity(entity, host);
      continue;
    }
    SlidingWindow& window = state.windows.Add(key, event);
    window.SetEntity(entity, host);
    if (row.kind == EntityKind::kClient && window.reached()) {
      surroundings.errands.WatchClient(event.client());
    }
  }
}

Finding Repeats::Describe(const FindingContext& context, const std::string& entity, const std::string& host,
                          const std::vector<Reached>& reached) const {
  // The first of those with most events: rows stand in a fixed order.
  const Reached& leader = *std::max_element(reached.begin(), reached.end(), [](const Reached& a, const Reached& b) {
    return a.evidence.count() < b.evidence.count();
  });
  const RepeatRow& row = *leader.state->row;
  Finding finding = row.kind == EntityKind::kPath ? StartPathFinding(entity, host) : StartFinding(row.kind, entity);
  leader.evidence.Fill(context.inputs, &finding);
  finding.threshold = leader.state->threshold;
  finding.window_seconds = leader.state->window_seconds;
  finding.verdict = row.verdict;
  finding.code = row.code;
  finding.severity = row.medium_at != 0 && leader.peak >= row.medium_at ? Severity::kMedium : row.severity;
  if (row.kind == EntityKind::kClient) NoteShared(context, SketchHash(entity), finding);
  finding.facts.push_back(NumberFact(row.counts_clients ? "clients" : "peak_in_window", leader.peak));
  for (const Reached& other : reached) {
    if (&other == &leader) continue;
    std::string name = fmt::format("also_{}", other.state->row->verdict);
    std::replace(name.begin(), name.end(), '-', '_');
    finding.facts.push_back(NumberFact(name, other.evidence.count()));
  }
  const std::string title = PathTitle(entity, host);
  finding.sentence = row.counts_clients ? fmt::format("{} clients {}: {}", leader.peak, row.did, title)
                                        : fmt::format("{} {} {} times", title, row.did, finding.count);
  return finding;
}

void Repeats::Finish(const FindingContext& context, std::vector<Finding>& findings) {
  std::map<std::tuple<EntityKind, std::string, std::string>, std::vector<Reached>> entities;  // the last is the host
  for (State& state : states_) {
    const auto add = [&](uint64_t /*key*/, const auto& run) {
      std::vector<Reached>& reached = entities[{state.row->kind, run.entity(), std::string(run.host())}];
      if (reached.empty() || reached.back().state != &state) reached.push_back({&state, {}, 0});
      reached.back().Add(run);
    };
    state.windows.Flush();
    state.windows.ForEachReached(add);
    state.crowds.Flush();
    state.crowds.ForEachReached(add);
  }
  for (const auto& [key, reached] : entities) {
    findings.push_back(Describe(context, std::get<1>(key), std::get<2>(key), reached));
  }
}

}  // namespace logstat
