// The report is the same for everything that must not change it: threads, cells, source, seed, order, kernel.
//
//   const AnswerLogs logs(texts);            // the files, and the answer of the plainest run
//   logs.Check(How{.threads = 7, .cell_bytes = 64, .source = How::kPipe});
#ifndef LOGSTAT_TESTS_ANALYSIS_SAME_ANSWER_H_
#define LOGSTAT_TESTS_ANALYSIS_SAME_ANSWER_H_

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "bench/genlog_lib.h"
#include "src/scan/kernels.h"
#include "tests/analysis/run_log.h"
#include "tests/base/sanitized.h"
#include "tests/input/compress.h"
#include "tests/input/temp_dir.h"

namespace logstat {

inline constexpr unsigned kThreadCounts[] = {1, 2, 3, 7, 16};
inline constexpr size_t kCellSizes[] = {64, 100, 4096, size_t{1} << 20};

// One way to run the same analysis.
struct How {
  enum Source { kMapped, kRead, kPipe, kGzip, kZstd, kXz, kBzip2, kGzipPipe };
  unsigned threads = 1;
  size_t cell_bytes = size_t{1} << 20;
  Source source = kRead;
  uint64_t seed = 0;
  bool reversed = false;  // the order of the FILEs
  std::string kernel = "scalar";

  std::string Describe() const {
    static constexpr const char* kSources[] = {"mapped", "read", "pipe", "gzip", "zstd", "xz", "bzip2", "gzip pipe"};
    return std::to_string(threads) + " threads, cells of " + std::to_string(cell_bytes) + ", " + kSources[source] +
           ", seed " + std::to_string(seed) + (reversed ? ", reversed, " : ", ") + kernel;
  }
};

inline std::vector<std::string> SupportedKernels() {
  std::vector<std::string> names;
  for (const Kernels& kernels : AllKernels()) {
    if (kernels.supported()) names.emplace_back(kernels.name);
  }
  return names;
}

using LogTexts = std::map<std::string, std::string>;  // by the name of the file

class AnswerLogs {
 public:
  explicit AnswerLogs(LogTexts texts) : texts_(std::move(texts)) {
    for (const char* kind : {"file", "pipe", "gzip", "zstd", "xz", "bzip2"}) {
      std::filesystem::create_directory(dir_.Path(kind));
    }
    for (const auto& [name, text] : texts_) {
      dir_.Write("file/" + name, text);
      for (const Codec& codec : Codecs()) {
        dir_.Write(std::string(CompressionName(codec.compression)) + "/" + name, InMembers(codec, text));
      }
    }
    answer_ = Run(How{}, false);
    piped_answer_ = Run(How{}, true);
  }

  void Check(const How& how) const {
    const bool is_pipe = how.source == How::kPipe || how.source == How::kGzipPipe;
    const std::string& expected = is_pipe ? piped_answer_ : answer_;
    const std::string json = Run(how, is_pipe);
    EXPECT_TRUE(json == expected) << how.Describe() << Difference(json, expected);
  }

  const std::string& answer() const { return answer_; }

 private:
  std::string Run(const How& how, bool without_fetched_lines) const {
    Options options;
    options.threads = how.threads;
    // Lines of several pipes wait for each other until all have been read: with less room findings say `incomplete`.
    options.max_memory_bytes = uint64_t{1} << 30;
    options.tuning.cell_bytes = how.cell_bytes;
    options.tuning.map_from_bytes = how.source == How::kMapped ? 1 : UINT64_MAX;
    options.tuning.table_seed = how.seed;
    options.tuning.kernel = how.kernel;
    std::list<std::string> piped;  // longer than the writers
    std::list<FifoWriter> writers;
    const std::string directory = DirectoryOf(how.source);
    for (const auto& [name, text] : texts_) {
      options.inputs.push_back(dir_.Path(directory + name));
      if (directory != "pipe/") continue;
      piped.push_back(how.source == How::kPipe ? text : InMembers(Codecs()[0], text));
      writers.emplace_back(options.inputs.back(), piped.back());
    }
    if (how.reversed) std::reverse(options.inputs.begin(), options.inputs.end());
    const Report report = RunAnalysis(options);
    std::string json = ToJson(without_fetched_lines ? WithoutFetchedLines(report) : report);
    if (directory == "file/") return json;
    for (size_t at; (at = json.find(dir_.Path(directory))) != std::string::npos;) {
      json.replace(at, dir_.Path(directory).size(), dir_.Path("file/"));
    }
    return json;
  }

