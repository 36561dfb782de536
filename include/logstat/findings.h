// Findings: what in a log is suspicious, who does it, since when, with the evidence, and what to do about it.
//
//   for (const logstat::Finding& finding : report.findings) Print(finding.severity, finding.sentence);
//
// Plain values, part of a Report. Text that comes from the log is raw bytes as logged: whoever prints it escapes it.
#ifndef LOGSTAT_FINDINGS_H_
#define LOGSTAT_FINDINGS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/options.h"

namespace logstat {

enum class Severity : uint8_t { kInfo, kLow, kMedium, kHigh, kCritical };
inline constexpr size_t kSeverityCount = 5;

// "info", "low", …; FindSeverity is its inverse.
std::string_view SeverityName(Severity severity);
std::optional<Severity> FindSeverity(std::string_view name);

// A line of an input, to be found again.
struct LineSample {
  std::string path;
  uint64_t line = 0;    // 1-based
  uint64_t offset = 0;  // decoded bytes from the start of the input
  std::string text;     // raw bytes, at most 200 of them
  bool cut = false;     // the line goes on after `text`
};

// Who or what a finding is about.
enum class EntityKind : uint8_t { kSite, kClient, kHost, kPath, kUser, kAgent, kReferrer };
std::string_view EntityKindName(EntityKind kind);

// Whether several people may stand behind an address: a gateway, a proxy, a carrier's translation of addresses.
enum class Shared : uint8_t { kUnknown, kUnlikely, kLikely };
std::string_view SharedName(Shared shared);

// One measured fact: "peak_in_flight" 12, "longest_run" 4096, "page" "/search".
struct EvidenceFact {
  std::string name;  // ours: [a-z0-9_]+
  std::string value;
  bool is_number = false;  // `value` is one as JSON writes it
};

struct EvidenceCount {
  std::string key;  // raw bytes, at most 200 of them
  uint64_t count = 0;
  uint64_t error = 0;  // the true count is larger by this at most: there were more keys than a finding can count
};

struct Finding {
  std::string_view id;     // "414-flood"
  std::string_view title;  // "Too-long URIs"
  Severity severity = Severity::kInfo;
  std::string verdict;  // which of several causes; empty: the rule knows only one
  EntityKind entity_kind = EntityKind::kSite;
  std::string entity;    // empty for the whole site
  std::string host;      // of a path, where the log has hosts and the rule tells them apart; also a fact
  std::string sentence;  // what happened, in one sentence for an operator
  uint64_t count = 0;    // events
  uint64_t threshold = 0;
  int64_t window_seconds = 0;
  TimeMs first_time = 0;
  TimeMs last_time = 0;
  std::optional<Shared> shared;  // of clients
  std::vector<EvidenceFact> facts;
  std::vector<EvidenceCount> top_paths, top_clients, top_agents, top_users;  // the first five
  std::vector<LineSample> samples;                                           // the first three
  int code = -1;                       // whose meaning, advice and note of the standard belong to it; -1: none
  std::string_view meaning{};          // what it means, where no code tells
  std::string advice;                  // what to do, beside the code's advice
  bool advice_is_whole = false;        // what is advised for the code in general says the same, or fits another cause
  std::string_view false_positives{};  // what looks alike and is harmless
  std::string tuning;                  // how to silence or tune it
  // Another verdict about the same entity is another trouble, and a finding of its own; else it is the same trouble,
  // whatever its cause is taken for. FindingKey() goes by it.
  bool is_apart_by_verdict = false;
};

// What became of a rule in this run.
enum class DetectorState : uint8_t { kRan, kOff, kSkipped };
std::string_view DetectorStateName(DetectorState state);

struct DetectorRow {
  std::string_view id;
  DetectorState state = DetectorState::kRan;
  std::string reason;  // why it was skipped
};

// Findings of an id that are not listed because five of it are.
struct UnlistedFindings {
  std::string_view id;
  Severity severity = Severity::kInfo;  // the worst of them
  uint64_t count = 0;
};

// Addresses that stand for many people each and together sent more than half of the lines: a CDN, a load balancer.
// Rules about one client leave them out.
struct ProxiedClients {
  std::vector<std::string> addresses;  // most lines first; IPv6 as a /64; empty: its lines had nothing to tell
  double share = 0;                    // of the lines with a time
  bool forwarded_for_known = false;    // the log has a field that names who is behind them
};

struct Findings {
  std::vector<Finding> rows;  // severity descending, then count descending, then id, entity, …; five of an id at most
  std::vector<UnlistedFindings> unlisted;              // by id
  std::array<uint64_t, kSeverityCount> by_severity{};  // of all, unlisted ones too
  std::vector<DetectorRow> detectors;                  // by id
  std::optional<ProxiedClients> proxied;
  uint64_t late_lines = 0;  // more than ten minutes behind newer lines of their input: not seen by detectors
  bool incomplete = false;  // memory did not suffice for ten minutes of lines
};

}  // namespace logstat

#endif  // LOGSTAT_FINDINGS_H_
