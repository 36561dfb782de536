#include "src/filter/literal.h"

#include <algorithm>
#include <limits>
#include <span>

#include "src/base/ascii.h"

namespace logstat {
namespace {

// A product of the two fits by far: 10^18 digits, and units below 2^41.
__extension__ using Wide = unsigned __int128;

struct Unit {
  std::string_view name;
  uint64_t size;
};

constexpr Unit kDurations[] = {{"", 1'000'000},   {"s", 1'000'000},    {"ms", 1000},        {"us", 1},
                               {"m", 60'000'000}, {"min", 60'000'000}, {"h", 3'600'000'000}};
constexpr Unit kSizes[] = {{"", 1},
                           {"B", 1},
                           {"K", uint64_t{1} << 10},
                           {"k", uint64_t{1} << 10},
                           {"KiB", uint64_t{1} << 10},
                           {"KB", 1000},
                           {"kB", 1000},
                           {"M", uint64_t{1} << 20},
                           {"MiB", uint64_t{1} << 20},
                           {"MB", 1'000'000},
                           {"G", uint64_t{1} << 30},
                           {"GiB", uint64_t{1} << 30},
                           {"GB", 1'000'000'000},
                           {"T", uint64_t{1} << 40},
                           {"TiB", uint64_t{1} << 40},
                           {"TB", 1'000'000'000'000}};
constexpr Unit kPlain[] = {{"", 1}};

std::span<const Unit> UnitsOf(Field field) {
  if (field == Field::kDuration || field == Field::kUpstreamTime) return kDurations;
  if (field == Field::kBytes || field == Field::kRequestBytes) return kSizes;
  return kPlain;
}

}  // namespace

std::optional<Amount> ParseAmount(Field field, std::string_view text) {
  constexpr size_t kMostDigits = 18;
  uint64_t digits = 0;
  uint64_t scale = 1;
  size_t count = 0;
  bool point = false;
  while (!text.empty() && (IsDigit(text[0]) || (text[0] == '.' && !point))) {
    if (text[0] == '.') {
      point = true;
    } else {
      if (++count > kMostDigits) return std::nullopt;
      digits = digits * 10 + static_cast<uint64_t>(text[0] - '0');
      if (point) scale *= 10;
    }
    text.remove_prefix(1);
  }
  const std::span<const Unit> units = UnitsOf(field);
  const auto unit = std::find_if(units.begin(), units.end(), [text](const Unit& one) { return one.name == text; });
  if (count == 0 || unit == units.end()) return std::nullopt;
  const Wide value = Wide{digits} * unit->size;
  const Wide floor = value / scale;
  if (floor >= static_cast<Wide>(std::numeric_limits<int64_t>::max())) return std::nullopt;
  return Amount{static_cast<int64_t>(floor), value % scale == 0};
}

std::optional<Interval> ParseStatusClass(std::string_view text) {
  if (text.size() != 3 || !IsDigit(text[0]) || (text.substr(1) != "xx" && text.substr(1) != "XX")) return std::nullopt;
  const int64_t first = (text[0] - '0') * 100;
  return Interval{first, first + 99};
}

std::vector<Interval> Compare(std::string_view op, Amount amount, Field field) {
  const Interval domain = DomainOf(field);
  const int64_t next = amount.floor + 1;
  const int64_t below = amount.exact ? amount.floor - 1 : amount.floor;
  if (op == "<") return {{domain.first, below}};
  if (op == "<=") return {{domain.first, amount.floor}};
  if (op == ">") return {{next, domain.last}};
  if (op == ">=") return {{below + 1, domain.last}};
  if (op == "==") return amount.exact ? std::vector<Interval>{{amount.floor, amount.floor}} : std::vector<Interval>{};
  return {{domain.first, below}, {next, domain.last}};
}

}  // namespace logstat
