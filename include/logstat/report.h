// The answer of a run: a plain value, immutable once made, that every writer prints and an embedder reads.
//
// Nothing in it depends on the number of threads, the machine or the wall clock. Text that comes from the log (keys,
// samples) is raw bytes, exactly as logged: whoever prints it escapes it for its medium.
//
// A value that was not asked for is absent, never 0: `columns` says which fields of the lines were read, and every
// member below says on which column it depends.
#ifndef LOGSTAT_REPORT_H_
#define LOGSTAT_REPORT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "logstat/agent_kind.h"
#include "logstat/findings.h"
#include "logstat/options.h"

namespace logstat {

// Status classes are counted by first digit: index 0 is "no status sent" (code 0), 4 is 4xx.
inline constexpr size_t kClassCount = 10;
using ClassCounts = std::array<uint64_t, kClassCount>;

// Which fields of the lines were read for this report, and exist in at least one input.
struct ColumnsRead {
  bool time = false;
  bool bytes = false;
  bool client = false;
  bool path = false;
  bool method = false;
  bool host = false;
  bool upstream = false;
  bool referrer = false;
  bool agent = false;
  bool reason = false;
  bool duration = false;
};

// What was asked for, as far as it changes the content of the report.
struct ReportOptions {
  std::string format = "auto";
  SectionSet sections = SectionSet::All();
  size_t top = 10;
  std::string time_zone = "UTC";
  std::optional<int64_t> interval_seconds;
  std::optional<TimeMs> since;
  std::optional<TimeMs> until;
  std::string where;         // empty: all lines
  std::string client_field;  // empty: the client as logged
  std::vector<std::string> trusted_proxies;
};

enum class InputState : uint8_t {
  kRead,          // read to its end
  kPartial,       // read in part: see `error`; without one, the run was stopped before its end
  kFailed,        // could not be opened or read at all: see `error`
  kNotAccessLog,  // found in a directory, fewer than half of the sampled lines fit: not counted
  kCopy,          // the same file as `copy_of`: read once
};

// What the byte counts of an input count.
enum class ByteMeaning : uint8_t {
  kUnknown,
  kBody,  // the body as the client got it
  kAll,   // headers included
};

struct InputReport {
  std::string path;  // as given; "-" is standard input; files of a directory with the directory
  InputState state = InputState::kRead;
  std::string format;     // the preset's name or "custom"; empty: unknown
  double confidence = 0;  // share of the non-ignored lines that were counted, 0 to 1
  // Of detection, for standard error; not part of any output. From the sampled lines only.
  std::string runner_up;  // the format that fits second best; empty: none, or none was needed
  double runner_up_share = 0;
  std::string near_miss;  // how the lines differ from a format that is known, and what to do; empty: nothing to tell
  uint64_t lines = 0;
  uint64_t rejected = 0;
  uint64_t bytes = 0;                       // decoded bytes read
  std::optional<ByteMeaning> byte_meaning;  // needs columns.bytes and columns.method
  std::string error;                        // one line, without the path; empty: none
  std::string copy_of;
};

struct ReportError {
  std::string path;
  std::string message;  // what is wrong and what to do, one line, without the path
};

struct Totals {
  uint64_t lines = 0;  // = counted + filtered + rejected + ignored
  uint64_t counted = 0;
  uint64_t filtered = 0;
  uint64_t rejected = 0;
  uint64_t ignored = 0;
  uint64_t bytes_read = 0;           // decoded bytes of all inputs
  uint64_t response_bytes = 0;       // needs columns.bytes
  std::optional<TimeMs> first_time;  // need columns.time; absent also if no line has a readable time
  std::optional<TimeMs> last_time;
  // Of the lines that were filtered, if no line passed the filter and times were read; else absent.
  std::optional<TimeMs> newest_time;
  uint64_t time_unknown = 0;          // counted lines whose time is unreadable; needs columns.time
  uint64_t clock_outliers = 0;        // counted lines whose time cannot be right; needs columns.time
  uint64_t distinct_clients = 0;      // needs columns.client
  double distinct_clients_error = 0;  // 0: exact; else the relative standard error of the estimate
};

// Words: server errors are 5xx and 6xx, client errors are 4xx except 444, 460 and 499, aborted are 444, 460, 499
// and code 0.
struct Outcomes {
  uint64_t server_errors = 0;
  uint64_t client_errors = 0;
  uint64_t aborted = 0;
};

struct ClassRow {
  int digit = 0;  // 4 is "4xx"
  uint64_t count = 0;
  double share = 0;  // of counted
};

// Over the memory budget the lists of a field hold only keys that were surely counted more often than a bound. Where
// the inputs could be read twice, every key above it is there and counted exactly; on a pipe no key that is left out
// was counted more than twice as often. 0: nothing is left out but what Options::top cuts off.
struct ListBounds {
  uint64_t busiest = 0;
  uint64_t failing = 0;
};

struct KeyCount {
  std::string key;  // raw bytes; see KeyRow
  bool missing = false;
  uint64_t count = 0;
  uint64_t error = 0;      // the true count lies in [count, count + error]; 0: exact
  uint64_t key_bytes = 0;  // as in KeyRow
};

struct CodeRow {
  int code = 0;  // 0 is "no status sent"
  uint64_t count = 0;
  double share = 0;                  // of counted
  uint64_t bytes = 0;                // needs columns.bytes
  std::optional<TimeMs> first_time;  // need columns.time
  std::optional<TimeMs> last_time;
  std::vector<KeyCount> top_paths;    // needs columns.path
  std::vector<KeyCount> top_clients;  // needs columns.client
  // The server's own words for why it answered so: HAProxy's termination state, Envoy's response flags, …. Lines that
  // have none are not in the list. Needs columns.reason.
  std::vector<KeyCount> top_reasons;
  uint64_t top_paths_bound = 0;  // as in ListBounds
  uint64_t top_clients_bound = 0;
  uint64_t top_reasons_bound = 0;
};

struct CodeCount {
  int code = 0;
  uint64_t count = 0;
};

// How many different ones there are; `error` is the relative standard error of an estimate, 0: exact.
struct DistinctCount {
  uint64_t count = 0;
  double error = 0;
};

// One row of a list by key (path, client, host, …).
struct KeyRow {
  // Raw bytes as logged. A key of more than 1,024 bytes is its first 1,024 bytes; `key_bytes` is its full length.
  std::string key;
  uint64_t key_bytes = 0;  // length of the key as logged
  bool missing = false;    // the lines that have no such field: `key` is empty, printed "(no request)" for
                           // paths and methods, "(none)" otherwise
  uint64_t count = 0;
  double share = 0;    // of counted
  uint64_t bytes = 0;  // needs columns.bytes
  ClassCounts classes{};
  Outcomes outcomes;
  std::optional<TimeMs> first_time;  // need columns.time
  std::optional<TimeMs> last_time;
  uint64_t error = 0;                // as in KeyCount
  std::vector<CodeCount> top_codes;  // of upstreams only: count descending, then code
  // Of upstreams only, as CodeRow::top_reasons; empty also where memory did not suffice to count them. Needs
  // columns.reason.
  std::vector<KeyCount> top_reasons;
  // Of paths: what DurationRow::p95_us is. Absent if none of their requests was timed, for paths of more than 1,024
  // bytes, and for all where memory did not suffice. Needs columns.duration.
  std::optional<int64_t> p95_us;
  std::optional<AgentKind> agent_kind;  // of agents
  std::optional<bool> is_static;        // of paths: names an image, a style sheet, …; absent if `missing` or cut
  // Of clients: the different paths it asked for, the agents it named, whether several people stand behind it. Need
  // columns.path, columns.agent, and findings; absent for clients of more than 1,024 bytes, and where memory did not
  // suffice to estimate them.
  std::optional<DistinctCount> distinct_paths;
  std::optional<DistinctCount> distinct_agents;
  std::optional<Shared> shared;
};

// All agents of one kind, not only the listed ones. Lines without an agent are of unknown kind.
struct AgentKindRow {
  AgentKind kind = AgentKind::kUnknown;
  uint64_t agents = 0;  // how many different ones; over the memory budget, those that are known
  uint64_t count = 0;
  uint64_t error = 0;  // lines of agents that were not kept: the true count lies in [count, count + error]
  double share = 0;    // of counted
  uint64_t bytes = 0;  // needs columns.bytes
  Outcomes outcomes;
};

struct TimelinePoint {
  std::optional<TimeMs> time;  // start of the step; absent: the lines whose time is unreadable
  uint64_t count = 0;
  uint64_t bytes = 0;  // needs columns.bytes
  ClassCounts classes{};
  Outcomes outcomes;
  std::vector<CodeCount> codes;  // every code >= 400, ascending
};

struct Timeline {
  int64_t interval_seconds = 0;       // 0: no line has a readable time
  bool coarsened = false;             // the step asked for would have had more than 4,096 non-empty points
  std::vector<TimelinePoint> points;  // ascending; the point without time, if any, is last
};

// How long requests took, in microseconds: nearest-rank percentiles, at most 0.8 % off, and the exact maximum.
struct DurationRow {
  uint64_t count = 0;  // requests whose duration was logged
  int64_t p50_us = 0;
  int64_t p90_us = 0;
  int64_t p95_us = 0;
  int64_t p99_us = 0;
  int64_t p999_us = 0;
  int64_t max_us = 0;
};

struct ClassDurations {
  int digit = 0;  // as in ClassRow
  DurationRow row;
};

struct PathDurationRow {
  std::string key;  // raw bytes, at most 1,024: longer paths are not listed
  DurationRow row;  // `max_us` is rounded down to 31 significant bits: exact below 35 minutes
};

struct Durations {
  DurationRow overall;
  std::vector<ClassDurations> classes;  // ascending by digit, those with a duration
  // The slowest: p95 descending, then key. Only paths with at least 20 timed requests, if there is one. Needs
  // columns.path.
  std::vector<PathDurationRow> paths;
  bool paths_left_out = false;  // there were too many paths for the memory: `paths` is empty
};

struct RejectRow {
  std::string reason;  // no_status, too_few_fields, too_long, not_json, no_fields
  uint64_t count = 0;
  std::vector<LineSample> samples;  // the first five, by path and line
};

enum class ChangeField : uint8_t { kCode, kPath, kHost, kClient, kUpstream };

// The time in which a key (a code, a path, …) failed most unlike the rest of the log: its failing lines are those with
// a status >= 400 or code 0, its share is these over all counted lines with a time, inside and outside of [since,
// until).
struct Change {
  ChangeField field = ChangeField::kCode;
  std::string key;  // of a code its number; of others as in KeyRow
  uint64_t key_bytes = 0;
  double before = 0;     // the share outside, in the time before and after
  double after = 0;      // the share inside, at least twice as high
  uint64_t count = 0;    // failing lines inside, at least 20
  TimeMs since = 0;      // the begin of a minute (of a longer step in a log of months)
  TimeMs until = 0;      // the end of one: may lie behind the last line
  bool ongoing = false;  // it reaches the last five minutes of the log
  double evidence = 0;   // logarithm of the likelihood ratio of two shares against one: what changes are ranked by
};

struct Summary {
  double mean_requests_per_second = 0;  // counted lines with a time over the span in seconds, both ends included
  double error_rate = 0;                // server errors / counted
  double reject_share = 0;              // rejected / (lines - ignored)

