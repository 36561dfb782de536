#include "src/detect/detectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <tuple>
#include <utility>

#include "src/detect/campaigns.h"
#include "src/detect/client_name.h"
#include "src/detect/crawlers.h"
#include "src/detect/evidence.h"
#include "src/detect/registry.h"

namespace logstat {
namespace {

bool Before(const Finding& a, const Finding& b) {
  if (a.severity != b.severity) return a.severity > b.severity;
  if (a.count != b.count) return a.count > b.count;
  return std::tie(a.id, a.entity_kind, a.entity, a.host, a.verdict) <
         std::tie(b.id, b.entity_kind, b.entity, b.host, b.verdict);
}

std::string Tuning(const Detector& detector) {
  return fmt::format("[finding.{}] threshold = {}, window = \"{}s\", on = false", detector.rule().id,
                     detector.settings().threshold, detector.settings().window_seconds);
}

// A flood in which nearly every client and path is another one fills the tables of all detectors; one key more for each
// table then takes 11 KB in all (111 million lines of `genlog --distinct`: 1,075 MiB with 65,536 keys, 453 MiB with
// 8,192). So at worst the keys take about three times what the history does.
size_t MostKeysWithin(uint64_t budget_bytes) {
  constexpr uint64_t kBudgetPerKey = 4096;
  constexpr size_t kFewest = 256;
  return static_cast<size_t>(std::clamp<uint64_t>(budget_bytes / kBudgetPerKey, kFewest, kMostKeys));
}

constexpr size_t kSharedOfAKey = 4;  // keys of what all rules share, for one of a rule

// An epoch of a quiet log is done sooner than another thread is awake.
bool IsWorthSharing(const Epoch& epoch) {
  constexpr size_t kLinesOfAnEvent = 32;  // that cost as much
  constexpr size_t kEnough = 1024;
  return epoch.shadows.size() + epoch.events.size() * kLinesOfAnEvent >= kEnough;
}

// Five of an id are listed, the rest is one row.
void Limit(std::vector<Finding> all, Findings& findings) {
  std::map<std::string_view, size_t> listed;
  std::map<std::string_view, UnlistedFindings> unlisted;
  for (Finding& finding : all) {
    ++findings.by_severity[static_cast<size_t>(finding.severity)];
    if (++listed[finding.id] <= Detectors::kMostOfAnId) {
      findings.rows.push_back(std::move(finding));
      continue;
    }
    UnlistedFindings& rest = unlisted[finding.id];
    rest.id = finding.id;
    rest.severity = std::max(rest.severity, finding.severity);
    ++rest.count;
  }
  for (const auto& [id, rest] : unlisted) findings.unlisted.push_back(rest);
}

}  // namespace

Detectors::Detectors(DetectSettings settings, const std::map<std::string, RuleSettings>& rules, uint64_t budget_bytes,
                     Crew& crew)
    : settings_(std::move(settings)),
      crew_(crew),
      history_(budget_bytes),
      answers_(kSharedOfAKey * MostKeysWithin(budget_bytes)),
      background_(kSharedOfAKey * MostKeysWithin(budget_bytes)) {
  for (const DetectorEntry* entry : AllDetectors()) {
    RuleSettings rule{entry->rule->threshold, entry->rule->window_seconds, true};
    if (const auto found = rules.find(std::string(entry->rule->id)); found != rules.end()) rule = found->second;
    rule.most_keys = MostKeysWithin(budget_bytes);
    if (!rule.on) {
      not_run_.push_back({entry->rule->id, DetectorState::kOff, ""});
    } else if (settings_.outcomes_filtered && entry->rule->needs_all_statuses) {
      not_run_.push_back({entry->rule->id, DetectorState::kSkipped, "filtered"});
    } else {
      rules_.push_back({entry->make(rule, settings_), {}});
    }
  }
}

bool Detectors::IsAllowed(const Event& event) const {
  return settings_.AllowsClient(event.text(Field::kClient)) || settings_.AllowsAgent(event.text(Field::kAgent)) ||
         settings_.AllowsPath(event.text(Field::kPath));
}

// Rules that go by lines that are no events do not know what is allowed.
bool Detectors::IsAboutAllowed(const Finding& finding) const {
  const std::string_view entity = finding.entity;
  if (finding.entity_kind == EntityKind::kClient) return settings_.AllowsClient(entity.substr(0, entity.find('/')));
  return finding.entity_kind == EntityKind::kPath && settings_.AllowsPath(entity);
}

void Detectors::OnEpoch(Epoch epoch) {
  const Epoch& newest = history_.Add(std::move(epoch));
  events_.clear();
  statuses_.clear();
  for (const Event& event : newest.events) {
    if (IsAllowed(event)) continue;
    events_.push_back(&event);
    statuses_.push_back(static_cast<uint16_t>(event.status()));
  }
  Prepare(newest);
  crew_.Share(
      rules_.size(), [&](size_t i) { ShowTo(rules_[i], newest); }, IsWorthSharing(newest));
  RunErrands(events_);
  events_.clear();
  history_.DropEvents();  // before delivery collects the next minute
}

// What the rules look up. None of it reads what another one changes.
void Detectors::Prepare(const Epoch& newest) {
  const auto for_each_event = [this](auto function) {
    for (const Event* event : events_) function(*event);
  };
  const std::array<std::function<void()>, 5> preparations = {
      [&] { slots_.Count(newest); },
      [&] { shared_.OnEpoch(newest); },
      [&] {
        proxies_.OnEpoch(newest);
        for_each_event([&](const Event& event) { proxies_.OnEvent(event); });
      },
      [&] { answers_.OnEpoch(newest, events_, history_); },
      [&] { for_each_event([&](const Event& event) { own_.Learn(event, history_); }); },
  };
  crew_.Share(
      preparations.size(), [&](size_t i) { preparations[i](); }, IsWorthSharing(newest));
}

// Errands of OnEpoch() are of moment 0, those of event number i of i + 1.
void Detectors::ShowTo(RunningRule& rule, const Epoch& newest) {
  Surroundings surroundings{history_, slots_, answers_, own_, rule.errands};
  Detector& detector = *rule.detector;
  rule.errands.BeginAt(0);
  detector.OnEpoch(newest, surroundings);
  const StatusSet& wanted = detector.statuses();
  const uint16_t* const statuses = statuses_.data();
  const Event* const* const events = events_.data();
  const size_t count = events_.size();
  for (size_t i = 0; i < count; ++i) {
    if (!wanted.Contains(statuses[i])) continue;
    rule.errands.BeginAt(i + 1);
    detector.OnEvent(*events[i], surroundings);
  }
}

void Detectors::RunErrands(const std::vector<const Event*>& events) {
  const SharedByRules shared{history_, shared_, answers_, background_};
  std::vector<Errands*> wanted;
  for (RunningRule& rule : rules_) {
    if (!rule.errands.empty()) wanted.push_back(&rule.errands);
  }
  for (Errands* errands : wanted) errands->RunUntil(0, shared);
  for (size_t i = 0; i < events.size(); ++i) {
    shared_.OnEvent(*events[i]);  // in turn with the errands, because an address counts users since it is watched
    for (Errands* errands : wanted) errands->RunUntil(i + 1, shared);
  }
  for (RunningRule& rule : rules_) rule.errands.Clear();
}

void Detectors::Want(KeyTexts& texts) const {
  for (const RunningRule& rule : rules_) rule.detector->Want(texts);
  for (const uint64_t client : proxies_.Find().clients) texts.Want(Field::kClient, client);
}

void Detectors::LeaveOutProxies(const ProxyClients::Found& found, const KeyTexts& texts, ColumnSet columns,
                                std::vector<Finding>& all, Findings& findings) {
  if (found.clients.empty()) return;
  ProxiedClients proxied{{}, found.share, columns.Contains(Field::kXff)};
  for (size_t i = 0; i < found.clients.size(); ++i) {
    const std::string& name = found.names[i];
    proxied.addresses.push_back(name.empty() ? ClientName(found.clients[i], nullptr, texts) : name);
  }
  std::erase_if(all, [&](const Finding& finding) {
    return finding.entity_kind == EntityKind::kClient &&
           std::find(proxied.addresses.begin(), proxied.addresses.end(), finding.entity) != proxied.addresses.end();
  });
  findings.proxied = std::move(proxied);
}

template <typename ContextOf>
std::vector<Finding> Detectors::FindAll(const std::vector<RunningRule*>& running, ContextOf context_of) {
  std::vector<std::vector<Finding>> found(running.size());
  crew_.Share(running.size(), [&](size_t i) { running[i]->detector->Finish(context_of(*running[i]), found[i]); });
  RunErrands({});
  std::vector<Finding> all;
  const auto add_tuning = [&](size_t first, const Detector& detector) {
    for (size_t i = first; i < all.size(); ++i) all[i].tuning = Tuning(detector);
  };
  for (size_t i = 0; i < running.size(); ++i) {
    const size_t first = all.size();
    std::move(found[i].begin(), found[i].end(), std::back_inserter(all));
    add_tuning(first, *running[i]->detector);
  }
  std::erase_if(all, [this](const Finding& finding) { return IsAboutAllowed(finding); });
  for (RunningRule* rule : running) {
    const size_t first = all.size();
    rule->detector->FinishLast(context_of(*rule), all);
    add_tuning(first, *rule->detector);
  }
  return all;
}

void Detectors::WishLines(const Findings& findings) {
  for (size_t row = 0; row < findings.rows.size(); ++row) {
    const Finding& finding = findings.rows[row];
    if (finding.samples.size() >= std::min<uint64_t>(kMostSamples, finding.count)) continue;
    const auto found = std::find_if(rules_.begin(), rules_.end(),
                                    [&](const RunningRule& rule) { return rule.detector->rule().id == finding.id; });
    if (found == rules_.end()) continue;
    for (LineWish wish : found->detector->WishLines(finding)) {
      wish.finding = row;
      wishes_.push_back(wish);
    }
  }
}

Findings Detectors::Finish(const std::vector<std::string>& inputs, const KeyTexts& texts, ByteMeaning byte_meaning,
                           ColumnSet columns) {
  Findings findings;
  findings.incomplete = history_.incomplete();
  answers_.Finish(history_);
  std::vector<RunningRule*> running;
  for (RunningRule& rule : rules_) {
    DetectorRow row{rule.detector->rule().id, DetectorState::kRan, ""};
    if (const ColumnSet missing = rule.detector->rule().columns.Without(columns); !missing.empty()) {
      row.state = DetectorState::kSkipped;
      row.reason = "no " + FieldNames(missing);
    } else {
      running.push_back(&rule);
    }
    findings.detectors.push_back(std::move(row));
  }
  findings.detectors.insert(findings.detectors.end(), not_run_.begin(), not_run_.end());
  std::sort(findings.detectors.begin(), findings.detectors.end(),
            [](const DetectorRow& a, const DetectorRow& b) { return a.id < b.id; });

  const ProxyClients::Found proxies = proxies_.Find();
  const auto context_of = [&](RunningRule& rule) {
    return FindingContext{inputs,   history_, shared_,     proxies.clients, texts,
                          answers_, own_,     background_, rule.errands,    byte_meaning};
  };
  std::vector<Finding> all = FindAll(running, context_of);
  LeaveOutProxies(proxies, texts, columns, all, findings);
  LowerCrawlers(settings_.crawlers, all);
  FoldCampaigns(all);
  std::sort(all.begin(), all.end(), Before);
  Limit(std::move(all), findings);
  WishLines(findings);
  crew_.Share(rules_.size(), [this](size_t i) { rules_[i].detector.reset(); });  // up to a million keys
  return findings;
}

}  // namespace logstat
