// What detectors want to know of every target.
//
//   const TargetFacts facts = TargetFacts::Compute(target, path, query);
//
// EventMaker remembers them for the targets that come often: of two million lines with 42,000 targets, five in six find
// theirs in its memory. Pure; thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_TARGET_FACTS_H_
#define LOGSTAT_SRC_DELIVER_TARGET_FACTS_H_

#include <cstdint>
#include <string_view>

namespace logstat {

struct TargetFacts {
  uint64_t path = 0;        // its hash; 0: missing
  uint32_t path_bytes = 0;  // how much of the target is its path, and how much at its end its query
  uint32_t query_bytes = 0;
  bool is_static = false;        // see IsStaticFile()
  bool is_odd = false;           // long, may be sensitive, or with signs that honest ones do not have
  bool has_digit_query = false;  // and is not static

  // `query` without its question mark; any may be missing.
  static TargetFacts Compute(std::string_view target, std::string_view path, std::string_view query);
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_TARGET_FACTS_H_
