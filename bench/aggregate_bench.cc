// What counting costs per row: each aggregate alone, then all of them as the default report runs them.
//
//   build/bench/aggregate_bench --benchmark_filter=Worker
//
// Rows as a busy site logs them, from a seeded generator: 120,000 clients and 60,000 paths drawn by Zipf's law with
// exponent 1, paths of 5 to 60 bytes, 85 % status 200, 100 rows a second, in batches of a 1 MiB cell of 244-byte
// lines; durations are log-normal in whole milliseconds (sigma 1.2) with a median of 20 to 170 ms that depends on the
// path. "Distinct" rows have a new client and a new path each. Every figure is time per row on one core; the answer
// is checked before the clock counts.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "src/aggregate/aggregates.h"
#include "src/catalog/text_tags.h"
#include "src/plan/columns.h"

namespace logstat {
namespace {

constexpr size_t kRowsPerBatch = 4297;  // 1 MiB / 244
constexpr size_t kZipfRows = 400 * kRowsPerBatch;
constexpr size_t kDistinctRows = 10'000'000;
constexpr ColumnSet kColumns{Field::kStatus, Field::kTime, Field::kBytes, Field::kClient, Field::kPath, Field::kMethod};
constexpr ColumnSet kTimedColumns = kColumns | ColumnSet{Field::kDuration};

struct Batch {
  std::vector<uint8_t> block;
  RecordBatch rows;
  Selection selection;
};
using Batches = std::vector<std::unique_ptr<Batch>>;

class Zipf {
 public:
  explicit Zipf(size_t size) : cumulative_(size) {
    double sum = 0;
    for (size_t i = 0; i < size; ++i) cumulative_[i] = sum += 1.0 / static_cast<double>(i + 1);
  }
  size_t operator()(std::mt19937_64& random) const {
    const double point = std::uniform_real_distribution<double>(0, cumulative_.back())(random);
    return static_cast<size_t>(std::lower_bound(cumulative_.begin(), cumulative_.end(), point) - cumulative_.begin());
  }

