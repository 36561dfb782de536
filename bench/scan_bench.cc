// The vector kernels over generated lines of the combined format, one row per kernel that this processor runs.
//
//   build/bench/scan_bench --benchmark_filter=IndexStructure
//
// Two sizes: 256 KiB, which stays in L2 but repeats so often that branches are guessed too well, and 64 MiB, which
// comes from memory and is the honest figure for branches. Each kernel's answer is compared with the scalar one before
// the clock runs.
//
// The lines (seed 1): client IPv4, four octets uniform; user `-`; the time fixed; method GET 86 %, POST 10 %, HEAD 4 %;
// path of 1 to 6 segments of 3 to 12 letters, a third of them with a query of 5 to 60 letters; status of 3 digits; size
// uniform below 100,000; referrer `-` 40 %, else a URL of 25 to 70 letters; one of five agents of 11 to 136 letters,
// the long ones nine times in ten. The mean line is 249 bytes with 7 positions.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "src/scan/kernels.h"

namespace logstat {
namespace {

class LineMaker {
 public:
  explicit LineMaker(uint64_t seed) : random_(seed) {}

  void AppendLine(std::string& out) {
    const uint32_t client = static_cast<uint32_t>(random_());
    out += fmt::format("{}.{}.{}.{} - - [10/Oct/2024:13:55:36 +0200] \"", client >> 24, client >> 16 & 255,
                       client >> 8 & 255, client & 255);
    const uint32_t method = Below(100);
    out += method < 86 ? "GET " : method < 96 ? "POST " : "HEAD ";
    for (uint32_t segments = 1 + Below(6); segments > 0; --segments) {
      out += '/';
      AppendLetters(3 + Below(10), out);
    }
    if (Below(3) == 0) {
      out += "?q=";
      AppendLetters(5 + Below(56), out);
    }
    const uint32_t status = 200 + 100 * Below(4);
    out += fmt::format(" HTTP/1.1\" {} {} \"", status, Below(100'000));
    if (Below(10) < 4) {
      out += '-';
    } else {
      out += "https://www.example.org/";
      AppendLetters(1 + Below(46), out);
    }
    out += "\" \"";
    out += Agent();
    out += "\"\n";
  }

 private:
  uint32_t Below(uint32_t end) { return static_cast<uint32_t>(random_() % end); }

  void AppendLetters(uint32_t count, std::string& out) {
    for (; count > 0; --count) out += static_cast<char>('a' + Below(26));
  }

  const char* Agent() {
    switch (Below(10)) {
      case 0:
        return "curl/7.88.1";
      case 1:
      case 2:
      case 3:
        return "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
               "Safari/537.36";
      case 4:
      case 5:
        return "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://www.example.org/bot.html)";
      case 6:
      case 7:
        return "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
               "Safari/605.1.15";
      default:
        return "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
               "Mobile Safari/537.36 SampleApp/4.2";
    }
  }

  std::mt19937_64 random_;
};

// Whole lines, at most `size_bytes` of them, and kOverread readable bytes behind; what the scalar kernel says of them.
struct Input {
  explicit Input(size_t size_bytes) {
    LineMaker maker(1);
    std::string lines;
    while (lines.size() < size_bytes) maker.AppendLine(lines);
    lines.resize(size_bytes);
    bytes.assign(lines.begin(), lines.end());
    bytes.resize(size_bytes + kOverread);
    size = size_bytes;
    newlines.resize(size + 64);
    quotes.resize(size + 64);
    counts = ScalarKernels().index_structure(bytes.data(), size, 0, newlines.data(), quotes.data());
    newlines.resize(counts.newlines);
    quotes.resize(counts.quotes);
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
                                                           newlines.data(), quotes.data());
    if (newline + counts.newlines > input.newlines.size() || quote + counts.quotes > input.quotes.size() ||
        !std::equal(newlines.begin(), newlines.begin() + counts.newlines, input.newlines.begin() + newline) ||
        !std::equal(quotes.begin(), quotes.begin() + counts.quotes, input.quotes.begin() + quote)) {
      state.SkipWithError("differs from the scalar kernel");
      return;
    }
    newline += counts.newlines;
    quote += counts.quotes;
  }
  if (newline != input.newlines.size() || quote != input.quotes.size()) {
    state.SkipWithError("differs from the scalar kernel");
    return;
  }
  for (auto _ : state) {
    for (size_t at = 0; at < input.size; at += cell) {
      benchmark::DoNotOptimize(kernels.index_structure(input.bytes.data() + at, cell, static_cast<uint32_t>(at),
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
