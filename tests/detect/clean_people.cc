#include <fmt/format.h>

#include <utility>

#include "tests/detect/clean_traffic.h"

namespace logstat {
namespace {

constexpr std::array<std::string_view, 6> kFiles = {"/theme/site.css", "/theme/print.css", "/js/app.js",
                                                    "/img/logo.svg",   "/img/head.jpg",    "/fonts/text.woff2"};

// One person at one browser.
class Visitor {
 public:
  Visitor(std::string client, std::string_view agent, int64_t second, Dice& dice, WovenLog& log)
      : client_(std::move(client)), agent_(agent), second_(second), dice_(dice), log_(log) {}

  void Visit() {
    const int64_t kind = dice_.Roll(100);
    if (kind < 6) {
      LogIn();
    } else if (kind < 8) {
      SignOn();
    } else if (kind < 10) {
      LogInByDialogue();
    } else if (kind < 13) {
      Watch();
    } else if (kind < 15) {
      ReadDocument();
    } else if (kind < 18) {
      UseApplication();
    } else {
      Browse();
    }
  }

  void Browse() {
    returns_ = dice_.Percent(40);
    if (dice_.Percent(12)) Get("example.org", "/", 301, 169);
    std::string referrer = dice_.Percent(40) ? "https://www.google.com/" : "-";
    const int64_t pages = dice_.Between(1, 6);
    for (int64_t i = 0; i < pages; ++i) {
      const std::string path = SomePage();
      OpenPage(path, referrer);
      referrer = "https://www.example.org" + path;
      second_ += dice_.Between(4, 70);
      if (dice_.OneIn(12)) Search(referrer);
      if (dice_.OneIn(150)) MeetDeadLink();
      if (dice_.OneIn(80)) SendForm(referrer);
    }
  }

 private:
  WovenLine Start(std::string_view host) const {
    WovenLine line;
    line.second = second_;
    line.host = host;
    line.client = client_;
    line.agent = agent_;
    return line;
  }

  void Get(std::string_view host, std::string_view path, int status, int64_t bytes, std::string_view referrer = "-",
           std::string_view user = "-") {
    Send("GET", host, path, status, bytes, referrer, user);
  }
  void Send(std::string_view method, std::string_view host, std::string_view path, int status, int64_t bytes,
            std::string_view referrer = "-", std::string_view user = "-") {
    WovenLine line = Start(host);
    line.request = fmt::format("{} {} HTTP/{}", method, path, is_modern_ ? "2.0" : "1.1");
    line.status = status;
    line.bytes = bytes;
    line.referrer = referrer;
    line.user = user;
    log_.Add(std::move(line));
  }

  std::string SomePage() {
    if (dice_.Percent(25)) return "/";
    if (dice_.Percent(40)) return fmt::format("/news/{}.html", dice_.Roll(60));
    return fmt::format("/products/{}/", dice_.Roll(300));
  }

  void OpenPage(const std::string& path, const std::string& referrer) {
    if (dice_.OneIn(4000)) {  // stray failures, all day long
      Get("www.example.org", path, dice_.Pick(std::array{500, 502, 503, 504}), 552, referrer);
      return;
    }
    if (dice_.OneIn(700)) {
      Get("www.example.org", path, 499, 0, referrer);
      return;
    }
    Get("www.example.org", path, 200, BytesOf(path) + dice_.Roll(200), referrer);
    const std::string page = "https://www.example.org" + path;
    if (dice_.Percent(2)) second_ += 1;
    for (const std::string_view file : kFiles) {
      if (has_files_ && !returns_) break;
      Get("www.example.org", file, returns_ ? 304 : 200, returns_ ? 0 : BytesOf(file), page);
    }
    if (!has_files_ && dice_.Percent(4)) Get("www.example.org", "/favicon.ico", 404, 153, page);
    if (!has_files_ && agent_.find("iPhone") != std::string::npos && dice_.Percent(20)) {
      Get("www.example.org", "/apple-touch-icon-precomposed.png", 404, 153);
      Get("www.example.org", "/apple-touch-icon.png", 404, 153);
    }
    has_files_ = true;
    returns_ = false;
  }

