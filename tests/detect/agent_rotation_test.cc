#include <gtest/gtest.h>

#include <array>
#include <string>

#include "tests/detect/find.h"
#include "tests/detect/site.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;

std::string Agent(int i) {
  return fmt::format("Mozilla/5.0 (X11; Linux x86_64; rv:{}.0) Firefox/{}.0", 60 + i, 60 + i);
}

// One redirect, by which the client is known.
Log Rotate(int agents, int64_t step, int64_t from = kNoon) {
  Log log;
  for (int i = 0; i < agents; ++i) {
    log.Add(from + i * step, "203.0.113.9", fmt::format("GET /news/{}.html HTTP/1.1", i), i == 0 ? 302 : 200, 500, "-",
            Agent(i));
  }
  return log;
}

TEST(AgentRotationTest, ElevenAgentsAtOnce) {
  const Findings findings = FindAttacks(Rotate(11, 0).text());
  ASSERT_EQ(Ids(findings), Strings{"ua-rotation"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kMedium);
  EXPECT_EQ(findings.rows[0].entity, "203.0.113.9");
  EXPECT_EQ(FactOf(findings.rows[0], "agents"), "11");
  EXPECT_EQ(findings.rows[0].count, 11u);
}

// Nothing came in the minute after it, so what comes hours later does not take it back.
TEST(AgentRotationTest, OneWhoComesBackAsAVisitorHasChangedItsName) {
  for (const int64_t later : {180, 7200}) {
    Log log = Rotate(11, 0);
    for (int i = 0; i < 30; ++i) log.Add(kNoon + later, "203.0.113.9", "GET / HTTP/1.1", 200, 500, "-", Agent(0));
    EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"ua-rotation"}) << later;
  }
}

TEST(AgentRotationTest, AnAllowedClientIsNot) {
  Options options;
  options.finding_clients = {"203.0.113.0/24"};
  EXPECT_TRUE(Ids(Find(Rotate(11, 0).text(), options), Severity::kInfo).empty());
  options.finding_clients = {"203.0.112.0/24"};
  EXPECT_FALSE(Ids(Find(Rotate(11, 0).text(), options), Severity::kInfo).empty());
}

TEST(AgentRotationTest, TenAreNot) { EXPECT_TRUE(Ids(FindAttacks(Rotate(10, 0).text())).empty()); }

bool Rotates(uint64_t threshold, int64_t window_seconds, const Log& log) {
  Options options;
  options.finding_rules["ua-rotation"] = {.threshold = threshold, .window_seconds = window_seconds};
  const Findings findings = FindAttacks(log.text(), options);
  return FindId(findings, "ua-rotation") != nullptr;
}

TEST(AgentRotationTest, TheRuleCanBeTuned) {
  EXPECT_TRUE(Rotates(2, 8, Rotate(3, 0)));
  EXPECT_FALSE(Rotates(2, 8, Rotate(2, 0)));
  EXPECT_TRUE(Rotates(1, 8, Rotate(2, 2, kNoon + 59)));
  EXPECT_TRUE(Rotates(10, 600, Rotate(12, 50)));  // one or two in a minute
  EXPECT_FALSE(Rotates(10, 30, Rotate(60, 50)));
  EXPECT_TRUE(Rotates(34, 1, Rotate(36, 0, kNoon + 59)));
}

// Some at the end of one minute and some at the begin of the next leave a rest that counts in the one after that.
TEST(AgentRotationTest, WhatIsLeftOfEarlierMinutesCounts) {
  Log log;
  const std::array<int64_t, 3> seconds = {kNoon + 59, kNoon + 60, kNoon + 120};
  const std::array<int, 3> sent = {5, 5, 8};
  int agent = 0;
  for (size_t burst = 0; burst < seconds.size(); ++burst) {
    for (int i = 0; i < sent[burst]; ++i) {
      log.Add(seconds[burst], "203.0.113.9", "GET / HTTP/1.1", 200, 500, "-", Agent(agent++));
    }
  }
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"ua-rotation"});
}

