// Lines to columns: the parse stage alone, over generated lines of the combined format.
//
//   build/bench/format_bench
//
// One row per set of columns, by the fast path, and the careful path for comparison. The answer of each is checked
// against the generator's own counts before the clock runs. 64 MiB in memory, a cell of 1 MiB at a time, as a worker
// does it; the lines are genlog's with its defaults (distribution in bench/genlog_lib.h).
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bench/genlog_lib.h"
#include "src/format/cell_reader.h"
#include "src/format/presets.h"
#include "src/scan/kernels.h"

namespace logstat {
namespace {

constexpr size_t kCellBytes = size_t{1} << 20;

struct Input {
  Input() {
    genlog::Options options;
    options.lines = 280000;
    genlog::LogGenerator generator(options);
    for (std::string_view block = generator.Next(); !block.empty(); block = generator.Next()) {
      bytes.insert(bytes.end(), block.begin(), block.end());
    }
    size = bytes.size();
    bytes.resize(size + kOverread);
    stats = generator.stats();
  }

  Block BlockAt(size_t offset) const {
    Block block;
    block.bytes = bytes.data() + offset;
    block.cell_bytes = std::min(kCellBytes, size - offset);
    block.readable_bytes = std::min(block.cell_bytes + kMaxLineBytes + 2, size - offset);
    block.offset = offset;
    block.starts_line = offset == 0 || bytes[offset - 1] == '\n';
    block.ends_input = block.readable_bytes == size - offset;
    return block;
  }

  std::vector<uint8_t> bytes;
  size_t size = 0;
  genlog::Stats stats;
};

const Input& TheInput() {
  static const Input input;
  return input;
}

bool IsRight(CellReader& reader, const LineFormat& format, ColumnSet columns) {
  std::array<uint64_t, 1000> codes{};
  RecordBatch batch;
  for (size_t offset = 0; offset < TheInput().size; offset += kCellBytes) {
    reader.Read(TheInput().BlockAt(offset), format, columns, batch);
    for (size_t row = 0; row < batch.rows(); ++row) {
      if (batch.kind(row) == LineKind::kCounted) ++codes[batch.status(row)];
    }
  }
  return codes == TheInput().stats.codes;
}

void Parse(benchmark::State& state, ColumnSet columns, bool use_fast_path) {
  const Input& input = TheInput();
  const LineFormat& format = *FindPreset("combined")->format;
  CellReader reader(BestKernels(), use_fast_path);
  if (!IsRight(reader, format, columns)) {
    state.SkipWithError("codes differ from what the generator wrote");
    return;
  }
  RecordBatch batch;
  for (auto _ : state) {
    for (size_t offset = 0; offset < input.size; offset += kCellBytes) {
      reader.Read(input.BlockAt(offset), format, columns, batch);
      benchmark::DoNotOptimize(batch.statuses());
    }
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * input.size));
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * input.stats.lines));
}

constexpr ColumnSet kStatusOnly = {Field::kStatus};
constexpr ColumnSet kHead = {Field::kStatus, Field::kTime, Field::kClient};
constexpr ColumnSet kRequest = {Field::kStatus, Field::kMethod, Field::kPath};
constexpr ColumnSet kDefault = {Field::kStatus, Field::kTime, Field::kBytes, Field::kClient,
                                Field::kMethod, Field::kPath, Field::kHost};

BENCHMARK_CAPTURE(Parse, status_only, kStatusOnly, true);
BENCHMARK_CAPTURE(Parse, time_client, kHead, true);
BENCHMARK_CAPTURE(Parse, method_path, kRequest, true);
BENCHMARK_CAPTURE(Parse, default_columns, kDefault, true);
BENCHMARK_CAPTURE(Parse, careful_status_only, kStatusOnly, false);
BENCHMARK_CAPTURE(Parse, careful_default_columns, kDefault, false);

}  // namespace
}  // namespace logstat

BENCHMARK_MAIN();
