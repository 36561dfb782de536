#include "src/report/numbers.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace logstat {

std::string FormatCount(uint64_t count) {
  std::string digits = fmt::format("{}", count);
  for (size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string CountOf(uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", FormatCount(count), what, count == 1 ? "" : "s");
}

std::string FormatSize(uint64_t bytes) {
  constexpr std::array<const char*, 7> kUnits = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes);
  size_t unit = 0;
  // 1023.5 would print as "1024" of its unit.
  while (value >= 1023.5 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", value, value < 99.95 ? 1 : 0, kUnits[unit]);
}

std::string FormatShare(double share) {
  const double percent = share * 100;
  if (!(percent > 0)) return "0 %";
  if (share >= 1) return "100 %";
  if (percent < 0.01) return "<0.01 %";
  if (percent >= 99.99) return "99.99 %";
  if (percent >= 99.9) return fmt::format("{:.2f} %", percent);
  return fmt::format("{:.{}f} %", percent, percent < 9.995 ? 2 : 1);
}

std::string FormatRate(double per_second) {
  if (!(per_second > 0) || !std::isfinite(per_second)) return "0";
  if (per_second < 0.01) return "<0.01";
  if (per_second < 9.995) return fmt::format("{:.2f}", per_second);
  if (per_second < 99.95) return fmt::format("{:.1f}", per_second);
  return FormatCount(static_cast<uint64_t>(std::llround(per_second)));
}

std::string FormatDuration(int64_t seconds) {
  if (seconds < 0) seconds = 0;
  struct Unit {
    int64_t seconds;
    const char* name;
  };
  constexpr std::array<Unit, 4> kUnits = {{{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}}};
  for (size_t i = 0; i + 1 < kUnits.size(); ++i) {
    if (seconds < kUnits[i].seconds) continue;
    const int64_t large = seconds / kUnits[i].seconds;
    const int64_t small = seconds % kUnits[i].seconds / kUnits[i + 1].seconds;
    if (small == 0) return fmt::format("{} {}", large, kUnits[i].name);
    return fmt::format("{} {} {} {}", large, kUnits[i].name, small, kUnits[i + 1].name);
  }
  return fmt::format("{} s", seconds);
}

std::string FormatMicroseconds(int64_t microseconds) {
  if (microseconds < 1000) return fmt::format("{} µs", microseconds);
  if (microseconds >= 59'950'000) {
    return FormatDuration(microseconds / 1'000'000 + (microseconds % 1'000'000 >= 500'000 ? 1 : 0));
  }
  const bool seconds = microseconds >= 999'500;  // what would print as "1000 ms"
  const double value = static_cast<double>(microseconds) / (seconds ? 1e6 : 1e3);
  return fmt::format("{:.{}f} {}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0, seconds ? "s" : "ms");
}

double RoundToMicro(double value) {
  if (!std::isfinite(value)) return 0;
  // Dividing the nearest integer by 1e6 gives the double that is nearest to the decimal, which prints with at most six
  // decimals; beyond 2^53 / 1e6 a double has no sixth decimal to round.
  if (std::fabs(value) >= 9e9) return value;
  return std::round(value * 1e6) / 1e6;
}

}  // namespace logstat
