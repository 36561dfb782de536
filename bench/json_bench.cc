// Lines of JSON to columns: the parse stage alone, beside simdjson over the same bytes for the same fields.
//
//   build/bench/json_bench
//
// Rows: `Read` is CellReader with a preset, `IterateMany` is simdjson's fastest way through a file of JSON lines
// (On-Demand, one batch of a megabyte at a time), `Iterate` the same with a document per line. All extract status,
// time, client, method, target, host and bytes of genlog's lines; simdjson's rows leave the time and the target as
// they stand, CellReader reads them. Every row's answer (lines per code, and the sum of the bytes) is checked against
// the generator's before the clock runs.
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "bench/genlog_lib.h"
#include "src/format/cell_reader.h"
#include "src/format/presets.h"
#include "src/scan/kernels.h"

namespace logstat {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr size_t kCellBytes = size_t{1} << 20;
constexpr ColumnSet kStatusOnly = {Field::kStatus};
constexpr ColumnSet kDefault = {Field::kStatus, Field::kTime, Field::kBytes, Field::kClient,
                                Field::kMethod, Field::kPath, Field::kHost};

struct Input {
  explicit Input(genlog::Format format) {
    genlog::Options options;
    options.lines = 120000;
    options.format = format;
    log = genlog::GenerateLog(options, &stats);
    size = log.size();
    log.append(std::max<size_t>(kOverread, simdjson::SIMDJSON_PADDING), '\0');
    is_caddy = format == genlog::Format::kCaddy;
  }

  Block BlockAt(size_t offset) const {
    Block block;
    block.bytes = reinterpret_cast<const uint8_t*>(log.data()) + offset;
    block.cell_bytes = std::min(kCellBytes, size - offset);
    block.readable_bytes = std::min(block.cell_bytes + kMaxLineBytes + 2, size - offset);
    block.offset = offset;
    block.starts_line = offset == 0 || log[offset - 1] == '\n';
    block.ends_input = block.readable_bytes == size - offset;
    return block;
  }

  std::string log;
  size_t size = 0;
  bool is_caddy = false;
  genlog::Stats stats;
};

const Input& InputOf(genlog::Format format) {
  static const Input nginx(genlog::Format::kNginxJson);
  static const Input caddy(genlog::Format::kCaddy);
  return format == genlog::Format::kCaddy ? caddy : nginx;
}

// What every row must find.
struct Sums {
  std::array<uint64_t, 1000> codes{};
  uint64_t bytes = 0;
  uint64_t text_bytes = 0;  // so that no text is left unread

