// Findings of a log that a test writes, for the tests of this folder.
//
//   Log log;
//   log.Add(13 * 3600 + 5, "203.0.113.9", "GET /x HTTP/1.1", 404, 153);
//   const Findings findings = Find(log.text());
//   EXPECT_EQ(Ids(findings), (std::vector<std::string>{"probe-scan"}));
#ifndef LOGSTAT_TESTS_DETECT_FIND_H_
#define LOGSTAT_TESTS_DETECT_FIND_H_

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/analyze.h"

namespace logstat {

inline constexpr int64_t kNoon = 12 * 3600;  // as a second of the day

// Lines of the combined format of 2026-11-22, UTC, from seconds of the day on.
class Log {
 public:
  void Add(int64_t second, std::string_view client, std::string_view request, int status, int64_t bytes = 512,
           std::string_view referrer = "-",
           std::string_view agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0",
           std::string_view user = "-") {
    const int64_t day = 22 + second / 86400;
    const int64_t s = second % 86400;
    text_ += fmt::format("{} - {} [{:02}/Nov/2026:{:02}:{:02}:{:02} +0000] \"{}\" {} {} \"{}\" \"{}\"\n", client, user,
                         day, s / 3600, s / 60 % 60, s % 60, request, status, bytes, referrer, agent);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

inline Findings Find(const std::vector<std::string>& logs, Options options = {}) {
  char folder[] = "/tmp/logstat-find-XXXXXX";
  if (mkdtemp(folder) == nullptr) return {};
  std::vector<std::string> paths;
  for (size_t i = 0; i < logs.size(); ++i) {
    paths.push_back(fmt::format("{}/{}.log", folder, i));
    std::ofstream(paths.back(), std::ios::binary) << logs[i];
  }
  options.inputs = paths;
  if (options.format == "auto") options.format = "combined";
  RunControl control;
  Report report = Analyze(options, control);
  for (const std::string& path : paths) std::remove(path.c_str());
  rmdir(folder);
  return report.findings;
}
inline Findings Find(const std::string& log, Options options = {}) {
  return Find(std::vector<std::string>{log}, std::move(options));
}

// Of findings of medium or worse, or of all.
inline std::vector<std::string> Ids(const Findings& findings, Severity least = Severity::kInfo) {
  std::vector<std::string> ids;
  for (const Finding& finding : findings.rows) {
    if (finding.severity >= least) ids.emplace_back(finding.id);
  }
  return ids;
}

// The finding of an id, or null.
inline const Finding* FindId(const Findings& findings, std::string_view id) {
  const auto found =
      std::find_if(findings.rows.begin(), findings.rows.end(), [id](const Finding& row) { return row.id == id; });
  return found == findings.rows.end() ? nullptr : &*found;
}

// Empty if the finding has no fact of that name.
inline std::string FactOf(const Finding& finding, std::string_view name) {
  for (const EvidenceFact& fact : finding.facts) {
    if (fact.name == name) return fact.value;
  }
  return "";
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_FIND_H_
