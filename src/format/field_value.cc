#include "src/format/field_value.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "src/base/ascii.h"
#include "src/base/find_byte.h"
#include "src/format/address.h"
#include "src/format/request.h"

namespace logstat {
namespace {

// The last of "a, b : c", as nginx lists what it knows of several upstreams.
std::string_view LastOfList(std::string_view text) {
  const size_t comma = text.rfind(", ");
  const size_t colon = text.rfind(" : ");
  size_t from = 0;
  if (comma != std::string_view::npos) from = comma + 2;
  if (colon != std::string_view::npos) from = std::max(from, colon + 3);
  return TrimBlanks(text.substr(from));
}

int64_t UnitNanoseconds(Reading reading) {
  switch (reading) {
    case Reading::kSeconds:
      return 1'000'000'000;
    case Reading::kMilliseconds:
      return 1'000'000;
    case Reading::kMicroseconds:
      return 1'000;
    default:
      return 1;
  }
}

// Takes a unit off the end of a duration; 0 if there is none.
int64_t TakeUnit(std::string_view& text) {
  struct Unit {
    std::string_view name;
    int64_t nanoseconds;
  };
  static constexpr Unit kUnits[] = {{"ms", 1'000'000},    {"us", 1'000}, {"\xc2\xb5s", 1'000},
                                    {"\xce\xbcs", 1'000}, {"ns", 1},     {"s", 1'000'000'000}};
  if (text.empty() || IsDigit(text.back())) return 0;  // six comparisons less for nearly all
  for (const Unit& unit : kUnits) {
    if (text.size() <= unit.name.size() || text.substr(text.size() - unit.name.size()) != unit.name) continue;
    text.remove_suffix(unit.name.size());
    return unit.nanoseconds;
  }
  return 0;
}

// One number of a duration. The fraction counts to nanoseconds; a number too large for 63 bits is none.
int64_t ParseOneDuration(std::string_view text, int64_t nanoseconds_per_unit) {
  const int64_t own_unit = TakeUnit(text);
  const int64_t unit = own_unit != 0 ? own_unit : nanoseconds_per_unit;
  if (text.size() > 1 && text[0] == '+' && IsDigit(text[1])) text.remove_prefix(1);
  int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc() || whole < 0 || text.front() == '-') return kNoNumber;
  if (whole > std::numeric_limits<int64_t>::max() / 2 / unit) return kNoNumber;
  int64_t nanoseconds = whole * unit;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  if (!text.empty() && text.front() != '.') return kNoNumber;
  int64_t place = unit;
  for (const char c : text.substr(std::min<size_t>(text.size(), 1))) {
    if (!IsDigit(c)) return kNoNumber;
    place /= 10;
    nanoseconds += (c - '0') * place;
  }
  return nanoseconds / 1000;
}

// "1m2.3s", "1h0m0.5s", as Go's programs write a minute and more; kNoNumber if it is something else.
int64_t ParseGoDuration(std::string_view text) {
  int64_t seconds = 0;
  for (const auto& [letter, unit] : {std::pair('h', 3600), std::pair('m', 60)}) {
    const size_t end = text.find(letter);
    if (end == std::string_view::npos || end == 0 || end > 6 || end + 1 == text.size()) continue;
    if (!std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), IsDigit)) return kNoNumber;
    seconds += ParseByteCount(text.substr(0, end)) * unit;
    text.remove_prefix(end + 1);
  }
  if (text.size() < 2 || text.back() != 's' || !IsDigit(text[text.size() - 2])) return kNoNumber;
  const int64_t rest = ParseOneDuration(text, 1'000'000'000);
  return rest == kNoNumber ? kNoNumber : seconds * 1'000'000 + rest;
}

// "192.0.2.7:50412" → "192.0.2.7", "::1:50412" and "[::1]:50412" → "::1".
std::string_view AddressOf(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return text;
  text = text.substr(0, colon);
  return text.size() > 2 && text.front() == '[' && text.back() == ']' ? text.substr(1, text.size() - 2) : text;
}

