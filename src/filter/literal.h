// Numbers in a --where expression, in the units of the columns.
//
//   std::optional<Amount> amount = ParseAmount(Field::kDuration, "1.5");      // 1,500,000 microseconds
//   std::vector<Interval> slow = Compare(">", *amount, Field::kDuration);     // {{1500001, …}}
//
// Durations are seconds, or have a unit: us, ms, s, m or min, h. Byte counts may have one as --max-memory takes it: K,
// KiB (1,024), KB (1,000), M, G, T. Decimals are read exactly: 0.1 s is 100,000 µs.
#ifndef LOGSTAT_SRC_FILTER_LITERAL_H_
#define LOGSTAT_SRC_FILTER_LITERAL_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "src/filter/predicate.h"

namespace logstat {

// A number at `floor`, or between it and the next whole one.
struct Amount {
  int64_t floor = 0;
  bool exact = true;
};

// Empty if `text` is no such number of this field, or is too large for its column.
std::optional<Amount> ParseAmount(Field field, std::string_view text);

// "5xx" to {500, 599}.
std::optional<Interval> ParseStatusClass(std::string_view text);

// The values of a column for which `value op amount` is true; `op` is one of == != < <= > >=.
std::vector<Interval> Compare(std::string_view op, Amount amount, Field field);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FILTER_LITERAL_H_
