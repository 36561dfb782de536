// The whole library call over a generated file: from opening it to the report.
//
//   build/bench/analyze_bench
//
// One row per set of sections and number of threads, and the bare newline count over the same mapping (N), to which
// the others are compared. The file is written once to a temporary directory, 96 MiB with genlog's defaults
// (distribution in bench/genlog_lib.h), and is warm. The answer is checked against the generator's counts first.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
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

BENCHMARK(Newlines)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, codes, SectionSet{Section::kCodes})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, timeline, SectionSet{Section::kTimeline})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, clients, SectionSet{Section::kClients})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, paths, SectionSet{Section::kPaths})->Arg(1)->Arg(2)->UseRealTime();
BENCHMARK_CAPTURE(AnalyzeSections, all, SectionSet::All())->Arg(1)->Arg(2)->UseRealTime();

}  // namespace
}  // namespace logstat

BENCHMARK_MAIN();