  static std::string DirectoryOf(How::Source source) {
    static constexpr const char* kDirectories[] = {"file/", "file/", "pipe/",  "gzip/",
                                                   "zstd/", "xz/",   "bzip2/", "pipe/"};
    return kDirectories[source];
  }

  // Of gzip many, which workers decode ahead.
  static std::string InMembers(const Codec& codec, std::string_view text) {
    const size_t most = codec.compression == Compression::kGzip ? 5000 : std::max<size_t>(text.size() / 2, 1);
    std::string data = codec.compress(text.substr(0, text.size() / 3));
    for (size_t at = text.size() / 3; at < text.size(); at += most) data += codec.compress(text.substr(at, most));
    return data;
  }

  // The first line that differs.
  static std::string Difference(const std::string& other, const std::string& answer) {
    std::istringstream expected(answer), actual(other);
    std::string a, b;
    while (std::getline(expected, a) && std::getline(actual, b)) {
      if (a != b) return "\nexpected: " + a.substr(0, 2000) + "\nactual:   " + b.substr(0, 2000);
    }
    return "\none is the start of the other";
  }

  const LogTexts texts_;
  const TempDir dir_;
  std::string answer_;
  std::string piped_answer_;
};

// A log of a generator, `dirty_ppm` of its lines hard ones.
inline std::string Generated(uint64_t lines, uint64_t seed, uint32_t dirty_ppm,
                             genlog::Format format = genlog::Format::kCombined) {
  genlog::Options options;
  options.lines = lines;
  options.seed = seed;
  options.dirty_ppm = dirty_ppm;
  options.format = format;
  options.clients = 300;
  options.paths = 200;
  return genlog::GenerateLog(options);
}

// Three inputs of different formats, dirty, one without an end and one empty.
inline LogTexts GeneratedLogs(uint64_t lines) {
  std::string open_end = Generated(lines / 2, 2, 100'000, genlog::Format::kVhostCombined);
  open_end.pop_back();
  return {{"a.log", Generated(lines, 1, 50'000)},
          {"b.log", std::move(open_end)},
          {"c.log", ""},
          {"d.log", Generated(lines / 4, 3, 20'000, genlog::Format::kCommon)}};
}

inline LogTexts SampleLogs() {
  LogTexts logs;
  for (const auto& entry : std::filesystem::directory_iterator(LOGSTAT_SOURCE_DIR "/sample-logs")) {
    if (entry.path().extension() != ".log") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    logs[entry.path().filename()] = std::string(std::istreambuf_iterator<char>(file), {});
  }
  return logs;
}

// Every number of threads with every cell size and kind of source; the other ways to run take turns. A fifth of that
// under sanitizers.
inline void CheckEveryGrid(const AnswerLogs& logs) {
  static constexpr How::Source kArchives[] = {How::kGzip, How::kZstd, How::kXz, How::kBzip2, How::kGzipPipe};
  const std::vector<std::string> kernels = SupportedKernels();
  size_t turn = 0;
  for (const unsigned threads : kThreadCounts) {
    for (const size_t cell_bytes : kCellSizes) {
      const How::Source archive = kArchives[turn % std::size(kArchives)];
      for (const How::Source source : {How::kMapped, How::kRead, How::kPipe, archive}) {
        How how{threads,       cell_bytes,
                source,        turn % 2 == 0 ? 0 : 0x9e3779b97f4a7c15,
                turn % 3 == 0, kernels[turn % kernels.size()]};
        // Five is prime to the four sources, so that each comes with all threads and cells in turn.
        if (!kSanitized || turn % 5 == 0) logs.Check(how);
        ++turn;
      }
    }
  }
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_ANALYSIS_SAME_ANSWER_H_
