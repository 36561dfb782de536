#include "bench/genlog_reformat.h"

#include <fmt/format.h>

#include <algorithm>
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

std::string WithPlus(std::string_view text) {
  std::string plus(text);
  std::replace(plus.begin(), plus.end(), ' ', '+');
  return plus;
}

using Out = std::back_insert_iterator<std::string>;

// What combined does not have: derived, so that the same line gives the same.
struct Made {
  uint64_t hash;
  uint64_t micros;
  std::string_view host;
};

Made Make(const Parts& parts, int64_t unix_seconds) {
  uint64_t hash = static_cast<uint64_t>(unix_seconds);
  for (const char c : parts.client) hash = Mix64(hash ^ static_cast<unsigned char>(c));
  return Made{hash, 200 + Mix64(hash + parts.target.size()) % 400000, kHosts[hash % kHosts.size()]};
}

void AppendNginxJson(Out out, const Parts& parts, const Made& made, int64_t unix_seconds) {
  fmt::format_to(out,
                 "{{\"time\":\"{}\",\"remote_addr\":\"{}\",\"remote_user\":\"{}\","
                 "\"host\":\"{}\",\"request_method\":\"{}\",\"request_uri\":\"{}\",\"server_protocol\":\"{}\","
                 "\"status\":\"{}\",\"body_bytes_sent\":\"{}\",\"request_time\":\"{}.{:03}\",\"http_referer\":\"{}\","
                 "\"http_user_agent\":\"{}\"}}\n",
                 IsoTime(unix_seconds), parts.client, parts.user, made.host, parts.method, parts.target, parts.protocol,
                 parts.status, parts.bytes, made.micros / 1000000, made.micros / 1000 % 1000, parts.referrer,
                 parts.agent);
}

void AppendCaddy(Out out, const Parts& parts, const Made& made, int64_t unix_seconds) {
  fmt::format_to(out,
                 "{{\"level\":\"info\",\"ts\":{}.{:06},\"logger\":\"http.log.access\",\"msg\":\"handled request\","
                 "\"request\":{{\"remote_ip\":\"{}\",\"remote_port\":\"{}\",\"client_ip\":\"{}\",\"proto\":\"{}\","
                 "\"method\":\"{}\",\"host\":\"{}\",\"uri\":\"{}\",\"headers\":{{\"User-Agent\":[\"{}\"],",
                 unix_seconds, made.micros, parts.client, 1024 + made.hash % 60000, parts.client, parts.protocol,
                 parts.method, made.host, parts.target, parts.agent);
  if (parts.referrer != "-") fmt::format_to(out, "\"Referer\":[\"{}\"],", parts.referrer);
  fmt::format_to(out,
                 "\"Accept\":[\"*/*\"]}}}},\"bytes_read\":0,\"user_id\":\"{}\",\"duration\":0.{:06},\"size\":{},"
                 "\"status\":{},\"resp_headers\":{{\"Server\":[\"Caddy\"],\"Content-Type\":[\"text/html\"]}}}}\n",
                 parts.user == "-" ? "" : parts.user, made.micros, parts.bytes, parts.status);
}

