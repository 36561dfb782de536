// Addresses made up so that no cache knows them (CrowdSec's hub, MIT, http-dos-bypass-cache).
//
//   IsDigitQuery("8472910345")      // true
//   HasRandomName("/img/a7Xk02")    // true
//
// Pure functions; thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_RANDOM_TARGETS_H_
#define LOGSTAT_SRC_CATALOG_RANDOM_TARGETS_H_

#include <algorithm>
#include <string_view>

namespace logstat {

// The whole query is 7 to 12 digits. A time in milliseconds has 13.
constexpr bool IsDigitQuery(std::string_view query) {
  return query.size() >= 7 && query.size() <= 12 &&
         std::all_of(query.begin(), query.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The last segment is six letters and digits, both of them: words of lists that scanners try have no digits within.
constexpr bool HasRandomName(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  if (name.size() != 6) return false;
  int digits = 0;
  int letters = 0;
  for (const char c : name) {
    digits += c >= '0' && c <= '9' ? 1 : 0;
    letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : 0;
  }
  return digits + letters == 6 && digits != 0 && letters != 0;
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_RANDOM_TARGETS_H_
