// What detectors want to know of every target, and a memory of those that come often.
//
//   TargetMemory memory;                                       // one per worker
//   const TargetFacts& facts = memory.Of(target, path, query);
//
// Most requests of a log are for a few targets: of two million lines with 42,000 targets, five in six find theirs here.
// A slot keeps the target itself, so what is remembered is what would be computed; a hash could be forged by who wants
// his request to pass for another one. Targets over kMostBytes, and those whose path is not their begin, are looked at
// anew each time. 1 MiB. Not thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_TARGET_FACTS_H_
#define LOGSTAT_SRC_DELIVER_TARGET_FACTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace logstat {

struct TargetFacts {
  uint64_t path = 0;              // its hash; 0: missing
  bool is_static = false;         // see IsStaticFile()
  bool is_odd = false;            // long, may be sensitive, or with signs that honest ones do not have
  bool has_digit_query = false;   // and is not static

  // `query` without its question mark; any may be missing.
  static TargetFacts Compute(std::string_view target, std::string_view path, std::string_view query);
};

class TargetMemory {
 public:
  static constexpr size_t kMostBytes = 96;

  // Valid until the next call.
  const TargetFacts& Of(std::string_view target, std::string_view path, std::string_view query);

 private:
  static constexpr size_t kSlots = 8192;
  struct alignas(64) Slot {
    std::array<char, kMostBytes> target;
    uint8_t size = 0;  // 0: empty
    uint8_t path_size = 0;
    uint8_t query_size = 0;
    TargetFacts facts;
  };

  std::vector<Slot> slots_{kSlots};
  TargetFacts computed_;  // of what is not kept
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_TARGET_FACTS_H_
