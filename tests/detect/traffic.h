// A log of many visitors, in the order of its times whatever the order in which a test writes them.
//
//   Traffic traffic;
//   traffic.Visit(3600, 7200, 60);                              // a request a second (60 a minute), from 50 clients
//   traffic.Fail(7000, 30, 2, 500, "/cart");                    // 30 of them, 2 s apart
//   const Findings findings = Find(traffic.text());
//
// Lines are combined, with the host in front if one is given (vhost_combined), or with the duration and the upstream
// behind if a duration is (kTimed).
#ifndef LOGSTAT_TESTS_DETECT_TRAFFIC_H_
#define LOGSTAT_TESTS_DETECT_TRAFFIC_H_

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/detect/find.h"

namespace logstat {

inline constexpr std::string_view kTimed =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" )"
    R"("$http_user_agent" $request_time $upstream_addr)";

struct TrafficLine {
  int64_t second = 0;  // of 2026-11-22
  std::string client = "198.51.100.7";
  std::string request = "GET / HTTP/1.1";
  int status = 200;
  int64_t bytes = 512;
  std::string host{};          // vhost_combined if not empty
  double duration = -1;        // kTimed if not negative
  std::string upstream = "-";  // with a duration
};

class Traffic {
 public:
  void Add(TrafficLine line) { lines_.push_back(std::move(line)); }

  // `per_minute` plain pages a minute in [from, to), spread evenly over 50 clients.
  void Visit(int64_t from, int64_t to, int64_t per_minute, const std::string& host = {}, double duration = -1) {
    for (int64_t i = 0; i < (to - from) * per_minute / 60; ++i) {
      Add({.second = from + i * 60 / per_minute,
           .client = Client(i),
           .request = fmt::format("GET /page/{} HTTP/1.1", i % 7),
           .host = host,
           .duration = duration,
           .upstream = "10.0.0.5:8080"});
    }
  }

  // `count` requests that fail with `status`, each from another client.
  void Fail(int64_t from, int64_t count, int64_t apart, int status, const std::string& path,
            const std::string& host = {}, double duration = -1) {
    for (int64_t i = 0; i < count; ++i) {
      Add({.second = from + i * apart,
           .client = Client(i),
           .request = fmt::format("GET {} HTTP/1.1", path),
           .status = status,
           .host = host,
           .duration = duration,
           .upstream = "10.0.0.9:8080"});
    }
  }

  std::string text() const {
    std::vector<TrafficLine> lines = lines_;
    std::stable_sort(lines.begin(), lines.end(),
                     [](const TrafficLine& a, const TrafficLine& b) { return a.second < b.second; });
    std::string text;
    for (const TrafficLine& line : lines) text += Text(line);
    return text;
  }

 private:
  static std::string Client(int64_t i) { return fmt::format("198.51.100.{}", i % 50 + 1); }

  static std::string Text(const TrafficLine& line) {
    const int64_t s = line.second % 86400;
    std::string text = line.host.empty() ? std::string() : line.host + ":443 ";
    text += fmt::format(
        "{} - - [{:02}/Nov/2026:{:02}:{:02}:{:02} +0000] \"{}\" {} {} \"-\" \"Mozilla/5.0 Firefox/128.0\"", line.client,
        22 + line.second / 86400, s / 3600, s / 60 % 60, s % 60, line.request, line.status, line.bytes);
    if (line.duration >= 0) text += fmt::format(" {:.3f} {}", line.duration, line.upstream);
    return text + "\n";
  }

  std::vector<TrafficLine> lines_;
};

// Of a log in another format than combined.
inline Findings FindAs(std::string_view format, const Traffic& traffic) {
  Options options;
  options.format = format;
  return Find(traffic.text(), options);
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_TRAFFIC_H_
