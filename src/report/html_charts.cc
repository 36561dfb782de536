#include "src/report/html_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/status_codes.h"
#include "src/base/ratio.h"
#include "src/report/escape.h"
#include "src/report/html_durations.h"
#include "src/report/keys.h"
#include "src/report/numbers.h"
#include "src/report/text_words.h"

namespace logstat {
namespace {

constexpr int64_t kMostColumns = 120;
constexpr size_t kMostBars = 14;
constexpr double kPlotHeight = 100;  // of the view box; a column is 1 wide
constexpr int64_t kDaySeconds = 86'400;

// From the baseline up: what is wrong stands where it can be compared.
constexpr int kStack[] = {5, 6, 7, 8, 9, 0, 4, 3, 2, 1};

// One column: the steps from `start`, added up.
struct ChartColumn {
  TimeMs start = 0;
  uint64_t count = 0;
  ClassCounts classes{};
  Outcomes outcomes;
};

struct ChartTime {
  std::vector<ChartColumn> columns;  // without a gap
  int64_t seconds = 0;               // of a column
};

ChartTime MakeColumns(const Timeline& timeline) {
  ChartTime chart;
  std::vector<const TimelinePoint*> points;
  for (const TimelinePoint& point : timeline.points) {
    if (point.time) points.push_back(&point);
  }
  if (points.empty() || timeline.interval_seconds == 0) return chart;
  const TimeMs first = *points.front()->time;
  const int64_t step = timeline.interval_seconds * 1000;
  const int64_t steps = (*points.back()->time - first) / step + 1;
  const int64_t group = (steps + kMostColumns - 1) / kMostColumns;
  chart.seconds = timeline.interval_seconds * group;
  chart.columns.resize(static_cast<size_t>((steps + group - 1) / group));
  for (size_t i = 0; i < chart.columns.size(); ++i) {
    chart.columns[i].start = first + static_cast<int64_t>(i) * group * step;
  }
  for (const TimelinePoint* point : points) {
    ChartColumn& column = chart.columns[static_cast<size_t>((*point->time - first) / step / group)];
    column.count += point->count;
    for (size_t digit = 0; digit < kClassCount; ++digit) column.classes[digit] += point->classes[digit];
    column.outcomes.server_errors += point->outcomes.server_errors;
    column.outcomes.client_errors += point->outcomes.client_errors;
    column.outcomes.aborted += point->outcomes.aborted;
  }
  return chart;
}

// A part of a column, drawn in the colour of a class.
struct Segment {
  int digit;
  double share;  // of the plot's height
};

class ChartWriter {
 public:
  ChartWriter(const ChartTime& chart, const TimeFormatter& times, Pieces& out)
      : chart_(chart), times_(times), out_(out) {}

  void WriteClasses() {
    const auto& columns = chart_.columns;
    const auto peak = std::max_element(columns.begin(), columns.end(),
                                       [](const ChartColumn& a, const ChartColumn& b) { return a.count < b.count; });
    const std::string step = FormatDuration(chart_.seconds);
    Begin("Requests by status class",
          fmt::format("in steps of {}; peak {} at {}", step, FormatCount(peak->count), Start(peak->start)));
    BeginPlot(true, FormatCount(peak->count), FormatCount(peak->count / 2), "Requests over time by status class");
    for (size_t i = 0; i < columns.size(); ++i) {
      std::vector<Segment> segments;
      for (const int digit : kStack) segments.push_back({digit, Ratio(columns[i].classes[digit], peak->count)});
      WriteColumn(i, ClassesTitle(columns[i]), segments);
    }
    EndPlot();
    out_.Add("<ul class=\"legend\">\n");
    for (const int digit : kStack) {
      uint64_t count = 0;
      for (const ChartColumn& column : columns) count += column.classes[digit];
      if (count == 0) continue;
      out_.Add(
          fmt::format("<li><svg viewBox=\"0 0 1 1\" aria-hidden=\"true\"><rect class=\"f{}\" width=\"1\" "
                      "height=\"1\"/></svg>{} {}</li>\n",
                      digit, ClassLabel(digit), QuoteForHtml(FindStatusClass(digit).name)));
    }
    out_.Add("</ul>\n</figure>\n");
  }

