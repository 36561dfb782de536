// The whole library call over a generated file: from opening it to the report.
//
//   build/bench/analyze_bench
//
// One row per set of sections and number of threads, one per filter over all sections, and the bare newline count over
// the same mapping (N), to which the others are compared. The file is written once to a temporary directory, 96 MiB
// with genlog's defaults (distribution in bench/genlog_lib.h), and is warm. The answer is checked against the
// generator's counts first.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "bench/genlog_lib.h"
#include "logstat/analyze.h"
#include "src/input/source.h"
#include "src/scan/kernels.h"

namespace logstat {
namespace {

class LogFile {
 public:
  LogFile() {
    std::string name = (std::filesystem::temp_directory_path() / "logstat-bench-XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    if (descriptor >= 0) close(descriptor);
    path_ = name;
    genlog::Options options;
    options.lines = 420000;
    genlog::LogGenerator generator(options);
    std::ofstream out(path_, std::ios::binary);
    for (std::string_view block = generator.Next(); !block.empty(); block = generator.Next()) {
      out.write(block.data(), static_cast<std::streamsize>(block.size()));
    }
    stats_ = generator.stats();
  }
  ~LogFile() { std::filesystem::remove(path_); }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  const std::string& path() const { return path_; }
  const genlog::Stats& stats() const { return stats_; }

 private:
  std::string path_;
  genlog::Stats stats_;
};

const LogFile& TheFile() {
  static const LogFile file;
  return file;
}

void SetRates(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * TheFile().stats().bytes));
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * TheFile().stats().lines));
}

void Newlines(benchmark::State& state) {
  const LogFile& file = TheFile();
  for (auto _ : state) {
    const StatusOr<std::unique_ptr<Source>> source = OpenSource(file.path(), SourceSettings{});
    uint64_t lines = 0;
    while (true) {
      const StatusOr<std::optional<Block>> block = (*source)->Next();
      if (!block.ok() || !block->has_value()) break;
      lines += BestKernels().count_newlines((*block)->bytes, (*block)->cell_bytes);
    }
    if (lines != file.stats().lines) {
      state.SkipWithError("wrong number of lines");
      return;
    }
  }
  SetRates(state);
}

bool IsRight(const Report& report) {
  std::array<uint64_t, 1000> codes{};
  for (const CodeRow& row : report.codes) codes[static_cast<size_t>(row.code)] = row.count;
  return codes == TheFile().stats().codes && report.totals.lines == TheFile().stats().lines;
}

void AnalyzeSections(benchmark::State& state, SectionSet sections) {
  Options options;
  options.inputs = {TheFile().path()};
  options.sections = sections;
  options.threads = static_cast<unsigned>(state.range(0));
  RunControl control;
  if (!IsRight(Analyze(options, control))) {
    state.SkipWithError("codes differ from what the generator wrote");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(Analyze(options, control));
  SetRates(state);
}

// A part of the lines: the first minute of the log's 140, server errors, paths and clients of some.
struct FilterCase {
  std::optional<TimeMs> until;
  const char* where;
};

void AnalyzeFiltered(benchmark::State& state, FilterCase filter) {
  Options options;
  options.inputs = {TheFile().path()};
  options.until = filter.until;
  options.where = filter.where;
  options.threads = static_cast<unsigned>(state.range(0));
  RunControl control;
  const Report report = Analyze(options, control);
  uint64_t server_errors = 0;
  for (int code = 500; code < 700; ++code) server_errors += TheFile().stats().codes[static_cast<size_t>(code)];
  const bool adds_up = report.totals.counted + report.totals.filtered == TheFile().stats().counted;
  const bool is_errors = std::string_view(filter.where) == "status >= 500";
  if (!adds_up || report.totals.counted == 0 || (is_errors && report.totals.counted != server_errors)) {
    state.SkipWithError("lines do not add up to what the generator wrote");
    return;
  }
  state.counters["passing"] =
      static_cast<double>(report.totals.counted) / static_cast<double>(TheFile().stats().counted);
  for (auto _ : state) benchmark::DoNotOptimize(Analyze(options, control));
  SetRates(state);
}

constexpr TimeMs kAMinuteIn = 1'795'305'660'000;  // 2026-11-22T00:01:00Z

BENCHMARK(Newlines)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, codes, SectionSet{Section::kCodes})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, timeline, SectionSet{Section::kTimeline})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, clients, SectionSet{Section::kClients})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, paths, SectionSet{Section::kPaths})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, all, SectionSet::All())->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeFiltered, until, FilterCase{kAMinuteIn, ""})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeFiltered, status, FilterCase{{}, "status >= 500"})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeFiltered, status_and_pattern, FilterCase{{}, "status >= 500 and target =~ '^/[a-m]'"})
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeFiltered, pattern, FilterCase{{}, "target =~ 'oak.*lamp'"})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeFiltered, block, FilterCase{{}, "client in 198.0.0.0/8"})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeFiltered, nearly_all, FilterCase{{}, "bytes >= 0 and status != 500"})
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime();

}  // namespace
}  // namespace logstat

BENCHMARK_MAIN();
