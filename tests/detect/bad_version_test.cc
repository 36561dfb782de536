#include <gtest/gtest.h>

#include <string>

#include "tests/detect/find.h"
#include "tests/detect/site.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;
constexpr std::string_view kHello = R"(\x16\x03\x01\x00\xF2\x01)";

TEST(BadVersionTest, OneThatWasServedIsLow) {
  Log log;
  log.Add(kNoon, "203.0.113.9", "GET / HTTP/1.9", 200, 512);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"bad-version"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kLow);
  EXPECT_EQ(FactOf(findings.rows[0], "version"), "HTTP/1.9");
}

TEST(BadVersionTest, AThresholdThatIsSetHoldsForWhatWasServedAndForBinaryRequests) {
  Options options;
  options.finding_rules["bad-version"].threshold = 3;
  for (const int requests : {2, 3}) {
    Log served;
    Log binary;
    for (int i = 0; i < requests; ++i) served.Add(kNoon + i, "203.0.113.9", "GET / HTTP/1.9", 200, 512);
    for (int i = 0; i < requests; ++i) binary.Add(kNoon + i, "203.0.113.9", kHello, 400, 166, "-", "-");
    const Findings findings = FindAttacks(served.text(), options);
    EXPECT_EQ(Ids(findings), requests == 3 ? Strings{"bad-version"} : Strings{}) << requests;
    if (!findings.rows.empty()) {
      EXPECT_EQ(findings.rows[0].threshold, 3u);
    }
    EXPECT_EQ(Ids(FindAttacks(binary.text(), options)), requests == 3 ? Strings{"background-probing"} : Strings{});
  }
}

TEST(BadVersionTest, OneThatWasRefusedIsBackground) {
  Log log;
  log.Add(kNoon, "203.0.113.9", "GET / HTTP/1.9", 505, 153);
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"background-probing"});
}

TEST(BadVersionTest, UsualVersionsAndCutRequestsAreNot) {
  Log log;
  for (const std::string_view request : {"GET / HTTP/1.0", "GET / HTTP/2.0", "GET / HTTP/3.0", "GET /ksc.html"}) {
    log.Add(kNoon, "203.0.113.9", request, 200, 512);
  }
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

TEST(BadVersionTest, FiveBinaryRequestsAreBackgroundFourAreNot) {
  for (const int requests : {4, 5}) {
    Log log;
    for (int i = 0; i < requests; ++i) log.Add(kNoon + i * 150, "203.0.113.9", kHello, 400, 166, "-", "-");
    EXPECT_EQ(Ids(FindAttacks(log.text())), requests == 5 ? Strings{"background-probing"} : Strings{}) << requests;
  }
}

TEST(BadVersionTest, ConnectionsWithoutARequestAreNot) {
  Log log;
  for (int i = 0; i < 9; ++i) log.Add(kNoon + i, "203.0.113.9", "", 400, 0, "-", "-");
  for (int i = 0; i < 9; ++i) log.Add(kNoon + i, "203.0.113.8", "-", 400, 0, "-", "-");
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

}  // namespace
}  // namespace logstat
