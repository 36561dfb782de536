#include "src/cli/finding_options.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "src/detect/registry.h"
#include "src/filter/cidr.h"

namespace logstat {
namespace {

constexpr std::string_view kTable = "finding.";

Status SetCodes(std::string_view option, std::string_view text, std::vector<int>& codes) {
  if (text.empty()) return OkStatus();
  codes.clear();
  while (true) {
    const std::string_view word = text.substr(0, text.find(','));
    const StatusOr<uint64_t> code = ParseCount(option, word, 100, 999);
    if (!code.ok()) return code.status();
    codes.push_back(static_cast<int>(*code));
    if (word.size() == text.size()) return OkStatus();
    text.remove_prefix(word.size() + 1);
  }
}

Status SetFailOn(const RawFindings& raw, CliOptions& options) {
  options.quiet_if_clean = raw.quiet_if_clean;
  if (raw.quiet_if_clean) options.analysis.sections.Insert(Section::kFindings);
  if (raw.fail_on.empty()) return OkStatus();
  if (raw.fail_on.find(':') != std::string::npos) {
    return UsageError("--fail-on: ':new' needs --state, which says what the last run found");
  }
  options.fail_on = FindSeverity(raw.fail_on);
  options.analysis.sections.Insert(Section::kFindings);
  if (options.fail_on) return OkStatus();
  return UsageError(
      fmt::format("--fail-on: '{}' is no severity; use info, low, medium, high or critical", raw.fail_on));
}

// "60s", "10m", "1h", "7d" in seconds; a number alone means seconds.
std::optional<int64_t> Seconds(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  constexpr int64_t kMost = 1'000'000;
  if (error != std::errc() || number < 1 || number > kMost) return std::nullopt;
  const std::string_view unit(end, static_cast<size_t>(text.data() + text.size() - end));
  constexpr std::array<std::pair<std::string_view, int64_t>, 5> kUnits = {
      {{"", 1}, {"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}}};
  for (const auto& [name, seconds] : kUnits) {
    if (unit == name) return number * seconds;
  }
  return std::nullopt;
}

Status SetRule(const ConfigSetting& setting, Options::FindingRule& rule) {
  const std::string& value = setting.values.empty() ? setting.key : setting.values[0];
  if (setting.key == "on") {
    rule.on = value == "true";
    if (setting.is_flag) return OkStatus();
    return UsageError(fmt::format("{}: 'on' must be true or false, without quotes", setting.place));
  }
  if (setting.key == "window") {
    rule.window_seconds = Seconds(value);
    if (rule.window_seconds) return OkStatus();
    return UsageError(
        fmt::format("{}: 'window' must be a time such as \"60s\", \"10m\", \"1h\" or \"1d\"", setting.place));
  }
  if (setting.key == "threshold") {
    const StatusOr<uint64_t> threshold = ParseCount(setting.place, value, 1, UINT32_MAX);
    if (threshold.ok()) rule.threshold = *threshold;
    return threshold.status();
  }
  return UsageError(fmt::format("{}: a rule has 'threshold', 'window' and 'on' (true or false), not '{}'",
                                setting.place, setting.key));
}

Status SetList(const ConfigSetting& setting, Options& analysis) {
  struct List {
    std::string_view name;
    std::vector<std::string>* list;
    bool is_of_blocks;
  };
  const std::array<List, 4> lists = {{{"allow-clients", &analysis.finding_clients, true},
                                      {"allow-agents", &analysis.finding_agents, false},
                                      {"allow-paths", &analysis.finding_paths, false},
                                      {"crawlers", &analysis.finding_crawlers, true}}};
  for (const auto& [name, list, is_of_blocks] : lists) {
    if (setting.key != name) continue;
    for (const std::string& block : setting.values) {
      if (!is_of_blocks || ParseCidr(block)) continue;
      return UsageError(fmt::format("{}: '{}' is no address and no block of them (10.0.0.0/8)", setting.place, block));
    }
    list->insert(list->end(), setting.values.begin(), setting.values.end());
    return OkStatus();
  }
  return UsageError(
      fmt::format("{}: [finding] has allow-clients, allow-agents, allow-paths, crawlers, and a table for each "
                  "rule, as in [finding.414-flood], not '{}'",
                  setting.place, setting.key));
}

}  // namespace

Status SetFindings(const RawFindings& raw, const std::vector<ConfigSetting>& settings, CliOptions& options) {
  Status status = SetFailOn(raw, options);
  status.Update(SetCodes("--limit-codes", raw.limit_codes, options.analysis.limit_codes));
  status.Update(SetCodes("--too-long-codes", raw.too_long_codes, options.analysis.too_long_codes));
  for (const ConfigSetting& setting : settings) {
    if (setting.is_table && !setting.table.starts_with(kTable)) {
      if (FindRule(setting.key) != nullptr) continue;
      status.Update(UsageError(fmt::format("{}: no finding has the id '{}'; `logstat explain findings` lists them",
                                           setting.place, setting.key)));
    } else if (setting.table.starts_with(kTable)) {
      status.Update(SetRule(setting, options.analysis.finding_rules[setting.table.substr(kTable.size())]));
    } else {
      status.Update(SetList(setting, options.analysis));
    }
  }
  return status;
}

}  // namespace logstat
