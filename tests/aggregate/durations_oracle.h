// What the durations of a report must be, from sorted durations.
#ifndef LOGSTAT_TESTS_AGGREGATE_DURATIONS_ORACLE_H_
#define LOGSTAT_TESTS_AGGREGATE_DURATIONS_ORACLE_H_

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "logstat/report.h"

namespace logstat {

// The duration at the nearest rank of a share in thousandths, in floating point: a second way to say it.
inline int64_t ExactQuantile(std::vector<int64_t> durations, int permille) {
  std::sort(durations.begin(), durations.end());
  const double rank = std::ceil(permille * static_cast<double>(durations.size()) / 1000 - 1e-9);
  return durations[rank < 1 ? 0 : static_cast<size_t>(rank) - 1];
}

inline void ExpectWithin1Percent(int64_t actual, int64_t exact) {
  EXPECT_LE(std::abs(static_cast<double>(actual - exact)), 0.008 * static_cast<double>(exact))
      << actual << " of " << exact;
}

// `durations` must not be empty.
inline void ExpectRowOf(const DurationRow& row, const std::vector<int64_t>& durations) {
  EXPECT_EQ(row.count, durations.size());
  ExpectWithin1Percent(row.p50_us, ExactQuantile(durations, 500));
  ExpectWithin1Percent(row.p90_us, ExactQuantile(durations, 900));
  ExpectWithin1Percent(row.p95_us, ExactQuantile(durations, 950));
  ExpectWithin1Percent(row.p99_us, ExactQuantile(durations, 990));
  ExpectWithin1Percent(row.p999_us, ExactQuantile(durations, 999));
  EXPECT_LE(row.p999_us, row.max_us);
}

inline std::string Describe(const DurationRow& row) {
  return fmt::format("{}: {} {} {} {} {} {}", row.count, row.p50_us, row.p90_us, row.p95_us, row.p99_us, row.p999_us,
                     row.max_us);
}

// Everything about durations that is in a report.
inline std::vector<std::string> DescribeDurations(const Report& report) {
  std::vector<std::string> lines = {"all " + Describe(report.durations.overall)};
  for (const ClassDurations& of : report.durations.classes) {
    lines.push_back(fmt::format("{}xx {}", of.digit, Describe(of.row)));
  }
  lines.push_back(report.durations.paths_left_out ? "left out" : "complete");
  for (const PathDurationRow& path : report.durations.paths) lines.push_back(path.key + ' ' + Describe(path.row));
  for (const auto* rows : {&report.paths, &report.failing_paths}) {
    for (const KeyRow& row : *rows) {
      lines.push_back(fmt::format("p95 {} {}", row.key, row.p95_us ? std::to_string(*row.p95_us) : "-"));
    }
  }
  return lines;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_AGGREGATE_DURATIONS_ORACLE_H_