  bool IsRight(const genlog::Stats& stats) const { return codes == stats.codes && bytes == stats.response_bytes; }
};

void ReadCells(const Input& input, CellReader& reader, ColumnSet columns, RecordBatch& batch, Sums* sums) {
  const LineFormat& format = *FindPreset(input.is_caddy ? "caddy" : "nginx_json")->format;
  for (size_t offset = 0; offset < input.size; offset += kCellBytes) {
    reader.Read(input.BlockAt(offset), format, columns, batch);
    for (size_t row = 0; row < batch.rows(); ++row) {
      if (batch.kind(row) != LineKind::kCounted) continue;
      ++sums->codes[batch.status(row)];
      if (columns.Contains(Field::kBytes)) sums->bytes += static_cast<uint64_t>(batch.bytes(row));
    }
  }
}

uint64_t NumberIn(std::string_view text) {
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// A line of nginx_json: seven keys in the order in which they stand.
void TakeNginx(ondemand::object line, Sums* sums) {
  sums->text_bytes += std::string_view(line["time"].get_string()).size();
  sums->text_bytes += std::string_view(line["remote_addr"].get_string()).size();
  sums->text_bytes += std::string_view(line["host"].get_string()).size();
  sums->text_bytes += std::string_view(line["request_method"].get_string()).size();
  sums->text_bytes += std::string_view(line["request_uri"].get_string()).size();
  ++sums->codes[NumberIn(line["status"].get_string()) % 1000];
  sums->bytes += NumberIn(line["body_bytes_sent"].get_string());
}

void TakeCaddy(ondemand::object line, Sums* sums) {
  sums->text_bytes += std::string_view(line["ts"].raw_json_token()).size();
  ondemand::object request = line["request"].get_object();
  sums->text_bytes += std::string_view(request["client_ip"].get_string()).size();
  sums->text_bytes += std::string_view(request["method"].get_string()).size();
  sums->text_bytes += std::string_view(request["host"].get_string()).size();
  sums->text_bytes += std::string_view(request["uri"].get_string()).size();
  sums->bytes += uint64_t(line["size"]);
  ++sums->codes[uint64_t(line["status"]) % 1000];
}

void IterateMany(const Input& input, ondemand::parser& parser, Sums* sums) {
  ondemand::document_stream lines = parser.iterate_many(input.log.data(), input.size, kCellBytes);
  for (auto line : lines) {
    if (input.is_caddy) {
      TakeCaddy(line.get_object(), sums);
    } else {
      TakeNginx(line.get_object(), sums);
    }
  }
}

void Iterate(const Input& input, ondemand::parser& parser, Sums* sums) {
  const char* const end = input.log.data() + input.size;
  for (const char* line = input.log.data(); line < end;) {
    const char* newline = static_cast<const char*>(std::memchr(line, '\n', static_cast<size_t>(end - line)));
    const size_t size = static_cast<size_t>(newline - line);
    ondemand::document document = parser.iterate(line, size, size + simdjson::SIMDJSON_PADDING);
    if (input.is_caddy) {
      TakeCaddy(document.get_object(), sums);
    } else {
      TakeNginx(document.get_object(), sums);
    }
    line = newline + 1;
  }
}

void SetRates(benchmark::State& state, const Input& input) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * input.size));
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * input.stats.lines));
}

void Read(benchmark::State& state, genlog::Format format, ColumnSet columns) {
  const Input& input = InputOf(format);
  CellReader reader(BestKernels());
  RecordBatch batch;
  Sums first;
  ReadCells(input, reader, columns, batch, &first);
  if (!columns.Contains(Field::kBytes)) first.bytes = input.stats.response_bytes;
  if (!first.IsRight(input.stats)) return state.SkipWithError("codes or bytes differ from what the generator wrote");
  for (auto _ : state) {
    Sums sums;
    ReadCells(input, reader, columns, batch, &sums);
    benchmark::DoNotOptimize(sums);
  }
  SetRates(state, input);
}

void Simdjson(benchmark::State& state, genlog::Format format, void (*read)(const Input&, ondemand::parser&, Sums*)) {
  const Input& input = InputOf(format);
  ondemand::parser parser;
  Sums first;
  read(input, parser, &first);
  if (!first.IsRight(input.stats)) return state.SkipWithError("codes or bytes differ from what the generator wrote");
  for (auto _ : state) {
    Sums sums;
    read(input, parser, &sums);
    benchmark::DoNotOptimize(sums);
  }
  SetRates(state, input);
}

BENCHMARK_CAPTURE(Read, nginx_json, genlog::Format::kNginxJson, kDefault);
BENCHMARK_CAPTURE(Simdjson, nginx_json_iterate_many, genlog::Format::kNginxJson, IterateMany);
BENCHMARK_CAPTURE(Simdjson, nginx_json_iterate, genlog::Format::kNginxJson, Iterate);
BENCHMARK_CAPTURE(Read, nginx_json_status_only, genlog::Format::kNginxJson, kStatusOnly);
BENCHMARK_CAPTURE(Read, caddy, genlog::Format::kCaddy, kDefault);
BENCHMARK_CAPTURE(Simdjson, caddy_iterate_many, genlog::Format::kCaddy, IterateMany);
BENCHMARK_CAPTURE(Simdjson, caddy_iterate, genlog::Format::kCaddy, Iterate);
BENCHMARK_CAPTURE(Read, caddy_status_only, genlog::Format::kCaddy, kStatusOnly);

}  // namespace
}  // namespace logstat

BENCHMARK_MAIN();
