// What a rule is: data that `logstat explain` prints, configurations change, and findings carry.
//
//   constexpr Rule kRule = {.id = "slow-request", .title = "…", .severity = Severity::kMedium, .threshold = 10, …};
//
// All texts are ours, printable ASCII, a few sentences. docs/findings.md lists which statements of the document
// (S01–S77) belong to which rule; a test holds the two together.
#ifndef LOGSTAT_SRC_DETECT_RULE_H_
#define LOGSTAT_SRC_DETECT_RULE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/findings.h"
#include "src/filter/cidr.h"
#include "src/record/field.h"

namespace logstat {

// What --where may ask about how a request ended. Under such a filter a share of failures is one of what the filter
// left, an answer that followed is not seen, and silence is none: rules that need all statuses do not run then.
inline constexpr ColumnSet kOutcomeFields = {Field::kStatus,   Field::kReason,         Field::kBytes,
                                             Field::kDuration, Field::kUpstreamStatus, Field::kUpstreamTime};

struct Rule {
  std::string_view id;                 // "414-flood"
  std::string_view title;              // "Too-long URIs"
  Severity severity = Severity::kLow;  // what it usually is; the evidence may raise or lower it
  uint64_t threshold = 1;              // events …
  int64_t window_seconds = 60;         // … within this time, on the clock of the log
  ColumnSet columns{};                 // a log without one of these does not let the rule run
  // What it says of some lines rests on others, which a filter may hide: kOutcomeFields.
  bool needs_all_statuses = false;
  // Its verdicts are several troubles that one client, path or host may have at once, each a finding of its own. Else
  // they are causes of the same trouble, of which a later run may know better.
  bool verdicts_are_apart = false;
  std::string_view statements{};  // "S53 S54 S55": rows of docs/findings.md
  std::string_view meaning{};     // what a finding means, in one sentence, of rules whose findings may have no code
  std::string_view rule{};        // what it looks for
  std::string_view reason{};      // why these numbers: their source
  std::string_view false_positives{};
  std::string_view advice{};  // what to do, beside the advice of the status code
};

// The most keys that one table of a detector holds. Where memory is short, RuleSettings say less: Detectors works out
// how many (detectors.cc).
inline constexpr size_t kMostKeys = 65'536;

// What the user set for one rule. Copied from the rule, then changed by the configuration.
struct RuleSettings {
  uint64_t threshold = 1;
  int64_t window_seconds = 60;
  bool on = true;
  size_t most_keys = kMostKeys;  // follows from --max-memory

  int64_t window_ms() const { return window_seconds * 1000; }
};

// A number of its own of something else that a rule counts: one that the user set holds for all of them.
template <typename Number>
constexpr Number ChosenOr(Number own, Number set, Number of_rule) {
  return set != of_rule ? set : own;
}

// What holds for all rules.
struct DetectSettings {
  std::vector<int> limit_codes = {421, 429, 503};     // by which this site refuses too many connections
  std::vector<int> too_long_codes = {414, 431, 494};  // by which it refuses too long requests
  AddressSet allowed_clients;                         // their events are not looked at
  std::vector<std::string> allowed_agents;            // parts of agents, likewise
  std::vector<std::string> allowed_paths;             // begins of paths, likewise
  AddressSet crawlers;                                // findings about them are one severity lower (crawlers.h)

  bool AllowsClient(std::string_view client) const {
    if (allowed_clients.empty()) return false;
    const std::optional<Address> address = ParseHost(client);
    return address.has_value() && allowed_clients.Contains(*address);
  }
  bool AllowsAgent(std::string_view agent) const {
    return std::any_of(allowed_agents.begin(), allowed_agents.end(),
                       [&](const std::string& part) { return agent.find(part) != std::string_view::npos; });
  }
  bool AllowsPath(std::string_view path) const {
    return std::any_of(allowed_paths.begin(), allowed_paths.end(),
                       [&](const std::string& begin) { return path.starts_with(begin); });
  }
  bool outcomes_filtered = false;  // --where names one of kOutcomeFields
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_RULE_H_
