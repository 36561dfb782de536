// `logstat FILE ...`: open the outputs, run, tell what went wrong, write every output, judge.

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "logstat/analyze.h"
#include "src/cli/commands.h"
#include "src/cli/inputs.h"
#include "src/cli/interrupt.h"
#include "src/cli/judge.h"
#include "src/cli/message.h"
#include "src/cli/output_files.h"
#include "src/cli/progress.h"
#include "src/cli/terminal.h"
#include "src/cli/timing.h"
#include "src/plan/plan.h"
#include "src/report/numbers.h"
#include "src/report/times.h"
#include "src/report/writer.h"
#include "src/scan/kernels.h"

namespace logstat {
namespace {

// A file, a pipe and a mail get lines of any length in full; only a terminal has an edge.
WriterSettings SettingsFor(const OutputRequest& request, const CliOptions& options) {
  WriterSettings settings;
  settings.columns = 0;
  settings.rule_ids = options.full;
  if (!request.path.empty()) return settings;
  settings.colour = UseColor(options.color, STDOUT_FILENO);
  if (IsTerminal(STDOUT_FILENO)) {
    TerminalSize size = SizeOf(STDOUT_FILENO);
    settings.columns = size.columns;
    settings.rows = size.rows;
    settings.one_screen = !options.full;
  }
  return settings;
}

Report AnalyzeWithProgress(const CliOptions& options, RunControl& control) {
  ProgressLine line(STDERR_FILENO);
  if (!options.quiet && UseProgress(options.progress, STDERR_FILENO)) {
    control.progress = [&line](const Progress& progress) { line.Update(progress); };
  }
  Report report = Analyze(options.analysis, control);
  line.Erase();
  return report;
}

// -v: what was read, and how.
void Describe(const Report& report, const RunControl& control, const Times& times) {
  for (const InputReport& input : report.inputs) {
    if (input.state != InputState::kRead && input.state != InputState::kPartial) continue;
    const std::string name = input.path == "-" ? "standard input" : input.path;
    const std::string next = input.runner_up.empty() ? ""
                                                     : fmt::format("; next: {} ({} of the sampled lines)",
                                                                   input.runner_up, FormatShare(input.runner_up_share));
    PrintNote(fmt::format("{}: {} (reads {} of {}){}, {}", name, input.format.empty() ? "unknown format" : input.format,
                          FormatShare(input.confidence), CountOf(input.lines, "line"), next, FormatSize(input.bytes)));
    if (!input.near_miss.empty()) PrintNote(fmt::format("{}: {}", name, input.near_miss));
  }
  PrintNote(fmt::format("{}, {} in {:.3f} s; {}, kernel {}, {}", CountOf(report.totals.lines, "line"),
                        FormatSize(report.totals.bytes_read), times.wall_seconds,
                        CountOf(control.threads_used, "thread"), control.kernel_used,
                        control.mapped_used ? "mapped" : "streamed"));
}

// Of a filter that no line passes it is mostly the range that is wrong, and this says how.
void TellOfEmptyResult(const Report& report) {
  if (report.totals.counted > 0 || report.totals.filtered == 0) return;
  const std::optional<TimeMs> newest = report.totals.newest_time;
  const std::string when =
      newest ? "; the newest line is of " + TimeFormatter(report.options.time_zone).Rfc3339(*newest) : "";
  PrintWarning(fmt::format("none of {} passed the filter{}", CountOf(report.totals.filtered, "line"), when));
}

ExitCode TellProblems(const Report& report, const CliOptions& options, bool interrupted) {
  Judgement judgement = JudgeReport(report, options.max_rejects_percent);
  if (!options.quiet) {
    for (const std::string& warning : report.warnings) PrintWarning(warning);
    for (const std::string& warning : judgement.warnings) PrintWarning(warning);
    TellOfEmptyResult(report);
  }
  for (const std::string& error : judgement.errors) PrintError(error);
  if (interrupted && !report.complete) PrintError("interrupted; the report holds what was read until then");
  return judgement.code;
}

bool AnyFindingFrom(const Report& report, Severity least) {
  const auto& counts = report.findings.by_severity;
  return std::any_of(counts.begin() + static_cast<size_t>(least), counts.end(),
                     [](uint64_t count) { return count != 0; });
}

ExitCode WriteOutputs(const Report& report, const CliOptions& options, std::vector<OutputFiles>& outputs) {
  ExitCode code = ExitCode::kDone;
  const bool is_quiet = options.quiet_if_clean && !AnyFindingFrom(report, options.fail_on.value_or(Severity::kMedium));
  for (size_t i = 0; i < outputs.size(); ++i) {
    if (is_quiet && options.outputs[i].path.empty()) continue;
    Status status = outputs[i].Write(report, SettingsFor(options.outputs[i], options));
    if (status.ok()) continue;
    PrintError(Message(status));
    code = ExitCode::kOutputProblem;
  }
  return code;
}

}  // namespace

Status CheckAnalysis(const Options& options) {
  // Not CheckOptions: a status may say where in a format string it is.
  if (const StatusOr<Plan> plan = MakePlan(options); !plan.ok()) return plan.status();
  const char* kernel = std::getenv("LOGSTAT_KERNEL");
  if (kernel == nullptr || *kernel == '\0' || FindKernels(kernel) != nullptr) return OkStatus();
  std::string names;
  for (const Kernels& known : AllKernels()) {
    if (known.supported()) names.append(names.empty() ? "" : ", ").append(known.name);
  }
  return UsageError(fmt::format("LOGSTAT_KERNEL: no kernel '{}' runs on this machine; these do: {}", kernel, names));
}

ExitCode RunAnalyze(CliOptions options) {
  Stopwatch watch;
  Status status = CheckAnalysis(options.analysis);
  status.Update(ResolveInputs(options.operands, options.analysis.inputs));
  status.Update(CheckOutputsAreNotInputs(options));
  if (!status.ok()) return RefuseUsage(status);
  StatusOr<std::vector<OutputFiles>> outputs = OpenOutputs(options.outputs, options.analysis.sections);
  if (!outputs.ok()) {
    if (IsUsageError(outputs.status())) return RefuseUsage(outputs.status());
    PrintError(Message(outputs.status()));
    return ExitCode::kOutputProblem;
  }

  InterruptWatch interrupt;
  RunControl control;
  control.stop = interrupt.token();
  Report report = AnalyzeWithProgress(options, control);
  if (!control.usage_error.empty()) return RefuseUsage(UsageError(control.usage_error));

  // Messages first: on a terminal the report, which fills the screen, stays in view.
  ExitCode code = TellProblems(report, options, interrupt.token().stop_requested());
  if (options.verbose) Describe(report, control, watch.Elapsed());
  code = Worse(code, WriteOutputs(report, options, *outputs));
  if (options.fail_on && AnyFindingFrom(report, *options.fail_on)) code = Worse(code, ExitCode::kFinding);
  if (options.timing_path) {
    Status printed = PrintTiming(watch.Elapsed(), report.totals, control, *options.timing_path);
    if (!printed.ok()) {
      PrintError(Message(printed));
      code = Worse(code, ExitCode::kOutputProblem);
    }
  }
  return code;
}

}  // namespace logstat
