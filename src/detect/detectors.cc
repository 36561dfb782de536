#include "src/detect/detectors.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "src/detect/campaigns.h"
#include "src/detect/client_name.h"
#include "src/detect/registry.h"

namespace logstat {
namespace {

bool Before(const Finding& a, const Finding& b) {
  if (a.severity != b.severity) return a.severity > b.severity;
  if (a.count != b.count) return a.count > b.count;
  return std::tie(a.id, a.entity_kind, a.entity, a.verdict) < std::tie(b.id, b.entity_kind, b.entity, b.verdict);
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

Detectors::Detectors(DetectSettings settings, const std::map<std::string, RuleSettings>& rules, uint64_t budget_bytes)
    : settings_(std::move(settings)), history_(budget_bytes) {
  for (const DetectorEntry& entry : AllDetectors()) {
    RuleSettings rule{entry.rule->threshold, entry.rule->window_seconds, true};
    if (const auto found = rules.find(std::string(entry.rule->id)); found != rules.end()) rule = found->second;
    rule.most_keys = MostKeysWithin(budget_bytes);
    if (!rule.on) {
      not_run_.push_back({entry.rule->id, DetectorState::kOff, ""});
    } else if (settings_.outcomes_filtered && entry.rule->needs_all_statuses) {
      not_run_.push_back({entry.rule->id, DetectorState::kSkipped, "filtered"});
    } else {
      detectors_.push_back(entry.make(rule, settings_));
    }
  }
}

bool Detectors::IsAllowed(const Event& event) const {
  return settings_.AllowsClient(event.text(Field::kClient)) || settings_.AllowsAgent(event.text(Field::kAgent)) ||
         settings_.AllowsPath(event.text(Field::kPath));
}

void Detectors::OnEpoch(Epoch epoch) {
  const Epoch& newest = history_.Add(std::move(epoch));
  slots_.Count(newest);
  shared_.OnEpoch(newest, history_);
  proxies_.OnEpoch(newest);
  allowed_.clear();
  for (const Event& event : newest.events) allowed_.push_back(IsAllowed(event));
  answers_.OnEpoch(newest, allowed_, history_);
  Surroundings surroundings{history_, slots_, shared_, answers_, background_, own_};
  for (const auto& detector : detectors_) detector->OnEpoch(newest, surroundings);
  for (size_t i = 0; i < newest.events.size(); ++i) {
    if (allowed_[i]) continue;
    const Event& event = newest.events[i];
    shared_.OnEvent(event);
    proxies_.OnEvent(event);
    own_.Learn(event, history_);
    for (const auto& detector : detectors_) detector->OnEvent(event, surroundings);
  }
}

void Detectors::Want(KeyTexts& texts) const {
  for (const auto& detector : detectors_) detector->Want(texts);
  for (const uint64_t client : proxies_.Find().clients) texts.Want(Field::kClient, client);
}

void Detectors::LeaveOutProxies(const KeyTexts& texts, ColumnSet columns, std::vector<Finding>& all,
                                Findings& findings) const {
  const ProxyClients::Found found = proxies_.Find();
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

Findings Detectors::Finish(const std::vector<std::string>& inputs, const KeyTexts& texts, ByteMeaning byte_meaning,
                           ColumnSet columns) {
  Findings findings;
  findings.incomplete = history_.incomplete();
  answers_.Finish(history_);
  std::vector<Finding> all;
  for (const auto& detector : detectors_) {
    DetectorRow row{detector->rule().id, DetectorState::kRan, ""};
    const ColumnSet missing = detector->rule().columns.Without(columns);
    if (!missing.empty()) {
      row.state = DetectorState::kSkipped;
      row.reason = "no " + FieldNames(missing);
    } else {
      const size_t first = all.size();
      detector->Finish(FindingContext{inputs, shared_, texts, answers_, own_, background_, byte_meaning}, all);
      for (size_t i = first; i < all.size(); ++i) all[i].tuning = Tuning(*detector);
    }
    findings.detectors.push_back(std::move(row));
  }
  findings.detectors.insert(findings.detectors.end(), not_run_.begin(), not_run_.end());
  std::sort(findings.detectors.begin(), findings.detectors.end(),
            [](const DetectorRow& a, const DetectorRow& b) { return a.id < b.id; });
  LeaveOutProxies(texts, columns, all, findings);
  FoldCampaigns(all);
  std::sort(all.begin(), all.end(), Before);
  Limit(std::move(all), findings);
  return findings;
}

}  // namespace logstat
