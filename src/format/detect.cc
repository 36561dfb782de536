#include "src/format/detect.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "src/format/careful_reader.h"
#include "src/format/clf_time.h"
#include "src/format/head.h"
#include "src/format/quotes.h"

namespace logstat {
namespace {

bool IsWord(std::string_view text) {
  return !text.empty() && text.find_first_of(" \t\"") == std::string_view::npos && text.front() != '[';
}

bool IsWellFormed(Slot slot, std::string_view text) {
  switch (slot) {
    case Slot::kClient:
    case Slot::kHost:
      return IsWord(text) && text != "-" && text.back() != ',';
    case Slot::kPort:
      return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    case Slot::kTime:
      return ClfTimeReader().Read(text) != kNoTime;
    case Slot::kSkip:
    case Slot::kUser:
      return IsWord(text);
    case Slot::kStatus:
      return ParseStatus(text).has_value();
    case Slot::kBytes:
      return text == "-" || ParseByteCount(text) != kNoBytes;
    case Slot::kRequest:
    case Slot::kReferrer:
    case Slot::kAgent:
      return true;
  }
  return false;
}

// As the careful path would read it: the line is counted, and has the quoted fields and the host that the preset has.
bool LineFitsLoosely(std::string_view line, const FieldProgram& program) {
  LineKind kind = LineKind::kCounted;
  const std::optional<Anchor> anchor = FindAnchor(line, program, &kind);
  if (!anchor.has_value()) return false;
  const auto quotes = std::count(anchor->rest.begin(), anchor->rest.end(), '"');
  std::ptrdiff_t wanted = std::count(program.tail.begin(), program.tail.end(), '"');
  for (size_t i = program.request + 3; i < program.steps.size(); ++i) {
    wanted += std::count(program.steps[i].literal.begin(), program.steps[i].literal.end(), '"');
  }
  const HeadRules rules = MakeHeadRules(program);
  const bool has_host = ReadHead(anchor->head, HeadRules{}).host.has_value();
  return quotes >= wanted && rules.host_first == has_host;
}

std::vector<std::string_view> SampledLines(std::string_view sample, bool whole) {
  std::vector<std::string_view> lines;
  if (sample.substr(0, 3) == "\xef\xbb\xbf") sample.remove_prefix(3);
  while (!sample.empty()) {
    const size_t newline = sample.find('\n');
    if (newline == std::string_view::npos && !whole && !lines.empty()) break;
    std::string_view line = sample.substr(0, newline);
    sample.remove_prefix(newline == std::string_view::npos ? sample.size() : newline + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!IsIgnoredLine(line)) lines.push_back(line);
  }
  return lines;
}

// Picks the best and the second-best name by the number of lines for which `fits` holds.
template <typename Fits>
Detection Judge(const std::vector<std::string_view>& lines, Fits fits) {
  Detection found;
  found.lines = lines.size();
  size_t best = 0;
  size_t second = 0;
  const auto more_fields = [](const Preset* a, const Preset* b) {
    return b == nullptr || a->program.steps.size() > b->program.steps.size();
  };
  for (const Preset& preset : Presets()) {
    const size_t score = static_cast<size_t>(
        std::count_if(lines.begin(), lines.end(), [&](std::string_view line) { return fits(line, preset.program); }));
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

bool LineFits(std::string_view line, const FieldProgram& program) {
  size_t at = 0;
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const ProgramStep& step = program.steps[i];
    if (line.substr(at, step.literal.size()) != step.literal) return false;
    at += step.literal.size();
    const std::string_view next = i + 1 < program.steps.size() ? program.steps[i + 1].literal : program.tail;
    size_t end = FindFieldEnd(line, at, next);
    if (step.slot == Slot::kRequest) {
      // Only now, because most presets have failed at the line's head: the anchor is what costs.
      LineKind kind = LineKind::kCounted;
      const std::optional<Anchor> anchor = FindAnchor(line, program, &kind);
      if (!anchor.has_value() || at != anchor->head.size() + 1) return false;
      end = at + anchor->request.size();
    }
    if (end == std::string_view::npos || !IsWellFormed(step.slot, line.substr(at, end - at))) return false;
    at = end;
  }
  return line.substr(at) == program.tail;
}

Detection DetectPreset(std::string_view sample, bool sample_is_whole_input) {
  const std::vector<std::string_view> lines = SampledLines(sample, sample_is_whole_input);
  const Detection exact = Judge(lines, LineFits);
  if (exact.share >= 0.5) return exact;
  const Detection loose = Judge(lines, LineFitsLoosely);
  return loose.share > exact.share ? loose : exact;
}

}  // namespace logstat
