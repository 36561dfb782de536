// The values of options, from text: sizes, steps, lists, outputs. Each parser takes what stands behind the option and
// returns the value, or one line that names the option, says what is wrong and which values are taken.
//
//   StatusOr<uint64_t> bytes = ParseSize("--max-memory", "64MiB", 0);   // 67108864
//   StatusOr<int64_t> step = ParseInterval("--interval", "10m");     // 600
#ifndef LOGSTAT_SRC_CLI_OPTION_VALUES_H_
#define LOGSTAT_SRC_CLI_OPTION_VALUES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "logstat/options.h"
#include "src/base/status.h"
#include "src/report/writer.h"

namespace logstat {

enum class When { kAuto, kAlways, kNever };

struct OutputRequest {
  OutputKind kind = OutputKind::kText;
  std::string path;  // empty: standard output
};

// A whole number in [least, most].
StatusOr<uint64_t> ParseCount(std::string_view option, std::string_view text, uint64_t least, uint64_t most);

// Bytes: a whole number and a unit as GNU tools take it, K and KiB = 1,024 bytes, KB = 1,000; K M G T. At least
// `least`, whole MiB.
StatusOr<uint64_t> ParseSize(std::string_view option, std::string_view text, uint64_t least);

// A step of the timeline in seconds: a whole number and s, m or min, h, d that make one of TimelineIntervals().
StatusOr<int64_t> ParseInterval(std::string_view option, std::string_view text);

// "codes,paths".
StatusOr<SectionSet> ParseSections(std::string_view option, std::string_view text);

// 0 to 100, with or without a percent sign.
StatusOr<double> ParsePercent(std::string_view option, std::string_view text);

// auto, always, never.
StatusOr<When> ParseWhen(std::string_view option, std::string_view text);

// KIND, KIND=PATH, or a PATH whose extension is a kind. A PATH of "-" is standard output.
StatusOr<OutputRequest> ParseOutput(std::string_view option, std::string_view text);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_OPTION_VALUES_H_
