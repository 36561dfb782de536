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

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace logstat {

// kBlank: something that stands between words, which then decide.
enum class TargetSigns : uint8_t { kNone, kBlank, kOdd };
TargetSigns SignsOf(std::string_view target);
// Of a target, or a part of one, with these signs.
bool IsOddTarget(TargetSigns signs, std::string_view target);

bool HasOddSigns(std::string_view target);

// The same of a target whose first `path_size` bytes have no signs.
bool HasOddSigns(std::string_view target, size_t path_size);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_TARGET_SIGNS_H_
