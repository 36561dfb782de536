// The vector kernels over generated lines of the combined format, one row per kernel that this processor runs.
//
//   build/bench/scan_bench --benchmark_filter=IndexStructure
//
// Two sizes: 256 KiB, which stays in L2 but repeats so often that branches are guessed too well, and 64 MiB, which
// comes from memory and is the honest figure for branches. Each kernel's answer is compared with the scalar one before
// the clock runs.
//
// The lines are genlog's of the combined format with its defaults (distribution in bench/genlog_lib.h), 240 bytes on
// average, with one newline and six quotes each.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "bench/genlog_lib.h"
#include "src/scan/kernels.h"

namespace logstat {
namespace {

// The first `size_bytes` bytes of a log and kOverread readable bytes behind them; what the scalar kernel says of them.
struct Input {
  explicit Input(size_t size_bytes) {
    genlog::Options options;
    options.lines = size_bytes / 100;  // more than enough
    genlog::LogGenerator generator(options);
    while (bytes.size() < size_bytes) {
      const std::string_view block = generator.Next();
      bytes.insert(bytes.end(), block.begin(), block.end());
    }
    bytes.resize(size_bytes);
    bytes.resize(size_bytes + kOverread);
    size = size_bytes;
    newlines.resize(size + 64);
    quotes.resize(size + 64);
    counts = ScalarKernels().index_structure(bytes.data(), size, 0, '"', newlines.data(), quotes.data());
    newlines.resize(counts.newlines);
    quotes.resize(counts.marks);
  }

  std::vector<uint8_t> bytes;
  size_t size = 0;
  StructureCounts counts{};
  std::vector<uint32_t> newlines;
  std::vector<uint32_t> quotes;
};

const Input& InputOf(size_t size_bytes) {
  static const Input small(size_t{256} << 10);
  static const Input large(size_t{64} << 20);
  return size_bytes == small.size ? small : large;
}

benchmark::Counter PerItem(size_t items) {
  return benchmark::Counter(static_cast<double>(items),
                            benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void CountNewlines(benchmark::State& state, const Kernels& kernels) {
  const Input& input = InputOf(static_cast<size_t>(state.range(0)));
  if (kernels.count_newlines(input.bytes.data(), input.size) != input.counts.newlines) {
    state.SkipWithError("differs from the scalar kernel");
    return;
  }
  for (auto _ : state) benchmark::DoNotOptimize(kernels.count_newlines(input.bytes.data(), input.size));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * input.size));
}

void IndexStructure(benchmark::State& state, const Kernels& kernels) {
  const Input& input = InputOf(static_cast<size_t>(state.range(0)));
  // A worker indexes cell after cell into the same arrays: one of 256 KiB at a time here.
  const size_t cell = std::min(input.size, size_t{256} << 10);
  std::vector<uint32_t> newlines(cell + 64);
  std::vector<uint32_t> quotes(cell + 64);
  size_t newline = 0;
  size_t quote = 0;
  for (size_t at = 0; at < input.size; at += cell) {
    const StructureCounts counts = kernels.index_structure(input.bytes.data() + at, cell, static_cast<uint32_t>(at),
                                                           '"', newlines.data(), quotes.data());
    if (newline + counts.newlines > input.newlines.size() || quote + counts.marks > input.quotes.size() ||
        !std::equal(newlines.begin(), newlines.begin() + counts.newlines, input.newlines.begin() + newline) ||
        !std::equal(quotes.begin(), quotes.begin() + counts.marks, input.quotes.begin() + quote)) {
      state.SkipWithError("differs from the scalar kernel");
      return;
    }
    newline += counts.newlines;
    quote += counts.marks;
  }
  if (newline != input.newlines.size() || quote != input.quotes.size()) {
    state.SkipWithError("differs from the scalar kernel");
    return;
  }
  for (auto _ : state) {
    for (size_t at = 0; at < input.size; at += cell) {
      benchmark::DoNotOptimize(kernels.index_structure(input.bytes.data() + at, cell, static_cast<uint32_t>(at), '"',
                                                       newlines.data(), quotes.data()));
    }
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * input.size));
  state.counters["time/line"] = PerItem(input.counts.newlines);
}

// What FirstOf looks for: the client's end from the line's start, or the path's end from the path's start.
enum class Field { kClient, kPath };

void FirstOf(benchmark::State& state, const Kernels& kernels, Field field) {
  const Input& input = InputOf(static_cast<size_t>(state.range(0)));
  const size_t lines = std::min(input.newlines.size(), input.quotes.size() / 6);
  std::vector<uint32_t> from;
  std::vector<uint32_t> limit;
  for (size_t line = 0; line < lines; ++line) {
    const uint32_t start = line == 0 ? 0 : input.newlines[line - 1] + 1;
    // Six bytes behind the quote lies inside the path, whatever the method.
    from.push_back(field == Field::kClient ? start : input.quotes[6 * line] + 6);
    limit.push_back(field == Field::kClient ? input.newlines[line] : input.quotes[6 * line + 1]);
  }
  const uint8_t b = field == Field::kClient ? '\t' : '?';
  std::vector<uint32_t> found(lines);
  std::vector<uint32_t> expected(lines);
  ScalarKernels().first_of(input.bytes.data(), from.data(), limit.data(), lines, ' ', b, expected.data());
  kernels.first_of(input.bytes.data(), from.data(), limit.data(), lines, ' ', b, found.data());
  if (found != expected) {
    state.SkipWithError("differs from the scalar kernel");
    return;
  }
  for (auto _ : state) {
    kernels.first_of(input.bytes.data(), from.data(), limit.data(), lines, ' ', b, found.data());
    benchmark::ClobberMemory();
  }
  // Bytes of the lines, so that the three kernels add up; most of them are not looked at.
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * input.size));
  state.counters["time/row"] = PerItem(lines);
}

void RegisterAll() {
  for (const Kernels& kernels : AllKernels()) {
    if (!kernels.supported()) continue;
    const auto named = [&kernels](const char* what) { return fmt::format("{}/{}", what, kernels.name); };
    const auto sizes = [](benchmark::internal::Benchmark* bench) {
      bench->Arg(256 << 10)->Arg(64 << 20)->ArgName("bytes")->Unit(benchmark::kMicrosecond);
    };
    sizes(benchmark::RegisterBenchmark(named("CountNewlines").c_str(), CountNewlines, kernels));
    sizes(benchmark::RegisterBenchmark(named("IndexStructure").c_str(), IndexStructure, kernels));
    sizes(benchmark::RegisterBenchmark(named("FirstOfClientEnd").c_str(), FirstOf, kernels, Field::kClient));
    sizes(benchmark::RegisterBenchmark(named("FirstOfPathEnd").c_str(), FirstOf, kernels, Field::kPath));
  }
}

}  // namespace
}  // namespace logstat

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const logstat::Input& input = logstat::InputOf(size_t{64} << 20);
  std::printf("mean line: %.1f bytes\n", static_cast<double>(input.size) / static_cast<double>(input.counts.newlines));
  logstat::RegisterAll();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
