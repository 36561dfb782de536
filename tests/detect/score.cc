#include "tests/detect/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace logstat {
namespace {

// nginx logs at the end of a request, and windows have ends.
constexpr int64_t kSlack = 120;

bool IsAbout(const Finding& finding, const CampaignLabel& label) {
  return finding.id == label.id && (finding.entity == label.entity || label.entity == CampaignLabel::kAnyEntity) &&
         WovenSecond(finding.first_time) <= label.last + kSlack &&
         WovenSecond(finding.last_time) >= label.first - kSlack;
}

std::string ClockOf(int64_t second) {
  return fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

}  // namespace

std::string ToText(const Finding& finding) {
  return fmt::format("{} {} {} [{}] {} {}: {}", SeverityName(finding.severity), finding.id, finding.verdict,
                     finding.entity, ClockOf(WovenSecond(finding.first_time)), finding.count,
                     finding.sentence.substr(0, 160));
}

void DetectionScore::Add(const Findings& findings, const std::vector<CampaignLabel>& labels) {
  std::set<std::string_view> cut;
  for (const UnlistedFindings& unlisted : findings.unlisted) cut.insert(unlisted.id);
  for (const CampaignLabel& label : labels) {
    if (!label.is_required) continue;
    const auto is_right = [&](const Finding& finding) {
      return IsAbout(finding, label) && (label.verdict.empty() || label.verdict == finding.verdict);
    };
    auto found = std::find_if(findings.rows.begin(), findings.rows.end(), is_right);
    if (found == findings.rows.end()) {
      found = std::find_if(findings.rows.begin(), findings.rows.end(),
                           [&](const Finding& finding) { return IsAbout(finding, label); });
    }
    if (found == findings.rows.end() && cut.contains(label.id)) continue;
    Row& row = rows_[label.id];
    ++row.labels;
    const bool is_found = found != findings.rows.end();
    const std::string verdict = is_found ? found->verdict : "nothing";
    if (!label.verdict.empty()) ++verdicts_[label.id][{label.verdict, verdict}];
    if (is_found) {
      ++row.found;
      if (!label.verdict.empty() && label.verdict != verdict) {
        ++row.wrong_verdicts;
        misses_.push_back(fmt::format("{} should be {}: {}", label.id, label.verdict, ToText(*found)));
      }
    } else {
      misses_.push_back(
          fmt::format("not found: {} {} [{}] {}", label.id, label.verdict, label.entity, ClockOf(label.first)));
    }
  }
  for (const Finding& finding : findings.rows) {
    Row& row = rows_[std::string(finding.id)];
    ++row.findings;
    const bool is_severe = finding.severity >= Severity::kHigh;
    row.severe += is_severe ? 1 : 0;
    const bool is_labelled =
        std::any_of(labels.begin(), labels.end(), [&](const CampaignLabel& label) { return IsAbout(finding, label); });
    if (is_labelled) continue;
    if (finding.severity == Severity::kInfo) {
      ++row.notes;
      --row.findings;
      continue;
    }
    ++row.false_alarms;
    row.false_severe += is_severe ? 1 : 0;
    misses_.push_back("of no campaign: " + ToText(finding));
  }
}

DetectionScore::Row DetectionScore::total() const {
  Row sum;
  for (const auto& [id, row] : rows_) {
    sum.labels += row.labels;
    sum.found += row.found;
    sum.wrong_verdicts += row.wrong_verdicts;
    sum.findings += row.findings;
    sum.false_alarms += row.false_alarms;
    sum.notes += row.notes;
    sum.severe += row.severe;
    sum.false_severe += row.false_severe;
  }
  return sum;
}

double DetectionScore::VerdictsRight(std::string_view id) const {
  uint64_t all = 0;
  uint64_t right = 0;
  const auto found = verdicts_.find(id);
  if (found == verdicts_.end()) return 0;
  for (const auto& [verdicts, count] : found->second) {
    all += count;
    right += verdicts.first == verdicts.second ? count : 0;
  }
  return all == 0 ? 0 : static_cast<double>(right) / static_cast<double>(all);
}

std::string DetectionScore::Table() const {
  std::string table = fmt::format("{:<20} {:>9} {:>7} {:>7} {:>9} {:>9} {:>6} {:>13}\n", "rule", "campaigns", "found",
                                  "recall", "findings", "precision", "notes", "wrong verdict");
  const auto add = [&](std::string_view id, const Row& row) {
    table += fmt::format("{:<20} {:>9} {:>7} {:>7.3f} {:>9} {:>9.3f} {:>6} {:>13}\n", id, row.labels, row.found,
                         row.recall(), row.findings, row.precision(), row.notes, row.wrong_verdicts);
  };
  for (const auto& [id, row] : rows_) add(id, row);
  add("all", total());
  return table;
}

std::string DetectionScore::Confusion(std::string_view id) const {
  const auto found = verdicts_.find(id);
  if (found == verdicts_.end()) return "";
  std::set<std::string> given;
  std::set<std::string> labelled;
  for (const auto& [verdicts, count] : found->second) {
    labelled.insert(verdicts.first);
    given.insert(verdicts.second);
  }
  std::string table = fmt::format("{:<20}", id);
  for (const std::string& verdict : given) table += fmt::format(" {:>14}", verdict);
  table += "\n";
  for (const std::string& label : labelled) {
    table += fmt::format("{:<20}", label);
    for (const std::string& verdict : given) {
      const auto cell = found->second.find({label, verdict});
      table += fmt::format(" {:>14}", cell == found->second.end() ? 0 : cell->second);
    }
    table += "\n";
  }
  return table;
}

}  // namespace logstat
