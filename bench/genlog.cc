// genlog: writes a generated access log, see genlog_lib.h for what is in it.
//
//   genlog --lines 8500000 --out access.log --stats truth.json       (about 2 GB)
//
// Exit status: 0 done, 2 wrong usage, 4 the output could not be written.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "bench/genlog_lib.h"

namespace {

using logstat::genlog::Format;
using logstat::genlog::LogGenerator;
using logstat::genlog::Options;

// "2026-11-22T10:00:00Z" or "2026-11-22" as a Unix time.
std::optional<int64_t> ParseStart(const std::string& text) {
  int year = 0;
  unsigned month = 0, day = 0, hour = 0, minute = 0, second = 0;
  int used = 0;
  const int fields = std::sscanf(text.c_str(), "%4d-%2u-%2u%nT%2u:%2u:%2uZ%n", &year, &month, &day, &used, &hour,
                                 &minute, &second, &used);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if ((fields != 3 && fields != 6) || static_cast<size_t>(used) != text.size() || !date.ok() || year < 1) {
    return std::nullopt;
  }
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return int64_t{86400} * std::chrono::sys_days(date).time_since_epoch().count() + hour * 3600 + minute * 60 + second;
}

// Writes `text` or says on standard error why not.
bool Write(std::FILE* file, std::string_view text, const std::string& name) {
  if (std::fwrite(text.data(), 1, text.size(), file) == text.size()) return true;
  fmt::print(stderr, "genlog: {}: cannot write: {}\n", name, std::strerror(errno));
  return false;
}

// Opens `path` for writing, "-" is standard output; null after a message on standard error.
std::FILE* Open(const std::string& path) {
  if (path == "-") return stdout;
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) fmt::print(stderr, "genlog: {}: cannot create: {}\n", path, std::strerror(errno));
  return file;
}

bool Close(std::FILE* file, const std::string& name) {
  if (std::fclose(file) == 0) return true;
  fmt::print(stderr, "genlog: {}: cannot write: {}\n", name, std::strerror(errno));
  return false;
}

bool Generate(const Options& options, const std::string& out_path, const std::string& stats_path) {
  std::FILE* out = Open(out_path);
  if (out == nullptr) return false;
  std::setvbuf(out, nullptr, _IONBF, 0);  // blocks of 1 MiB need no second copy
  LogGenerator generator(options);
  for (std::string_view block = generator.Next(); !block.empty(); block = generator.Next()) {
    if (!Write(out, block, out_path)) return false;
  }
  if (!Close(out, out_path)) return false;
  if (stats_path.empty()) return true;
  std::FILE* stats = Open(stats_path);
  return stats != nullptr && Write(stats, generator.stats().ToJson(), stats_path) && Close(stats, stats_path);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  std::string format = "combined", start = "2026-11-22T00:00:00Z", out = "-", stats;
  double dirty = 0;
  CLI::App app{"Writes a generated access log; the same bytes for the same options on every machine."};
  app.add_option("--lines", options.lines, "number of lines")->capture_default_str();
  app.add_option("--seed", options.seed, "seed of all that is random")->capture_default_str();
  app.add_option(
         "--format", format,
         "common, combined, vhost_common, vhost_combined, nginx_json, caddy, pipe, ltsv, w3c (without #Fields), squid, "
         "haproxy or alb")
      ->check(CLI::IsMember({"common", "combined", "vhost_common", "vhost_combined", "nginx_json", "caddy", "pipe",
                             "ltsv", "w3c", "squid", "haproxy", "alb"}))
      ->capture_default_str();
  app.add_option("--clients", options.clients, "distinct clients")
      ->check(CLI::Range(1u, 1u << 31))
      ->capture_default_str();
  app.add_option("--paths", options.paths, "distinct paths")->check(CLI::Range(1u, 1u << 31))->capture_default_str();
  app.add_flag("--distinct", options.distinct, "nine lines in ten have a client and a path of their own");
  app.add_option("--rate", options.lines_per_second, "lines per second of log time")
      ->check(CLI::Range(1u, 1000000000u))
      ->capture_default_str();
  app.add_option("--start", start, "time of the first line, UTC")->capture_default_str();
  app.add_flag("--day-curve", options.day_curve, "the rate follows the hour of the day");
  app.add_option("--dirty", dirty, "share of hard lines, 0 to 1")->check(CLI::Range(0.0, 1.0))->capture_default_str();
  app.add_option("--out", out, "where to write the log, - is standard output")->capture_default_str();
  app.add_option("--stats", stats, "where to write the true counts, as JSON");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const std::optional<int64_t> start_seconds = ParseStart(start);
  if (!start_seconds) {
    fmt::print(stderr, "genlog: --start {}: not a time, write it as 2026-11-22T10:00:00Z\n", start);
    return 2;
  }
  options.start_seconds = *start_seconds;
  options.format = *logstat::genlog::FindFormat(format);
  options.dirty_ppm = static_cast<uint32_t>(dirty * 1000000 + 0.5);
  if (options.dirty_ppm > 0 && logstat::genlog::IsReformatted(options.format)) {
    fmt::print(stderr, "genlog: --dirty: hard lines are those of common and its relatives; leave it out for {}\n",
               format);
    return 2;
  }
  if (options.distinct && (options.dirty_ppm > 0 || options.lines > uint64_t{1} << 30)) {
    fmt::print(stderr, "genlog: --distinct: no hard lines, and at most 1073741824 lines\n");
    return 2;
  }
  return Generate(options, out, stats) ? 0 : 4;
}
