#include <gtest/gtest.h>

#include "tests/detect/traffic.h"

namespace logstat {
namespace {

TEST(StorageTest, OneIsEnough) {
  Traffic traffic;
  traffic.Visit(3600, 7200, 60);
  traffic.Add({.second = 5000, .request = "PUT /files/a.iso HTTP/1.1", .status = 507});
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "storage");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kHigh);
  EXPECT_EQ(finding->count, 1u);
  EXPECT_EQ(finding->code, 507);
  EXPECT_EQ(finding->verdict, "");
  EXPECT_EQ(finding->sentence, "the site could not store 1 request (507)");
}

TEST(StorageTest, MoreThanAnHourIsStuck) {
  Traffic traffic;
  for (int i = 0; i < 20; ++i) {
    traffic.Add({.second = 5000 + 200 * i, .request = "PUT /files/a.iso HTTP/1.1", .status = 507});
  }
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "storage");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "stuck");
  EXPECT_EQ(FactOf(*finding, "longest_seconds"), "3800");
}

TEST(StorageTest, TwoThatAreAnHourApartAreNotStuck) {
  Traffic traffic;
  traffic.Visit(3600, 10'800, 60);
  for (int64_t second : {5000, 8700}) {
    traffic.Add({.second = second, .request = "PUT /files/a.iso HTTP/1.1", .status = 507});
  }
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "storage");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "");
  EXPECT_EQ(finding->count, 2u);
}

}  // namespace
}  // namespace logstat