  void Search(const std::string& referrer) {
    if (dice_.Percent(60)) {
      Get("www.example.org", fmt::format("/search?q=word{}", dice_.Roll(500)), 200, 4000 + dice_.Roll(3000), referrer);
    } else {  // a long form that really sends by GET, and is served
      std::string path = "/find?";
      const int64_t fields = dice_.Between(10, 90);
      for (int64_t i = 0; i < fields; ++i)
        path += fmt::format("{}field{}=value+{}", i == 0 ? "" : "&", i, dice_.Roll(90));
      Get("www.example.org", path, 200, 6000 + dice_.Roll(5000), referrer);
    }
    second_ += dice_.Between(3, 40);
  }

  void MeetDeadLink() {
    Get("www.example.org", fmt::format("/old/{}.html", dice_.Roll(400)), 404, 1530,
        fmt::format("https://blog{}.example.net/links", dice_.Roll(40)));
    second_ += dice_.Between(3, 20);
  }

  void SendForm(const std::string& referrer) {
    const bool is_wrong = dice_.Percent(20);
    if (is_wrong) {
      Send("POST", "www.example.org", "/contact", 422, 3100, referrer);
      second_ += dice_.Between(5, 30);
    }
    Send("POST", "www.example.org", "/contact", 303, 0, referrer);
    Get("www.example.org", "/contact/thanks", 200, 2900 + dice_.Roll(20), referrer);
    second_ += dice_.Between(5, 30);
  }

  void LogIn() {
    const std::string_view page = "https://shop.example.org/login";
    Get("shop.example.org", "/login", 200, 4100);
    second_ += dice_.Between(6, 30);
    for (int64_t wrong = dice_.Percent(85) ? 0 : dice_.Between(1, 2); wrong > 0; --wrong) {
      Send("POST", "shop.example.org", "/login", 200, 4230, page);
      second_ += dice_.Between(6, 30);
    }
    Send("POST", "shop.example.org", "/login", 302, 0, page);
    Get("shop.example.org", "/account", 200, 8000 + dice_.Roll(3000), page);
    for (int64_t i = dice_.Between(1, 6); i > 0; --i) {
      second_ += dice_.Between(5, 60);
      const std::string path = fmt::format("/orders/{}", dice_.Roll(9000));
      Get("shop.example.org", path, 200, BytesOf(path), "https://shop.example.org/account");
    }
    if (dice_.Percent(30)) {
      second_ += 8;
      Send("POST", "shop.example.org", "/cart", 302, 0, "https://shop.example.org/products");
      Get("shop.example.org", "/cart", 200, 5000 + dice_.Roll(900), "https://shop.example.org/products");
    }
  }

  // Single sign-on: five redirects in a row, each to another step.
  void SignOn() {
    Get("login.example.org", "/start?return=%2Fhome", 302, 0);
    for (const std::string_view step : {"/authorize?client_id=7&state=x", "/session", "/consent", "/callback?code=9"}) {
      second_ += dice_.Roll(2);
      Get("login.example.org", step, 302, 0);
    }
    Get("login.example.org", "/home", 200, 6200 + dice_.Roll(300));
  }

  // The browser's own dialogue: the first answer is always 401, without a user.
  void LogInByDialogue() {
    const std::string user = fmt::format("person{}", dice_.Roll(60));
    Get("intra.example.org", "/", 401, 179);
    second_ += dice_.Between(4, 20);
    for (int64_t wrong = dice_.Percent(80) ? 0 : dice_.Between(1, 2); wrong > 0; --wrong) {
      // The browser sends a stale password with everything on the page.
      Get("intra.example.org", "/", 401, 179, "-", user);
      if (dice_.Percent(50)) {
        for (const std::string_view file : kFiles) {
          Get("intra.example.org", file, 401, 179, "https://intra.example.org/", user);
        }
      }
      second_ += dice_.Between(4, 20);
    }
    for (int64_t i = dice_.Between(3, 12); i > 0; --i) {
      const std::string path = fmt::format("/wiki/{}", dice_.Roll(80));
      Get("intra.example.org", path, 200, BytesOf(path) + dice_.Roll(90), "https://intra.example.org/", user);
      second_ += dice_.Between(3, 60);
    }
  }

