// What to analyse and how: one plain struct, filled once, validated once, passed by const reference.
//
//   logstat::Options options;
//   options.inputs = {"access.log"};
//   options.sections = logstat::SectionSet{logstat::Section::kCodes};
//   logstat::RunControl control;
//   logstat::Report report = logstat::Analyze(options, control);
//
// The fields stand in three groups: what is read, what the report holds (these change the answer), and how the
// work is done (these change speed and memory, never the answer).
#ifndef LOGSTAT_OPTIONS_H_
#define LOGSTAT_OPTIONS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstat {

// A point in time: milliseconds since 1970-01-01T00:00:00Z. Printed with milliseconds only if they are not zero.
using TimeMs = int64_t;

// Years 1 to 9999 of UTC: what four digits can print. A line with another time has no readable time.
inline constexpr TimeMs kEarliestTime = -62'135'596'800'000;
inline constexpr TimeMs kLatestTime = 253'402'300'799'999;

// The parts of a report, in the order in which every output prints them.
enum class Section : uint8_t {
  kSummary,
  kFindings,
  kClasses,
  kCodes,
  kTimeline,
  kPaths,
  kClients,
  kUpstreams,
  kMethods,
  kHosts,
  kReferrers,
  kAgents,
  kDurations,
  kChanges,
  kRejects,
};
inline constexpr size_t kSectionCount = 15;

// The name of a section as `--sections` and the JSON report spell it; FindSection is its inverse.
std::string_view SectionName(Section section);
std::optional<Section> FindSection(std::string_view name);

// A set of sections; a value type of one word.
class SectionSet {
 public:
  constexpr SectionSet() = default;
  constexpr SectionSet(std::initializer_list<Section> sections) {
    for (Section section : sections) Insert(section);
  }
  static constexpr SectionSet All() {
    SectionSet all;
    all.bits_ = (1u << kSectionCount) - 1;
    return all;
  }
  constexpr void Insert(Section section) { bits_ |= 1u << static_cast<unsigned>(section); }
  constexpr bool Contains(Section section) const { return (bits_ >> static_cast<unsigned>(section)) & 1u; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr size_t size() const { return static_cast<size_t>(std::popcount(bits_)); }
  friend constexpr bool operator==(SectionSet, SectionSet) = default;

 private:
  uint32_t bits_ = 0;
};

// What the smallest tables of all fields take together, once they are full.
inline constexpr uint64_t kLeastMemoryBytes = uint64_t{32} << 20;

struct Options {
  // ---- What is read -------------------------------------------------------------------------------------------
  // Files and directories; "-" is standard input. A directory stands for the log files in it (not recursive).
  // Their order has no influence on the report.
  std::vector<std::string> inputs;

  // A preset's name, an nginx `log_format` string, an Apache `LogFormat` string, or "auto" (detected per input).
  std::string format = "auto";

  // Not empty: the format stands in this nginx or Apache configuration, PATH[:NAME], and `format` must be "auto".
  std::string from_conf;

  // Most bytes that one compressed input may expand to; reading it stops there with an error. 0 means 1 TiB: more than
  // any one log, so that only a bomb meets it. Memory is bounded whatever an input expands to.
  uint64_t max_expand_bytes = 0;

  // ---- Which lines are counted --------------------------------------------------------------------------------
  // Lines outside are `filtered`: still split, accounted for and numbered, but counted in no section. A line whose time
  // cannot be read, or cannot be right, is outside of every range.
  std::optional<TimeMs> since;  // the first time that is inside
  std::optional<TimeMs> until;  // the first time behind `since` that is not

  // Not empty: an expression that must be true of a line, as in `status >= 500 and not client in 10.0.0.0/8`; the man
  // page has the grammar. A field that no input has is an error of the run (RunControl::usage_error).
  std::string where;

  // Which field of a line is its client: a field that holds text; empty means `client`. Of `xff` (X-Forwarded-For) it
  // is the rightmost element that is no trusted proxy. Lines that lack it keep the client that they have.
  std::string client_field;

  // Addresses and blocks of them (10.0.0.0/8) of the proxies whose word about xff counts; empty means private ranges,
  // loopback, link-local, 100.64.0.0/10 and fc00::/7.
  std::vector<std::string> trusted_proxies;

  // ---- What the report holds ----------------------------------------------------------------------------------
  // Only the fields of a line that these sections need are parsed.
  SectionSet sections = SectionSet::All();

  // What the user set for a rule of findings, by its id; rules that are not named have their defaults.
  struct FindingRule {
    std::optional<uint64_t> threshold;
    std::optional<int64_t> window_seconds;
    bool on = true;
  };
  std::map<std::string, FindingRule> finding_rules;

  // Status codes by which this site refuses too many connections, and too long requests.
  std::vector<int> limit_codes = {421, 429, 503};
  std::vector<int> too_long_codes = {414, 431, 494};

  // Lines that no finding may rest on: of clients in these blocks (10.0.0.0/8), whose agent has one of these texts in
  // it, whose path begins so.
  std::vector<std::string> finding_clients;
  std::vector<std::string> finding_agents;
  std::vector<std::string> finding_paths;
  // Blocks of crawlers that the site knows: findings that rest on their lines alone are one severity lower.
  std::vector<std::string> finding_crawlers;

  // Rows in every top list; 0 means all.
  size_t top = 10;

  // IANA name of the zone in which times are printed. A line's own offset is always honoured.
  std::string time_zone = "UTC";

  // The step of the timeline in seconds, one of TimelineIntervals(); absent: chosen so that at most 120 points result.
  std::optional<int64_t> interval_seconds;

  // ---- How the work is done -----------------------------------------------------------------------------------
  // Worker threads; 0 means as many as the processor affinity and the control group allow.
  unsigned threads = 0;

  // Memory for tables, blocks in flight and decoders, in bytes; mapped pages are not counted. 0 means the smaller
  // of 1 GiB and a quarter of the control group's limit.
  uint64_t max_memory_bytes = 0;  // below kLeastMemoryBytes it may take more than asked for

  // Installs a SIGBUS handler for the time of the run, so that a mapped file that another process truncates is
  // reported and not fatal. Off in a library, because signal handlers belong to the program.
  bool guard_mapped_files = false;

  // Knobs for tests: the report is the same for every value.
  struct Tuning {
    size_t cell_bytes = size_t{1} << 18;          // the grid of the input, at least 1
    uint64_t map_from_bytes = uint64_t{1} << 20;  // regular files of this size or more are mapped, others read
    std::optional<uint64_t> table_seed;           // absent: random per process
    std::string kernel;                           // name of a vector kernel; empty: the best that runs here
  } tuning;
};

// The steps that a timeline may have, in seconds, ascending: 1, 10, 30 s, 1, 10, 30 min, 1, 6 h, 1, 7, 28 d.
const std::vector<int64_t>& TimelineIntervals();

}  // namespace logstat

#endif  // LOGSTAT_OPTIONS_H_
