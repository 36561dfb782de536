#include <gtest/gtest.h>

#include <string>

#include "tests/detect/find.h"
#include "tests/detect/site.h"
#include "tests/detect/traffic.h"

namespace logstat {
namespace {

using Strings = std::vector<std::string>;

TEST(ProxyMisuseTest, ATunnelIsCritical) {
  Log log = VisitedSite();
  log.Add(kNoon + 300, kClient, "CONNECT mail.example.com:25 HTTP/1.1", 200, 88'120);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"proxy-misuse"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kCritical);
  EXPECT_EQ(findings.rows[0].verdict, "tunnel");
  EXPECT_EQ(FactOf(findings.rows[0], "target"), "mail.example.com:25");
}

TEST(ProxyMisuseTest, ATunnelOfNoBytesIsOneAndThePageOfTheSiteIsNone) {
  for (const std::string_view bytes : {"-", "0"}) {
    std::string text = VisitedSite().text();
    text +=
        fmt::format("{} - - [22/Nov/2026:12:05:00 +0000] \"CONNECT mx.example.com:25 HTTP/1.1\" 200 {} \"-\" \"-\"\n",
                    kClient, bytes);
    const Findings findings = FindAttacks(text);
    ASSERT_EQ(Ids(findings), Strings{"proxy-misuse"}) << bytes;
    EXPECT_EQ(findings.rows[0].severity, Severity::kCritical);
    EXPECT_EQ(findings.rows[0].verdict, "tunnel");
  }
  Log log;
  for (int i = 0; i < 20; ++i) log.Add(kNoon + i, fmt::format("198.51.100.{}", i), "GET / HTTP/1.1", 200, 5000);
  log.Add(kNoon + 300, kClient, "CONNECT mx.example.com:25 HTTP/1.1", 200, 5000);
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"background-probing"});
}

TEST(ProxyMisuseTest, ARelayedPageIsMedium) {
  Log log = VisitedSite();
  log.Add(kNoon + 300, kClient, "GET http://www.example.com/judge.php HTTP/1.1", 200, 1270);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"proxy-misuse"});
  EXPECT_EQ(findings.rows[0].severity, Severity::kMedium);
  EXPECT_EQ(findings.rows[0].verdict, "relay");
  EXPECT_EQ(FactOf(findings.rows[0], "target"), "http://www.example.com/judge.php");
  EXPECT_NE(findings.rows[0].sentence.find("http://www.example.com/judge.php"), std::string::npos);
}

// Twenty visitors of a host, then addresses of some host, with 200 and with 301.
Traffic OfHost(std::string_view visited, std::string_view address, std::string_view logged) {
  Traffic traffic;
  for (int i = 0; i < 20; ++i) traffic.Add({.second = kNoon + i, .bytes = 5000, .host = std::string(visited)});
  for (int i = 0; i < 2; ++i) {
    traffic.Add({.second = kNoon + 300 + i,
                 .client = std::string(kClient),
                 .request = fmt::format("GET http://{}/about HTTP/1.1", address),
                 .status = i == 0 ? 200 : 301,
                 .bytes = 900,
                 .host = std::string(logged)});
  }
  return traffic;
}

TEST(ProxyMisuseTest, AnAddressOfTheOwnHostIsNone) {
  for (const std::string_view address : {"www.example.org", "example.org:443", "WWW.example.org"}) {
    EXPECT_EQ(Ids(FindAs("vhost_combined", OfHost("www.example.org", address, "www.example.org"))), Strings{})
        << address;
  }
}

TEST(ProxyMisuseTest, AnAddressOfAnotherHostIsOneWhateverHostIsLogged) {
  for (const std::string_view logged : {"www.example.org", "other.example"}) {
    const Findings findings = FindAs("vhost_combined", OfHost("www.example.org", "other.example", logged));
    ASSERT_EQ(Ids(findings), (Strings{"proxy-misuse", "background-probing"})) << logged;
    EXPECT_EQ(FactOf(findings.rows[0], "target"), "http://other.example/about");
  }
}

TEST(ProxyMisuseTest, TheOwnSiteIsKnownByWhatItsPagesReferTo) {
  Log log = VisitedSite();
  for (int i = 0; i < 5; ++i) {
    const std::string client = fmt::format("198.51.100.{}", i + 1);
    log.Add(kNoon + 250 + i, client, "GET /shop/list.html HTTP/1.1", 200, 7000 + i);
    log.Add(kNoon + 260 + i, client, "GET /a.jpg HTTP/1.1", 404, 300, "https://www.example.org/shop/list.html");
  }
  log.Add(kNoon + 300, kClient, "GET http://example.org/about HTTP/1.1", 200, 900);
  log.Add(kNoon + 301, kClient, "GET http://example.org/shop HTTP/1.1", 301, 160);
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{});
}

