#include "src/cli/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "src/report/numbers.h"

namespace logstat {
namespace {

std::string NameOf(const std::string& path) { return path == "-" ? "standard input" : path; }

// `logstat -j 2 explain 404` reads files of these names; the reader of the message meant something else.
bool IsSubcommand(std::string_view path) {
  static constexpr std::array<std::string_view, 4> kNames = {"explain", "formats", "detect", "bench"};
  return std::find(kNames.begin(), kNames.end(), path) != kNames.end();
}

std::string ErrorLine(const ReportError& error) {
  if (error.path.empty()) return error.message;
  std::string line = NameOf(error.path) + ": " + error.message;
  if (IsSubcommand(error.path)) line += "; a subcommand must be the first argument";
  return line;
}

// The first sample of `path`, so that the reader sees what was there instead of a log line.
std::string FirstReject(const Report& report, const std::string& path) {
  const LineSample* first = nullptr;
  std::string_view reason;
  for (const RejectRow& row : report.rejects) {
    for (const LineSample& sample : row.samples) {
      if (sample.path != path || (first != nullptr && first->line <= sample.line)) continue;
      first = &sample;
      reason = row.reason;
    }
  }
  if (first == nullptr) return "";
  return fmt::format(" (line {}: {})", first->line, reason);
}

// An input of blank lines and comments has confidence 0 too, and nothing is wrong with it.
bool NothingCounted(const InputReport& input) {
  bool was_read = input.state == InputState::kRead || input.state == InputState::kPartial;
  return was_read && input.rejected > 0 && input.confidence == 0;
}

bool AllSetAside(const std::vector<InputReport>& inputs) {
  return !inputs.empty() && std::all_of(inputs.begin(), inputs.end(), [](const InputReport& input) {
    return input.state == InputState::kNotAccessLog;
  });
}

std::string NotALogLine(const Report& report, const InputReport& input) {
  if (report.options.format != "auto") {
    return fmt::format("{}: no line fits the format that was given{}; `logstat detect` says which one would",
                       NameOf(input.path), FirstReject(report, input.path));
  }
  return fmt::format(
      "{}: no line looks like a line of an access log{}; if it is an error log, name the access log; if it is one of a "
      "format of your own, give that with -f (`logstat formats` lists the known ones)",
      NameOf(input.path), FirstReject(report, input.path));
}

}  // namespace

Judgement JudgeReport(const Report& report, double max_rejects_percent) {
  Judgement judgement;
  for (const ReportError& error : report.errors) judgement.errors.push_back(ErrorLine(error));

  const Totals& totals = report.totals;
  bool none_counted = totals.rejected > 0 && totals.counted + totals.filtered == 0;
  for (const InputReport& input : report.inputs) {
    if (!NothingCounted(input)) continue;
    (none_counted ? judgement.errors : judgement.warnings).push_back(NotALogLine(report, input));
  }

  if (AllSetAside(report.inputs)) {
    judgement.warnings.push_back(
        "no file of the directory is an access log; `logstat detect` says what it finds, and a file that is named "
        "itself "
        "is read in any case");
  }

  uint64_t judged = totals.lines - totals.ignored;
  double rejected_percent =
      judged == 0 ? 0 : 100.0 * static_cast<double>(totals.rejected) / static_cast<double>(judged);
  if (!none_counted && rejected_percent > max_rejects_percent) {
    judgement.errors.push_back(
        fmt::format("{} of {} rejected ({}), more than --max-rejects {} allows; `--sections rejects` shows samples",
                    FormatCount(totals.rejected), CountOf(judged, "line"), FormatShare(rejected_percent / 100),
                    max_rejects_percent));
  }
  bool failed = none_counted || !report.complete || !judgement.errors.empty();
  judgement.code = failed ? ExitCode::kInputProblem : ExitCode::kDone;
  return judgement;
}

}  // namespace logstat
