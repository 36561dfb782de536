// Whether a request target has anything in it that an attack on the program behind a server needs.
//
//   HasOddSigns("/search?q=blue+shoes")          // false
//   HasOddSigns("/page?id=1'+OR+'1'='1")         // true: a quote
//   HasOddSigns("/page?id=1+union+select+2")     // true: words of SQL between blanks
//
// A prefilter: true for every target that the rules of findings look at (src/detect), and for some that are harmless.
// What decides are signs that honest targets rarely have: quotes, brackets, `..`, control bytes, "://", the same
// percent-encoded, and percent signs encoded again. Pure functions; thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_TARGET_SIGNS_H_
#define LOGSTAT_SRC_CATALOG_TARGET_SIGNS_H_

#include <string_view>

namespace logstat {

bool HasOddSigns(std::string_view target);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_TARGET_SIGNS_H_
