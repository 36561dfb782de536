#include "src/format/detect.h"

#include <algorithm>
#include <vector>

#include "src/format/line_format.h"

namespace logstat {
namespace {

std::vector<std::string_view> SampledLines(std::string_view sample, bool whole) {
  std::vector<std::string_view> lines;
  if (sample.substr(0, 3) == "\xef\xbb\xbf") sample.remove_prefix(3);
  while (!sample.empty()) {
    const size_t newline = sample.find('\n');
    if (newline == std::string_view::npos && !whole && !lines.empty()) break;
    std::string_view line = sample.substr(0, newline);
    sample.remove_prefix(newline == std::string_view::npos ? sample.size() : newline + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

// Picks the best and the second-best name by the number of lines that fit.
Detection Judge(const std::vector<std::string_view>& lines, Fit fit) {
  Detection found;
  found.lines = lines.size() - static_cast<size_t>(std::count_if(lines.begin(), lines.end(), IsIgnoredLine));
  size_t best = 0;
  size_t second = 0;
  const auto more_fields = [](const Preset* a, const Preset* b) {
    return b == nullptr || a->format->fields() > b->format->fields();
  };
  for (const Preset& preset : Presets()) {
    const size_t score = preset.format->CountFits(lines, fit);
    if (score == 0) continue;
    if (score > best || (score == best && more_fields(&preset, found.preset))) {
      if (found.preset != nullptr && found.preset->name != preset.name) {
        second = best;
        found.runner_up = found.preset;
      }
      best = score;
      found.preset = &preset;
    } else if (preset.name != found.preset->name && score > second) {
      second = score;
      found.runner_up = &preset;
    }
  }
  if (found.lines > 0) {
    found.share = static_cast<double>(best) / static_cast<double>(found.lines);
    found.runner_up_share = static_cast<double>(second) / static_cast<double>(found.lines);
  }
  return found;
}

}  // namespace

Detection DetectPreset(std::string_view sample, bool sample_is_whole_input) {
  const std::vector<std::string_view> lines = SampledLines(sample, sample_is_whole_input);
  const Detection exact = Judge(lines, Fit::kExact);
  if (exact.share >= 0.5) return exact;
  const Detection loose = Judge(lines, Fit::kTolerant);
  return loose.share > exact.share ? loose : exact;
}

}  // namespace logstat
