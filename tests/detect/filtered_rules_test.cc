// Rules that need all statuses do not run where --where asks for outcomes, and say so.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "src/detect/registry.h"
#include "tests/detect/find.h"

namespace logstat {
namespace {

// An hour of traffic, then 60 answers 500 within a minute, and a 507.
std::string FailingLog() {
  Log log;
  for (int second = 0; second < 3'600; second += 2) {
    log.Add(second, fmt::format("203.0.113.{}", second % 50), "GET /shop HTTP/1.1", 200);
  }
  for (int second = 3'600; second < 3'660; ++second) {
    log.Add(second, fmt::format("203.0.113.{}", second % 50), "GET /shop HTTP/1.1", 500);
  }
  log.Add(3'660, "203.0.113.7", "PUT /files/a HTTP/1.1", 507);
  return log.text();
}

Findings FindWhere(std::string where) {
  Options options;
  options.where = std::move(where);
  return Find(FailingLog(), options);
}

DetectorRow RowOf(const Findings& findings, std::string_view id) {
  for (const DetectorRow& row : findings.detectors) {
    if (row.id == id) return row;
  }
  return {};
}

TEST(FilteredRules, WithoutAFilterTheyRun) {
  const Findings findings = FindWhere("");
  EXPECT_NE(FindId(findings, "srv-500"), nullptr);
  EXPECT_EQ(RowOf(findings, "srv-500").state, DetectorState::kRan);
}

TEST(FilteredRules, AFilterOfAnOutcomeSkipsThem) {
  for (const char* where :
       {"status >= 500", "not status in 2xx", "path == \"/shop\" and (bytes > 0 or status == 500)"}) {
    const Findings findings = FindWhere(where);
    EXPECT_EQ(FindId(findings, "srv-500"), nullptr) << where;
    for (const DetectorEntry* entry : AllDetectors()) {
      const DetectorRow row = RowOf(findings, entry->rule->id);
      EXPECT_EQ(row.reason == "filtered", entry->rule->needs_all_statuses) << row.id;
      EXPECT_EQ(row.state == DetectorState::kSkipped, entry->rule->needs_all_statuses) << row.id;
    }
  }
}

TEST(FilteredRules, OthersRunUnderIt) {
  const Findings findings = FindWhere("status >= 500");
  EXPECT_NE(FindId(findings, "storage"), nullptr);
  EXPECT_EQ(RowOf(findings, "storage").state, DetectorState::kRan);
}

TEST(FilteredRules, FiltersOfOtherFieldsAndOfTimesDoNotMatter) {
  EXPECT_NE(FindId(FindWhere("path == \"/shop\" and client in 203.0.113.0/24"), "srv-500"), nullptr);
  Options options;
  options.since = 0;
  const Findings findings = Find(FailingLog(), options);
  EXPECT_NE(FindId(findings, "srv-500"), nullptr);
  EXPECT_EQ(RowOf(findings, "srv-500").state, DetectorState::kRan);
}

TEST(FilteredRules, WhatIsOffStaysOff) {
  Options options;
  options.where = "status >= 500";
  options.finding_rules["srv-500"].on = false;
  EXPECT_EQ(RowOf(Find(FailingLog(), options), "srv-500").state, DetectorState::kOff);
}

// Each of them compares lines with lines of another outcome: a share, an answer that follows, silence.
TEST(FilteredRules, AreThese) {
  std::set<std::string_view> ids;
  for (const DetectorEntry* entry : AllDetectors()) {
    if (entry->rule->needs_all_statuses) ids.insert(entry->rule->id);
  }
  for (const char* id : {"srv-500", "503-overload", "upstream", "client-abort", "421-conn-limit", "auth-rejected",
                         "empty-200", "body-rule", "cache-stale", "async-orphan", "lost-update", "redirect-hygiene",
                         "redirect-run", "traffic-gap", "ua-rotation"}) {
    EXPECT_TRUE(ids.count(id) == 1) << id;
  }
}

}  // namespace
}  // namespace logstat
