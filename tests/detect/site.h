// A small site with visitors, around which tests of attacks are written: sizes that pages really have.
//
//   Log log;
//   AddVisitors(log, kNoon, 20);     // 20 visitors, 10 s apart, of home page, styles, pages and a search
#ifndef LOGSTAT_TESTS_DETECT_SITE_H_
#define LOGSTAT_TESTS_DETECT_SITE_H_

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {

inline constexpr std::string_view kClient = "203.0.113.9";  // none of the visitors

inline void AddVisitors(Log& log, int64_t second, int visitors) {
  for (int i = 0; i < visitors; ++i) {
    const std::string client = fmt::format("198.51.100.{}", i % 200 + 1);
    const int64_t at = second + i * 10;
    log.Add(at, client, "GET / HTTP/1.1", 200, 10'400 + i % 7 * 30);
    log.Add(at + 1, client, "GET /theme/site.css HTTP/1.1", 200, 2210, "https://www.example.org/");
    log.Add(at + 2, client, fmt::format("GET /news/{}.html HTTP/1.1", i % 9), 200, 6000 + i % 9 * 400);
    log.Add(at + 3, client, "GET /search?q=shoes HTTP/1.1", 200, 4000 + i % 11 * 100);
  }
}

inline Log VisitedSite() {
  Log log;
  AddVisitors(log, kNoon, 20);
  return log;
}

// The findings of the rules about attacks alone, so that a test does not change when another rule is added.
inline Findings FindAttacks(const std::string& log, const Options& options = {}) {
  constexpr std::array<std::string_view, 12> kRules = {
      "auth-rejected", "exploit-string", "sensitive-hit", "write-method", "proxy-misuse", "webdav-surprise",
      "bad-version",   "probe-scan",     "scanner-ua",    "ua-rotation",  "cache-bust",   "background-probing"};
  Findings findings = Find(log, options);
  std::erase_if(findings.rows, [&](const Finding& finding) {
    return std::find(kRules.begin(), kRules.end(), finding.id) == kRules.end();
  });
  return findings;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_SITE_H_
