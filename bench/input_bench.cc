// How fast bytes arrive: newlines counted over a mapping and over streams, of a warm file, of a pipe, and of archives.
//
//   build/bench/input_bench [FILE]          without FILE a 256 MiB log is generated (lines of 150 to 350 bytes, seed 1)
//
// Every run's count is checked against one made with memchr before the clock starts. `pread` rows do without a Source:
// they are the least that reading into a buffer of that size can cost. The archives hold a generated log of 200,000
// lines, and their speed is that of the decoded bytes; the rows of gzip differ in the library.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/genlog_lib.h"
#include "src/input/decoder.h"
#include "src/input/source.h"
#include "src/scan/kernels.h"
#include "tests/input/compress.h"

namespace logstat {
namespace {

struct TestFile {
  std::string path;
  uint64_t size_bytes = 0;
  uint64_t newlines = 0;
};
TestFile file;

void Generate(const std::string& path) {
  std::mt19937_64 random(1);
  std::string piece;
  while (piece.size() < (size_t{1} << 20)) piece.append(149 + random() % 201, 'a' + random() % 26).append("\n");
  const int out = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  for (size_t i = 0; i < 256; ++i) {
    if (write(out, piece.data(), piece.size()) != static_cast<ssize_t>(piece.size())) std::perror("write");
  }
  close(out);
}

uint64_t CountWithMemchr(const std::string& path) {
  std::vector<char> buffer(size_t{1} << 20);
  const int in = open(path.c_str(), O_RDONLY);
  uint64_t newlines = 0;
  for (ssize_t got; (got = read(in, buffer.data(), buffer.size())) > 0;) {
    const char* const end = buffer.data() + got;
    for (const char* at = buffer.data(); (at = static_cast<const char*>(std::memchr(at, '\n', end - at))); ++at) {
      ++newlines;
    }
  }
  close(in);
  return newlines;
}

uint64_t CountInThreads(int threads, const std::function<uint64_t()>& count) {
  std::atomic<uint64_t> total{0};
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back([&] { total += count(); });
  total += count();
  for (std::thread& thread : others) thread.join();
  return total;
}

uint64_t CountBlocks(Source& source) {
  const Kernels& kernels = BestKernels();
  uint64_t newlines = 0;
  while (true) {
    const StatusOr<std::optional<Block>> block = source.Next();
    if (!block.ok() || !block->has_value()) return newlines;
    newlines += kernels.count_newlines((*block)->bytes, (*block)->cell_bytes);
  }
}

void Finish(benchmark::State& state, uint64_t newlines) {
  if (newlines != file.newlines) state.SkipWithError("wrong count");
}

// Opening, counting, closing and unmapping, as a program has to.
void CountSource(benchmark::State& state, bool map, size_t cell_bytes, int threads) {
  SourceSettings settings;
  settings.cell_bytes = cell_bytes;
  settings.map_from_bytes = map ? 1 : UINT64_MAX;
  settings.guard_mapped_files = true;
  for (auto unused : state) {
    static_cast<void>(unused);
    StatusOr<std::unique_ptr<Source>> source = OpenSource(file.path, settings);
    if (!source.ok() || (*source)->mapped() != map) return state.SkipWithError("cannot open as asked");
    Finish(state, CountInThreads(threads, [&] { return CountBlocks(**source); }));
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * file.size_bytes));
}

void CountPread(benchmark::State& state, size_t read_bytes, int threads) {
  const Kernels& kernels = BestKernels();
  for (auto unused : state) {
    static_cast<void>(unused);
    const int in = open(file.path.c_str(), O_RDONLY);
    std::atomic<uint64_t> next{0};
    Finish(state, CountInThreads(threads, [&] {
             std::vector<uint8_t> buffer(read_bytes + kOverread);
             uint64_t newlines = 0;
             while (true) {
               const ssize_t got = pread(in, buffer.data(), read_bytes, static_cast<off_t>(next.fetch_add(read_bytes)));
               if (got <= 0) return newlines;
               newlines += kernels.count_newlines(buffer.data(), static_cast<size_t>(got));
             }
           }));
    close(in);
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * file.size_bytes));
}

// `cat FILE |`: the writer's copy is part of the time.
void CountPipe(benchmark::State& state, int pipe_bytes) {
  for (auto unused : state) {
    static_cast<void>(unused);
    int ends[2];
    if (pipe(ends) != 0) return state.SkipWithError("no pipe");
    if (pipe_bytes != 0) fcntl(ends[0], F_SETPIPE_SZ, pipe_bytes);
    std::thread writer([out = ends[1]] {
      std::vector<char> buffer(size_t{128} << 10);  // as cat does
      const int in = open(file.path.c_str(), O_RDONLY);
      for (ssize_t got; (got = read(in, buffer.data(), buffer.size())) > 0;) {
        if (write(out, buffer.data(), static_cast<size_t>(got)) != got) break;
      }
      close(in);
      close(out);
    });
    const std::unique_ptr<Source> source = OpenStream(ends[0], {});
    Finish(state, CountBlocks(*source));
    writer.join();
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * file.size_bytes));
}