bool HasColumn(Field field, const RecordBatch& batch) { return batch.columns().Contains(field); }

void PutIfAny(const std::optional<std::string_view>& text, Field field, size_t row, RecordBatch& batch) {
  if (text.has_value() && HasColumn(field, batch)) batch.PutText(field, row, *text);
}

void PutParts(const RequestParts& parts, size_t row, RecordBatch& batch) {
  PutIfAny(parts.method, Field::kMethod, row, batch);
  PutIfAny(parts.target, Field::kTarget, row, batch);
  PutIfAny(parts.path, Field::kPath, row, batch);
  PutIfAny(parts.query, Field::kQuery, row, batch);
  PutIfAny(parts.protocol, Field::kProtocol, row, batch);
  if (!parts.authority.has_value()) return;
  if (HasColumn(Field::kHost, batch) && batch.IsMissing(Field::kHost, row)) {
    batch.PutText(Field::kHost, row, WithoutPort(*parts.authority));
  }
  if (HasColumn(Field::kScheme, batch) && batch.IsMissing(Field::kScheme, row)) {
    PutIfAny(parts.scheme, Field::kScheme, row, batch);
  }
}

struct BalancerTimes {
  int64_t sum = kNoNumber;  // of those that are known
  int64_t upstream = kNoNumber;
  bool well_formed = false;
};

