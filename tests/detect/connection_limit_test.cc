#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/detect/find.h"
#include "tests/detect/of_rule.h"

namespace logstat {
namespace {

constexpr int64_t kEleven = 39600;
const char* const kBrowsers[] = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 "
    "Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
    "Mobile/15E148 Safari/604.1",
};

const Finding* FindLimit(const Findings& findings) { return FindId(findings, "421-conn-limit"); }

// One line a second of other people who are served.
void AddOthers(Log& log, int64_t from, int64_t seconds, int status = 200) {
  for (int64_t i = 0; i < seconds; ++i) {
    log.Add(from + i, fmt::format("198.51.100.{}", i % 50), "GET /p HTTP/1.1", status, 5000, "-", kBrowsers[i % 5]);
  }
}

TEST(ConnectionLimitTest, FiveAnswersWith421InAMinute) {
  Log log;
  for (int i = 0; i < 5; ++i) log.Add(kEleven + i * 15, "203.0.113.9", "GET /p HTTP/1.1", 421, 156);
  const Findings findings = Find(log.text());
  const Finding* finding = FindLimit(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "conn-limit");
  EXPECT_EQ(finding->severity, Severity::kMedium);
  EXPECT_EQ(finding->count, 5u);
  EXPECT_NE(finding->sentence.find("one address may be many users"), std::string::npos);
  ASSERT_EQ(finding->top_clients.size(), 1u);
  EXPECT_EQ(finding->top_clients[0].key, "203.0.113.9");
}

TEST(ConnectionLimitTest, FourAreNone) {
  Log log;
  for (int i = 0; i < 4; ++i) log.Add(kEleven + i, "203.0.113.9", "GET /p HTTP/1.1", 421, 156);
  EXPECT_EQ(FindLimit(Find(log.text())), nullptr);
}

// The first four are counted before anybody knows that there will be a finding.
TEST(ConnectionLimitTest, TheCodeIsTheOneOfMostRefusals) {
  const auto limit = [](const std::vector<int>& codes) {
    Log log;
    AddOthers(log, kEleven, 120);
    for (size_t i = 0; i < codes.size(); ++i) {
      log.Add(kEleven + 60 + static_cast<int64_t>(i), "203.0.113.9", "GET /api HTTP/1.1", codes[i], 206);
    }
    const Findings findings = Find(log.text());
    const Finding* finding = FindLimit(findings);
    return finding == nullptr ? Finding() : *finding;
  };
  for (const std::vector<int>& codes : {std::vector<int>{421, 421, 421, 421, 503}, {421, 421, 421, 421, 421, 503}}) {
    const Finding mostly_421 = limit(codes);
    EXPECT_EQ(mostly_421.code, 421) << codes.size();
    EXPECT_NE(mostly_421.sentence.find(fmt::format("{} times, {} of them with 421,", codes.size(), codes.size() - 1)),
              std::string::npos)
        << mostly_421.sentence;
  }
  EXPECT_EQ(limit({421, 503, 503, 503, 503, 503}).code, 503);
  EXPECT_EQ(limit({503, 421, 503, 421, 503, 421}).code, 421);  // as many
  EXPECT_NE(limit({421, 421, 421, 421, 421}).sentence.find("refused 5 times with 421 for"), std::string::npos);
}

// Refusals of an earlier minute that were too few are no part of the finding.
TEST(ConnectionLimitTest, TheCodeIsThatOfTheLinesOfTheFinding) {
  Log log;
  AddOthers(log, kEleven, 1200);
  for (int i = 0; i < 12; ++i) log.Add(kEleven + i % 4 + i / 4 * 120, "203.0.113.9", "GET /a HTTP/1.1", 503, 206);
  for (int i = 0; i < 5; ++i) log.Add(kEleven + 600 + i, "203.0.113.9", "GET /a HTTP/1.1", 421, 206);
  const Findings findings = Find(log.text());
  const Finding* finding = FindLimit(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->code, 421);
  EXPECT_NE(finding->sentence.find("refused 5 times with 421 for"), std::string::npos) << finding->sentence;
}

TEST(ConnectionLimitTest, ManyPeopleBehindOneAddressLowerTheSeverity) {
  Log log;
  for (int i = 0; i < 240; ++i) {
    log.Add(kEleven + i * 5, "203.0.113.9", "GET /p HTTP/1.1", i % 3 == 0 ? 421 : 200, 5000, "-", kBrowsers[i % 5]);
  }
  const Findings findings = Find(log.text());
  const Finding* finding = FindLimit(findings);
  ASSERT_NE(finding, nullptr);
  ASSERT_TRUE(finding->shared.has_value());
  EXPECT_EQ(*finding->shared, Shared::kLikely);
  EXPECT_EQ(finding->severity, Severity::kLow);
}

TEST(ConnectionLimitTest, OneClientThatIsRefusedWhileOthersAreServed) {
  Log log;
  AddOthers(log, kEleven, 120);
  for (int i = 0; i < 30; ++i) log.Add(kEleven + 60 + i, "203.0.113.9", "GET /api HTTP/1.1", 503, 206);
  const Findings findings = Find(log.text());
  const Finding* finding = FindLimit(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "conn-limit");
  EXPECT_EQ(finding->code, 503);
  EXPECT_EQ(finding->count, 30u);
}

TEST(ConnectionLimitTest, AnOutageIsNoLimit) {
  Log log;
  AddOthers(log, kEleven, 300, 503);
  for (int i = 0; i < 30; ++i) log.Add(kEleven + 60 + i, "203.0.113.9", "GET /api HTTP/1.1", 503, 206);
  EXPECT_EQ(FindLimit(Find(log.text())), nullptr);
}

TEST(ConnectionLimitTest, AClientThatAsksTooOften) {
  Log log;
  AddOthers(log, kEleven, 120);
  for (int i = 0; i < 30; ++i) log.Add(kEleven + 60 + i, "203.0.113.9", "GET /api HTTP/1.1", i % 2 ? 429 : 200, 206);
  const Findings findings = Find(log.text());
  const Finding* finding = FindLimit(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "rate-limit");
  EXPECT_EQ(finding->severity, Severity::kMedium);
}

TEST(ConnectionLimitTest, AFewRefusalsOfABusyClientAreInformation) {
  Log log;
  AddOthers(log, kEleven, 120);
  for (int i = 0; i < 600; ++i)
    log.Add(kEleven + 60 + i / 10, "203.0.113.9", "GET /api HTTP/1.1", i % 50 ? 200 : 429, 206);
  const Findings findings = Find(log.text());
  const Finding* finding = FindLimit(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, Severity::kInfo);
}

TEST(ConnectionLimitTest, ManyClientsOfHttp2ThatAreServedAtOnceWereMisdirected) {
  Log log;
  for (int i = 0; i < 12; ++i) {
    const std::string client = fmt::format("203.0.113.{}", i);
    log.Add(kEleven + i * 3, client, "GET /a HTTP/2.0", 421, 156, "-", kBrowsers[i % 5]);
    log.Add(kEleven + i * 3 + 1, client, "GET /a HTTP/2.0", 200, 5000, "-", kBrowsers[i % 5]);
  }
  const Findings findings = Find(log.text());
  const Finding* finding = FindLimit(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "misdirected");
  EXPECT_EQ(finding->count, 12u);
  EXPECT_TRUE(finding->advice_is_whole) << "what is advised for 421 is about limits";
}

TEST(ConnectionLimitTest, ManyThatWereMisdirectedAreAllCounted) {
  Log log;
  for (int i = 0; i < 400; ++i) {
    const std::string client = fmt::format("203.0.{}.{}", 100 + i / 200, i % 200);
    log.Add(kEleven + i * 2, client, "GET /a HTTP/2.0", 421, 156, "-", kBrowsers[i % 5]);
    log.Add(kEleven + i * 2 + 1, client, "GET /a HTTP/2.0", 200, 5000, "-", kBrowsers[i % 5]);
  }
  const Findings findings = Find(log.text());
  const Finding* finding = FindLimit(findings);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->verdict, "misdirected");
  EXPECT_EQ(FactOf(*finding, "clients"), "400");
}

