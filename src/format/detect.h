// Which preset a log is in, judged by its content alone.
//
//   Detection found = DetectPreset(source.Sample());
//   if (found.preset != nullptr) Print(found.preset->name, found.share);
//
// A line fits a preset when every field of the preset is present and well-formed and nothing follows. Most fits win,
// then more fields, then table order. Only if nothing fits half of the sample are lines scored as the careful path
// would read them (more fields than expected, an odd head). Blank lines and directives are left out. Pure; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_DETECT_H_
#define LOGSTAT_SRC_FORMAT_DETECT_H_

#include <cstddef>
#include <string_view>

#include "src/format/presets.h"

namespace logstat {

struct Detection {
  const Preset* preset = nullptr;     // null: not one line could be read by any preset
  double share = 0;                   // of the sampled lines, how many fit
  const Preset* runner_up = nullptr;  // the best one of another name, null if nothing else fits
  double runner_up_share = 0;
  size_t lines = 0;  // sampled lines, without the ignored ones
};

// `sample` is Source::Sample(): its last line may be cut off if it is not the whole input, and is then left out.
Detection DetectPreset(std::string_view sample, bool sample_is_whole_input);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_DETECT_H_
