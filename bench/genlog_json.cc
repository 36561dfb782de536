#include "bench/genlog_json.h"

#include <fmt/format.h>

#include <chrono>
#include <iterator>

#include "bench/genlog_random.h"
#include "bench/genlog_words.h"

namespace logstat::genlog {
namespace {

// Takes what stands before `end` off the front of `rest`, and `end`.
std::string_view Take(std::string_view& rest, std::string_view end) {
  const size_t at = rest.find(end);
  const std::string_view text = rest.substr(0, at);
  rest.remove_prefix(at + end.size());
  return text;
}

struct Parts {
  std::string_view client, user, method, target, protocol, status, bytes, referrer, agent;
};

Parts Split(std::string_view line) {
  Parts parts;
  parts.client = Take(line, " - ");
  parts.user = Take(line, " [");
  Take(line, "] \"");
  parts.method = Take(line, " ");
  parts.target = Take(line, " ");
  parts.protocol = Take(line, "\" ");
  parts.status = Take(line, " ");
  parts.bytes = Take(line, " \"");
  parts.referrer = Take(line, "\" \"");
  parts.agent = Take(line, "\"");
  return parts;
}

// "2026-11-22T10:00:00+00:00".
std::string IsoTime(int64_t unix_seconds) {
  const std::chrono::sys_seconds time{std::chrono::seconds(unix_seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace

void AppendJsonLine(Format format, std::string_view combined, int64_t unix_seconds, std::string* line) {
  const Parts parts = Split(combined);
  uint64_t hash = static_cast<uint64_t>(unix_seconds);
  for (const char c : parts.client) hash = Mix64(hash ^ static_cast<unsigned char>(c));
  const uint64_t micros = 200 + Mix64(hash + parts.target.size()) % 400000;
  const std::string_view host = kHosts[hash % kHosts.size()];
  auto out = std::back_inserter(*line);
  if (format == Format::kNginxJson) {
    fmt::format_to(out,
                   "{{\"time\":\"{}\",\"remote_addr\":\"{}\",\"remote_user\":\"{}\","
                   "\"host\":\"{}\",\"request_method\":\"{}\",\"request_uri\":\"{}\",\"server_protocol\":\"{}\","
                   "\"status\":\"{}\",\"body_bytes_sent\":\"{}\",\"request_time\":\"{}.{:03}\",\"http_referer\":\"{}\","
                   "\"http_user_agent\":\"{}\"}}\n",
                   IsoTime(unix_seconds), parts.client, parts.user, host, parts.method, parts.target, parts.protocol,
                   parts.status, parts.bytes, micros / 1000000, micros / 1000 % 1000, parts.referrer, parts.agent);
    return;
  }
  fmt::format_to(out,
                 "{{\"level\":\"info\",\"ts\":{}.{:06},\"logger\":\"http.log.access\",\"msg\":\"handled request\","
                 "\"request\":{{\"remote_ip\":\"{}\",\"remote_port\":\"{}\",\"client_ip\":\"{}\",\"proto\":\"{}\","
                 "\"method\":\"{}\",\"host\":\"{}\",\"uri\":\"{}\",\"headers\":{{\"User-Agent\":[\"{}\"],",
                 unix_seconds, micros, parts.client, 1024 + hash % 60000, parts.client, parts.protocol, parts.method,
                 host, parts.target, parts.agent);
  if (parts.referrer != "-") fmt::format_to(out, "\"Referer\":[\"{}\"],", parts.referrer);
  fmt::format_to(out,
                 "\"Accept\":[\"*/*\"]}}}},\"bytes_read\":0,\"user_id\":\"{}\",\"duration\":0.{:06},\"size\":{},"
                 "\"status\":{},\"resp_headers\":{{\"Server\":[\"Caddy\"],\"Content-Type\":[\"text/html\"]}}}}\n",
                 parts.user == "-" ? "" : parts.user, micros, parts.bytes, parts.status);
}

}  // namespace logstat::genlog