// Formats of proxies and balancers: blanks and quotes in turn, most values a few bytes long.
void AppendProxy(Out out, Format format, const Parts& parts, const Made& made, int64_t unix_seconds) {
  const uint64_t ms = made.micros / 1000;
  const uint64_t port = 1024 + made.hash % 60000;
  const std::string iso = IsoTime(unix_seconds);
  if (format == Format::kSquid) {
    fmt::format_to(out, "{}.{:03} {:6} {} TCP_MISS/{} {} {} http://{}{} {} HIER_DIRECT/10.0.0.{} text/html\n",
                   unix_seconds, ms % 1000, ms, parts.client, parts.status, parts.bytes, parts.method, made.host,
                   parts.target, parts.user, 1 + made.hash % 8);
  } else if (format == Format::kHaproxy) {
    std::string time = TimeStamp(unix_seconds);  // [22/Nov/2026:10:00:00 +0000]
    time.resize(time.size() - 7);
    fmt::format_to(out, "{}:{} {}.{:03}] web~ shop/app{} 0/0/1/{}/{} {} {} - - ---- 12/10/3/1/0 0/0 \"{} {} {}\"\n",
                   parts.client, port, time, ms % 1000, 1 + made.hash % 8, ms, ms + 1, parts.status, parts.bytes,
                   parts.method, parts.target, parts.protocol);
  } else {
    fmt::format_to(out,
                   "https {}.{:06}Z app/shop/50dc6c495c0c9188 {}:{} 10.0.0.{}:8080 0.000 0.{:03} 0.001 {} {} 412 {} "
                   "\"{} https://{}:443{} {}\" \"{}\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 "
                   "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/cart/73e2d6bc24d8a067 "
                   "\"Root=1-6921b2d0-{:024x}\" \"{}\" \"-\" 0 {}.000000Z \"forward\" \"-\" \"-\" \"10.0.0.{}:8080\" "
                   "\"{}\" \"-\" \"-\" TID_{:08x}\n",
                   iso.substr(0, 19), made.micros, parts.client, port, 1 + made.hash % 8, ms % 1000, parts.status,
                   parts.status, parts.bytes, parts.method, made.host, parts.target, parts.protocol, parts.agent,
                   made.hash, made.host, iso.substr(0, 19), 1 + made.hash % 8, parts.status, made.hash & 0xffffffff);
  }
}

void AppendText(Out out, Format format, const Parts& parts, const Made& made, int64_t unix_seconds) {
  const size_t mark = std::min(parts.target.find('?'), parts.target.size());
  const std::string_view path = parts.target.substr(0, mark);
  const std::string_view query = parts.target.substr(std::min(mark + 1, parts.target.size()));
  if (format == Format::kPipe) {
    fmt::format_to(out, "{}.{:03}|{}|{}|{}|{}|{}|{}|{}|{}\n", unix_seconds, made.micros / 1000 % 1000, parts.status,
                   parts.method, made.host, path, query.empty() ? "-" : query, parts.client, parts.bytes, parts.agent);
  } else if (format == Format::kLtsv) {
    fmt::format_to(out,
                   "time:{}\thost:{}\tuser:{}\treq:{} {} {}\tstatus:{}\tsize:{}\treferer:{}\tua:{}\tvhost:{}\t"
                   "reqtime:{}.{:06}\n",
                   IsoTime(unix_seconds), parts.client, parts.user, parts.method, parts.target, parts.protocol,
                   parts.status, parts.bytes, parts.referrer, parts.agent, made.host, made.micros / 1000000,
                   made.micros % 1000000);
  } else {
    const std::string time = IsoTime(unix_seconds);
    fmt::format_to(out, "{} {} {} {} {} {} {} {} {} {} {} {} {}\n", time.substr(0, 10), time.substr(11, 8),
                   parts.client, parts.user, parts.method, path, query.empty() ? "-" : query, parts.status, parts.bytes,
                   made.micros / 1000, parts.protocol, WithPlus(parts.agent), parts.referrer);
  }
}

}  // namespace

void AppendReformatted(Format format, std::string_view combined, int64_t unix_seconds, std::string* line) {
  const Parts parts = Split(combined);
  const Made made = Make(parts, unix_seconds);
  const Out out = std::back_inserter(*line);
  if (format == Format::kNginxJson) {
    AppendNginxJson(out, parts, made, unix_seconds);
  } else if (format == Format::kCaddy) {
    AppendCaddy(out, parts, made, unix_seconds);
  } else if (format >= Format::kSquid) {
    AppendProxy(out, format, parts, made, unix_seconds);
  } else {
    AppendText(out, format, parts, made, unix_seconds);
  }
}

}  // namespace logstat::genlog
