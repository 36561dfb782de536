// A small site with visitors, around which tests of attacks are written: sizes that pages really have.
//
//   Log log;
//   AddVisitors(log, kNoon, 20);     // 20 visitors, 10 s apart, of home page, styles, pages and a search
#ifndef LOGSTAT_TESTS_DETECT_SITE_H_
#define LOGSTAT_TESTS_DETECT_SITE_H_

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/detect/find.h"

namespace logstat {

inline constexpr int64_t kNoon = 12 * 3600;

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

inline const Finding* FindingOf(const Findings& findings, std::string_view id) {
  const auto found = std::find_if(findings.rows.begin(), findings.rows.end(),
                                  [id](const Finding& finding) { return finding.id == id; });
  return found == findings.rows.end() ? nullptr : &*found;
}

inline std::string FactOf(const Finding& finding, std::string_view name) {
  for (const EvidenceFact& fact : finding.facts) {
    if (fact.name == name) return fact.value;
  }
  return "";
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_SITE_H_