  void Watch() {
    const std::string path = fmt::format("/films/{}.mp4", dice_.Roll(30));
    const std::string page = "https://www.example.org/films/";
    for (int64_t parts = dice_.Between(8, 30); parts > 0; --parts) {
      Get("media.example.org", path, 206, 1'048'576 * dice_.Between(1, 3), page);
      second_ += dice_.Between(2, 6);
    }
    if (dice_.OneIn(20)) Get("media.example.org", path, 416, 190, page);
    if (dice_.OneIn(8)) Get("media.example.org", path, 499, 524'288, page);
  }

  void ReadDocument() {
    const std::string path = fmt::format("/docs/{}.pdf", dice_.Roll(40));
    Get("media.example.org", path, 200, 2'400'000);
    for (int64_t parts = dice_.Between(3, 12); parts > 0; --parts) {
      Get("media.example.org", path, 206, 65'536);
      if (dice_.Percent(40)) ++second_;
    }
  }

  // Whatever the path, the same page; the data come by an interface.
  void UseApplication() {
    for (int64_t i = dice_.Between(2, 6); i > 0; --i) {
      const std::string page = fmt::format("/board/{}", dice_.Roll(900));
      Get("app.example.org", page, 200, 3482);
      for (int64_t calls = dice_.Between(1, 4); calls > 0; --calls) {
        const std::string path = fmt::format("/data/cards/{}?page={}", dice_.Roll(900), dice_.Roll(4));
        Get("app.example.org", path, 200, 300 + dice_.Roll(4000), "https://app.example.org" + page);
      }
      if (dice_.Percent(50)) Send("POST", "app.example.org", "/data/events", 204, 0, "https://app.example.org" + page);
      second_ += dice_.Between(4, 40);
    }
    is_modern_ = false;
    if (dice_.Percent(30)) Get("app.example.org", "/live", 101, 2000 + dice_.Roll(90'000));
  }

  const std::string client_;
  const std::string agent_;
  int64_t second_;
  Dice& dice_;
  WovenLog& log_;
  bool is_modern_ = true;
  bool returns_ = false;
  bool has_files_ = false;
};

}  // namespace

int64_t BytesOf(std::string_view path) {
  uint64_t hash = 1469598103934665603ULL;
  for (const char c : path) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return static_cast<int64_t>(3000 + hash % 30'000);
}

int64_t Busy(int64_t second) {
  constexpr std::array<int64_t, 24> kHours = {22,  16, 12, 10, 10, 14, 25, 45, 65, 80, 90, 95,
                                              100, 98, 92, 90, 88, 85, 82, 86, 88, 75, 55, 35};
  const int64_t hour = second / 3600 % 24;
  const int64_t into = second % 3600;
  const int64_t now = kHours[static_cast<size_t>(hour)];
  const int64_t next = kHours[static_cast<size_t>((hour + 1) % 24)];
  return now + (next - now) * into / 3600;
}

void AddPeople(Dice& dice, const CleanSpan& span, WovenLog& log) {
  for (int64_t second = span.from; second < span.to; ++second) {
    // A newsletter: four times the visits, for ten minutes, and none of them fails.
    const bool is_burst = second % 86'400 >= 36'000 && second % 86'400 < 36'600;
    const int64_t chance = span.visits * Busy(second) * (is_burst ? 4 : 1);
    for (int64_t i = dice.Roll(360'000) < chance % 360'000 ? 1 + chance / 360'000 : chance / 360'000; i > 0; --i) {
      // One in twenty comes from the office of a company, whose people all have the gateway's address.
      if (dice.OneIn(20)) {
        Visitor("198.18.250.1", dice.Pick(kBrowsers), second, dice, log).Browse();
      } else {
        Visitor(SomeClient(dice), dice.Pick(kBrowsers), second, dice, log).Visit();
      }
    }
    if (dice.OneIn(240)) AddOddity(dice, second, log);
  }
}

void AddCleanTraffic(Dice& dice, const CleanSpan& span, WovenLog& log) {
  AddPeople(dice, span, log);
  AddPrograms(dice, span, log);
  log.Remove([&](const WovenLine& line) { return line.second < span.from || line.second >= span.to; });
}

}  // namespace logstat
