// Which preset a log is in, judged by its content alone.
//
//   Detection found = DetectPreset(source.Sample());
//   if (found.preset != nullptr) Print(found.preset->name, found.share);
//
// A line fits a preset when every field of the preset is present and well-formed and nothing follows. Most fits win,
// then more fields, then table order. Only if nothing fits half of the sample are lines scored as the careful path
// would read them (more fields than expected, an odd head). Wrappers that most lines have are taken off before. Blank
// lines and directives are left out; a line that is too long fits nothing. Pure; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_DETECT_H_
#define LOGSTAT_SRC_FORMAT_DETECT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "src/format/presets.h"
#include "src/format/wrapped_format.h"

namespace logstat {

struct Detection {
  const Preset* preset = nullptr;     // null: not one line could be read by any preset
  double share = 0;                   // of the sampled lines, how many fit
  const Preset* runner_up = nullptr;  // the best one of another name, null if nothing else fits, or all fit `preset`
  double runner_up_share = 0;
  size_t lines = 0;  // sampled lines, without the ignored ones
  // If no preset fits half of the sample exactly: its first lines, without their wrappers. See near_miss.h.
  std::vector<std::string> odd_lines;
  WrapperStack wrappers;  // around the preset's lines: read them with InWrappers()
};

// `sample` is Source::Sample(): its last line may be cut off if it is not the whole input, and is then left out.
Detection DetectPreset(std::string_view sample, bool sample_is_whole_input);

// The share of the sampled lines, without the ignored ones, that a reader of the format rejects, or in which it finds
// that no status was sent although they do not fit: so it sees lines of another format that have a dash somewhere.
double MisfitShare(std::string_view sample, bool sample_is_whole_input, const LineFormat& format);

// The share of the sampled lines, without the ignored ones, that fit the format.
double FitShare(std::string_view sample, bool sample_is_whole_input, const LineFormat& format, Fit fit);

// Whether requests have forms that only a proxy gets, an absolute target or CONNECT: as the format says of proxies
// (Squid) and balancers that log the whole address (ALB, Google's); of others, if nine of ten sampled requests, and ten
// at least, do.
bool HasProxyTargets(std::string_view sample, bool sample_is_whole_input, const LineFormat& format);

// Of the rows of that name, which must be one of a preset, the one that fits best. Pure.
const Preset& ChoosePreset(std::string_view sample, bool sample_is_whole_input, std::string_view name);

// What stands around the lines of a format that is known, if anything does.
WrapperStack DetectWrappers(std::string_view sample, bool sample_is_whole_input, const LineFormat& format);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_DETECT_H_
