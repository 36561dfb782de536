// A value of a table by what it is, so that each output can write it in its own way.
//
//   Value share = Value::Share(0.912);
//   ForPeople(share, times)       // "91.2 %"
//   ForPrograms(share, times)     // "0.912000"
//
// Text is visible text (escape.h: printable UTF-8, secrets masked); each output still quotes it for its medium.
// A plain value; thread-safe to read.
#ifndef LOGSTAT_SRC_REPORT_VALUE_H_
#define LOGSTAT_SRC_REPORT_VALUE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "logstat/report.h"
#include "src/report/times.h"

namespace logstat {

// What a value says about the state of things.
enum class Tone : uint8_t { kPlain, kServerError, kClientError };

// Server errors; client errors and what was aborted; the rest.
Tone ToneOfCode(int code);

struct Value {
  enum class Kind : uint8_t {
    kEmpty,  // nothing to say, or its column was not read
    kText,   // from outside: the log, the command line
    kWords,  // ours
    kFlag,   // people see "yes" or nothing
    kCount,
    kEstimate,  // a count, roughly
    kShare,     // a fraction of 1
    kBytes,
    kRate,  // per second
    kTime,
    kDuration,  // in microseconds
  };

  static Value Text(std::string visible) { return {.kind = Kind::kText, .text = std::move(visible)}; }
  static Value Words(std::string_view text, Tone tone = Tone::kPlain) {
    return {.kind = Kind::kWords, .tone = tone, .text = std::string(text)};
  }
  static Value Flag(bool value) { return {.kind = Kind::kFlag, .number = value ? 1u : 0u}; }
  static Value Count(uint64_t count, Tone tone = Tone::kPlain, uint64_t error = 0) {
    return {.kind = Kind::kCount, .tone = count == 0 ? Tone::kPlain : tone, .number = count, .error = error};
  }
  // People see "~2,480".
  static Value Estimate(uint64_t count) { return {.kind = Kind::kEstimate, .number = count}; }
  static Value Share(double share, Tone tone = Tone::kPlain) {
    return {.kind = Kind::kShare, .tone = share > 0 ? tone : Tone::kPlain, .fraction = share};
  }
  static Value Bytes(uint64_t bytes) { return {.kind = Kind::kBytes, .number = bytes}; }
  static Value Rate(double rate) { return {.kind = Kind::kRate, .fraction = rate}; }
  static Value Time(const std::optional<TimeMs>& time) {
    return time.has_value() ? Value{.kind = Kind::kTime, .time = *time} : Value{};
  }
  static Value Duration(int64_t microseconds) { return {.kind = Kind::kDuration, .microseconds = microseconds}; }
  // Empty unless the column was read.
  static Value If(bool read, Value value) { return read ? std::move(value) : Value{}; }

  bool IsText() const { return kind == Kind::kText || kind == Kind::kWords; }

  Kind kind = Kind::kEmpty;
  Tone tone = Tone::kPlain;
  std::string text{};        // kText, kWords
  uint64_t number = 0;       // kCount, kEstimate, kBytes, kFlag
  uint64_t error = 0;        // kCount: the true count lies in [number, number + error]
  double fraction = 0;       // kShare, kRate
  TimeMs time = 0;           // kTime
  int64_t microseconds = 0;  // kDuration
};

// "2,104,551", "91.2 %", "1.2 MiB", "2026-11-22 13:00:00", "48.2 ms".
std::string ForPeople(const Value& value, const TimeFormatter& times);

// "2104551", "0.912000", "1258291", "2026-11-22T13:00:00Z", "0.048210" (seconds).
std::string ForPrograms(const Value& value, const TimeFormatter& times);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_VALUE_H_