  void WriteRate(std::string_view title, std::string_view what, int digit, uint64_t Outcomes::*member) {
    const auto& columns = chart_.columns;
    const auto rate = [&](const ChartColumn& column) { return Ratio(column.outcomes.*member, column.count); };
    const auto peak = std::max_element(columns.begin(), columns.end(),
                                       [&](const ChartColumn& a, const ChartColumn& b) { return rate(a) < rate(b); });
    const double most = rate(*peak);
    if (most == 0) return;
    Begin(title, fmt::format("share of requests; peak {} at {}", FormatShare(most), Start(peak->start)));
    BeginPlot(false, FormatShare(most), "", fmt::format("{} over time, as share of requests", title));
    for (size_t i = 0; i < columns.size(); ++i) {
      const ChartColumn& column = columns[i];
      WriteColumn(i,
                  fmt::format("{}: {} ({} of {})", Start(column.start), CountOf(column.outcomes.*member, what),
                              FormatShare(rate(column)), CountOf(column.count, "request")),
                  {{digit, rate(column) / most}});
    }
    EndPlot();
    out_.Add("</figure>\n");
  }

 private:
  void Begin(std::string_view title, std::string_view reading) {
    out_.Add(fmt::format("<figure>\n<figcaption>{} <span>{}</span></figcaption>\n", QuoteForHtml(title),
                         QuoteForHtml(reading)));
  }

  void BeginPlot(bool tall, std::string_view top, std::string_view middle, std::string_view label) {
    out_.Add(
        fmt::format("<div class=\"plot{}\">\n<div class=\"y\" aria-hidden=\"true\"><span>{}</span>"
                    "<span>{}</span><span>0</span></div>\n",
                    tall ? " tall" : "", QuoteForHtml(top), QuoteForHtml(middle)));
    out_.Add(fmt::format("<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\">\n",
                         QuoteForHtml(label), chart_.columns.size(), kPlotHeight));
    for (const double y : {0.0, kPlotHeight / 2}) {
      out_.Add(
          fmt::format("<line class=\"grid\" x1=\"0\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/>\n", chart_.columns.size(), y, y));
    }
  }

  // What is not zero is at least a hair high.
  void WriteColumn(size_t at, std::string_view title, const std::vector<Segment>& segments) {
    constexpr double kHair = 0.5;
    constexpr double kWidth = 0.86;
    out_.Add(fmt::format("<g><title>{}</title><rect class=\"hit\" x=\"{}\" width=\"1\" height=\"{}\"/>",
                         QuoteForHtml(title), at, kPlotHeight));
    double base = kPlotHeight;
    for (const Segment& segment : segments) {
      if (!(segment.share > 0)) continue;
      const double height = std::min(std::max(segment.share * kPlotHeight, kHair), base);
      base -= height;
      out_.Add(fmt::format("<rect class=\"f{}\" x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\"/>",
                           segment.digit, static_cast<double>(at) + (1 - kWidth) / 2, base, kWidth, height));
    }
    out_.Add("</g>\n");
  }

  // Times under the plot: its begin, quarters on wide pages, and its end.
  void EndPlot() {
    out_.Add("</svg>\n<div class=\"x\" aria-hidden=\"true\">");
    const int64_t columns = static_cast<int64_t>(chart_.columns.size());
    for (int quarter = 0; quarter <= 4; ++quarter) {
      const TimeMs time = chart_.columns.front().start + columns * quarter / 4 * chart_.seconds * 1000;
      out_.Add(fmt::format("<span{}>{}</span>", quarter % 2 == 0 ? "" : " class=\"more\"", Start(time)));
    }
    out_.Add("</div>\n</div>\n");
  }