BalancerTimes ParseBalancerTimes(std::string_view text) {
  BalancerTimes times;
  for (int i = 0; i < 3; ++i) {
    const size_t blank = std::min(text.find(' '), text.size());
    const std::string_view one = text.substr(0, blank);
    const int64_t duration = ParseDuration(one, 1'000'000'000);
    if (duration == kNoNumber && one != "-1" && one != "-") return BalancerTimes{};
    if (duration != kNoNumber) times.sum = std::max<int64_t>(times.sum, 0) + duration;
    if (i == 1) times.upstream = duration;
    if ((i == 2) != (blank == text.size())) return BalancerTimes{};
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  times.well_formed = true;
  return times;
}

constexpr ColumnSet kTargetColumns{Field::kTarget, Field::kPath, Field::kQuery, Field::kHost, Field::kScheme};

}  // namespace

ColumnSet ColumnsOf(FieldSpec spec) {
  if (spec.reading == Reading::kTarget) return kTargetColumns;
  if (spec.reading == Reading::kRequest) return kTargetColumns | ColumnSet{Field::kMethod, Field::kProtocol};
  if (spec.reading == Reading::kBalancerTimes) return ColumnSet{Field::kDuration, Field::kUpstreamTime};
  if (spec.reading == Reading::kForwarded) return ColumnSet{Field::kXff, Field::kClient};
  return ColumnSet{spec.field};
}

std::optional<uint16_t> ParseStatus(std::string_view text) {
  if (text == "-" || text == "-1" || text == "0") return 0;
  if (text.size() != 3 || !IsDigit(text[0]) || !IsDigit(text[1]) || !IsDigit(text[2])) return std::nullopt;
  return static_cast<uint16_t>((text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0'));
}

int64_t ParseByteCount(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && IsDigit(text[1])) text.remove_prefix(1);
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 0 ? value : kNoNumber;
}

int64_t ParseDuration(std::string_view text, int64_t nanoseconds_per_unit) {
  int64_t sum = kNoNumber;
  while (true) {
    // Nearly all are one number without a blank; to look for both separators takes as long as to read it.
    const bool is_one = FindByte(text, ' ') == std::string_view::npos;
    const size_t end = is_one ? std::string_view::npos : std::min(text.find(", "), text.find(" : "));
    const std::string_view one = TrimBlanks(text.substr(0, end));
    if (one != "-") {  // an upstream that was not reached
      int64_t duration = one.empty() ? kNoNumber : ParseOneDuration(one, nanoseconds_per_unit);
      if (duration == kNoNumber && one.ends_with('s')) duration = ParseGoDuration(one);
      if (duration == kNoNumber) return kNoNumber;
      sum = std::max<int64_t>(sum, 0) + duration;
    }
    if (end == std::string_view::npos) return sum;
    text.remove_prefix(end + (text[end] == ',' ? 2 : 3));
  }
}

bool IsWellFormed(FieldSpec spec, std::string_view text) {
  switch (spec.reading) {
    case Reading::kTime:
      return TimeReader().Read(text) != kNoTime;
    case Reading::kClfTime:
      return ClfTimeReader().Read(text) != kNoTime;
    case Reading::kCount:
      return text == "-" || ParseByteCount(text) != kNoNumber;
    case Reading::kStatus:
      return ParseStatus(LastOfList(text)).has_value();
    case Reading::kSeconds:
    case Reading::kMilliseconds:
    case Reading::kMicroseconds:
    case Reading::kNanoseconds:
      return text == "-" || text == "-1" || ParseDuration(text, UnitNanoseconds(spec.reading)) != kNoNumber;
    case Reading::kBalancerTimes:
      return ParseBalancerTimes(text).well_formed;
    default:
      break;
  }
  return (spec.field != Field::kClient && spec.field != Field::kHost) || (!text.empty() && text != "-");
}

void PutRequest(std::string_view request, size_t row, RecordBatch& batch) {
  PutParts(SplitRequest(request), row, batch);
}

void PutTarget(std::string_view target, size_t row, RecordBatch& batch) {
  RequestParts parts;
  SplitTarget(TrimBlanks(target), false, parts);
  PutParts(parts, row, batch);
}

void FieldWriter::Put(FieldSpec spec, std::string_view text, size_t row, RecordBatch& batch) {
  if (spec.reading == Reading::kRequest || spec.reading == Reading::kTarget) {
    if (!batch.columns().ContainsAny(ColumnsOf(spec))) return;
    return spec.reading == Reading::kRequest ? PutRequest(text, row, batch) : PutTarget(text, row, batch);
  }
  if (spec.reading == Reading::kBalancerTimes) {
    if (!batch.columns().ContainsAny(ColumnsOf(spec))) return;
    const BalancerTimes times = ParseBalancerTimes(text);
    if (HasColumn(Field::kDuration, batch)) batch.number(Field::kDuration, row) = times.sum;
    if (HasColumn(Field::kUpstreamTime, batch)) batch.number(Field::kUpstreamTime, row) = times.upstream;
    return;
  }
  if (spec.reading == Reading::kForwarded) {
    if (HasColumn(Field::kXff, batch)) batch.PutText(Field::kXff, row, text);
    if (HasColumn(Field::kClient, batch)) batch.PutText(Field::kClient, row, FirstForwarded(text));
    return;
  }
  if (!HasColumn(spec.field, batch)) return;
  switch (spec.reading) {
    case Reading::kText:
      return batch.PutText(spec.field, row, text);
    case Reading::kLastOfList:
      return batch.PutText(spec.field, row, LastOfList(text));
    case Reading::kAddressAndPort:
      return batch.PutText(spec.field, row, AddressOf(text));
    case Reading::kWithoutPort:
      return batch.PutText(spec.field, row, WithoutPort(text));
    case Reading::kClient:
      return batch.PutText(spec.field, row, ClientAddress(text));
    case Reading::kQuery:
      return batch.PutText(spec.field, row, text.substr(text.substr(0, 1) == "?" ? 1 : 0));
    case Reading::kTime:
      batch.number(spec.field, row) = times_.Read(text);
      return;
    case Reading::kClfTime: {
      const int64_t time_ms = times_.ReadClf(text);
      batch.number(spec.field, row) =
          time_ms != kNoTime ? time_ms : times_.Read(text);  // the server was told otherwise
      return;
    }
    case Reading::kCount:
      batch.number(spec.field, row) = ParseByteCount(text);
      return;
    case Reading::kStatus: {
      const std::optional<uint16_t> status = ParseStatus(LastOfList(text));
      batch.number(spec.field, row) = status.has_value() ? *status : kNoNumber;
      return;
    }
    default:
      batch.number(spec.field, row) = ParseDuration(text, UnitNanoseconds(spec.reading));
      return;
  }
}

}  // namespace logstat
