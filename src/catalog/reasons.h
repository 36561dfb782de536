// What a server's own word for why it answered so means: the `reason` of a line, in one line of text.
//
//   ReasonGloss("sH--")     // "server timed out, awaiting headers"
//   ReasonGloss("UF,URX")   // "upstream connection failed; retries used up"
//   ReasonGloss("x9")       // "": not known
//
// Known are HAProxy's termination state, Envoy's response flags, Squid's result code, the error reason of AWS's
// Application Load Balancer and CloudFront's detailed result. Whose word it is follows from the word alone: no two of
// them share one, which the tests hold. Texts of the log are never part of the answer.
//
// At most kMaxReasonGloss characters of printable ASCII; of several meanings those that fit, in the word's order.
// Thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_REASONS_H_
#define LOGSTAT_SRC_CATALOG_REASONS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace logstat {

inline constexpr size_t kMaxReasonGloss = 50;

// Empty: not known.
std::string ReasonGloss(std::string_view reason);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_REASONS_H_
