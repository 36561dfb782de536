#include "src/report/value.h"

#include <fmt/format.h>

#include "src/report/numbers.h"
#include "src/report/text_words.h"

namespace logstat {

using Kind = Value::Kind;

Tone ToneOfCode(int code) {
  if (IsServerError(code)) return Tone::kServerError;
  return IsClientError(code) || IsAborted(code) ? Tone::kClientError : Tone::kPlain;
}

std::string ForPeople(const Value& value, const TimeFormatter& times) {
  switch (value.kind) {
    case Kind::kEmpty:
      break;
    case Kind::kText:
    case Kind::kWords:
      return value.text;
    case Kind::kFlag:
      return value.number != 0 ? "yes" : "";
    case Kind::kCount:
      return FormatBound(value.number, value.error);
    case Kind::kEstimate:
      return "~" + FormatCount(value.number);
    case Kind::kShare:
      return FormatShare(value.fraction);
    case Kind::kBytes:
      return FormatSize(value.number);
    case Kind::kRate:
      return FormatRate(value.fraction);
    case Kind::kTime:
      return times.DateAndTime(value.time);
    case Kind::kDuration:
      return FormatMicroseconds(value.microseconds);
  }
  return "";
}

std::string ForPrograms(const Value& value, const TimeFormatter& times) {
  switch (value.kind) {
    case Kind::kEmpty:
      break;
    case Kind::kText:
    case Kind::kWords:
      return value.text;
    case Kind::kFlag:
      return value.number != 0 ? "true" : "false";
    case Kind::kCount:
    case Kind::kEstimate:
    case Kind::kBytes:
      return fmt::format("{}", value.number);
    case Kind::kShare:
    case Kind::kRate:
      return fmt::format("{:.6f}", RoundToMicro(value.fraction));
    case Kind::kTime:
      return times.Rfc3339(value.time);
    case Kind::kDuration:
      return fmt::format("{}.{:06}", value.microseconds / 1'000'000, value.microseconds % 1'000'000);
  }
  return "";
}

}  // namespace logstat