  // The rest needs columns.time. Minutes are whole ones of UTC, and the last one is the one that the last line is in.
  double peak_minute_requests_per_second = 0;
  double last_5_minutes_requests_per_second = 0;
  std::optional<double> recent_error_rate;  // in the last 900 s, or the last tenth of a span of 900 s or less
  std::optional<double> error_rate_before;  // in the time before; both are absent where no line is
  std::optional<Change> top_change;         // the first change, of those fields whose columns were read
};

struct Report {
  ReportOptions options;
  ColumnsRead columns;
  bool complete = true;               // false after an interrupt or an input error
  std::vector<ReportError> errors;    // by path
  std::vector<std::string> warnings;  // one line each, for standard error; not part of any output

  std::vector<InputReport> inputs;  // by the bytes of their path, "-" first
  Totals totals;
  Summary summary;
  std::vector<RejectRow> rejects;  // count descending, then reason

  std::vector<ClassRow> classes;  // ascending by digit, non-empty ones
  std::vector<CodeRow> codes;     // count descending, then code
  Timeline timeline;              // needs columns.time
  Durations durations;            // needs columns.duration

  // Busiest first (count, then key), and failing ones (server errors, client errors, key); rows without any server
  // or client error are not failing. Each list needs its column.
  std::vector<KeyRow> paths, clients, upstreams, methods, hosts, referrers, agents;
  std::vector<KeyRow> failing_paths, failing_clients, failing_upstreams, failing_hosts;
  std::vector<AgentKindRow> agent_kinds;  // needs columns.agent; count descending, then kind; non-empty ones
  ListBounds path_bounds, client_bounds, upstream_bounds, method_bounds, host_bounds, referrer_bounds, agent_bounds;

  Findings findings;            // need columns.time
  std::vector<Change> changes;  // needs columns.time; by evidence, then field, then key
};

// "server errors", "client errors", "aborted" of one code, see Outcomes.
constexpr bool IsServerError(int code) { return code >= 500 && code <= 699; }
constexpr bool IsAborted(int code) { return code == 0 || code == 444 || code == 460 || code == 499; }
constexpr bool IsClientError(int code) { return code >= 400 && code <= 499 && !IsAborted(code); }

}  // namespace logstat

#endif  // LOGSTAT_REPORT_H_