// So long a window that one agent in a minute may matter: more clients come than can be followed.
TEST(AgentRotationTest, OrdinaryClientsDoNotTakeThePlaceOfOneThatRotates) {
  Log log;
  for (int i = 0; i < 6000; ++i) {
    log.Add(kNoon + i / 12, fmt::format("198.51.{}.{}", i / 250, i % 250), "GET / HTTP/1.1", 200, 500, "-",
            Agent(i % 9));
  }
  for (int i = 0; i < 30; ++i) {
    log.Add(kNoon + 540 + i / 10, "203.0.113.9", "GET / HTTP/1.1", 200, 500, "-", Agent(i));
  }
  EXPECT_TRUE(Rotates(10, 90, log));
}

TEST(AgentRotationTest, OneInNineSecondsIsNot) { EXPECT_TRUE(Ids(FindAttacks(Rotate(60, 9).text())).empty()); }

TEST(AgentRotationTest, ElevenAcrossAMinutesEnd) {
  EXPECT_EQ(Ids(FindAttacks(Rotate(12, 1, kNoon + 54).text())), Strings{"ua-rotation"});
}

// Whether the site refuses one of them or serves all, and whether the refusal lies in the minute before the others.
TEST(AgentRotationTest, WhoIsAlwaysServedIsNamed) {
  for (const int64_t from : {kNoon, kNoon + 59}) {
    Log log;
    for (int i = 0; i < 12; ++i) {
      log.Add(from + i / 3, "2001:db8::9", fmt::format("GET /news/{}.html HTTP/1.1", i), 200, 500, "-", Agent(i));
    }
    const Findings findings = FindAttacks(log.text());
    ASSERT_EQ(Ids(findings), Strings{"ua-rotation"});
    EXPECT_EQ(findings.rows[0].count, 12u);
    EXPECT_EQ(findings.rows[0].entity, "2001:db8::/64");
  }
  EXPECT_EQ(Ids(FindAttacks(Rotate(12, 1, kNoon + 59).text())), Strings{"ua-rotation"});
}

// Each of them asks for a page with what is on it.
TEST(AgentRotationTest, PeopleBehindAGatewayAreNot) {
  Log log;
  for (int i = 0; i < 20; ++i) {
    log.Add(kNoon + i, "203.0.113.9", "GET /start HTTP/1.1", 302, 0, "-", Agent(i));
    for (int asset = 0; asset < 6; ++asset) {
      log.Add(kNoon + i, "203.0.113.9", fmt::format("GET /theme/{}.css HTTP/1.1", asset), 200, 500, "-", Agent(i));
    }
  }
  EXPECT_TRUE(Ids(FindAttacks(log.text())).empty());
}

// A page with what is on it, then two more pages whose parts they have already.
TEST(AgentRotationTest, PeopleBehindAGatewayWhoReadOnAreNot) {
  Log log;
  for (int i = 0; i < 40; ++i) {
    const int64_t from = kNoon + i;
    log.Add(from, "203.0.113.9", "GET /start HTTP/1.1", 200, 5000, "-", Agent(i));
    for (int asset = 0; asset < 5; ++asset) {
      log.Add(from, "203.0.113.9", fmt::format("GET /theme/{}.css HTTP/1.1", asset), 200, 500, "-", Agent(i));
    }
    log.Add(from + 25, "203.0.113.9", "GET /news HTTP/1.1", 200, 5000, "-", Agent(i));
    log.Add(from + 40, "203.0.113.9", "GET /about HTTP/1.1", 200, 5000, "-", Agent(i));
  }
  EXPECT_EQ(FindId(Find(log.text()), "ua-rotation"), nullptr);
}

// All of them in the last seconds of a minute, and what is on the page in the next one.
TEST(AgentRotationTest, PeopleBehindAGatewayWhoJustCameAreNot) {
  Log log;
  for (int i = 0; i < 30; ++i) log.Add(kNoon + 59, "203.0.113.9", "GET /start HTTP/1.1", 200, 5000, "-", Agent(i));
  for (int i = 0; i < 30; ++i) {
    for (int asset = 0; asset < 6; ++asset) {
      log.Add(kNoon + 60, "203.0.113.9", fmt::format("GET /theme/{}.css HTTP/1.1", asset), 200, 500, "-", Agent(i));
    }
  }
  EXPECT_EQ(FindId(Find(log.text()), "ua-rotation"), nullptr);
}

}  // namespace
}  // namespace logstat
