#include <gtest/gtest.h>

#include "tests/detect/traffic.h"

namespace logstat {
namespace {

TEST(BandwidthTest, OneIsEnough) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon + 600, 60);  // 512 bytes each
  for (int i = 0; i < 10; ++i) {
    traffic.Add(
        {.second = kNoon - 300 + i, .client = "203.0.113.9", .request = "GET /film.mp4 HTTP/1.1", .bytes = 5'000'000});
  }
  traffic.Fail(kNoon, 1, 1, 509, "/");
  const Findings findings = Find(traffic.text());
  const Finding* finding = FindId(findings, "bandwidth");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kMedium);
  EXPECT_EQ(finding->count, 1u);
  EXPECT_EQ(finding->code, 509);
  EXPECT_EQ(finding->entity_kind, EntityKind::kSite);
  // 59 minutes of 60 pages, and the one of the 509 with itself.
  EXPECT_EQ(FactOf(*finding, "bytes_in_hour_before"), std::to_string(50'000'000 + 3601 * 512));
  EXPECT_TRUE(FactOf(*finding, "paths_by_bytes").starts_with("/film.mp4 (99.")) << FactOf(*finding, "paths_by_bytes");
  EXPECT_TRUE(FactOf(*finding, "clients_by_bytes").starts_with("203.0.113.9 (99."));
  EXPECT_EQ(finding->sentence,
            "the site refused 1 request because its bandwidth is used up (509); 51.8 MB in the hour before");
}

TEST(BandwidthTest, ManyBytesAloneAreNone) {
  Traffic traffic;
  traffic.Visit(kNoon - 7200, kNoon, 60);
  for (int i = 0; i < 600; ++i) traffic.Add({.second = kNoon + i, .bytes = 500'000'000});
  EXPECT_EQ(FindId(Find(traffic.text()), "bandwidth"), nullptr);
}

TEST(BandwidthTest, OneFindingOfEachHost) {
  Traffic traffic;
  for (const char* host : {"www.example", "shop.example"}) {
    traffic.Visit(kNoon - 600, kNoon, 60, host);
    traffic.Fail(kNoon, 30, 60, 509, "/", host);
  }
  const Findings findings = FindAs("vhost_combined", traffic);
  size_t found = 0;
  for (const Finding& finding : findings.rows) {
    if (finding.id != "bandwidth") continue;
    ++found;
    EXPECT_EQ(finding.entity_kind, EntityKind::kHost);
    EXPECT_EQ(finding.count, 30u);
  }
  EXPECT_EQ(found, 2u);
}

}  // namespace
}  // namespace logstat
