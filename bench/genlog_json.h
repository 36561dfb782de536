// A line of the combined format, as genlog writes clean ones, in other clothes: the same request as a line of JSON.
//
//   std::string line;
//   AppendJsonLine(Format::kCaddy, combined_line, unix_seconds, &line);
//
// nginx_json is what a log_format with the usual variables writes: flat, every value a string. Caddy's is nested, with
// numbers, and with headers of the response behind the status. What combined does not have (host, duration, port) is
// derived from the line's bytes, so the same line gives the same JSON.
#ifndef LOGSTAT_BENCH_GENLOG_JSON_H_
#define LOGSTAT_BENCH_GENLOG_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/genlog_lib.h"

namespace logstat::genlog {

void AppendJsonLine(Format format, std::string_view combined, int64_t unix_seconds, std::string* line);

}  // namespace logstat::genlog

#endif  // LOGSTAT_BENCH_GENLOG_JSON_H_
