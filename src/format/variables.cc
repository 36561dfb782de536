#include "src/format/variables.h"

#include <algorithm>
#include <ctime>
#include <span>
#include <string>

#include "src/base/ascii.h"

namespace logstat {
namespace {

struct Named {
  std::string_view name;
  Variable variable;
};

constexpr Variable AnyText(Field field) { return {FieldSpec{field, Reading::kText}, Content::kText}; }
constexpr Variable Word(Field field) { return {FieldSpec{field, Reading::kText}, Content::kWord}; }
constexpr Variable kClient{FieldSpec{Field::kClient, Reading::kClient}, Content::kWord};
constexpr Variable WordWithPort(Field field) { return {FieldSpec{field, Reading::kWithoutPort}, Content::kWord}; }
constexpr Variable Count(Field field, ByteMeaning bytes = ByteMeaning::kUnknown) {
  return {FieldSpec{field, Reading::kCount}, Content::kCount, false, bytes};
}
constexpr Variable Duration(Field field, Reading unit, Content content = Content::kDuration) {
  return {FieldSpec{field, unit}, content};
}
constexpr Variable Below(Variable variable, int rank = -1) {
  variable.rank = rank;
  return variable;
}
constexpr Variable ListOf(Variable variable) {
  variable.list = true;
  return variable;
}
// A header that proxies send: what stands in it counts if nothing else says who the client is.
constexpr Variable kClientHeader = Below(kClient, -2);
constexpr Variable Skip(Content content) { return {std::nullopt, content}; }

constexpr Variable kTime{FieldSpec{Field::kTime, Reading::kTime}, Content::kTime};
constexpr Variable kZonedTime{FieldSpec{Field::kTime, Reading::kTime}, Content::kZonedTime};
constexpr Variable kClfTime{FieldSpec{Field::kTime, Reading::kClfTime}, Content::kClfTime};
constexpr Variable kStatus{FieldSpec{Field::kStatus, Reading::kStatus}, Content::kStatus};
constexpr Variable kRequest{FieldSpec{Field::kTarget, Reading::kRequest}, Content::kText};
constexpr Variable kTarget{FieldSpec{Field::kTarget, Reading::kTarget}, Content::kText};
constexpr Variable kQuery{FieldSpec{Field::kQuery, Reading::kQuery}, Content::kText};
constexpr Variable kUpstreams = ListOf({FieldSpec{Field::kUpstream, Reading::kLastOfList}, Content::kWord});
constexpr Variable kUpstreamTimes = ListOf(Duration(Field::kUpstreamTime, Reading::kSeconds, Content::kDecimal));

constexpr Named kNginx[] = {
    {"remote_addr", kClient},
    {"realip_remote_addr", Below(kClient)},  // the peer, where $remote_addr is whom it forwarded
    {"http_x_real_ip", kClient},
    {"proxy_protocol_addr", kClient},
    {"http_cf_connecting_ip", kClientHeader},
    {"http_true_client_ip", kClientHeader},
    {"http_x_client_ip", kClientHeader},
    {"http_x_forwarded_for", AnyText(Field::kXff)},
    {"proxy_add_x_forwarded_for", AnyText(Field::kXff)},
    {"remote_user", AnyText(Field::kUser)},
    {"time_local", kClfTime},
    {"time_iso8601", kTime},
    {"msec", kTime},
    {"request", kRequest},
    {"request_method", Word(Field::kMethod)},
    {"request_uri", kTarget},
    {"uri", AnyText(Field::kPath)},
    {"document_uri", AnyText(Field::kPath)},
    {"args", kQuery},
    {"query_string", kQuery},
    {"server_protocol", Word(Field::kProtocol)},
    {"status", kStatus},
    {"body_bytes_sent", Count(Field::kBytes, ByteMeaning::kBody)},
    {"bytes_sent", Below(Count(Field::kBytes, ByteMeaning::kAll))},
    {"request_length", Count(Field::kRequestBytes)},
    {"request_time", Duration(Field::kDuration, Reading::kSeconds, Content::kDecimal)},
    {"upstream_addr", kUpstreams},
    {"upstream_status", ListOf({FieldSpec{Field::kUpstreamStatus, Reading::kStatus}, Content::kStatus})},
    {"upstream_response_time", kUpstreamTimes},
    {"upstream_cache_status", Word(Field::kCache)},
    {"upstream_connect_time", ListOf(Skip(Content::kDecimal))},
    {"upstream_header_time", ListOf(Skip(Content::kDecimal))},
    {"upstream_response_length", ListOf(Skip(Content::kCount))},
    {"upstream_bytes_received", ListOf(Skip(Content::kCount))},
    {"upstream_bytes_sent", ListOf(Skip(Content::kCount))},
    {"http_referer", AnyText(Field::kReferrer)},
    {"http_user_agent", AnyText(Field::kAgent)},
    {"host", WordWithPort(Field::kHost)},
    {"http_host", {FieldSpec{Field::kHost, Reading::kWithoutPort}, Content::kText}},
    {"server_name", Below(WordWithPort(Field::kHost))},  // of the server block, not what was asked for
    {"server_port", Skip(Content::kCount)},
    {"remote_port", Skip(Content::kCount)},
    {"scheme", Word(Field::kScheme)},
    {"ssl_protocol", Word(Field::kTls)},
    {"ssl_cipher", Skip(Content::kWord)},
    {"request_id", Word(Field::kRequestId)},
    {"http_x_request_id", AnyText(Field::kRequestId)},
    {"connection", Skip(Content::kCount)},
    {"connection_requests", Skip(Content::kCount)},
    {"pid", Skip(Content::kCount)},
    {"pipe", Skip(Content::kWord)},
    {"content_length", Skip(Content::kCount)},
    {"gzip_ratio", Skip(Content::kWord)},
    {"hostname", Skip(Content::kWord)},
    // Of our own; see the header.
    {"_client", {FieldSpec{Field::kClient, Reading::kAddressAndPort}, Content::kWord}},
    {"_time", kTime},
    {"_target", kTarget},
    {"_query", kQuery},
    {"_upstream", Word(Field::kUpstream)},
    {"_reason", Word(Field::kReason)},
    {"_tls", Word(Field::kTls)},
    {"_duration_ms", Duration(Field::kDuration, Reading::kMilliseconds)},
    {"_duration_us", {FieldSpec{Field::kDuration, Reading::kMicroseconds}, Content::kCount}},
    {"_duration_s", Duration(Field::kDuration, Reading::kSeconds)},
    {"_upstream_time_ms", Duration(Field::kUpstreamTime, Reading::kMilliseconds)},
    {"_upstream_time_s", Duration(Field::kUpstreamTime, Reading::kSeconds)},
    {"_upstream_status", {FieldSpec{Field::kUpstreamStatus, Reading::kStatus}, Content::kStatus}},
    {"_request_bytes", Count(Field::kRequestBytes)},
    {"_balancer_times", Duration(Field::kDuration, Reading::kBalancerTimes, Content::kDurations)},
    {"_word", Skip(Content::kWord)},
    {"_count", Skip(Content::kCount)},
    {"_seconds", Skip(Content::kDuration)},
    {"_text", Skip(Content::kText)},
};

// Without an argument.
constexpr Named kApache[] = {
    {"h", kClient},
    {"a", kClient},
    {"u", AnyText(Field::kUser)},
    {"l", Skip(Content::kIdentity)},
    {"t", kClfTime},
    {"r", kRequest},
    {"m", Word(Field::kMethod)},
    {"U", AnyText(Field::kPath)},
    {"q", kQuery},
    {"H", Word(Field::kProtocol)},
    {"s", kStatus},
    {"b", Count(Field::kBytes, ByteMeaning::kBody)},
    {"B", Count(Field::kBytes, ByteMeaning::kBody)},
    {"O", Below(Count(Field::kBytes, ByteMeaning::kAll))},
    {"I", Count(Field::kRequestBytes)},
    {"S", Skip(Content::kCount)},
    {"D", {FieldSpec{Field::kDuration, Reading::kMicroseconds}, Content::kCount}},
    {"T", Below({FieldSpec{Field::kDuration, Reading::kSeconds}, Content::kDuration}, -2)},
    {"v", WordWithPort(Field::kHost)},
    {"V", WordWithPort(Field::kHost)},
    {"p", Skip(Content::kCount)},
    {"P", Skip(Content::kCount)},
    {"k", Skip(Content::kCount)},
    {"X", Skip(Content::kWord)},
    {"A", Skip(Content::kWord)},
    {"L", Skip(Content::kWord)},
    {"^FB", Skip(Content::kCount)},
};

// %{name}i: headers of the request.
constexpr Named kRequestHeaders[] = {
    {"referer", AnyText(Field::kReferrer)},
    {"user-agent", AnyText(Field::kAgent)},
    {"host", {FieldSpec{Field::kHost, Reading::kWithoutPort}, Content::kText}},
    {"x-forwarded-for", AnyText(Field::kXff)},
    {"x-request-id", AnyText(Field::kRequestId)},
    {"x-real-ip", kClient},
    {"cf-connecting-ip", kClientHeader},
    {"true-client-ip", kClientHeader},
    {"x-client-ip", kClientHeader},
};

// %{name}x and %{name}e, and where else they may stand.
constexpr Named kNotes[] = {
    {"ssl_protocol", Word(Field::kTls)},
    {"ssl_cipher", Skip(Content::kWord)},
    {"unique_id", Word(Field::kRequestId)},
    {"balancer_worker_name", Word(Field::kUpstream)},
    {"remote_addr", kClient},
    {"request_scheme", Word(Field::kScheme)},
    {"cache-status", Word(Field::kCache)},
};

Variable Find(std::span<const Named> table, std::string_view name) {
  for (const Named& known : table) {
    if (known.name == name) return known.variable;
  }
  return Variable{};
}

}  // namespace

Variable FindNginxVariable(std::string_view name) { return Find(kNginx, name); }

std::string SampleTime(std::string_view argument) {
  for (const std::string_view moment : {"begin:", "end:"}) {
    if (argument.substr(0, moment.size()) == moment) argument.remove_prefix(moment.size());
  }
  if (argument == "sec" || argument == "%s") return "1795352400";
  if (argument == "msec") return "1795352400000";
  if (argument == "usec") return "1795352400000000";
  if (argument == "msec_frac") return "000";
  if (argument == "usec_frac") return "000000";
  std::tm moment{};
  moment.tm_year = 126;
  moment.tm_mon = 10;
  moment.tm_mday = 22;
  moment.tm_hour = 13;
  moment.tm_zone = "CET";  // as a zone's name cannot be read
  char written[200];
  const size_t size = std::strftime(written, sizeof(written), std::string(argument).c_str(), &moment);
  return std::string(written, size);
}

Variable TimeWrittenAs(std::string_view sample) {
  constexpr int64_t kSampleMs = 1795352400000;
  if (TimeReader().Read(sample) != kSampleMs) return Variable{};
  return IsMadeOf(Content::kZonedTime, false, sample) ? kZonedTime : kTime;
}

Variable FindApacheDirective(std::string_view letter, std::string_view argument) {
  if (argument.empty()) return Find(kApache, letter);
  if (letter == "t") return TimeWrittenAs(SampleTime(argument));
  if (letter == "a" || letter == "h") return Below(kClient);  // %{c}a, the peer
  if (letter == "p" || letter == "P") return Skip(Content::kCount);
  if (letter == "T") {
    const Reading unit = argument == "us"   ? Reading::kMicroseconds
                         : argument == "ms" ? Reading::kMilliseconds
                                            : Reading::kSeconds;
    const int rank = unit == Reading::kMicroseconds ? 0 : unit == Reading::kMilliseconds ? -1 : -2;
    return Below({FieldSpec{Field::kDuration, unit}, Content::kDuration}, rank);
  }
  const std::string name = LowerAscii(argument);
  if (letter == "i") return Find(kRequestHeaders, name);
  if (letter == "o") return name == "x-cache" ? AnyText(Field::kCache) : Variable{};
  if (letter == "x" || letter == "e" || letter == "n" || letter == "c") return Find(kNotes, name);
  return Variable{};
}

}  // namespace logstat
