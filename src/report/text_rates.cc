#include "src/report/text_rates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "src/base/ratio.h"
#include "src/report/escape.h"
#include "src/report/facts.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

std::string WithShare(uint64_t count, std::string_view what, uint64_t of) {
  return fmt::format("{} {} ({})", FormatCount(count), what, FormatShare(Ratio(count, of)));
}

// The rates recently and before where that is news. Where there is a line of the rates, it says so.
struct RecentErrors {
  std::string recent;  // "50.0 %"; empty: no news
  std::string before;
};
RecentErrors NewsOfErrors(const Report& report, HeadForm form) {
  const Summary& summary = report.summary;
  if (form == HeadForm::kFull || !summary.recent_error_rate || !summary.error_rate_before) return {};
  RecentErrors news{FormatShare(*summary.recent_error_rate), FormatShare(*summary.error_rate_before)};
  return news.recent == news.before ? RecentErrors{} : news;
}

// Server errors, client errors, aborted: from the longest wording to that which has counts only.
using ErrorWords = std::array<std::string, 3>;
std::vector<ErrorWords> WordsOfErrors(const Outcomes& sum, uint64_t counted, const RecentErrors& news) {
  const std::string server = WithShare(sum.server_errors, "server", counted);
  const std::string client = WithShare(sum.client_errors, "client", counted);
  const std::string aborted = WithShare(sum.aborted, "aborted", counted);
  const std::string few_client = fmt::format("{} client", FormatCount(sum.client_errors));
  const std::string few_aborted = fmt::format("{} aborted", FormatCount(sum.aborted));
  std::vector<ErrorWords> words;
  if (!news.recent.empty()) {
    const std::string shorter = fmt::format("{}, recently {})", server.substr(0, server.size() - 1), news.recent);
    words.push_back({fmt::format("{}, recently {} (before {})", server, news.recent, news.before), client, aborted});
    words.push_back({shorter, client, aborted});
    words.push_back({shorter, few_client, few_aborted});
  }
  words.push_back({server, client, aborted});
  words.push_back({fmt::format("{} server", FormatCount(sum.server_errors)), few_client, few_aborted});
  return words;
}

}  // namespace

void AddRates(const TextContext& context, std::vector<Line>& lines) {
  if (!context.report.totals.last_time) return;
  const Summary& summary = context.report.summary;
  const std::string peak = FormatRate(summary.peak_minute_requests_per_second);
  const std::string last = FormatRate(summary.last_5_minutes_requests_per_second);
  std::string errors;
  if (summary.recent_error_rate) errors = fmt::format("{} recently", FormatShare(*summary.recent_error_rate));
  if (summary.recent_error_rate && summary.error_rate_before) {
    errors += fmt::format(", {} before", FormatShare(*summary.error_rate_before));
  }
  const auto add_errors = [&](std::string_view words) {
    return errors.empty() ? "" : fmt::format("{}{}", words, errors);
  };
  lines.push_back(LabelledLine(context, "rates"));
  lines.back().Add(
      FirstThatFits(context.look, {fmt::format("{} requests/s in the peak minute, {} in the last 5 minutes{}", peak,
                                               last, add_errors("; server errors: ")),
                                   fmt::format("peak {}/s, last 5 min {}/s{}", peak, last, add_errors("; errors "))}));
}

void AddErrors(const TextContext& context, HeadForm form, std::vector<Line>& lines) {
  const Report& report = context.report;
  const uint64_t counted = report.totals.counted;
  if (counted == 0) return;
  const RecentErrors news = NewsOfErrors(report, form);
  lines.push_back(LabelledLine(context, "errors"));
  if (report.codes.empty()) {
    const std::string all = fmt::format("{} of the requests are server errors", FormatShare(report.summary.error_rate));
    const std::string recently = fmt::format("{}, recently {} (before {})", all, news.recent, news.before);
    lines.back().Add(news.recent.empty() ? all : FirstThatFits(context.look, {recently, all}));
    return;
  }
  const Outcomes sum = SumOutcomes(report.codes);
  const std::vector<ErrorWords> wordings = WordsOfErrors(sum, counted, news);
  const auto fits = [&](const ErrorWords& words) {
    return kMargin + CellCount(words[0]) + CellCount(words[1]) + CellCount(words[2]) + 4 <= context.look.Width();
  };
  const ErrorWords& words = *std::find_if(wordings.begin(), wordings.end() - 1, fits);
  lines.back().Add(words[0], sum.server_errors != 0 ? Style::kServerError : Style::kPlain).Add("  ");
  lines.back().Add(words[1], sum.client_errors != 0 ? Style::kClientError : Style::kPlain).Add("  ");
  lines.back().Add(words[2], sum.aborted != 0 ? Style::kClientError : Style::kPlain);
}

}  // namespace logstat
