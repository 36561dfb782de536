#include "src/format/detect.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "src/format/line_format.h"
#include "src/format/part_joiner.h"
#include "src/input/block.h"

namespace logstat {
namespace {

// Stands for a line that is too long, and so will be rejected however it begins.
constexpr std::string_view kFitsNothing = "x";

std::vector<std::string_view> SampledLines(std::string_view sample, bool whole) {
  std::vector<std::string_view> lines;
  if (sample.substr(0, 3) == "\xef\xbb\xbf") sample.remove_prefix(3);
  while (!sample.empty()) {
    const size_t newline = sample.find('\n');
    if (newline == std::string_view::npos && !whole && !lines.empty()) break;
    std::string_view line = sample.substr(0, newline);
    sample.remove_prefix(newline == std::string_view::npos ? sample.size() : newline + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line.size() > kMaxLineBytes ? kFitsNothing : line);
  }
  return lines;
}

// The sampled lines with some of their wrappers taken off.
struct Layer {
  WrapperStack wrappers;
  std::vector<std::string_view> lines;
};

// Deeper than anybody wraps: a compose prefix, a timestamp, syslog.
constexpr size_t kMaxWrappers = 4;

// The wrapper that most of the lines have, and their payloads; empty if there is none. Payloads that were made go to
// `made`.
std::optional<Layer> TakeOffOne(const Layer& outer, std::deque<std::string>& made) {
  size_t wanted = 0;
  for (const std::string_view line : outer.lines) wanted += IsIgnoredLine(line) ? 0 : 1;
  std::string scratch;
  for (const Wrapper& wrapper : Wrappers()) {
    Layer layer{outer.wrappers, {}};
    layer.wrappers.push_back(&wrapper);
    const bool joins = wrapper.has_parts && outer.wrappers.empty();  // as WrappedFormat does
    PartJoiner parts;
    size_t found = 0;
    for (std::string_view line : outer.lines) {
      if (const std::optional<Unwrapped> inside = TakeOff(wrapper, line, scratch)) {
        ++found;
        const JoinedLine* joined = joins ? parts.Add(*inside, 0, 0) : nullptr;
        if (joins && inside->goes_on) continue;
        const bool is_made = joined != nullptr || inside->payload.data() == scratch.data();
        line = joined != nullptr ? joined->text : inside->payload;
        if (line.size() > kMaxLineBytes) line = kFitsNothing;
        if (is_made) line = made.emplace_back(line);
      }
      layer.lines.push_back(line);
    }
    if (found * 2 > wanted) return layer;
  }
  return std::nullopt;
}

// Outermost first: the lines as they stand, then what one wrapper stands around, and so on.
std::vector<Layer> Layers(std::vector<std::string_view> lines, std::deque<std::string>& made) {
  std::vector<Layer> layers;
  std::optional<Layer> layer = Layer{{}, std::move(lines)};
  while (layer.has_value() && layers.size() <= kMaxWrappers) {
    layers.push_back(*std::move(layer));
    layer = TakeOffOne(layers.back(), made);
  }
  return layers;
}

bool HasMoreFields(const Preset& a, const Preset* b) {
  return b == nullptr || a.format->fields() > b->format->fields();
}

// The best of the presets that all `wanted` lines fit, null if there is none. Finds what Judge would, sooner: most
// presets fail at the first line, and one with fewer fields than what was found need not be tried.
const Preset* FitsEveryLine(const std::vector<std::string_view>& lines, size_t wanted, Fit fit) {
  if (wanted == 0) return nullptr;
  const auto first = std::find_if_not(lines.begin(), lines.end(), IsIgnoredLine);
  const std::span<const std::string_view> up_to_first(lines.begin(), first + 1);  // directives stand before it
  const Preset* found = nullptr;
  for (const Preset& preset : Presets()) {
    if (!preset.is_alias && HasMoreFields(preset, found) && preset.format->CountFits(up_to_first, fit) == 1 &&
        preset.format->CountFits(lines, fit) == wanted && preset.format->IsBorneOut(lines)) {
      found = &preset;
    }
  }
  return found;
}

// Picks the best and the second-best name by the number of lines that fit.
Detection Judge(const std::vector<std::string_view>& lines, Fit fit) {
  Detection found;
  found.lines = lines.size() - static_cast<size_t>(std::count_if(lines.begin(), lines.end(), IsIgnoredLine));
  found.preset = FitsEveryLine(lines, found.lines, fit);
  if (found.preset != nullptr) {
    found.share = 1;
    return found;
  }
  size_t best = 0;
  size_t second = 0;
  for (const Preset& preset : Presets()) {
    if (preset.is_alias) continue;
    const size_t score = preset.format->CountFits(lines, fit);
    if (score == 0 || !preset.format->IsBorneOut(lines)) continue;
    if (score > best || (score == best && HasMoreFields(preset, found.preset))) {
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

// Of layers that fit equally well the innermost: what reads a whole line may read its wrapper into a field.
Detection JudgeLayers(const std::vector<Layer>& layers, Fit fit) {
  Detection best;
  for (const Layer& layer : layers) {
    Detection found = Judge(layer.lines, fit);
    if (&layer != &layers.front() && (found.preset == nullptr || found.share < best.share)) continue;
    best = std::move(found);
    best.wrappers = layer.wrappers;
  }
  return best;
}

// Some lines, for whoever wants to know what they are.
std::vector<std::string> OddLines(const std::vector<std::string_view>& lines) {
  constexpr size_t kMostLines = 100, kMostBytes = 4096;
  std::vector<std::string> odd;
  for (const std::string_view line : lines) {
    if (odd.size() == kMostLines) break;
    if (!IsIgnoredLine(line) && line.size() <= kMostBytes) odd.emplace_back(line);
  }
  return odd;
}

// Calls function(batch, row) for every sampled line, in order, when it has been read into the row.
template <typename Function>
void ReadSample(std::string_view sample, bool sample_is_whole_input, const LineFormat& format, ColumnSet columns,
                Function function) {
  const std::unique_ptr<LineReader> reader = format.MakeReader();
  RecordBatch batch;
  Block block;
  block.bytes = reinterpret_cast<const uint8_t*>(sample.data());
  block.cell_bytes = block.readable_bytes = sample.size();
  block.starts_line = true;
  block.ends_input = sample_is_whole_input;
  batch.Reset(block.bytes, columns, sample.size());
  reader->BeginCell(block);
  for (const std::string_view line : SampledLines(sample, sample_is_whole_input)) {
    const bool fits_nothing = line.data() == kFitsNothing.data();
    const size_t row = batch.AppendRow(fits_nothing ? 0 : static_cast<uint32_t>(line.data() - sample.data()));
    if (fits_nothing) {
      batch.kind(row) = LineKind::kTooLong;
    } else {
      reader->Read(line, row, batch);
    }
    function(batch, row);
  }
}

}  // namespace

Detection DetectPreset(std::string_view sample, bool sample_is_whole_input) {
  std::deque<std::string> made;
  const std::vector<Layer> layers = Layers(SampledLines(sample, sample_is_whole_input), made);
  const Detection exact = JudgeLayers(layers, Fit::kExact);
  if (exact.share >= 0.5) return exact;
  Detection loose = JudgeLayers(layers, Fit::kTolerant);
  Detection best = loose.share > exact.share ? loose : exact;
  best.odd_lines = OddLines(layers.back().lines);
  return best;
}

double FitShare(std::string_view sample, bool sample_is_whole_input, const LineFormat& format, Fit fit) {
  const std::vector<std::string_view> lines = SampledLines(sample, sample_is_whole_input);
  const auto ignored = static_cast<size_t>(std::count_if(lines.begin(), lines.end(), IsIgnoredLine));
  if (lines.size() == ignored) return 1;
  return static_cast<double>(format.CountFits(lines, fit)) / static_cast<double>(lines.size() - ignored);
}

double MisfitShare(std::string_view sample, bool sample_is_whole_input, const LineFormat& format) {
  size_t rejected = 0, ignored = 0, without_status = 0, lines = 0;
  ReadSample(sample, sample_is_whole_input, format, ColumnSet{Field::kStatus},
             [&](const RecordBatch& batch, size_t row) {
               ++lines;
               ignored += batch.kind(row) == LineKind::kIgnored ? 1 : 0;
               rejected += IsRejected(batch.kind(row)) ? 1 : 0;
               without_status += batch.kind(row) == LineKind::kCounted && batch.status(row) == 0 ? 1 : 0;
             });
  if (lines == ignored) return 0;
  size_t misfits = rejected;
  if (without_status > 0) {
    const size_t fits = format.CountFits(SampledLines(sample, sample_is_whole_input), Fit::kExact);
    misfits = std::max(rejected, std::min(lines - ignored - fits, rejected + without_status));
  }
  return static_cast<double>(misfits) / static_cast<double>(lines - ignored);
}

bool HasProxyTargets(std::string_view sample, bool sample_is_whole_input, const LineFormat& format) {
  if (format.has_whole_addresses()) return true;
  constexpr size_t kLeastTargets = 10;
  size_t proxied = 0, targets = 0;
  const ColumnSet columns{Field::kStatus, Field::kMethod, Field::kTarget};
  ReadSample(sample, sample_is_whole_input, format, columns, [&](const RecordBatch& batch, size_t row) {
    const std::string_view target = batch.View(Field::kTarget, row);
    if (batch.kind(row) != LineKind::kCounted || target.empty() || target == "-") return;
    ++targets;
    const bool is_absolute = target.starts_with("http://") || target.starts_with("https://");
    proxied += is_absolute || batch.View(Field::kMethod, row) == "CONNECT" ? 1 : 0;
  });
  return targets >= kLeastTargets && proxied * 10 >= targets * 9;
}

WrapperStack DetectWrappers(std::string_view sample, bool sample_is_whole_input, const LineFormat& format) {
  std::deque<std::string> made;
  const std::vector<Layer> layers = Layers(SampledLines(sample, sample_is_whole_input), made);
  for (const Fit fit : {Fit::kExact, Fit::kTolerant}) {
    size_t best = 1;
    const Layer* found = nullptr;
    for (const Layer& layer : layers) {
      const size_t fits = format.CountFits(layer.lines, fit);
      if (fits < best) continue;
      best = fits;
      found = &layer;
    }
    if (found != nullptr) return found->wrappers;
  }
  return {};
}

const Preset& ChoosePreset(std::string_view sample, bool sample_is_whole_input, std::string_view name) {
  const Preset* found = FindPreset(name);
  std::deque<std::string> made;
  const std::vector<Layer> layers = Layers(SampledLines(sample, sample_is_whole_input), made);
  size_t best = 0;
  for (const Fit fit : {Fit::kExact, Fit::kTolerant}) {
    for (const Preset& preset : Presets()) {
      if (preset.name != name) continue;
      for (const Layer& layer : layers) {
        const size_t fits = preset.format->CountFits(layer.lines, fit);
        if (fits <= best) continue;
        best = fits;
        found = &preset;
      }
    }
    if (best > 0) break;
  }
  return *found;
}

}  // namespace logstat