TEST(ProxyMisuseTest, TheOwnHomePageForAForeignAddressIsBackground) {
  Log log = VisitedSite();
  log.Add(kNoon + 300, kClient, "GET http://www.example.com/ HTTP/1.1", 200, 10'430);
  EXPECT_EQ(Ids(FindAttacks(log.text())), Strings{"background-probing"});
}

TEST(ProxyMisuseTest, RefusedTriesAreBackground) {
  Log log = VisitedSite();
  log.Add(kNoon + 300, kClient, "CONNECT mail.example.com:25 HTTP/1.1", 405, 153);
  log.Add(kNoon + 301, kClient, "GET http://www.example.com/judge.php HTTP/1.1", 404, 153);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), Strings{"background-probing"});
  EXPECT_EQ(findings.rows[0].count, 2u);
}

TEST(ProxyMisuseTest, UseProxyIsHighAndItsLoginMedium) {
  Log log = VisitedSite();
  log.Add(kNoon + 300, kClient, "GET /x HTTP/1.1", 305, 0);
  log.Add(kNoon + 301, kClient, "GET /y HTTP/1.1", 407, 120);
  const Findings findings = FindAttacks(log.text());
  ASSERT_EQ(Ids(findings), (Strings{"proxy-misuse", "proxy-misuse"}));
  EXPECT_EQ(findings.rows[0].severity, Severity::kHigh);
  EXPECT_EQ(findings.rows[0].code, 305);
  EXPECT_EQ(findings.rows[1].severity, Severity::kMedium);
}

TEST(ProxyMisuseTest, AnOrdinaryDayOfSquidHasNoFinding) {
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    const std::string client = fmt::format("10.0.0.{}", i % 40);
    const bool tunnel = i % 3 != 0;
    text += fmt::format("{}.{:03}    {} {} {}/{} {} {} - HIER_DIRECT/192.0.2.{} -\n", 1'795'305'600 + i / 2, i % 1000,
                        40 + i % 90, client, tunnel ? "TCP_TUNNEL" : "TCP_MISS", 200, 5000 + i % 700,
                        tunnel ? fmt::format("CONNECT host{}.example:443", i % 200)
                               : fmt::format("GET http://host{}.example/p/{}.html", i % 200, i % 900),
                        i % 99);
  }
  Options options;
  options.format = "squid";
  EXPECT_EQ(Ids(Find(text, options)), Strings{});
}

// Their formats say that every target is a whole address, so a log of a line or two need not prove it.
TEST(ProxyMisuseTest, ABalancerThatServedOneRequestIsNone) {
  const std::string elb =
      "2026-11-22T13:00:0{}.123456Z shop 192.0.2.{}:50412 10.0.0.5:8080 0.000086 0.041048 0.001337 {} {} 0 5120 "
      "\"GET https://shop.example:443/cart?id=7 HTTP/1.1\" \"Mozilla/5.0\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2";
  const std::string alb =
      "https 2026-11-22T13:00:0{}.123456Z app/shop/50dc6c495c0c9188 192.0.2.{}:50412 10.0.0.5:8080 0.000 0.041 0.001 "
      "{} {} 412 5120 \"GET https://shop.example:443/cart?id=7 HTTP/1.1\" \"Mozilla/5.0\" ECDHE-RSA-AES128-GCM-SHA256 "
      "TLSv1.2 arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/cart/73e2d6bc24d8a067 "
      "\"Root=1-6921b2d0-1e2f3a4b5c6d7e8f90a1b2c3\" \"shop.example\" \"-\" 0 2026-11-22T13:00:00.081000Z \"forward\" "
      "\"-\" \"-\" \"10.0.0.5:8080\" \"200\" \"-\" \"-\" TID_1234abcd";
  for (const auto& [name, line] : {std::pair("elb", elb), std::pair("alb", alb)}) {
    for (const int refused : {0, 3}) {
      std::string text;
      for (int i = 0; i <= refused; ++i) {
        const int status = i == 0 ? 200 : 502;
        text += fmt::format(fmt::runtime(line), i, i + 1, status, status) + "\n";
      }
      Options options;
      options.format = name;
      EXPECT_TRUE(OfRule(Find(text, options), "proxy-misuse").empty()) << name << " " << refused;
    }
  }
}

TEST(ProxyMisuseTest, TheLogOfAProxyIsNone) {
  Log log;
  for (int i = 0; i < 30; ++i) {
    log.Add(kNoon + i, "10.0.0.7", fmt::format("CONNECT host{}.example:443 HTTP/1.1", i), 200, 5000 + i);
    log.Add(kNoon + i, "10.0.0.7", fmt::format("GET http://host{}.example/ HTTP/1.1", i), 200, 7000 + i);
    log.Add(kNoon + i, "10.0.0.8", fmt::format("GET http://host{}.example/ HTTP/1.1", i), 407, 300);
  }
  EXPECT_TRUE(Ids(FindAttacks(log.text()), Severity::kLow).empty());
}

}  // namespace
}  // namespace logstat
