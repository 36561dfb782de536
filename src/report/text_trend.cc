#include "src/report/text_trend.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "src/report/escape.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kWordyFrom = 110;  // columns from which there is room for the units

// The start of a step as short as its length and the span of the report allow: "13:30", "11-21 13:30", "11-21".
std::string StepStart(const TextContext& context, TimeMs time) {
  const Timeline& timeline = context.report.timeline;
  const TimeFormatter& times = context.times;
  if (timeline.interval_seconds >= 24 * 3600) return times.DateAndTime(time).substr(0, 10);
  const std::string clock = timeline.interval_seconds < 60 ? times.Clock(time) : times.ShortClock(time);
  const bool one_day = times.SameDay(*timeline.points.front().time, *context.report.totals.last_time);
  return one_day ? clock : fmt::format("{} {}", times.ShortDate(time), clock);
}

struct Series {
  std::vector<uint64_t> values;
  size_t peak = 0;  // index of the first largest value
  size_t last = 0;  // index of the last value above zero
  bool any = false;
};

template <typename ValueOf>
Series MakeSeries(const std::vector<TimelinePoint>& points, ValueOf value_of) {
  Series series;
  for (const TimelinePoint& point : points) {
    if (!point.time) continue;
    const uint64_t value = value_of(point);
    if (series.values.empty() || value > series.values[series.peak]) series.peak = series.values.size();
    if (value != 0) {
      series.last = series.values.size();
      series.any = true;
    }
    series.values.push_back(value);
  }
  return series;
}

// "peak 512 at 13:30, none since 14:30".
std::string ErrorsText(const TextContext& context, const Series& errors) {
  const Timeline& timeline = context.report.timeline;
  const bool wide = context.look.Width() >= kWordyFrom;
  std::string text =
      fmt::format("peak {} at {}",
                  wide ? CountOf(errors.values[errors.peak], "server error") : FormatCount(errors.values[errors.peak]),
                  StepStart(context, *timeline.points[errors.peak].time));
  if (errors.last + 1 == errors.values.size()) return text + ", still at the end";
  const TimeMs end = *timeline.points[errors.last].time + timeline.interval_seconds * 1000;
  return text + fmt::format(", none since {}", StepStart(context, end));
}

}  // namespace

std::vector<Line> TrendLines(const TextContext& context) {
  const Report& report = context.report;
  const Timeline& timeline = report.timeline;
  std::vector<Line> lines;
  if (!context.Asked(Section::kTimeline) || timeline.interval_seconds == 0 || !report.totals.last_time) return lines;
  const Series requests = MakeSeries(timeline.points, [](const TimelinePoint& point) { return point.count; });
  const Series errors =
      MakeSeries(timeline.points, [](const TimelinePoint& point) { return point.outcomes.server_errors; });
  if (!requests.any) return lines;

  const bool wide = context.look.Width() >= kWordyFrom;
  const std::string requests_text = fmt::format(
      "peak {} in {} at {}",
      wide ? CountOf(requests.values[requests.peak], "request") : FormatCount(requests.values[requests.peak]),
      FormatDuration(timeline.interval_seconds), StepStart(context, *timeline.points[requests.peak].time));
  const std::string errors_text = errors.any ? ErrorsText(context, errors) : "";
  const size_t words = kMargin + kGap + std::max(CellCount(requests_text), CellCount(errors_text));
  const size_t width = context.look.Width();
  const size_t cells = width > words + 8 ? width - words : 8;

  lines.push_back(LabelledLine(context, "traffic"));
  lines.back().Add(Sparkline(requests.values, cells));
  const size_t text_at = lines.back().cells() + kGap;
  lines.back().PadTo(text_at).Add(requests_text);
  if (errors.any) {
    lines.push_back(LabelledLine(context, "5xx"));
    lines.back().Add(Sparkline(errors.values, cells), Style::kServerError).PadTo(text_at).Add(errors_text);
  }
  return lines;
}

}  // namespace logstat
