#include <gtest/gtest.h>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

std::vector<Finding> FoundMisfits(int times, int64_t apart, std::string_view request, int status) {
  Log log;
  for (int i = 0; i < times; ++i) {
    log.Add(3600 + i * apart, "203.0.113.9", request, status, 100, "-", "uploader/1.0");
  }
  return OfRule(Find(log.text()), "upload-misfit");
}

TEST(UploadMisfitsTest, EachCodeHasItsThreshold) {
  struct Row {
    int code;
    int threshold;
    std::string_view verdict;
    Severity severity;
    std::string_view entity;
  };
  for (const Row& row : {Row{411, 5, "no-length", Severity::kLow, "203.0.113.9"},
                         Row{413, 3, "too-large", Severity::kLow, "203.0.113.9"},
                         Row{415, 10, "wrong-type", Severity::kLow, "203.0.113.9"},
                         Row{417, 10, "expectation", Severity::kInfo, "uploader/1.0"},
                         Row{422, 20, "wrong-values", Severity::kInfo, "203.0.113.9"}}) {
    EXPECT_TRUE(FoundMisfits(row.threshold - 1, 1, "POST /up HTTP/1.1", row.code).empty()) << row.code;
    EXPECT_TRUE(FoundMisfits(row.threshold, 1801, "POST /up HTTP/1.1", row.code).empty()) << row.code;
    const auto found = FoundMisfits(row.threshold, 20, "PUT /up HTTP/1.1", row.code);
    ASSERT_EQ(found.size(), 1u) << row.code;
    EXPECT_EQ(found[0].verdict, row.verdict);
    EXPECT_EQ(found[0].severity, row.severity);
    EXPECT_EQ(found[0].entity, row.entity);
    EXPECT_EQ(found[0].count, static_cast<uint64_t>(row.threshold));
    EXPECT_EQ(found[0].threshold, static_cast<uint64_t>(row.threshold));
  }
}

TEST(UploadMisfitsTest, WhatCarriesNoBodyIsNoUpload) {
  for (const int code : {411, 413, 415, 417, 422}) {
    EXPECT_TRUE(FoundMisfits(50, 1, "GET /up HTTP/1.1", code).empty()) << code;
  }
}

TEST(UploadMisfitsTest, TenClientsOnOneFormAreMedium) {
  const auto clients = [](int count) {
    Log log;
    for (int i = 0; i < count; ++i) {
      log.Add(3600 + i * 900, fmt::format("203.0.113.{}", i + 1), "POST /form HTTP/1.1", 413);
      log.Add(3601 + i * 900, fmt::format("203.0.113.{}", i + 1), "POST /form HTTP/1.1", 413);
    }
    return OfRule(Find(log.text()), "upload-misfit");
  };
  EXPECT_TRUE(clients(9).empty());
  const auto found = clients(10);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].entity, "/form");
  EXPECT_EQ(found[0].entity_kind, EntityKind::kPath);
  EXPECT_EQ(FactOf(found[0], "clients"), "10");
  EXPECT_EQ(found[0].sentence, "10 clients sent a body that is too large (413): /form");
  EXPECT_EQ(found[0].count, 20u);
  EXPECT_EQ(found[0].last_time - found[0].first_time, (9 * 900 + 1) * 1000);
  EXPECT_EQ(found[0].severity, Severity::kMedium);
}

}  // namespace
}  // namespace logstat
