#include "src/plan/finding_rules.h"

#include <fmt/format.h>

#include "src/detect/registry.h"
#include "src/filter/cidr.h"

namespace logstat {
namespace {

Status CheckCodes(std::string_view option, const std::vector<int>& codes) {
  for (const int code : codes) {
    if (code < 100 || code > 999) {
      return UsageError(fmt::format("{}: {} is no status code: use numbers from 100 to 999", option, code));
    }
  }
  return OkStatus();
}

Status InsertBlocks(const std::vector<std::string>& blocks, AddressSet& set) {
  for (const std::string& text : blocks) {
    const std::optional<Cidr> block = ParseCidr(text);
    if (!block.has_value()) {
      return UsageError(fmt::format("'{}' is no address and no block of them (10.0.0.0/8)", text));
    }
    set.Insert(*block);
  }
  return OkStatus();
}

}  // namespace

StatusOr<DetectSettings> MakeDetectSettings(const Options& options) {
  DetectSettings settings;
  if (Status status = CheckCodes("--limit-codes", options.limit_codes); !status.ok()) return status;
  if (Status status = CheckCodes("--too-long-codes", options.too_long_codes); !status.ok()) return status;
  settings.limit_codes = options.limit_codes;
  settings.too_long_codes = options.too_long_codes;
  settings.allowed_agents = options.finding_agents;
  settings.allowed_paths = options.finding_paths;
  Status status = InsertBlocks(options.finding_clients, settings.allowed_clients);
  status.Update(InsertBlocks(options.finding_crawlers, settings.crawlers));
  if (!status.ok()) return status;
  return settings;
}

StatusOr<std::map<std::string, RuleSettings>> MakeRuleSettings(const Options& options) {
  std::map<std::string, RuleSettings> rules;
  for (const auto& [id, changes] : options.finding_rules) {
    const Rule* rule = FindRule(id);
    if (rule == nullptr) {
      return UsageError(fmt::format("no finding has the id '{}'; `logstat explain findings` lists them", id));
    }
    RuleSettings settings{rule->threshold, rule->window_seconds, changes.on};
    if (changes.threshold.has_value()) settings.threshold = *changes.threshold;
    if (changes.window_seconds.has_value()) settings.window_seconds = *changes.window_seconds;
    if (settings.threshold == 0 || settings.window_seconds <= 0) {
      return UsageError(fmt::format("finding {}: threshold and window must be at least 1", id));
    }
    rules.emplace(id, settings);
  }
  return rules;
}

}  // namespace logstat
