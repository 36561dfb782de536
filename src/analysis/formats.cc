// What is known about formats, for embedders and for the `formats` and `detect` commands.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "logstat/analyze.h"
#include "src/format/detect.h"
#include "src/format/near_miss.h"
#include "src/format/presets.h"
#include "src/input/sample.h"
#include "src/input/source.h"
#include "src/input/text_check.h"

namespace logstat {

const std::vector<FormatInfo>& KnownFormats() {
  static const std::vector<FormatInfo> formats = [] {
    std::vector<FormatInfo> list;
    for (const Preset& preset : Presets()) list.push_back(FormatInfo{preset.name, preset.definition, preset.example});
    return list;
  }();
  return formats;
}

FormatVerdict DetectFormat(const std::string& path) {
  FormatVerdict verdict;
  verdict.path = path;
  SourceSettings settings;
  settings.map_from_bytes = UINT64_MAX;  // the sample is 4 MiB at most, and nobody guards a mapping here
  const StatusOr<std::unique_ptr<Source>> source = OpenSource(path, settings);
  if (!source.ok()) {
    verdict.error = Message(source.status());
    return verdict;
  }
  const std::string_view sample = (*source)->Sample();
  verdict.error = WhyNotBytes(sample);
  if (!verdict.error.empty()) return verdict;
  const Detection found = DetectPreset(sample, sample.size() < kSampleBytes);
  verdict.sampled_lines = found.lines;
  verdict.sample_is_cut = SampleEnd(sample).has_value();
  verdict.share = found.share;
  if (found.preset != nullptr && found.share >= 0.5) verdict.format = found.preset->name;
  for (const Wrapper* wrapper : found.wrappers) verdict.wrappers.emplace_back(wrapper->name);
  if (found.runner_up != nullptr) {
    verdict.runner_up = found.runner_up->name;
    verdict.runner_up_share = found.runner_up_share;
  }
  verdict.near_miss = ExplainNearMiss(found.odd_lines);
  return verdict;
}

}  // namespace logstat