 private:
  std::vector<double> cumulative_;
};

std::string Client(size_t number) {
  const uint32_t address = static_cast<uint32_t>(number * 2654435761u);  // scattered, and different for each number
  return std::to_string(address >> 24) + '.' + std::to_string(address >> 16 & 255) + '.' +
         std::to_string(address >> 8 & 255) + '.' + std::to_string(address & 255);
}

std::string Path(size_t number) {
  static const char* const kFolders[] = {"/", "/static/js/", "/api/v2/items/", "/assets/images/products/large/"};
  std::string path = kFolders[number % 4];
  path += std::to_string(number * 7919);
  if (number % 3 != 0) path.append("-").append(number % 25, 'a').append(".html");
  return path;
}

uint16_t Status(std::mt19937_64& random) {
  static const uint16_t kOthers[] = {304, 304, 304, 304, 304, 404, 404, 404, 404, 301, 302, 206, 403, 500, 499};
  const size_t point = random() % 100;
  return point < 85 ? 200 : kOthers[point - 85];
}

Batches Generate(size_t row_count, bool distinct) {
  std::mt19937_64 random(42);
  const Zipf clients(120'000), paths(60'000);
  Batches batches;
  for (size_t begin = 0; begin < row_count; begin += kRowsPerBatch) {
    auto batch = std::make_unique<Batch>();
    const size_t size = std::min(kRowsPerBatch, row_count - begin);
    batch->block.reserve(size * 96 + 64);
    batch->rows.Reset(batch->block.data(), kTimedColumns);
    for (size_t i = 0; i < size; ++i) {
      const size_t number = begin + i;
      const size_t row = batch->rows.AppendRow(static_cast<uint32_t>(batch->block.size()));
      batch->rows.status(row) = Status(random);
      batch->rows.time_ms(row) = 1'700'000'000'000 + static_cast<int64_t>(number / 100) * 1000;
      batch->rows.bytes(row) = static_cast<int64_t>(random() % 50'000);
      const auto set = [&](Field field, const std::string& text) {
        batch->rows.SetText(field, row,
                            Text{static_cast<uint32_t>(batch->block.size()), static_cast<uint32_t>(text.size())});
        batch->block.insert(batch->block.end(), text.begin(), text.end());
      };
      set(Field::kClient, Client(distinct ? number : clients(random)));
      set(Field::kMethod, random() % 10 != 0 ? "GET" : random() % 3 == 0 ? "HEAD" : "POST");
      const size_t path = distinct ? number : paths(random);
      set(Field::kPath, Path(path));
      const double median_ms = 20.0 + static_cast<double>(path % 16) * 10;
      const double ms = std::lognormal_distribution<double>(std::log(median_ms), 1.2)(random);
      batch->rows.number(Field::kDuration, row) = static_cast<int64_t>(ms) * 1000;
    }
    batch->rows.Close(static_cast<uint32_t>(batch->block.size()));
    batch->block.insert(batch->block.end(), 64, 0);
    batch->selection.SelectCounted(batch->rows);
    batches.push_back(std::move(batch));
  }
  return batches;
}

const Batches& ZipfBatches() {
  static const Batches batches = Generate(kZipfRows, false);
  return batches;
}

const Batches& DistinctBatches() {
  static const Batches batches = Generate(kDistinctRows, true);
  return batches;
}

size_t RowsOf(const Batches& batches) {
  size_t rows = 0;
  for (const auto& batch : batches) rows += batch->rows.rows();
  return rows;
}

void ReportPerRow(benchmark::State& state, const Batches& batches) {
  using benchmark::Counter;
  const double rows = static_cast<double>(RowsOf(batches));
  state.counters["s_per_row"] = Counter(rows, Counter::kIsIterationInvariantRate | Counter::kInvert);
}

void BM_StatusOnly(benchmark::State& state) {
  Batches batches = Generate(40 * kRowsPerBatch, false);
  for (auto& batch : batches) {  // the same statuses in a batch that has nothing else
    RecordBatch statuses;
    statuses.Reset(batch->block.data(), ColumnSet{Field::kStatus});
    for (size_t row = 0; row < batch->rows.rows(); ++row) {
      statuses.status(statuses.AppendRow(batch->rows.begin(row))) = batch->rows.status(row);
    }
    statuses.Close(0);
    batch->rows = std::move(statuses);
  }
  StatusCounts check;
  for (const auto& batch : batches) check.Add(batch->rows, batch->selection);
  if (check.total().count != RowsOf(batches)) return state.SkipWithError("wrong answer");
  StatusCounts counts;
  for (auto _ : state) {
    for (const auto& batch : batches) counts.Add(batch->rows, batch->selection);
  }
  benchmark::DoNotOptimize(counts.total());
  ReportPerRow(state, batches);
}
BENCHMARK(BM_StatusOnly);

void BM_StatusTimeBytes(benchmark::State& state) {
  const Batches& batches = ZipfBatches();
  StatusCounts counts;
  for (auto _ : state) {
    for (const auto& batch : batches) counts.Add(batch->rows, batch->selection);
  }
  if (counts.total().count % kZipfRows != 0) return state.SkipWithError("wrong answer");
  ReportPerRow(state, batches);
}
BENCHMARK(BM_StatusTimeBytes)->Unit(benchmark::kMillisecond);

void BM_Timeline(benchmark::State& state) {
  const Batches& batches = ZipfBatches();
  for (auto _ : state) {
    TimelineCounts timeline;
    for (const auto& batch : batches) timeline.Add(batch->rows, batch->selection);
    uint64_t rows = 0;
    for (const TimelinePoint& point : timeline.Rows().points) rows += point.count;
    if (rows != kZipfRows) return state.SkipWithError("wrong answer");
  }
  ReportPerRow(state, batches);
}
BENCHMARK(BM_Timeline)->Unit(benchmark::kMillisecond);

// The check that finds no duration: what every log without them pays.
void BM_NoDurations(benchmark::State& state) {
  Batches batches = Generate(40 * kRowsPerBatch, false);
  for (auto& batch : batches) {
    std::fill_n(batch->rows.numbers(Field::kDuration), batch->rows.rows(), kNoNumber);
  }
  for (auto _ : state) {
    for (const auto& batch : batches) {
      if (HasDurations(batch->rows, batch->selection)) return state.SkipWithError("wrong answer");
    }
  }
  ReportPerRow(state, batches);
}
BENCHMARK(BM_NoDurations);

void BM_Durations(benchmark::State& state) {
  const Batches& batches = ZipfBatches();
  for (auto _ : state) {
    DurationCounts counts;
    for (const auto& batch : batches) {
      if (HasDurations(batch->rows, batch->selection)) counts.Add(batch->rows, batch->selection);
    }
    Durations durations;
    counts.Fill(&durations);
    if (durations.overall.count != kZipfRows) return state.SkipWithError("wrong answer");
  }
  ReportPerRow(state, batches);
}
BENCHMARK(BM_Durations)->Unit(benchmark::kMillisecond);

void RunPathDurations(benchmark::State& state, const Batches& batches, uint64_t budget_bytes) {
  for (auto _ : state) {
    PathDurations durations(budget_bytes, 1, TableSeed{7});
    PathDurations::Worker worker(&durations);
    for (const auto& batch : batches) worker.Add(batch->rows, batch->selection);
    worker.Flush();
    state.PauseTiming();
    uint64_t rows = 0, pairs = 0;
    for (size_t i = 0; i < PathDurations::kPartitions; ++i) {
      for (const DurationPair& pair : durations.SortedPairs(i)) {
        rows += pair.count();
        ++pairs;
      }
    }
    if (rows != RowsOf(batches)) return state.SkipWithError("wrong answer");
    state.counters["pairs"] = static_cast<double>(pairs);
    state.counters["table_MB"] = static_cast<double>(durations.memory_bytes()) / 1e6;
    state.ResumeTiming();
  }
  ReportPerRow(state, batches);
}
void BM_PathDurations(benchmark::State& state) { RunPathDurations(state, ZipfBatches(), uint64_t{96} << 20); }
BENCHMARK(BM_PathDurations)->Unit(benchmark::kMillisecond);
// As many pairs as rows, which is far over the budget of a default run.
void BM_PathDurationsDistinct(benchmark::State& state) {
  RunPathDurations(state, DistinctBatches(), uint64_t{1} << 30);
}
BENCHMARK(BM_PathDurationsDistinct)->Iterations(1)->Unit(benchmark::kMillisecond);

// With the tags of the paths, which are there when a client's facts are counted.
void BM_ClientFacts(benchmark::State& state) {
  const Batches& batches = ZipfBatches();
  std::vector<RowTags> tags;
  for (const auto& batch : batches) {
    for (size_t row = 0; row < batch->rows.rows(); ++row) {
      if (row % RowTags::kRows == 0) tags.emplace_back().Clear();
      tags.back().Column(Field::kPath)[row % RowTags::kRows] = PathHash(batch->rows.View(Field::kPath, row));
    }
  }
  for (auto _ : state) {
    ClientFacts facts({.paths = true}, uint64_t{48} << 20, 1, TableSeed{7});
    ClientFacts::Worker worker(&facts);
    size_t at = 0;
    for (const auto& batch : batches) {
      for (size_t first = 0; first < batch->rows.rows(); first += RowTags::kRows) {
        const size_t size = std::min(RowTags::kRows, batch->rows.rows() - first);
        worker.Add(batch->rows, batch->selection, first, size, tags[at++]);
      }
    }
    worker.Flush();
    state.counters["table_MB"] = static_cast<double>(facts.memory_bytes()) / 1e6;
  }
  ReportPerRow(state, batches);
}
BENCHMARK(BM_ClientFacts)->Unit(benchmark::kMillisecond);

// Arguments: the field; the memory of the worker's own table in KiB.
void BM_KeyCounter(benchmark::State& state) {
  const Batches& batches = ZipfBatches();
  const Field field = static_cast<Field>(state.range(0));
  for (auto _ : state) {
    KeyTable table(uint64_t{1} << 30);
    KeyCounter counter(field, &table, TableSeed{7}, static_cast<uint64_t>(state.range(1)) << 10);
    for (const auto& batch : batches) counter.Add(batch->rows, batch->selection);
    counter.Flush();
    state.PauseTiming();
    uint64_t rows = 0;
    table.ForEachKey([&](const KeyView& key) { rows += key.count(); });
    if (rows != kZipfRows) return state.SkipWithError("wrong answer");
    state.ResumeTiming();
  }
  ReportPerRow(state, batches);
}
BENCHMARK(BM_KeyCounter)
    ->ArgsProduct({{static_cast<int64_t>(Field::kClient), static_cast<int64_t>(Field::kPath)},
                   {512, 1024, 3072, 6144, 12288, 24576}})
    ->Args({static_cast<int64_t>(Field::kMethod), 1024})
    ->Unit(benchmark::kMillisecond);

void RunWorkers(benchmark::State& state, const Batches& batches, uint64_t table_bytes, ColumnSet columns = kColumns) {
  const auto threads = static_cast<size_t>(state.range(0));
  AggregatePlan plan;
  plan.columns = columns;
  plan.table_bytes = table_bytes;
  plan.workers = static_cast<unsigned>(threads);
  plan.seed = TableSeed{7};
  for (auto _ : state) {
    Aggregates aggregates(plan);
    std::vector<std::thread> pool;
    for (size_t thread = 0; thread < threads; ++thread) {
      pool.emplace_back([&, thread] {
        Aggregates::Worker worker(&aggregates);
        for (size_t i = thread; i < batches.size(); i += threads) worker.Add(batches[i]->rows, batches[i]->selection);
        worker.Flush();
      });
    }
    for (std::thread& thread : pool) thread.join();
    if (state.range(1) != 0) {
      Report report;
      aggregates.FillReport(ReportOptions{}, &report);
      if (report.totals.counted != RowsOf(batches)) return state.SkipWithError("wrong answer");
      benchmark::DoNotOptimize(report);
    }
    state.counters["table_MB"] = static_cast<double>(aggregates.memory_bytes()) / 1e6;
  }
  ReportPerRow(state, batches);
}

// Arguments: threads; 1: with the report. Wall time per row, so two threads ideally halve it.
void BM_WorkerZipf(benchmark::State& state) { RunWorkers(state, ZipfBatches(), uint64_t{768} << 20); }
BENCHMARK(BM_WorkerZipf)->Args({1, 0})->Args({1, 1})->Args({2, 1})->UseRealTime()->Unit(benchmark::kMillisecond);

// The same with durations.
void BM_WorkerZipfTimed(benchmark::State& state) {
  RunWorkers(state, ZipfBatches(), uint64_t{768} << 20, kTimedColumns);
}
BENCHMARK(BM_WorkerZipfTimed)->Args({1, 0})->Args({1, 1})->Args({2, 1})->UseRealTime()->Unit(benchmark::kMillisecond);

// 10 million clients and as many paths, the tables of --max-memory 4GiB.
void BM_WorkerDistinct(benchmark::State& state) { RunWorkers(state, DistinctBatches(), uint64_t{3} << 30); }
BENCHMARK(BM_WorkerDistinct)->Args({1, 0})->Args({2, 1})->UseRealTime()->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace logstat

BENCHMARK_MAIN();