TEST(ConnectionLimitTest, TheCodesAreAnOption) {
  Log log;
  AddOthers(log, kEleven, 60);
  for (int i = 0; i < 10; ++i) log.Add(kEleven + 30 + i, "203.0.113.9", "GET /p HTTP/1.1", 403, 156);
  EXPECT_EQ(FindLimit(Find(log.text())), nullptr);
  Options options;
  options.limit_codes = {403};
  EXPECT_NE(FindLimit(Find(log.text(), options)), nullptr);
}

// Two visitors go on asking in the first seconds of an outage, when the minute before it was fine.
TEST(ConnectionLimitTest, TheBeginOfAnOutageIsNoLimit) {
  Log log;
  AddOthers(log, kEleven, 600);
  for (int64_t i = 600; i < 900; ++i) {
    if (i < 606) log.Add(kEleven + i, "203.0.113.9", "GET /a HTTP/1.1", 503, 206, "-", kBrowsers[0]);
    if (i < 606) log.Add(kEleven + i, "203.0.113.10", "GET /b HTTP/1.1", 503, 206, "-", kBrowsers[1]);
    log.Add(kEleven + i, fmt::format("198.51.100.{}", i % 50), "GET /p HTTP/1.1", 503, 206, "-", kBrowsers[i % 5]);
  }
  EXPECT_EQ(FindLimit(Find(log.text())), nullptr);
}

