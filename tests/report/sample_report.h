// Reports made by hand for the tests of the writers: a day on which an upstream failed for an hour, with requests that
// were too long, too many connections, probing, and hostile keys; no log is read.
//
//   Report report = SampleReport();
//   report.options.time_zone = "Europe/Berlin";
#ifndef LOGSTAT_TESTS_REPORT_SAMPLE_REPORT_H_
#define LOGSTAT_TESTS_REPORT_SAMPLE_REPORT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "logstat/report.h"
#include "tests/report/sample_findings.h"

namespace logstat::testing {

inline KeyCount Count(std::string key, uint64_t count) {
  KeyCount row;
  row.key_bytes = key.size();
  row.key = std::move(key);
  row.count = count;
  return row;
}

inline CodeRow Code(int code, uint64_t count, uint64_t bytes, std::vector<KeyCount> paths,
                    std::vector<KeyCount> clients) {
  CodeRow row;
  row.code = code;
  row.count = count;
  row.bytes = bytes;
  row.first_time = kDayStart + code % 97 * kMinute;
  row.last_time = kDayStart + kDay - 1000 - code % 83 * kMinute;
  row.top_paths = std::move(paths);
  row.top_clients = std::move(clients);
  return row;
}

inline KeyRow Key(std::string key, uint64_t count, uint64_t server, uint64_t client, uint64_t bytes) {
  KeyRow row;
  row.key_bytes = key.size();
  row.key = std::move(key);
  row.count = count;
  row.bytes = bytes;
  row.classes[5] = server;
  row.classes[4] = client;
  row.classes[3] = (count - server - client) / 10;
  row.classes[2] = count - server - client - row.classes[3];
  row.outcomes.server_errors = server;
  row.outcomes.client_errors = client;
  row.first_time = kDayStart + 3'000;
  row.last_time = kDayStart + kDay - 7'000;
  return row;
}

inline void FillCodes(Report& report) {
  report.codes = {
      Code(200, 1'890'211, 6'612'000'000, {Count("/", 412'004), Count("/index.html", 98'120)},
           {Count("198.51.100.23", 90'112)}),
      Code(304, 121'904, 0, {Count("/app.css", 40'102)}, {Count("198.51.100.23", 9'001)}),
      Code(301, 52'300, 9'102'233, {Count("/shop", 40'102)}, {Count("203.0.113.77", 801)}),
      Code(404, 27'513, 4'300'100, {Count("/wp-login.php", 6'120), Count("/.env", 1'204), Count("/favicon.ico", 77)},
           {Count("45.9.148.3", 7'212), Count("2001:db8:85a3::8a2e:370:7334", 120)}),
      Code(499, 3'104, 0, {Count("/api/search", 2'801)}, {Count("198.51.100.7", 31)}),
      Code(502, 2'907, 455'000, {Count("/api/cart", 1'811), Count("/api/checkout/confirm", 1'012)},
           {Count("203.0.113.9", 310), Count("198.51.100.7", 42)}),
      Code(403, 2'204, 330'100, {Count("/admin/", 2'002)}, {Count("45.9.148.3", 1'999)}),
      Code(421, 1'640, 250'000, {Count("/live/stream.m3u8", 1'630)}, {Count("203.0.113.200", 1'640)}),
      Code(504, 702, 100'102, {Count("/api/report/yearly", 700)}, {Count("198.51.100.7", 12)}),
      Code(206, 655, 98'123'000, {Count("/video/intro.mp4", 655)}, {Count("203.0.113.4", 55)}),
      Code(401, 610, 100'010, {Count("/api/login", 610)}, {Count("45.9.148.3", 602)}),
      Code(500, 319, 84'120, {Count("/api/report/yearly", 300)}, {Count("198.51.100.7", 9)}),
      Code(414, 41, 7'120, {Count("/search", 41)}, {Count("192.0.2.44", 41)}),
      Code(408, 22, 0, {}, {Count("192.0.2.4", 4)}),
      Code(400, 12, 1'820, {}, {Count("192.0.2.91", 12)}),
      Code(302, 6, 0, {Count("/logout", 6)}, {Count("192.0.2.8", 6)}),
      Code(777, 3, 0, {Count("/odd", 3)}, {Count("192.0.2.8", 3)}),
      Code(0, 2, 0, {Count("/gone", 2)}, {Count("192.0.2.8", 2)}),
  };
  for (size_t i = 13; i <= 14; ++i) {
    KeyCount missing;
    missing.missing = true;
    missing.count = report.codes[i].count;
    report.codes[i].top_paths = {missing};
  }
  report.codes[5].top_reasons = {Count("SH--", 2'400), Count("sH--", 489), Count("LATER_VERSION", 18)};
  report.codes[8].top_reasons = {Count("-", 702)};
  uint64_t counted = 0;
  for (const CodeRow& row : report.codes) counted += row.count;
  report.totals.counted = counted;
  ClassCounts classes{};
  for (CodeRow& row : report.codes) {
    row.share = static_cast<double>(row.count) / static_cast<double>(counted);
    classes[row.code / 100] += row.count;
  }
  for (int digit = 0; digit < static_cast<int>(kClassCount); ++digit) {
    if (classes[digit] == 0) continue;
    ClassRow row;
    row.digit = digit;
    row.count = classes[digit];
    row.share = static_cast<double>(row.count) / static_cast<double>(counted);
    report.classes.push_back(row);
  }
}

// Steps of 30 min: a quiet night, a busy day, and an upstream that fails from 13:00 to 14:30.
inline void FillTimeline(Report& report) {
  report.timeline.interval_seconds = 1800;
  for (int step = 0; step < 48; ++step) {
    TimelinePoint point;
    point.time = kDayStart + step * 30 * kMinute;
    const uint64_t distance = step < 27 ? 27 - step : step - 27;
    point.count = 70'000 - distance * distance * 80 + step * 37 % 11 * 900;
    point.bytes = point.count * 3'130;
    const uint64_t failed = step == 26 ? 812 : step == 27 ? 2'401 : step == 28 ? 714 : step == 31 ? 1 : 0;
    point.classes[5] = failed;
    point.classes[4] = point.count / 60;
    point.classes[3] = point.count / 12;
    point.classes[2] = point.count - failed - point.classes[4] - point.classes[3];
    point.outcomes = {failed, point.classes[4] - 20, 20};
    point.codes = {{404, point.classes[4] - 20}, {499, 20}};
    if (failed != 0) point.codes.push_back({502, failed});
    report.timeline.points.push_back(point);
  }
  TimelinePoint unknown;
  unknown.count = 4;
  unknown.classes[4] = 4;
  unknown.outcomes.client_errors = 4;
  unknown.codes = {{400, 4}};
  report.timeline.points.push_back(unknown);
}

inline void FillLists(Report& report) {
  KeyRow no_request = Key("", 34, 0, 34, 5'000);
  no_request.missing = true;
  report.paths = {Key("/", 412'040, 0, 36, 1'203'004'112),         Key("/index.html", 98'120, 0, 0, 300'400'100),
                  Key("/api/cart", 61'022, 1'811, 12, 91'204'000), Key("/app.css", 40'102, 0, 0, 12'000'100),
                  Key("/search", 40'004, 0, 41, 800'100),          no_request};
  report.failing_paths = {Key("/api/cart", 61'022, 1'811, 12, 91'204'000),
                          Key("/api/checkout/confirm", 9'310, 1'012, 0, 1'204'000),
                          Key("/api/report/yearly", 1'040, 1'000, 0, 40'000),
                          Key("/wp-login.php", 6'120, 0, 6'120, 912'000), Key("/.env", 1'204, 0, 1'204, 90'000)};
  report.clients = {Key("198.51.100.23", 99'113, 0, 3, 401'204'000), Key("198.51.100.7", 41'020, 63, 0, 91'204'000),
                    Key("2001:db8:85a3::8a2e:370:7334", 9'004, 0, 120, 31'204'000)};
  report.failing_clients = {Key("203.0.113.9", 2'010, 310, 4, 80'000), Key("198.51.100.7", 41'020, 63, 0, 91'204'000),
                            Key("45.9.148.3", 10'002, 0, 9'813, 1'204'000)};
  for (auto* list : {&report.clients, &report.failing_clients}) {
    for (size_t i = 0; i < list->size(); ++i) {
      KeyRow& row = (*list)[i];
      row.distinct_paths = DistinctCount{row.count / 40, i == 0 ? 0.051 : 0};
      if (i != 2) row.distinct_agents = DistinctCount{i == 0 ? 61u : 1u, 0};
      row.shared = i == 0 ? Shared::kLikely : i == 1 ? Shared::kUnlikely : Shared::kUnknown;
    }
  }
  report.methods = {Key("GET", 2'080'102, 2'107, 33'001, 6'600'000'000), Key("POST", 24'009, 1'821, 610, 101'204'000),
                    no_request};
  report.hosts = {Key("shop.example.org", 2'040'101, 3'928, 30'000, 6'400'000'000)};
  report.failing_hosts = {Key("shop.example.org", 2'040'101, 3'928, 30'000, 6'400'000'000)};
  report.upstreams = {Key("10.0.0.5:8080", 1'000'204, 3'700, 12'000, 3'000'000'000),
                      Key("10.0.0.6:8080", 900'110, 228, 18'000, 3'100'000'000)};
  report.upstreams[0].top_codes = {{200, 984'504}, {404, 12'000}, {502, 3'700}};
  report.upstreams[0].top_reasons = {Count("----", 996'504), Count("SH--", 3'700)};
  report.failing_upstreams = {report.upstreams[0], report.upstreams[1]};
  report.referrers = {Key("-", 1'204'004, 3'100, 30'000, 4'000'000'000),
                      Key("https://shop.example.org/?token=abc", 310'002, 12, 40, 900'000'000)};
  report.agents = {Key("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", 804'200, 1'900, 11'000,
                       3'000'000'000),
                   Key("curl/8.5.0", 9'310, 2, 6'120, 1'204'000)};
  report.agents[0].agent_kind = AgentKind::kPerson;
  report.agents[1].agent_kind = AgentKind::kTool;
  report.agent_kinds = {
      {AgentKind::kPerson, 4'102, 1'980'204, 0, 0.941042, 6'400'000'000, {3'900, 21'004, 3'000}},
      {AgentKind::kCrawler, 61, 90'110, 0, 0.042823, 200'000'000, {26, 1'204, 0}},
      {AgentKind::kScanner, 9, 24'009, 0, 0.01141, 30'000'000, {0, 9'812, 104}},
      {AgentKind::kTool, 12, 9'830, 0, 0.004672, 1'300'000, {2, 6'120, 0}},
      {AgentKind::kUnknown, 1, 2, 0, 0.000001, 5'000, {0, 2, 0}},
  };
  for (auto* list : {&report.paths, &report.failing_paths}) {
    for (KeyRow& row : *list) {
      if (!row.missing) row.is_static = row.key.ends_with(".css");
    }
  }
  for (auto* list :
       {&report.paths, &report.failing_paths, &report.clients, &report.failing_clients, &report.methods, &report.hosts,
        &report.failing_hosts, &report.upstreams, &report.failing_upstreams, &report.referrers, &report.agents}) {
    for (KeyRow& row : *list) {
      row.share = static_cast<double>(row.count) / static_cast<double>(report.totals.counted);
    }
  }
}

inline void FillDurations(Report& report) {
  Durations& durations = report.durations;
  durations.overall = {2'100'000, 850, 48'210, 251'000, 1'240'000, 9'994'999, 60'001'234};
  durations.classes = {{2, {1'890'211, 830, 45'000, 231'000, 1'010'000, 5'120'000, 31'000'000}},
                       {5, {3'928, 3'000'000, 30'000'000, 60'000'000, 60'000'000, 60'000'000, 60'001'234}}};
  durations.paths = {
      {"/api/report/yearly", {1'040, 30'000'000, 58'000'000, 60'000'000, 60'000'000, 60'000'000, 60'001'234}},
      {"/api/cart", {61'022, 120'000, 850'000, 3'010'000, 9'000'000, 31'000'000, 59'900'000}}};
  report.paths[0].p95_us = 1'250;
  report.paths[2].p95_us = 3'010'000;
  report.failing_paths[0].p95_us = 3'010'000;
  report.failing_paths[2].p95_us = 60'000'000;
}

inline void FillChanges(Report& report) {
  Change upstream_fails;
  upstream_fails.key = "502";
  upstream_fails.key_bytes = 3;
  upstream_fails.before = 0.0001;
  upstream_fails.after = 0.0187;
  upstream_fails.count = 2'881;
  upstream_fails.since = kDayStart + 782 * kMinute;
  upstream_fails.until = kDayStart + 869 * kMinute;
  Change cart = upstream_fails;
  cart.field = ChangeField::kPath;
  cart.key = "/api/cart";
  cart.key_bytes = cart.key.size();
  cart.count = 1'802;
  cart.after = 0.0117;
  Change client = upstream_fails;
  client.field = ChangeField::kClient;
  client.key = "45.9.148.3";
  client.key_bytes = client.key.size();
  client.before = 0;
  client.after = 0.211;
  client.count = 9'813;
  client.since = kDayStart + 1'431 * kMinute;
  client.until = kDayStart + kDay;
  client.ongoing = true;
  report.changes = {upstream_fails, cart, client};
  report.summary.top_change = upstream_fails;
  report.summary.peak_minute_requests_per_second = 61.25;
  report.summary.last_5_minutes_requests_per_second = 12.5;
  report.summary.recent_error_rate = 0;
  report.summary.error_rate_before = 0.00188;
}

// A whole report over 2026-11-21, every section filled.
inline Report SampleReport() {
  Report report;
  report.columns = {.time = true,
                    .bytes = true,
                    .client = true,
                    .path = true,
                    .method = true,
                    .host = true,
                    .upstream = true,
                    .referrer = true,
                    .agent = true,
                    .reason = true,
                    .duration = true};
  FillCodes(report);
  FillTimeline(report);
  FillLists(report);
  FillDurations(report);
  FillChanges(report);
  FillFindings(report);

  Totals& totals = report.totals;
  totals.rejected = 391;
  totals.ignored = 5;
  totals.lines = totals.counted + totals.rejected + totals.ignored;
  totals.bytes_read = 412'300'102;
  totals.response_bytes = 6'724'854'607;
  totals.first_time = kDayStart + 3'000;
  totals.last_time = kDayStart + kDay - 1'000;
  totals.distinct_clients = 12'345;
  totals.time_unknown = 4;
  report.summary.mean_requests_per_second = static_cast<double>(totals.counted - 4) / 86'397;
  report.summary.error_rate = 3'928.0 / static_cast<double>(totals.counted);
  report.summary.reject_share = 391.0 / static_cast<double>(totals.counted + 391);

  InputReport input;
  input.path = "access.log";
  input.format = "vhost_combined";
  input.confidence = 1 - report.summary.reject_share;
  input.lines = totals.lines;
  input.bytes = totals.bytes_read;
  report.inputs = {input};

  RejectRow no_status;
  no_status.reason = "no_status";
  no_status.count = 380;
  no_status.samples = {
      {"access.log", 17, 3'512, "Nov 21 00:01:02 web1 nginx: worker process 4121 exited", false},
      {"access.log", 40'112, 8'812'004, "2026/11/21 00:29:41 [error] 99#99: *1 connect() failed", true}};
  RejectRow too_long;
  too_long.reason = "too_long";
  too_long.count = 11;
  too_long.samples = {{"access.log", 90'001, 20'100'200, std::string(200, 'A'), true}};
  report.rejects = {no_status, too_long};
  return report;
}

// What can stand in a log to hurt whoever prints it; in every place where text from a log can be.
inline std::vector<std::string> HostileTexts() {
  return {"\x1b]0;owned\x07",
          "/a\rb",
          std::string("/nul\0byte", 9),
          "/bad\xff\xfe\xc3",
          "/bidi\xe2\x80\xaetxt.exe",
          "/zero\xe2\x80\x8bwidth",
          "/c1\xc2\x9b"
          "31m",
          "/line\xe2\x80\xa8sep",
          "/\x7f",
          "/\xed\xa0\x80",
          "/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
          "/\\x16\\x03",
          "/\x16\x03",
          "/two\nlines\n",
          "/\"quoted\\\"",
          "/" + std::string(300, 'x'),
          "/" + std::string(300, '\x01')};
}

inline Report HostileReport() {
  Report report = SampleReport();
  report.paths.clear();
  report.failing_paths.clear();
  report.codes[3].top_paths.clear();
  report.codes[3].top_clients.clear();
  report.rejects[0].samples.clear();
  report.failing_clients.clear();
  report.durations.paths.clear();
  for (const std::string& text : HostileTexts()) {
    report.paths.push_back(Key(text, 1'000, 10, 10, 1'000));
    report.failing_paths.push_back(Key(text, 1'000, 10, 10, 1'000));
    report.failing_clients.push_back(Key(text, 1'000, 0, 10, 1'000));
    report.durations.paths.push_back({text, report.durations.overall});
    report.codes[3].top_paths.push_back(Count(text, 10));
    report.codes[3].top_clients.push_back(Count(text, 10));
    report.codes[3].top_reasons.push_back(Count(text, 10));
    report.findings.rows.push_back(HostileFinding(text, Severity::kHigh));
    report.rejects[0].samples.push_back({text, 1, 0, text, true});
    InputReport input;
    input.path = text;
    input.state = InputState::kFailed;
    input.error = text;
    report.inputs.push_back(input);
    report.errors.push_back({text, text});
  }
  KeyRow large = Key(std::string(1'024, 'L'), 7, 7, 0, 0);
  large.key_bytes = 8'190;
  report.paths.insert(report.paths.begin(), large);
  report.failing_paths.insert(report.failing_paths.begin(), large);
  report.rejects[1].reason = HostileTexts()[0];
  report.inputs[0].format = HostileTexts()[0];
  report.options.format = HostileTexts()[3];
  report.complete = false;
  return report;
}

// Nothing was in the log.
inline Report EmptyReport() {
  Report report;
  InputReport input;
  input.path = "empty.log";
  report.inputs = {input};
  return report;
}

// The tables were too small for the clients, none of which is left, and for rare paths.
inline Report OverBudgetReport() {
  Report report = SampleReport();
  report.clients.clear();
  report.failing_clients.clear();
  report.client_bounds = ListBounds{1'204, 7};
  report.path_bounds = ListBounds{31, 0};
  report.codes[0].top_clients_bound = 5;
  for (CodeRow& code : report.codes) {
    if (code.code != 502) continue;
    code.top_clients.clear();
    code.top_clients_bound = 7;
    code.top_reasons.clear();
    code.top_reasons_bound = 3;
  }
  return report;
}

}  // namespace logstat::testing

#endif  // LOGSTAT_TESTS_REPORT_SAMPLE_REPORT_H_
