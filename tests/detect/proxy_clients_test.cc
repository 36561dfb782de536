#include "src/detect/proxy_clients.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/detect/find.h"

namespace logstat {
namespace {

constexpr int64_t kNine = 9 * 3600;
constexpr std::string_view kProxy = "192.0.2.10";

std::string Browser(int64_t number) {
  return fmt::format("Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Firefox/{0}.0", 120 + number);
}

// `minutes` of 40 pages each; of ten pages `proxied` from the proxy, the others from 50 clients. Behind the proxy stand
// `people` with a browser each.
void Visit(Log& log, int64_t minutes, int proxied, int people) {
  for (int64_t i = 0; i < minutes * 40; ++i) {
    const bool by_proxy = i % 10 < proxied;
    const std::string agent = Browser(by_proxy ? (i / 10) % people : 0);
    const std::string client = by_proxy ? std::string(kProxy) : fmt::format("198.51.100.{}", i % 50 + 1);
    log.Add(kNine + i * 3 / 2, client, fmt::format("GET /page/{} HTTP/1.1", i % 7), 200, 512, "-", agent);
  }
}

// Five refused passwords: of one client a finding about it.
void RefuseProxy(Log& log, std::string_view client, int64_t second) {
  for (int i = 0; i < 5; ++i) {
    log.Add(second + i * 60, client, "GET /private/ HTTP/1.1", 401, 381, "-", Browser(0), "admin");
  }
}

// Of ten pages `proxied` from the proxy; then it and a client of its own are refused.
Findings FindRefusals(int proxied) {
  Log log;
  Visit(log, 40, proxied, 7);
  RefuseProxy(log, kProxy, kNine + 2400);
  RefuseProxy(log, "203.0.113.9", kNine + 2410);
  return Find(log.text());
}

std::vector<std::string> RefusedClients(const Findings& findings) {
  std::vector<std::string> clients;
  for (const Finding& finding : findings.rows) {
    if (finding.id == "auth-rejected") clients.push_back(finding.entity);
  }
  return clients;
}

TEST(ProxyClientsTest, RulesAboutOneClientLeaveAProxyOutAndTheFindingsSaySo) {
  const Findings findings = FindRefusals(8);
  EXPECT_EQ(RefusedClients(findings), std::vector<std::string>{"203.0.113.9"});
  ASSERT_TRUE(findings.proxied.has_value());
  EXPECT_EQ(findings.proxied->addresses, std::vector<std::string>{std::string(kProxy)});
  EXPECT_NEAR(findings.proxied->share, 0.8, 0.005);
}

TEST(ProxyClientsTest, SeveralProxiesTogetherMakeHalfOfTheLines) {
  Log log;
  for (int64_t i = 0; i < 3000; ++i) {
    const std::string client = i % 10 < 6 ? fmt::format("192.0.2.{}", i % 3 + 1) : fmt::format("198.51.100.{}", i % 90);
    log.Add(kNine + i, client, "GET / HTTP/1.1", 200, 512, "-", Browser(i / 10 % 9));
  }
  const Findings findings = Find(log.text());
  ASSERT_TRUE(findings.proxied.has_value());
  EXPECT_EQ(findings.proxied->addresses.size(), 3u);
}

TEST(ProxyClientsTest, HalfOfTheLinesAreNotMoreThanHalf) {
  const Findings findings = FindRefusals(5);
  EXPECT_EQ(RefusedClients(findings).size(), 2u);
  EXPECT_FALSE(findings.proxied.has_value());
}

TEST(ProxyClientsTest, AClientWithOneBrowserIsNoProxy) {
  Log log;
  Visit(log, 40, 8, 1);
  EXPECT_FALSE(Find(log.text()).proxied.has_value());
}

TEST(ProxyClientsTest, FewerThanAThousandLinesSayNothing) {
  Log log;
  Visit(log, 24, 8, 5);  // 960 lines
  EXPECT_FALSE(Find(log.text()).proxied.has_value());
}

}  // namespace
}  // namespace logstat
