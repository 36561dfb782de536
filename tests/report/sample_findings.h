// The findings of the reports of sample_report.h, made by hand.
//
//   FillFindings(report);
#ifndef LOGSTAT_TESTS_REPORT_SAMPLE_FINDINGS_H_
#define LOGSTAT_TESTS_REPORT_SAMPLE_FINDINGS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "logstat/report.h"

namespace logstat::testing {

inline constexpr TimeMs kDayStart = 1795219200000;  // 2026-11-21T00:00:00Z
inline constexpr TimeMs kMinute = 60'000;
inline constexpr TimeMs kDay = 86'400'000;

inline Finding SampleFinding(std::string_view id, std::string_view title, Severity severity, EntityKind kind,
                             std::string entity, std::string sentence, uint64_t count) {
  Finding finding;
  finding.id = id;
  finding.title = title;
  finding.severity = severity;
  finding.entity_kind = kind;
  finding.entity = std::move(entity);
  finding.sentence = std::move(sentence);
  finding.count = count;
  finding.threshold = 20;
  finding.window_seconds = 60;
  finding.first_time = kDayStart + 782 * kMinute;
  finding.last_time = kDayStart + 869 * kMinute;
  finding.tuning = "[finding." + std::string(id) + "] threshold = 20, window = \"60s\", on = false";
  return finding;
}

// An upstream that fails, a client with too many connections, forms that are too long, and probing without effect; one
// rule lacked a field, one is off.
inline void FillFindings(Report& report) {
  Finding upstream =
      SampleFinding("upstream", "Upstream fails", Severity::kHigh, EntityKind::kHost, "shop.example.org",
                    "shop.example.org answered 3,609 of 78,100 requests with 502 and 504 (4.6 %)", 3'609);
  upstream.facts = {{"share", "0.046210", true},          {"peak_share", "0.412000", true},
                    {"top_path_share", "0.501801", true}, {"upstream", "10.0.0.5:8080", false},
                    {"duration_p50_ms", "30000", true},   {"episodes", "1", true}};
  upstream.top_paths = {{"/api/cart", 1'811}, {"/api/checkout/confirm", 1'012}, {"/api/report/yearly", 700}};
  upstream.top_clients = {{"203.0.113.9", 310}, {"198.51.100.7", 42}};
  upstream.top_agents = {{"Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", 3'100}};
  for (uint64_t i = 0; i < 3; ++i) {
    upstream.samples.push_back(
        {"access.log", 1'204'112 + i * 31, 241'004'017 + i * 6'012,
         "shop.example.org 203.0.113.9 - - [21/Nov/2026:13:02:1" + std::to_string(i) +
             " +0000] \"POST /api/cart?token=SECRET HTTP/1.1\" 502 157 \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\"",
         i == 2});
  }
  upstream.code = 502;
  upstream.advice =
      "Look at the upstream that most of them came from: its own log of that minute, its load, its timeouts.";
  upstream.false_positives = "Deploys that restart every upstream at once.";
  Finding forms =
      SampleFinding("414-flood", "Too-long URIs", Severity::kMedium, EntityKind::kClient, "192.0.2.44",
                    "client 192.0.2.44 sent 41 requests for /search that were longer than the server reads; "
                    "they look like a form that should be sent with POST",
                    41);
  forms.verdict = "form-get";
  forms.code = 414;
  forms.shared = Shared::kUnlikely;
  forms.top_paths = {{"/search", 41}};
  Finding connections = SampleFinding(
      "421-conn-limit", "Connections per address, or misdirected", Severity::kMedium, EntityKind::kClient,
      "203.0.113.200", "client 203.0.113.200 was refused 1,640 times for its number of connections", 1'640);
  connections.verdict = "conn-limit";
  connections.code = 421;
  connections.top_users = {{"anna", 12}};
  Finding probing = SampleFinding("background-probing", "Probing without effect", Severity::kLow, EntityKind::kSite, "",
                                  "12 clients tried 7,324 times for what is not there, and nothing answered", 7'324);
  probing.meaning = "Strangers tried here what they try everywhere, and got nothing for it.";
  report.findings.rows = {upstream, connections, forms, probing};
  report.findings.unlisted = {{"414-flood", Severity::kLow, 3}};
  report.findings.by_severity = {0, 4, 2, 1, 0};
  report.findings.detectors = {{"414-flood", DetectorState::kRan, ""},
                               {"421-conn-limit", DetectorState::kRan, ""},
                               {"background-probing", DetectorState::kRan, ""},
                               {"cache-bust", DetectorState::kOff, ""},
                               {"storage", DetectorState::kSkipped, "no user, query"},
                               {"upstream", DetectorState::kRan, ""}};
  report.findings.late_lines = 2;
}

// A finding with a text from outside in every place where one can be.
inline Finding HostileFinding(const std::string& text, Severity severity) {
  Finding finding = SampleFinding("upstream", "Upstream fails", severity, EntityKind::kPath, text, text, 10);
  finding.facts = {{"page", text, false}};
  finding.top_paths = finding.top_clients = finding.top_agents = finding.top_users = {{text, 10}, {"/x", 1}};
  finding.samples = {{"access.log", 1, 0, text, true}};
  finding.code = 502;
  return finding;
}

}  // namespace logstat::testing

#endif  // LOGSTAT_TESTS_REPORT_SAMPLE_FINDINGS_H_
