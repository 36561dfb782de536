// Makes realistic access logs for tests and benchmarks, and counts while it writes what is true of them.
//
//   genlog::Options options;
//   options.lines = 300000;
//   genlog::LogGenerator generator(options);
//   for (std::string_view block = generator.Next(); !block.empty(); block = generator.Next()) out.write(block);
//   generator.stats().codes[404];             // what any reader must find
//
// The bytes depend on the options alone. The distribution, per line of the combined format:
//   length     240 bytes on average for the defaults, median 239, longest 6.1 KB (a 414)
//   client     Zipf (exponent 1) over `clients`: 92 % IPv4, 6 % IPv6, 2 % host names
//   path       Zipf (exponent 1) over `paths`; a third has a query
//   status     kStatusMix in genlog_words.h: 200 79.5 %, 304 6.2 %, 404 4.3 %, 301 2.6 %, 302 2.1 %, 206 1.5 %,
//              403 0.9 %, 499 0.6 %, 500 0.45 %, 502 0.3 %, 503 0.25 %, and 12 rarer ones, among them 414 and 421
//   method     GET 91 %, POST 6.5 %, HEAD 1.7 %, OPTIONS 0.5 %, PUT 0.3 %
//   size       of a body: 2^x with x bell-shaped between 7 and 21 (median 16 KB); fixed for redirects and errors
//   referrer   two ninths `-`, five ninths a page of the site, the rest a search engine
//   agent      40 of them, a client keeps its own
//   time       `lines_per_second` on average, ascending but for one line in ten, which is 1 to 3 s late as in servers
//              that log a request's start; with `day_curve` the rate follows the hour (30 % at 4 h, 160 % at 20 h)
// With `distinct`, nine lines in ten have a client (128.0.0.0 to 191.255.255.255) and a path that no other line has:
// what a flood with forged addresses, or a crawler lost in a calendar, writes. The others are as above, but their
// clients are 10.0.0.0 and up in the order of their rank; Stats counts them. A clean line has nine plain words up to
// its status, so `awk '{c[$9]++}'` counts it right (not for vhost formats). With `dirty_ppm`, that share of lines is of
// the hard kinds in genlog_hard.h instead (not for reformatted ones). Formats that are no relatives of combined are its
// log of the same options, line by line in other clothes (genlog_reformat.h). Thread-compatible: one generator per
// thread. A block is valid until the next call of Next().
#ifndef LOGSTAT_BENCH_GENLOG_LIB_H_
#define LOGSTAT_BENCH_GENLOG_LIB_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/genlog_random.h"

namespace logstat::genlog {

enum class Format : uint8_t {
  kCommon,
  kCombined,
  kVhostCommon,
  kVhostCombined,
  kNginxJson,
  kCaddy,
  kPipe,
  kLtsv,
  kW3c,
  kSquid,
  kHaproxy,
  kAlb
};

// The format of a preset's name, or nothing.
std::optional<Format> FindFormat(std::string_view name);
constexpr bool HasHost(Format format) { return format == Format::kVhostCommon || format == Format::kVhostCombined; }
// Made from the combined log of the same options, see genlog_reformat.h.
constexpr bool IsReformatted(Format format) { return format >= Format::kNginxJson; }
constexpr bool HasAgent(Format format) {
  return format == Format::kCombined || format == Format::kVhostCombined || IsReformatted(format);
}

struct Options {
  uint64_t lines = 100000;
  uint64_t seed = 1;
  Format format = Format::kCombined;
  uint64_t clients = 20000;            // 1 to 2^31
  uint64_t paths = 5000;               // 1 to 2^31
  uint64_t lines_per_second = 50;      // of log time, 1 to 10^9
  int64_t start_seconds = 1795305600;  // 2026-11-22T00:00:00Z
  bool day_curve = false;
  uint32_t dirty_ppm = 0;  // hard lines per million, 0 to 1,000,000
  bool distinct = false;   // at most 2^30 lines, none of them hard
};

// The truth about what was written so far.
struct Stats {
  uint64_t lines = 0;  // = counted + rejected + ignored
  uint64_t counted = 0;
  uint64_t rejected = 0;
  uint64_t ignored = 0;
  uint64_t bytes = 0;  // of the log
  uint64_t response_bytes = 0;
  std::array<uint64_t, 1000> codes{};  // lines per status; [0] is "no status sent"

  // With `distinct`: lines of the first clients and paths, by rank; the clients' are 10.0.0.rank.
  static constexpr size_t kHeavy = 100;
  std::array<uint64_t, kHeavy> clients{};
  std::array<uint64_t, kHeavy> paths{};
  std::array<uint64_t, kHeavy> missing_paths{};  // of those that always answer 404
  uint64_t first_missing = 0;                    // the number of the first of these
  uint64_t distinct = 0;                         // lines whose client no other line has

  // One JSON object with these members; `codes` has the non-zero ones as {"404": 17}, and if there are any, `distinct`
  // and `clients`, `paths` and `missing_paths` by their texts. Ends with a newline.
  std::string ToJson() const;
};

class LogGenerator {
 public:
  explicit LogGenerator(const Options& options);

  // About 1 MiB of whole lines; empty when all lines were given.
  std::string_view Next();

  const Stats& stats() const { return stats_; }

 private:
  char* CleanLine(char* out);
  char* Client(char* out, uint64_t rank) const;
  char* Path(char* out, unsigned status, bool is_own);
  char* Prefix(char* out, uint64_t rank, bool is_own);
  void Tick();
  void HardLine(std::string& line);

  Options options_;
  Random random_;
  Stats stats_;
  std::vector<char> block_;
  std::string hard_line_;
  std::string other_line_;
  uint64_t mean_gap_ns_;
  uint64_t clock_ns_ = 0;  // since start_seconds
  // "[22/Nov/2026:10:00:00 +0000]" of the last eight seconds, by second mod 8.
  static constexpr size_t kStampBytes = 28;
  std::array<std::array<char, kStampBytes>, 8> stamps_{};
  std::array<int64_t, 8> stamp_seconds_{};
  const char* stamp_ = nullptr;              // of the line being written
  int64_t second_ = 0;                       // the same as a Unix time
  std::array<uint16_t, 10000> status_of_{};  // a uniform index gives kStatusMix
};

// A whole log in memory, and what is true of it if `stats` is given.
std::string GenerateLog(const Options& options, Stats* stats = nullptr);

// "[22/Nov/2026:10:00:00 +0000]" of a Unix time; the year has four digits.
std::string TimeStamp(int64_t unix_seconds);

}  // namespace logstat::genlog

#endif  // LOGSTAT_BENCH_GENLOG_LIB_H_
