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

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstat {

// The parts of a report, in the order in which every output prints them.
enum class Section : uint8_t {
  kSummary,
  kClasses,
  kCodes,
  kTimeline,
  kPaths,
  kClients,
  kMethods,
  kHosts,
  kChanges,
  kRejects,
};
inline constexpr size_t kSectionCount = 10;

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
  friend constexpr bool operator==(SectionSet, SectionSet) = default;

 private:
  uint32_t bits_ = 0;
};

// What the smallest tables of all fields take together, once they are full.
inline constexpr uint64_t kLeastMemoryBytes = uint64_t{20} << 20;

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

  // ---- What the report holds ----------------------------------------------------------------------------------
  // Only the fields of a line that these sections need are parsed.
  SectionSet sections = SectionSet::All();

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
    size_t cell_bytes = size_t{1} << 20;          // the grid of the input, at least 1
    uint64_t map_from_bytes = uint64_t{1} << 20;  // regular files of this size or more are mapped, others read
    std::optional<uint64_t> table_seed;           // absent: random per process
    std::string kernel;                           // name of a vector kernel; empty: the best that runs here
  } tuning;
};

// The steps that a timeline may have, in seconds, ascending: 1, 10, 30 s, 1, 10, 30 min, 1, 6 h, 1, 7, 28 d.
const std::vector<int64_t>& TimelineIntervals();

}  // namespace logstat

#endif  // LOGSTAT_OPTIONS_H_
