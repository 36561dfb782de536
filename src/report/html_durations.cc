#include "src/report/html_durations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "src/report/escape.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

constexpr size_t kMostPaths = 8;
constexpr size_t kPathCells = 60;  // the table has them whole
constexpr size_t kMostLabels = 4;  // of an axis on a phone

// A bar of the chart: what it is of, and its colour.
struct DurationBar {
  std::string label;
  std::string_view colour;
  const DurationRow* row;
};

std::vector<DurationBar> ClassBars(const Durations& durations) {
  std::vector<DurationBar> bars = {{"all", "fa", &durations.overall}};
  constexpr std::string_view kColours[] = {"f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9"};
  for (const ClassDurations& of_class : durations.classes) {
    bars.push_back({ClassLabel(of_class.digit), kColours[of_class.digit], &of_class.row});
  }
  return bars;
}

std::vector<DurationBar> PathBars(const Durations& durations) {
  std::vector<DurationBar> bars;
  for (size_t i = 0; i < std::min(durations.paths.size(), kMostPaths); ++i) {
    bars.push_back({PrintableKey(durations.paths[i], kPathCells), "fa", &durations.paths[i].row});
  }
  return bars;
}

// From one power of ten to another, in microseconds. Zero, which logs of whole milliseconds are full of, is at its
// begin.
class Scale {
 public:
  explicit Scale(const std::vector<DurationBar>& bars) {
    int64_t least = INT64_MAX, most = 1;
    for (const DurationBar& bar : bars) {
      for (const int64_t value : {bar.row->p50_us, bar.row->p90_us}) {
        if (value > 0) least = std::min(least, value);
      }
      most = std::max(most, bar.row->p999_us);
    }
    first_ = static_cast<int>(std::floor(std::log10(std::min(least, most))));
    last_ = std::max(first_ + 1, static_cast<int>(std::ceil(std::log10(most))));
  }

  int decades() const { return last_ - first_; }

  // 0 to 100.
  double At(int64_t microseconds) const {
    if (microseconds <= 0) return 0;
    const double decade = std::log10(static_cast<double>(microseconds)) - first_;
    return std::clamp(100 * decade / decades(), 0.0, 100.0);
  }

  // "10 ms" of a power of ten, counted from the scale's begin.
  std::string Label(int decade) const {
    constexpr std::string_view kUnits[] = {"µs", "ms", "s"};
    const int power = first_ + decade;
    const int unit = std::min(power / 3, 2);
    uint64_t number = 1;
    for (int i = 3 * unit; i < power; ++i) number *= 10;
    return fmt::format("{} {}", FormatCount(number), kUnits[unit]);
  }

 private:
  int first_ = 0;
  int last_ = 1;
};

std::string Sentence(const DurationBar& bar) {
  const DurationRow& row = *bar.row;
  return fmt::format("{}: {}, p50 {}, p90 {}, p95 {}, p99 {}, p99.9 {}, longest {}", bar.label,
                     CountOf(row.count, "request"), FormatMicroseconds(row.p50_us), FormatMicroseconds(row.p90_us),
                     FormatMicroseconds(row.p95_us), FormatMicroseconds(row.p99_us), FormatMicroseconds(row.p999_us),
                     FormatMicroseconds(row.max_us));
}

// From `from` to `to`, as high as it means: thick, medium, thin. What is all at one point is a hair wide.
void WritePart(std::string_view colour, double from, double to, double height, Pieces& out) {
  constexpr double kHair = 0.8;
  const double width = std::max(to - from, kHair);
  out.Add(fmt::format("<rect class=\"{}\" x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\"/>", colour,
                      std::min(from, 100 - kHair), (1 - height) / 2, width, height));
}

void WriteBar(const DurationBar& bar, const Scale& scale, bool path, Pieces& out) {
  const DurationRow& row = *bar.row;
  const std::string sentence = QuoteForHtml(Sentence(bar));
  out.Add("<li>").Add(path ? "<code>" : "<span>").Add(QuoteForHtml(bar.label)).Add(path ? "</code>" : "</span>");
  out.Add("<svg viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"").Add(sentence);
  out.Add("\"><title>").Add(sentence).Add("</title><rect class=\"hit\" width=\"100\" height=\"1\"/>");
  for (int decade = 0; decade <= scale.decades(); ++decade) {
    out.Add(fmt::format("<line class=\"grid\" x1=\"{0:.2f}\" x2=\"{0:.2f}\" y1=\"0\" y2=\"1\"/>",
                        100.0 * decade / scale.decades()));
  }
  WritePart(bar.colour, scale.At(row.p99_us), scale.At(row.p999_us), 0.14, out);
  WritePart(bar.colour, scale.At(row.p90_us), scale.At(row.p99_us), 0.4, out);
  WritePart(bar.colour, scale.At(row.p50_us), scale.At(row.p90_us), 0.75, out);
  out.Add("</svg><b>").Add(FormatMicroseconds(row.p50_us)).Add(" · ").Add(FormatMicroseconds(row.p99_us));
  out.Add("</b></li>\n");
}

void WriteAxis(const Scale& scale, Pieces& out) {
  out.Add("<li class=\"axis\" aria-hidden=\"true\"><div>");
  const int stride = scale.decades() / static_cast<int>(kMostLabels) + 1;
  for (int decade = 0; decade <= scale.decades(); ++decade) {
    out.Add(decade % stride == 0 ? "<span>" : "<span class=\"more\">").Add(scale.Label(decade)).Add("</span>");
  }
  out.Add("</div></li>\n");
}

void WriteBars(std::string_view title, const std::vector<DurationBar>& bars, const Scale& scale, bool path,
               Pieces& out) {
  if (bars.empty()) return;
  out.Add("<p class=\"soft\">").Add(title).Add("</p>\n<ul class=\"bars ranges\">\n");
  for (const DurationBar& bar : bars) WriteBar(bar, scale, path, out);
  WriteAxis(scale, out);
  out.Add("</ul>\n");
}

void WriteLegend(Pieces& out) {
  struct Entry {
    const char* text;
    double height;
  };
  out.Add("<ul class=\"legend\">\n");
  for (const Entry& entry : {Entry{"p50 to p90", 0.75}, Entry{"p90 to p99", 0.4}, Entry{"p99 to p99.9", 0.14}}) {
    out.Add("<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\">");
    WritePart("fa", 0, 1, entry.height, out);
    out.Add("</svg>").Add(entry.text).Add("</li>\n");
  }
  out.Add("</ul>\n");
}

}  // namespace

bool HasDurationChart(const Report& report) {
  return report.options.sections.Contains(Section::kDurations) && report.columns.duration &&
         report.durations.overall.count != 0;
}

void WriteHtmlDurations(const Report& report, Pieces& out) {
  if (!HasDurationChart(report)) return;
  const std::vector<DurationBar> classes = ClassBars(report.durations);
  const std::vector<DurationBar> paths = PathBars(report.durations);
  std::vector<DurationBar> all = classes;
  all.insert(all.end(), paths.begin(), paths.end());
  const Scale scale(all);
  out.Add("<figure class=\"durations\">\n<figcaption>How long requests took <span>p50 · p99, on a logarithmic scale; ");
  out.Add("<a href=\"#durations\">table</a></span></figcaption>\n<div class=\"halves\">\n");
  out.Add("<div>\n");
  WriteBars("By class", classes, scale, false, out);
  WriteLegend(out);
  out.Add("</div>\n<div>\n");
  WriteBars("Slowest paths, by p95", paths, scale, true, out);
  out.Add("</div>\n</div>\n");
  out.Add("</figure>\n");
}

}  // namespace logstat