// A generated log, compressed once for each decoder.
struct TestArchive {
  std::string text;
  uint64_t newlines = 0;
};

const TestArchive& Archive() {
  static const TestArchive archive = [] {
    genlog::Options options;
    options.lines = 200'000;
    options.seed = 1;
    TestArchive made;
    made.text = genlog::GenerateLog(options);
    made.newlines = options.lines;
    return made;
  }();
  return archive;
}

// All of it in pieces of a window, as a stream decodes them.
uint64_t CountDecoded(Decoder& decoder, std::string_view data) {
  const Kernels& kernels = BestKernels();
  std::vector<uint8_t> window((size_t{1} << 20) + kOverread);
  const uint8_t* in = reinterpret_cast<const uint8_t*>(data.data());
  const uint8_t* const end = in + data.size();
  uint64_t newlines = 0;
  decoder.Start();
  while (true) {
    size_t filled = 0;
    bool done = false;
    while (!done && filled < window.size() - kOverread) {
      const Decoder::Step step =
          decoder.Decode(in, static_cast<size_t>(end - in), window.data() + filled, window.size() - kOverread - filled);
      in += step.taken;
      filled += step.made;
      done = step.ended || (step.taken == 0 && step.made == 0);
    }
    newlines += kernels.count_newlines(window.data(), filled);
    if (done) return newlines;
  }
}

void CountArchive(benchmark::State& state, const std::string& data,
                  const std::function<std::unique_ptr<Decoder>()>& make) {
  for (auto unused : state) {
    static_cast<void>(unused);
    const std::unique_ptr<Decoder> decoder = make();
    if (decoder == nullptr) return state.SkipWithError("the library is not installed");
    if (CountDecoded(*decoder, data) != Archive().newlines) state.SkipWithError("wrong count");
  }
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * Archive().text.size()));
}

void RegisterAll() {
  constexpr size_t kKiB = 1024;
  const auto add = [](const std::string& name, std::function<void(benchmark::State&)> run) {
    benchmark::RegisterBenchmark(name.c_str(), std::move(run))->Unit(benchmark::kMillisecond)->UseRealTime();
  };
  for (const int threads : {1, 2}) {
    const std::string suffix = "/threads:" + std::to_string(threads);
    add("mapped/cell:1MiB" + suffix, [=](benchmark::State& s) { CountSource(s, true, 1024 * kKiB, threads); });
    add("mapped/cell:256KiB" + suffix, [=](benchmark::State& s) { CountSource(s, true, 256 * kKiB, threads); });
    add("stream/cell:1MiB" + suffix, [=](benchmark::State& s) { CountSource(s, false, 1024 * kKiB, threads); });
    add("stream/cell:4MiB" + suffix, [=](benchmark::State& s) { CountSource(s, false, 4096 * kKiB, threads); });
    add("pread/256KiB" + suffix, [=](benchmark::State& s) { CountPread(s, 256 * kKiB, threads); });
    add("pread/1MiB" + suffix, [=](benchmark::State& s) { CountPread(s, 1024 * kKiB, threads); });
  }
  const auto add_archive = [&](const std::string& name, std::string data, std::unique_ptr<Decoder> (*make)()) {
    add("archive/" + name, [=, data = std::move(data)](benchmark::State& s) { CountArchive(s, data, make); });
  };
  constexpr uint64_t kMemory = uint64_t{128} << 20;
  const std::string& text = Archive().text;
  add_archive("gzip/isal", Gzip(text), MakeIsalDecoder);
  add_archive("gzip/zlib", Gzip(text), MakeZlibDecoder);
  add_archive("zstd", Zstd(text), [] { return MakeZstdDecoder(kMemory); });
  add_archive("xz", Xz(text), [] { return MakeXzDecoder(kMemory); });
  add_archive("bzip2", Bzip2(text), MakeBzip2Decoder);
  add("pipe/64KiB", [](benchmark::State& s) { CountPipe(s, 0); });
  add("pipe/1MiB", [](benchmark::State& s) { CountPipe(s, 1 << 20); });
}

}  // namespace
}  // namespace logstat

int main(int argc, char** argv) {
  using logstat::file;
  benchmark::Initialize(&argc, argv);
  const bool generated = argc < 2;
  file.path = generated ? (std::filesystem::temp_directory_path() / "logstat-input-bench.log").string() : argv[1];
  if (generated) logstat::Generate(file.path);
  std::error_code error;
  file.size_bytes = std::filesystem::file_size(file.path, error);
  if (error) {
    std::fprintf(stderr, "input_bench: %s: %s\n", file.path.c_str(), error.message().c_str());
    return 1;
  }
  file.newlines = logstat::CountWithMemchr(file.path);
  logstat::RegisterAll();
  benchmark::RunSpecifiedBenchmarks();
  if (generated) std::filesystem::remove(file.path);
  return 0;
}
