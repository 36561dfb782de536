// The subcommands that only look things up: explain, formats, detect.

#include <fmt/format.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "logstat/analyze.h"
#include "src/cli/commands.h"
#include "src/cli/explain_rule.h"
#include "src/cli/message.h"
#include "src/cli/output.h"
#include "src/cli/terminal.h"
#include "src/plan/expand.h"
#include "src/report/escape.h"
#include "src/report/explain.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

std::string DescribeFormat(const FormatInfo& format) {
  return fmt::format("  format   {}\n  example  {}\n", EscapeForTerminal(format.definition),
                     EscapeForTerminal(format.example));
}

std::string VerdictLine(const FormatVerdict& verdict) {
  std::string path = EscapeForTerminal(verdict.path == "-" ? "standard input" : verdict.path);
  std::string lines = CountOf(verdict.sampled_lines, "sampled line");
  if (verdict.sampled_lines == 0) return fmt::format("{}: no lines, no verdict\n", path);
  std::string second = verdict.runner_up.empty()
                           ? ""
                           : fmt::format("; next: {} ({})", verdict.runner_up, FormatShare(verdict.runner_up_share));
  if (verdict.sample_is_cut) second += "; the lines behind them were not read";
  if (!verdict.near_miss.empty()) second += "\n  " + EscapeForTerminal(verdict.near_miss);
  if (verdict.format.empty()) return fmt::format("{}: unknown, no format fits half of {}{}\n", path, lines, second);
  std::string format = verdict.format;
  for (auto wrapper = verdict.wrappers.rbegin(); wrapper != verdict.wrappers.rend(); ++wrapper) {
    format += " in " + *wrapper;
  }
  return fmt::format("{}: {} ({} of {}){}\n", path, format, FormatShare(verdict.share), lines, second);
}

}  // namespace

ExitCode PrintResult(std::string_view text, ExitCode code) {
  Status status = WriteToStandardOutput(text);
  if (status.ok()) return code;
  PrintError(Message(status));
  return Worse(code, ExitCode::kOutputProblem);
}

ExitCode RefuseUsage(const Status& status) {
  PrintError(Message(status));
  if (const std::optional<MarkedText> mark = MarkOf(status)) PrintMark(mark->text, mark->at);
  return ExitCode::kUsage;
}

ExitCode RunExplain(const CliOptions& options) {
  size_t width = IsTerminal(STDOUT_FILENO) ? SizeOf(STDOUT_FILENO).columns : 0;
  std::string text;
  for (const std::string& operand : options.operands) {
    ExplainTopic topic;
    if (const std::string rule = ExplainRule(operand, width); !rule.empty()) {
      text.append(text.empty() ? "" : "\n").append(rule);
      continue;
    }
    if (!ParseExplainTopic(operand, &topic)) {
      return RefuseUsage(UsageError(fmt::format(
          "explain: '{}' is no status code, no class and no finding; write three digits as in 404, 0, 4xx, the id of a "
          "finding as in 414-flood, or findings for a list of them",
          operand)));
    }
    text.append(text.empty() ? "" : "\n").append(Explain(topic, width));
  }
  return PrintResult(text, ExitCode::kDone);
}

ExitCode RunFormats(const CliOptions& options) {
  std::string text, names;
  std::string_view heading;  // a format with two spellings has two rows, one after the other
  for (const FormatInfo& format : KnownFormats()) {
    const bool is_new = format.name != std::exchange(heading, format.name);
    if (is_new) names.append(names.empty() ? "" : ", ").append(format.name);
    if (!options.operands.empty() && format.name != options.operands[0]) continue;
    if (is_new) text.append(text.empty() ? "" : "\n").append(format.name).append("\n");
    text.append(DescribeFormat(format));
  }
  if (text.empty()) {
    return RefuseUsage(
        UsageError(fmt::format("formats: there is no format '{}'; known: {}", options.operands[0], names)));
  }
  return PrintResult(text, ExitCode::kDone);
}

ExitCode RunDetect(const CliOptions& options) {
  ExitCode code = ExitCode::kDone;
  std::string text;
  for (const PlannedInput& input : ExpandInputs(options.operands).inputs) {
    FormatVerdict verdict;
    if (input.error.empty()) verdict = DetectFormat(input.path);
    const std::string& error = input.error.empty() ? verdict.error : input.error;
    if (!error.empty()) {
      PrintError(fmt::format("{}: {}", input.path == "-" ? "standard input" : input.path, error));
      code = ExitCode::kInputProblem;
      continue;
    }
    text += VerdictLine(verdict);
    // As in a full run: a log of which no line can be read is a problem, an empty one is not.
    if (verdict.format.empty() && verdict.sampled_lines > 0 && !input.from_directory) code = ExitCode::kInputProblem;
  }
  return PrintResult(text, code);
}

}  // namespace logstat