  // As short as the length of the log allows.
  std::string Start(TimeMs time) const {
    const TimeMs first = chart_.columns.front().start;
    const TimeMs last = chart_.columns.back().start;
    if (chart_.seconds % kDaySeconds == 0) return times_.DateAndTime(time).substr(0, 10);
    if (last - first >= 7 * kDaySeconds * 1000) return times_.DateAndTime(time).substr(0, 13) + "h";
    const std::string clock = chart_.seconds < 60 ? times_.Clock(time) : times_.ShortClock(time);
    return times_.SameDay(first, last) ? clock : fmt::format("{} {}", times_.ShortDate(time), clock);
  }

  std::string ClassesTitle(const ChartColumn& column) const {
    std::string title = fmt::format("{}: {}", Start(column.start), CountOf(column.count, "request"));
    for (size_t digit = 0; digit < kClassCount; ++digit) {
      if (column.classes[digit] == 0) continue;
      title += fmt::format(", {} {}", ClassLabel(static_cast<int>(digit)), FormatCount(column.classes[digit]));
    }
    return title;
  }

  const ChartTime& chart_;
  const TimeFormatter& times_;
  Pieces& out_;
};

std::vector<const CodeRow*> ErrorCodes(const Report& report) {
  std::vector<const CodeRow*> codes;
  if (!report.options.sections.Contains(Section::kCodes)) return codes;
  for (const CodeRow* row : WorstFirst(report)) {
    if (row->code == 0 || row->code >= 400) codes.push_back(row);
  }
  return codes;
}

// One bar per code that stands for an error, worst first.
void WriteCodeBars(const std::vector<const CodeRow*>& codes, Pieces& out) {
  uint64_t most = 0;
  for (const CodeRow* row : codes) most = std::max(most, row->count);
  out.Add("<figure>\n<figcaption>Errors by code <span>worst first</span></figcaption>\n<ul class=\"bars\">\n");
  for (size_t i = 0; i < std::min(codes.size(), kMostBars); ++i) {
    const CodeRow& row = *codes[i];
    const std::string label = CodeLabel(row.code);
    out.Add(
        fmt::format("<li><a href=\"#code-{0}\">{0}</a><svg viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\" "
                    "role=\"img\" aria-label=\"{1}\"><rect class=\"f{2}\" width=\"{3:.2f}\" height=\"1\"/></svg>",
                    label, CountOf(row.count, "request"), row.code / 100, std::max(0.6, 100 * Ratio(row.count, most))));
    out.Add(fmt::format("<b>{} · {}</b><small>{}</small></li>\n", FormatCount(row.count), FormatShare(row.share),
                        QuoteForHtml(CodeGloss(row.code))));
  }
  out.Add("</ul>\n");
  if (codes.size() > kMostBars) {
    out.Add(fmt::format("<p class=\"soft\">and {} below</p>\n", CountOf(codes.size() - kMostBars, "more code")));
  }
  out.Add("</figure>\n");
}

}  // namespace

void WriteHtmlCharts(const Report& report, const TimeFormatter& times, Pieces& out) {
  const bool over_time = report.options.sections.Contains(Section::kTimeline) && report.columns.time;
  const ChartTime chart = over_time ? MakeColumns(report.timeline) : ChartTime{};
  const std::vector<const CodeRow*> codes = ErrorCodes(report);
  if (chart.columns.empty() && codes.empty() && !HasDurationChart(report)) return;
  out.Add("<section aria-labelledby=\"charts\">\n<h2 id=\"charts\">At a glance</h2>\n");
  out.Add(chart.columns.empty() || codes.empty() ? "<div class=\"charts\">\n" : "<div class=\"charts both\">\n");
  if (!chart.columns.empty()) {
    out.Add("<div class=\"wide-charts\">\n");
    ChartWriter writer(chart, times, out);
    writer.WriteClasses();
    writer.WriteRate("Server errors", "server error", 5, &Outcomes::server_errors);
    writer.WriteRate("Client errors", "client error", 4, &Outcomes::client_errors);
    out.Add("</div>\n");
  }
  if (!codes.empty()) WriteCodeBars(codes, out);
  WriteHtmlDurations(report, out);
  out.Add("</div>\n</section>\n");
}

}  // namespace logstat
