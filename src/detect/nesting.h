// How deep a target nests in itself: a redirect that puts the old target into the new one makes it grow with each hop.
//
//   NestingDepth("/shop/shop/shop/a")                          // 3
//   NestingDepth("/login?next=/login%3Fnext%3D%252Flogin")     // 3
//
// The most often that one segment or parameter name comes, after up to four rounds of percent-decoding. Any bytes; only
// the first 4 KiB are looked at. Linear, thread-safe.
#ifndef LOGSTAT_SRC_DETECT_NESTING_H_
#define LOGSTAT_SRC_DETECT_NESTING_H_

#include <cstddef>
#include <string_view>

namespace logstat {

size_t NestingDepth(std::string_view target);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_NESTING_H_
