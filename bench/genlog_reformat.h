// A line of the combined format, as genlog writes clean ones, in another format: the same request, other clothes.
//
//   std::string line;
//   AppendReformatted(Format::kCaddy, combined_line, unix_seconds, &line);
//
// pipe is `$msec|$status|$request_method|$host|$uri|$args|$remote_addr|$bytes_sent|$http_user_agent` of nginx; ltsv has
// the labels of ltsv.org; w3c has the fields of the directive that bench/families writes in front, and `+` for blanks.
// squid, haproxy and alb are the presets of these names.
// nginx_json is what a log_format with the usual variables writes: flat, every value a string. Caddy's is nested, with
// numbers, and with headers of the response behind the status. What combined does not have (host, duration, port) is
// derived from the line's bytes, so the same line gives the same JSON.
#ifndef LOGSTAT_BENCH_GENLOG_REFORMAT_H_
#define LOGSTAT_BENCH_GENLOG_REFORMAT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/genlog_lib.h"

namespace logstat::genlog {

void AppendReformatted(Format format, std::string_view combined, int64_t unix_seconds, std::string* line);

}  // namespace logstat::genlog

#endif  // LOGSTAT_BENCH_GENLOG_REFORMAT_H_
