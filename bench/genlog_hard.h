// The lines that real servers write and parsers get wrong, one at a time, each with the truth about it.
//
//   std::string line;
//   LineTruth truth = AppendHardLine(context, random, &line);   // one line, with its line end
//   if (truth.kind == LineTruth::kCounted) ++codes[truth.code];
//
// The truth follows the rule by which a line counts: the request ends at the first unescaped quote that is followed by
// space, status, space, bytes, then space or line end. Every kind is equally likely but those of tens of kilobytes,
// which are a thousandth.
#ifndef LOGSTAT_BENCH_GENLOG_HARD_H_
#define LOGSTAT_BENCH_GENLOG_HARD_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/genlog_random.h"

namespace logstat::genlog {

// What the line has in common with its neighbours. The views are read during the call only.
struct HardContext {
  std::string_view host;  // "shop.example.com:443 " with its space, or empty
  std::string_view client;
  std::string_view stamp;  // "[22/Nov/2026:10:00:00 +0000]"
  int64_t seconds = 0;     // the time of the stamp, for a clock that is wrong by years
  bool has_agent = true;   // the format goes on with referrer and agent
};

struct LineTruth {
  enum Kind : uint8_t { kCounted, kRejected, kIgnored };
  Kind kind = kCounted;
  int code = 0;
  uint64_t bytes = 0;
};

LineTruth AppendHardLine(const HardContext& context, Random& random, std::string* line);

}  // namespace logstat::genlog

#endif  // LOGSTAT_BENCH_GENLOG_HARD_H_
