// Numbers and times as people read them, and as JSON has them; the same bytes in every locale.
//
//   FormatCount(2104551)        // "2,104,551"
//   CountOf(1, "line")          // "1 line"
//   FormatSize(1258291)         // "1.2 MiB"
//   FormatShare(0.00024)        // "0.02 %"
//   FormatDuration(4800)        // "1 h 20 min"
//   FormatMicroseconds(48'210)  // "48.2 ms"
//   RoundToMicro(1.0 / 3)       // 0.333333
//
// Pure functions; thread-safe.
#ifndef LOGSTAT_SRC_REPORT_NUMBERS_H_
#define LOGSTAT_SRC_REPORT_NUMBERS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace logstat {

// Digits in groups of three.
std::string FormatCount(uint64_t count);

// A number and what it counts: "1 line", "2,104 lines". `what` is one thing, and regular: its plural has an s.
std::string CountOf(uint64_t count, std::string_view what);

// Bytes in the largest binary unit that leaves a number of at least 1; one decimal below 100: "1.2 MiB", "310 GiB".
std::string FormatSize(uint64_t bytes);

// A fraction as percent with three significant digits at most: "91.2 %", "0.02 %". Only 1 prints as "100 %" and only 0
// as "0 %": what is nearly all is "99.9 %", or as many nines as show that something is missing up to "99.99 %"; what
// is nearly nothing is "<0.01 %".
std::string FormatShare(double share);

// A rate per second: "23.4", "0.05", "1,204".
std::string FormatRate(double per_second);

// The two largest units of a span: "1 h 20 min", "3 d 4 h", "45 s". Negative spans do not occur and print as "0 s".
std::string FormatDuration(int64_t seconds);

// How long a request took, three digits of it: "850 µs", "48.2 ms", "1.24 s"; from a minute on as FormatDuration.
std::string FormatMicroseconds(int64_t microseconds);

// Rounded to six decimals, the precision of every share and rate in JSON; a value that is not finite becomes 0.
double RoundToMicro(double value);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_NUMBERS_H_
