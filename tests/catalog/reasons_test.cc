#include "src/catalog/reasons.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "src/catalog/reasons_clouds.h"
#include "src/catalog/reasons_proxies.h"

namespace logstat {
namespace {

std::vector<std::string> HaproxyStates() {
  std::vector<std::string> states;
  for (const auto& a : catalog::kHaproxyEnds) {
    for (const auto& b : catalog::kHaproxyPhases) {
      for (const auto& c : catalog::kHaproxyCookies) {
        for (const auto& d : catalog::kHaproxyCookieUpdates) states.push_back({a.letter, b.letter, c.letter, d.letter});
      }
    }
  }
  return states;
}

std::vector<std::string> SquidCodes() {
  std::vector<std::string> codes{"NONE", "NONE_ABORTED", "NONE_NONE", "NONE_NONE_ABORTED"};
  for (const std::string transport : {"TCP_", "UDP_"}) {
    for (const auto& result : catalog::kSquidResults) {
      const std::string code = transport + std::string(result.name);
      codes.push_back(code);
      for (const auto& end : catalog::kSquidEnds) codes.push_back(code + std::string(end.name));
    }
  }
  return codes;
}

TEST(Reasons, HaproxyStatesAreReadLetterByLetter) {
  EXPECT_EQ(ReasonGloss("----"), "normal end");
  EXPECT_EQ(ReasonGloss("--NI"), "normal end; cookie inserted");
  EXPECT_EQ(ReasonGloss("--VU"), "normal end; cookie valid, renewed");
  EXPECT_EQ(ReasonGloss("SC--"), "server aborted or refused, connecting to server");
  EXPECT_EQ(ReasonGloss("sH--"), "server timed out, awaiting headers");
  EXPECT_EQ(ReasonGloss("sHNN"), "server timed out, awaiting headers");
  EXPECT_EQ(ReasonGloss("cD--"), "client timed out, transferring data");
  EXPECT_EQ(ReasonGloss("CDVN"), "client aborted, transferring data; cookie valid");
  EXPECT_EQ(ReasonGloss("PR--"), "HAProxy denied or cut it, reading the request");
  EXPECT_EQ(ReasonGloss("LR--"), "HAProxy answered itself, reading the request");
  EXPECT_EQ(ReasonGloss("PT--"), "HAProxy denied or cut it, held by a tarpit rule");
}

TEST(Reasons, EveryHaproxyStateIsGlossedWithItsFirstTwoLetters) {
  for (const std::string& state : HaproxyStates()) {
    const std::string gloss = ReasonGloss(state);
    ASSERT_FALSE(gloss.empty()) << state;
    ASSERT_LE(gloss.size(), kMaxReasonGloss) << state;
    EXPECT_TRUE(gloss.starts_with(ReasonGloss(state.substr(0, 2) + "--"))) << state << ": " << gloss;
    EXPECT_EQ(gloss.find(", ") != std::string::npos || state[1] == '-', true) << state << ": " << gloss;
  }
}

TEST(Reasons, EnvoyFlagsMayStandTogether) {
  EXPECT_EQ(ReasonGloss("UF"), "upstream connection failed");
  EXPECT_EQ(ReasonGloss("UF,URX"), "upstream connection failed; retries used up");
  EXPECT_EQ(ReasonGloss("UT,UF,UC"), "upstream timed out; upstream connection failed") << "what fits";
  EXPECT_EQ(ReasonGloss("UF,XX"), "") << "half an answer would hide the other half";
  EXPECT_EQ(ReasonGloss("UF,"), "");
  EXPECT_EQ(ReasonGloss(","), "");
}

TEST(Reasons, SquidCodesSayWhatEndedThem) {
  EXPECT_EQ(ReasonGloss("TCP_MISS"), "not cached, asked the origin");
  EXPECT_EQ(ReasonGloss("TCP_MISS_ABORTED"), "not cached, asked the origin, client left");
  EXPECT_EQ(ReasonGloss("TCP_DENIED"), "denied by access rules");
  EXPECT_EQ(ReasonGloss("UDP_MISS_NOFETCH"), "peer: not cached and not to be fetched");
  EXPECT_EQ(ReasonGloss("TCP_REFRESH_IGNORED"), "older answer of origin ignored") << "a result, not an end";
  EXPECT_EQ(ReasonGloss("NONE"), "no request that could be handled");
  EXPECT_EQ(ReasonGloss("NONE_NONE"), ReasonGloss("NONE"));
  EXPECT_EQ(ReasonGloss("NONE_NONE_ABORTED"), "no request that could be handled, client left");
  EXPECT_EQ(ReasonGloss("TCP_"), "");
  EXPECT_EQ(ReasonGloss("HIT"), "") << "no Squid wrote that";
  for (const std::string& code : SquidCodes()) {
    EXPECT_FALSE(ReasonGloss(code).empty()) << code;
    EXPECT_LE(ReasonGloss(code).size(), kMaxReasonGloss) << code;
  }
}

TEST(Reasons, CloudsHaveTheirOwnWords) {
  EXPECT_EQ(ReasonGloss("AuthInvalidCookie"), "authentication cookie is invalid");
  EXPECT_EQ(ReasonGloss("LambdaResponseTooLarge"), "function's response is too large");
  EXPECT_EQ(ReasonGloss("WAFConnectionTimeout"), "connecting to AWS WAF timed out");
  EXPECT_EQ(ReasonGloss("Miss"), "not in the edge cache, asked the origin");
  EXPECT_EQ(ReasonGloss("OriginDnsError"), "origin's name could not be resolved");
  EXPECT_EQ(ReasonGloss("FunctionThrottledError"), "CloudFront Function was throttled");
}

TEST(Reasons, NoTwoServersShareAWord) {
  std::set<std::string> words;
  const auto add = [&words](std::string word) { EXPECT_TRUE(words.insert(word).second) << word; };
  for (const auto& reason : catalog::kEnvoyFlags) add(std::string(reason.name));
  for (const auto& reason : catalog::kBalancerReasons) add(std::string(reason.name));
  for (const auto& reason : catalog::kCloudFrontResults) add(std::string(reason.name));
  for (const std::string& state : HaproxyStates()) add(state);
  std::set<std::string> squid;
  for (const std::string& code : SquidCodes()) squid.insert(code);
  for (const std::string& code : squid) add(code);
}

TEST(Reasons, WhatNobodyWritesHasNoGloss) {
  EXPECT_EQ(ReasonGloss("-"), "no reason given");
  for (const std::string_view text : {"", "--", "SC", "SC-", "SC---", "xx--", "S C-", "NoSuchKey", "hit",
                                      "TCP_SOMETHING", "NONESUCH", "\x1b[31m", "response_sent_by_backend"}) {
    EXPECT_EQ(ReasonGloss(text), "") << text;
  }
}

}  // namespace
}  // namespace logstat
