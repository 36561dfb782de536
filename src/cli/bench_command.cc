// `logstat bench FILE`: the speed of this machine on this log. Every combination of a number of threads and a vector
// target first has to give the same JSON report, to the byte, as the scalar kernel on one thread; only then its clock
// counts. A bare newline count over the same blocks stands beside them: nothing that looks at every byte is faster.

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/analyze.h"
#include "src/cli/commands.h"
#include "src/cli/interrupt.h"
#include "src/cli/judge.h"
#include "src/cli/message.h"
#include "src/cli/output.h"
#include "src/input/source.h"
#include "src/plan/resources.h"
#include "src/report/numbers.h"
#include "src/report/writer.h"
#include "src/scan/kernels.h"

namespace logstat {
namespace {

struct Combination {
  unsigned threads;
  std::string_view kernel;
};

// What stands in one line of the table.
struct Sample {
  double median_seconds = 0;
  double least_seconds = 0;
  double most_seconds = 0;
};

// 1, 2, 4 ... and all.
std::vector<unsigned> ThreadCounts() {
  unsigned all = AllowedThreads();
  std::vector<unsigned> counts;
  for (unsigned threads = 1; threads < all; threads *= 2) counts.push_back(threads);
  counts.push_back(all);
  return counts;
}

std::vector<Combination> AllCombinations() {
  std::vector<Combination> combinations;
  for (unsigned threads : ThreadCounts()) {
    for (const Kernels& kernels : AllKernels()) {
      if (kernels.supported()) combinations.push_back(Combination{threads, kernels.name});
    }
  }
  return combinations;
}

Sample Measure(unsigned runs, const std::function<void()>& work) {
  std::vector<double> seconds;
  for (unsigned run = 0; run < runs; ++run) {
    auto start = std::chrono::steady_clock::now();
    work();
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(seconds.begin(), seconds.end());
  size_t middle = seconds.size() / 2;
  double median = seconds.size() % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
  return Sample{median, seconds.front(), seconds.back()};
}

StatusOr<uint64_t> CountNewlines(const std::string& path) {
  StatusOr<std::unique_ptr<Source>> source = OpenSource(path, SourceSettings{});
  if (!source.ok()) return source.status();
  uint64_t newlines = 0;
  while (true) {
    StatusOr<std::optional<Block>> block = (*source)->Next();
    if (!block.ok()) return block.status();
    if (!block->has_value()) return newlines;
    newlines += BestKernels().count_newlines((*block)->bytes, (*block)->cell_bytes);
  }
}

Status CheckFile(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return ErrnoStatus(errno, fmt::format("{}: cannot open", path));
  if (S_ISREG(info.st_mode) && info.st_size > 0) return OkStatus();
  return EnvironmentError(
      fmt::format("{}: bench reads the log many times and needs a regular file that is not empty", path));
}

class Bench {
 public:
  Bench(const CliOptions& options, Output& output) : options_(options), output_(output) {}

  ExitCode Run() {
    reference_ = AnswerOf(Combination{1, ScalarKernels().name});
    Judgement judgement = JudgeReport(report_, 100);
    for (const std::string& error : judgement.errors) PrintError(error);
    if (judgement.code != ExitCode::kDone) return judgement.code;
    std::vector<Combination> right = CheckAnswers();
    if (Stopped()) return ExitCode::kInputProblem;
    ExitCode code = right.size() == AllCombinations().size() ? ExitCode::kDone : ExitCode::kFinding;
    return Worse(code, PrintTable(right));
  }

 private:
  bool Stopped() const { return interrupt_.token().stop_requested(); }

  void Analyse(const Combination& combination) {
    Options analysis = options_.analysis;
    analysis.inputs = {options_.operands[0]};
    analysis.threads = combination.threads;
    analysis.tuning.kernel = combination.kernel;
    RunControl control;
    control.stop = interrupt_.token();
    report_ = Analyze(analysis, control);
  }

  std::string AnswerOf(const Combination& combination) {
    Analyse(combination);
    return Render(report_, OutputKind::kJson, WriterSettings{});
  }

  // The combinations whose answer is right.
  std::vector<Combination> CheckAnswers() {
    std::vector<Combination> right;
    for (const Combination& combination : AllCombinations()) {
      if (Stopped()) break;
      if (AnswerOf(combination) == reference_) {
        right.push_back(combination);
      } else if (!Stopped()) {
        PrintError(
            fmt::format("{}: the answer with {} threads and kernel {} differs from the scalar one on one thread; "
                        "please report this",
                        options_.operands[0], combination.threads, combination.kernel));
      }
    }
    return right;
  }

  ExitCode PrintTable(const std::vector<Combination>& combinations) {
    const Totals& totals = report_.totals;
    output_.Write(fmt::format("{}, {}; {} each, {} equal to the scalar one on one thread\n\n",
                              CountOf(totals.lines, "line"), FormatSize(totals.bytes_read),
                              CountOf(options_.bench_runs, "run"), CountOf(combinations.size(), "answer")));
    output_.Write(fmt::format("{:>7}  {:<13} {:>12} {:>22} {:>11} {:>15} {:>9}\n", "threads", "kernel", "median",
                              "least - most", "bytes", "lines", "newlines"));
    StatusOr<uint64_t> newlines = CountNewlines(options_.operands[0]);
    if (!newlines.ok()) {
      PrintError(fmt::format("{}: {}", options_.operands[0], Message(newlines.status())));
      return ExitCode::kInputProblem;
    }
    Sample bare = Measure(options_.bench_runs, [&] { (void)CountNewlines(options_.operands[0]).ok(); });
    PrintRow("1", "newline count", bare, bare);
    for (const Combination& combination : combinations) {
      Sample sample = Measure(options_.bench_runs, [&] { Analyse(combination); });
      if (Stopped()) return ExitCode::kInputProblem;
      PrintRow(fmt::format("{}", combination.threads), combination.kernel, sample, bare);
    }
    return ExitCode::kDone;
  }

  void PrintRow(std::string_view threads, std::string_view name, const Sample& sample, const Sample& bare) {
    const Totals& totals = report_.totals;
    auto rate = [&](uint64_t amount) {
      return sample.median_seconds > 0 ? static_cast<double>(amount) / sample.median_seconds : 0.0;
    };
    double ratio = bare.median_seconds > 0 ? sample.median_seconds / bare.median_seconds : 0.0;
    output_.Write(fmt::format("{:>7}  {:<13} {:>9.3f} ms {:>19} ms {:>9}/s {:>13}/s {:>7.2f} x\n", threads, name,
                              sample.median_seconds * 1e3,
                              fmt::format("{:.3f} - {:.3f}", sample.least_seconds * 1e3, sample.most_seconds * 1e3),
                              FormatSize(static_cast<uint64_t>(rate(totals.bytes_read))),
                              FormatCount(static_cast<uint64_t>(rate(totals.lines))), ratio));
  }

  const CliOptions& options_;
  Output& output_;
  InterruptWatch interrupt_;
  Report report_;          // of the last run
  std::string reference_;  // the scalar one on one thread, as JSON
};

}  // namespace

ExitCode RunBench(CliOptions options) {
  if (Status status = CheckAnalysis(options.analysis); !status.ok()) return RefuseUsage(status);
  if (Status status = CheckFile(options.operands[0]); !status.ok()) {
    PrintError(Message(status));
    return ExitCode::kInputProblem;
  }
  StatusOr<Output> output = Output::Open("");
  if (!output.ok()) return RefuseUsage(output.status());
  ExitCode code = Bench(options, *output).Run();
  Status written = output->Finish();
  if (written.ok()) return code;
  PrintError(Message(written));
  return Worse(code, ExitCode::kOutputProblem);
}

}  // namespace logstat
