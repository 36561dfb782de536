#include "src/cli/option_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace logstat {
namespace {

struct NumberAndUnit {
  uint64_t number = 0;
  std::string_view unit;
};

// Digits, then whatever follows them; absent without digits or over 2^64 - 1.
std::optional<NumberAndUnit> SplitNumber(std::string_view text) {
  NumberAndUnit result;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result.number);
  if (error != std::errc()) return std::nullopt;
  result.unit = text.substr(static_cast<size_t>(end - text.data()));
  return result;
}

// A step as a person writes it: 600 is "10m".
std::string IntervalName(int64_t seconds) {
  if (seconds % 86400 == 0) return fmt::format("{}d", seconds / 86400);
  if (seconds % 3600 == 0) return fmt::format("{}h", seconds / 3600);
  if (seconds % 60 == 0) return fmt::format("{}m", seconds / 60);
  return fmt::format("{}s", seconds);
}

std::string IntervalNames() {
  std::string names;
  for (int64_t seconds : TimelineIntervals()) names += (names.empty() ? "" : ", ") + IntervalName(seconds);
  return names;
}

std::string SectionNames() {
  std::string names;
  for (size_t i = 0; i < kSectionCount; ++i) {
    names.append(names.empty() ? "" : ", ").append(SectionName(static_cast<Section>(i)));
  }
  return names;
}

constexpr std::array<std::pair<std::string_view, OutputKind>, 6> kExtensions = {{{".txt", OutputKind::kText},
                                                                                 {".json", OutputKind::kJson},
                                                                                 {".csv", OutputKind::kCsv},
                                                                                 {".md", OutputKind::kMarkdown},
                                                                                 {".html", OutputKind::kHtml},
                                                                                 {".prom", OutputKind::kPrometheus}}};

}  // namespace

StatusOr<uint64_t> ParseCount(std::string_view option, std::string_view text, uint64_t least, uint64_t most) {
  std::optional<NumberAndUnit> split = SplitNumber(text);
  if (split && split->unit.empty() && split->number >= least && split->number <= most) return split->number;
  std::string range =
      most == UINT64_MAX ? fmt::format("of {} or more", least) : fmt::format("from {} to {}", least, most);
  return UsageError(fmt::format("{}: '{}' is not a whole number {}", option, text, range));
}

StatusOr<uint64_t> ParseSize(std::string_view option, std::string_view text, uint64_t least) {
  static constexpr std::string_view kPrefixes = "KMGT";
  auto fail = [&] {
    return UsageError(fmt::format("{}: '{}' is not a size; write bytes or a unit, as in 64MiB or 1G", option, text));
  };
  std::optional<NumberAndUnit> split = SplitNumber(text);
  if (!split || split->number == 0) return fail();
  std::string_view unit = split->unit;
  uint64_t factor = 1;
  if (!unit.empty() && unit != "B") {
    size_t power = kPrefixes.find(unit[0] == 'k' ? 'K' : unit[0]);
    if (power == std::string_view::npos) return fail();
    std::string_view rest = unit.substr(1);
    if (!rest.empty() && rest != "B" && rest != "iB") return fail();
    uint64_t step = rest == "B" ? 1000 : 1024;
    for (size_t i = 0; i <= power; ++i) factor *= step;
  }
  if (split->number > UINT64_MAX / factor) return fail();
  const uint64_t bytes = split->number * factor;
  if (bytes >= least) return bytes;
  return UsageError(fmt::format("{}: '{}' is too little; the least is {}MiB", option, text, least >> 20));
}

StatusOr<int64_t> ParseInterval(std::string_view option, std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, int64_t>, 5> kUnits = {
      {{"s", 1}, {"m", 60}, {"min", 60}, {"h", 3600}, {"d", 86400}}};
  if (std::optional<NumberAndUnit> split = SplitNumber(text)) {
    for (const auto& [unit, unit_seconds] : kUnits) {
      // No step is longer than 28 days; the bound keeps the product far from overflow.
      if (split->unit != unit || split->number > 28u * 86400u) continue;
      int64_t seconds = static_cast<int64_t>(split->number) * unit_seconds;
      const std::vector<int64_t>& steps = TimelineIntervals();
      if (std::find(steps.begin(), steps.end(), seconds) != steps.end()) return seconds;
    }
  }
  return UsageError(
      fmt::format("{}: '{}' is not a step of the timeline; take one of {}", option, text, IntervalNames()));
}

StatusOr<SectionSet> ParseSections(std::string_view option, std::string_view text) {
  SectionSet sections;
  std::string_view rest = text;
  while (true) {
    std::string_view name = rest.substr(0, rest.find(','));
    std::optional<Section> section = FindSection(name);
    if (!section) {
      return UsageError(fmt::format("{}: there is no section '{}'; known: {}", option, name, SectionNames()));
    }
    sections.Insert(*section);
    if (name.size() == rest.size()) return sections;
    rest.remove_prefix(name.size() + 1);
  }
}

StatusOr<double> ParsePercent(std::string_view option, std::string_view text) {
  std::string_view digits = text;
  if (!digits.empty() && digits.back() == '%') digits.remove_suffix(1);
  double value = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || !(value >= 0 && value <= 100)) {
    return UsageError(fmt::format("{}: '{}' is not a percentage from 0 to 100", option, text));
  }
  return value;
}

StatusOr<When> ParseWhen(std::string_view option, std::string_view text) {
  if (text == "auto") return When::kAuto;
  if (text == "always") return When::kAlways;
  if (text == "never") return When::kNever;
  return UsageError(fmt::format("{}: '{}' is none of auto, always, never", option, text));
}

StatusOr<OutputRequest> ParseOutput(std::string_view option, std::string_view text) {
  size_t equals = text.find('=');
  if (std::optional<OutputKind> kind = FindOutputKind(text.substr(0, equals))) {
    if (equals == std::string_view::npos) return OutputRequest{*kind, ""};
    std::string_view path = text.substr(equals + 1);
    if (path.empty()) return UsageError(fmt::format("{}: '{}' has no file name after '='", option, text));
    return OutputRequest{*kind, path == "-" ? "" : std::string(path)};
  }
  for (const auto& [extension, kind] : kExtensions) {
    if (text.size() > extension.size() && text.substr(text.size() - extension.size()) == extension) {
      return OutputRequest{kind, std::string(text)};
    }
  }
  return UsageError(
      fmt::format("{}: '{}' is no kind of output; write KIND or KIND=FILE with text, json, csv, markdown, html or "
                  "prometheus, or a FILE that ends in .txt, .json, .csv, .md, .html or .prom",
                  option, text));
}

}  // namespace logstat