// It asks all through an outage of ten minutes and longer than anybody else.
TEST(ConnectionLimitTest, AnImpatientClientOfAnOutageIsNotLimited) {
  Log log;
  AddOthers(log, kEleven, 600);
  for (int64_t i = 600; i < 1200; ++i) {
    log.Add(kEleven + i, "203.0.113.9", "GET /a HTTP/1.1", 503, 206, "-", kBrowsers[0]);
    log.Add(kEleven + i, fmt::format("198.51.100.{}", i % 50), "GET /p HTTP/1.1", 503, 206, "-", kBrowsers[i % 5]);
  }
  EXPECT_EQ(FindLimit(Find(log.text())), nullptr);
}

TEST(ConnectionLimitTest, EachHostHasItsOwnFinding) {
  std::string text;
  for (const char* const host : {"a.example", "b.example", "c.example"}) {
    const int refusals = host[0] == 'c' ? 4 : 10;  // of the third too few
    for (int i = 0; i < refusals; ++i) {
      text += fmt::format("{} 203.0.113.9 - - [22/Nov/2026:11:00:{:02} +0000] \"GET / HTTP/1.1\" 421 156 \"-\" \"-\"\n",
                          host, i * 5);
    }
  }
  Options options;
  options.format = "vhost_combined";
  const Findings findings = Find(text, options);
  const std::vector<Finding> found = OfRule(findings, "421-conn-limit");
  ASSERT_EQ(found.size(), 2u);
  for (const Finding& finding : found) EXPECT_EQ(finding.count, 10u) << finding.entity;
  EXPECT_NE(found[0].entity, found[1].entity);
}

// Ten downloads of thirty seconds, one second apart, then refusals.
TEST(ConnectionLimitTest, RequestsInFlightAreCountedWhereDurationsAreKnown) {
  const auto log = [](bool timed) {
    std::string text;
    for (int i = 0; i < 16; ++i) {
      text += fmt::format("203.0.113.9 - - [22/Nov/2026:11:00:{:02} +0000] \"GET /f HTTP/1.1\" {} 156 \"-\" \"-\"{}\n",
                          40 + i, i < 10 ? 200 : 421,
                          !timed   ? ""
                          : i < 10 ? " 30.000"
                                   : " 0.000");
    }
    return text;
  };
  Options options;
  options.format = "combined_timed";
  const Findings timed = Find(log(true), options);
  ASSERT_NE(FindLimit(timed), nullptr);
  EXPECT_EQ(FactOf(*FindLimit(timed), "peak_in_flight"), "10");
  const Findings untimed = Find(log(false));
  ASSERT_NE(FindLimit(untimed), nullptr);
  EXPECT_EQ(FactOf(*FindLimit(untimed), "peak_in_flight"), "unknown");
}

}  // namespace
}  // namespace logstat
