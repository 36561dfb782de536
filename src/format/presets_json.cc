#include "src/format/presets_json.h"

#include <iterator>
#include <memory>
#include <string_view>
#include <utility>

#include "src/format/json_format.h"
#include "src/format/key_map.h"
#include "src/format/ltsv_format.h"

namespace logstat {
namespace {

struct JsonRow {
  std::string_view name;
  std::string_view definition;  // "json:" and a key map
  std::vector<std::string_view> marks;
  std::string_view example;
  bool whole_addresses = false;  // see StringPreset
};

constexpr std::string_view kPrefix = "json:";
constexpr std::string_view kLtsvPrefix = "ltsv:";

// nginx_json has no marks: it is every line that has none of the others' first marks. Its names are those of nginx's
// variables, and what people call them instead. Beside `host`, which may be the server's own name or address, the host
// that was asked for has a name of its own.
const JsonRow kJsonRows[] = {
    {"caddy",
     "json:status=.status,time=.ts,client=.request.client_ip,client?=.request.remote_ip,client?=.request.remote_addr,"
     "method=.request.method,target=.request.uri,protocol=.request.proto,host=.request.host,bytes=.size,"
     "request_bytes=.bytes_read,duration=.duration(s),user=.user_id,referrer=.request.headers.Referer,"
     "agent=.request.headers.User-Agent,xff=.request.headers.X-Forwarded-For,tls=.request.tls.version",
     {"request.uri", "request.method"},
     R"({"level":"info","ts":1795352400.25,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"192.0.2.7","client_ip":"192.0.2.7","proto":"HTTP/2.0","method":"GET","host":"shop.example","uri":"/cart?id=7","headers":{"User-Agent":["Mozilla/5.0"]}},"bytes_read":0,"user_id":"","duration":0.0124,"size":5120,"status":200})"},
    {"traefik",
     "json:status=.DownstreamStatus,time=.StartUTC,time?=.time,client=.ClientHost,client?=.ClientAddr,"
     "user=.ClientUsername,method=.RequestMethod,target=.RequestPath,protocol=.RequestProtocol,host=.RequestHost,"
     "host?=.RequestAddr,scheme=.RequestScheme,bytes=.DownstreamContentSize,request_bytes=.RequestContentSize,"
     "duration=.Duration(ns),upstream_time=.OriginDuration(ns),upstream_status=.OriginStatus,upstream=.ServiceAddr,"
     "upstream?=.ServiceURL.Host,referrer=.request_Referer,agent=.request_User-Agent,xff=.request_X-Forwarded-For,"
     "request_id=.request_X-Request-Id,tls=.TLSVersion",
     {"DownstreamStatus", "RequestMethod"},
     R"({"ClientHost":"192.0.2.7","DownstreamContentSize":5120,"DownstreamStatus":200,"Duration":12400000,"OriginStatus":200,"RequestHost":"shop.example","RequestMethod":"GET","RequestPath":"/cart?id=7","RequestProtocol":"HTTP/1.1","StartUTC":"2026-11-22T13:00:00.25Z"})"},
    {"cloudflare",
     "json:status=.EdgeResponseStatus,time=.EdgeStartTimestamp,client=.ClientIP,method=.ClientRequestMethod,"
     "target=.ClientRequestURI,path?=.ClientRequestPath,protocol=.ClientRequestProtocol,host=.ClientRequestHost,"
     "scheme=.ClientRequestScheme,bytes=.EdgeResponseBodyBytes,bytes?=.EdgeResponseBytes,"
     "request_bytes=.ClientRequestBytes,upstream=.OriginIP,upstream_status=.OriginResponseStatus,"
     "upstream_time=.OriginResponseTime(ns),upstream_time?=.OriginResponseDurationMs(ms),cache=.CacheCacheStatus,"
     "tls=.ClientSSLProtocol,request_id=.RayID,referrer=.ClientRequestReferer,agent=.ClientRequestUserAgent",
     {"EdgeResponseStatus", "ClientRequestMethod"},
     R"({"ClientIP":"192.0.2.7","ClientRequestHost":"shop.example","ClientRequestMethod":"GET","ClientRequestURI":"/cart?id=7","EdgeResponseBytes":5120,"EdgeResponseStatus":200,"EdgeStartTimestamp":1795352400250000000,"OriginResponseStatus":200,"CacheCacheStatus":"dynamic","RayID":"8f00000000000001"})"},
    {"gclb",
     "json:status=.httpRequest.status,time=.timestamp,client=.httpRequest.remoteIp,method=.httpRequest.requestMethod,"
     "target=.httpRequest.requestUrl,protocol=.httpRequest.protocol,bytes=.httpRequest.responseSize,"
     "request_bytes=.httpRequest.requestSize,duration=.httpRequest.latency(s),upstream=.httpRequest.serverIp,"
     "cache=.httpRequest.cacheHit,referrer=.httpRequest.referer,agent=.httpRequest.userAgent,"
     "reason=.jsonPayload.statusDetails",
     {"httpRequest.status", "httpRequest.requestMethod"},
     R"({"httpRequest":{"latency":"0.0124s","remoteIp":"192.0.2.7","requestMethod":"GET","requestSize":"310","requestUrl":"https://shop.example/cart?id=7","responseSize":"5120","serverIp":"10.0.0.9","status":200,"userAgent":"Mozilla/5.0"},"jsonPayload":{"statusDetails":"response_sent_by_backend"},"timestamp":"2026-11-22T13:00:00.25Z"})",
     true},
    {"ecs",
     "json:status=.http.response.status_code,time=.@timestamp,client=.client.ip,client?=.source.ip,"
     "client?=.client.address,client?=.source.address,user=.user.name,method=.http.request.method,"
     "target=.url.original,path?=.url.path,query?=.url.query,host=.url.domain,scheme=.url.scheme,"
     "bytes=.http.response.body.bytes,bytes?=.http.response.bytes,request_bytes=.http.request.bytes,"
     "request_bytes?=.http.request.body.bytes,duration=.event.duration(ns),referrer=.http.request.referrer,"
     "agent=.user_agent.original,request_id=.http.request.id,tls=.tls.version",
     {"http.response.status_code", "http.request.method"},
     R"({"@timestamp":"2026-11-22T13:00:00.250Z","client":{"ip":"192.0.2.7"},"http":{"request":{"method":"GET"},"response":{"status_code":200,"body":{"bytes":5120}}},"url":{"original":"/cart?id=7","domain":"shop.example"},"event":{"duration":12400000},"user_agent":{"original":"Mozilla/5.0"}})"},
    {"envoy",
     "json:status=.response_code,time=.start_time,client=.downstream_remote_address,xff=.x_forwarded_for,"
     "method=.method,target=.path,protocol=.protocol,host=.authority,bytes=.bytes_sent,request_bytes=.bytes_received,"
     "duration=.duration(ms),upstream_time=.upstream_service_time(ms),upstream=.upstream_host,reason=.response_flags,"
     "reason?=.response_code_details,agent=.user_agent,request_id=.request_id",
     {"response_flags", "response_code"},
     R"({"start_time":"2026-11-22T13:00:00.250Z","method":"GET","path":"/cart?id=7","protocol":"HTTP/1.1","response_code":200,"response_flags":"-","bytes_received":0,"bytes_sent":5120,"duration":12,"upstream_host":"10.0.0.9:80","authority":"shop.example","downstream_remote_address":"192.0.2.7:40000"})"},
    {"nginx_json",
     "json:status=.status,time=.time_iso8601,time=.time_local,time=.msec,time=.time,time=.@timestamp,time=.timestamp,"
     "client=.remote_addr,xff=.http_x_forwarded_for,user=.remote_user,request=.request,method=.request_method,"
     "target=.request_uri,target?=.uri,query?=.args,protocol=.server_protocol,host=.http_host,host?=.host,host?"
     "?=.server_name,"  // parted, because ??= was another character once, of which compilers warn
     "scheme=.scheme,bytes=.body_bytes_sent,bytes?=.bytes_sent,request_bytes=.request_length,"
     "duration=.request_time(s),upstream=.upstream_addr,upstream_status=.upstream_status,"
     "upstream_time=.upstream_response_time(s),cache=.upstream_cache_status,tls=.ssl_protocol,"
     "referrer=.http_referer,referrer=.http_referrer,agent=.http_user_agent,request_id=.request_id",
     {},
     R"({"time":"2026-11-22T13:00:00+00:00","remote_addr":"192.0.2.7","host":"shop.example","request":"GET /cart?id=7 HTTP/1.1","status":"200","body_bytes_sent":"5120","request_time":"0.012","http_referer":"https://shop.example/","http_user_agent":"Mozilla/5.0"})"},
};

// Names in logs that people put together themselves. The weak ones say least about what they hold.
constexpr std::string_view kOtherNames =
    "status=.status_code,status=.statusCode,status=.http_status,status=.response_status,"
    "time=.ts,time=.date,time=.datetime,client=.client_ip,client=.clientip,client=.client,client=.ip,client=.remote_ip,"
    "client=.remoteIP,client=.remoteIp,client=.remote_address,client=.remoteAddress,client=.remoteAddr,"
    "client=.clientIP,client=.clientIp,client=.client_addr,client=.client_address,"
    "client?=.remote_host,user=.user,xff=.xff,xff=.forwarded_for,method=.http_method,method=.verb,target?=.url,"
    "query?=.query,query?=.query_string,protocol=.proto,host=.vhost,host=.virtualHost,host=.domain,"
    "bytes?=.bytes,bytes?=.size,bytes?=.length,bytes=.body_bytes,bytes?=.response_size,bytes?=.response_length,"
    "bytes?=.bytes_out,request_bytes=.request_size,request_bytes=.bytes_in,duration=.response_time(s),"
    "duration=.reqtime(s),duration=.responsetime(s),duration=.duration_ms(ms),duration=.request_time_ms(ms),"
    "duration=.response_time_ms(ms),duration=.latency_ms(ms),duration=.latency_human(s),duration?=.latency(s),"
    "referrer=.referer,referrer=.referrer,agent=.useragent,agent=.userAgent,agent=.ua,agent?=.agent,"
    "upstream=.upstream,upstream=.upstreamhost,"
    "upstream_time=.upstream_time(s),upstream_time=.upstreamtime(s),cache=.cache_status,tls=.tls_version";

// The labels that ltsv.org recommends, and those that people add.
constexpr std::string_view kLtsvDefinition =
    "ltsv:status=status,time=time,client=host,xff=forwardedfor,user=user,request=req,method=method,target=uri,"
    "protocol=protocol,bytes=size,request_bytes=reqsize,referrer=referer,referrer=referrer,agent=ua,agent=user_agent,"
    "host=vhost,scheme=scheme,duration=reqtime(s),duration=reqtime_microsec(us),duration=request_time(s),"
    "duration?=taken(us),duration?=response_time(s),duration?=runtime(s),upstream_time=apptime(s),upstream=upstream,"
    "upstream=upstream_addr,upstream_status=upstream_status,cache=cache,request_id=request_id,tls=ssl_protocol";
constexpr std::string_view kLtsvExample =
    "time:22/Nov/2026:13:00:00 +0000\thost:192.0.2.7\treq:GET /cart?id=7 "
    "HTTP/1.1\tstatus:200\tsize:5120\treqtime:0.012";

void AppendKeys(std::string_view map, std::vector<NamedKey>* keys) {
  std::vector<NamedKey> parsed = *ParseKeyMap(map);
  keys->insert(keys->end(), std::make_move_iterator(parsed.begin()), std::make_move_iterator(parsed.end()));
}

}  // namespace

void AppendJsonPresets(std::vector<Preset>* presets) {
  std::vector<NamedKey> everything;
  for (const JsonRow& row : kJsonRows) AppendKeys(row.definition.substr(kPrefix.size()), &everything);
  AppendKeys(kOtherNames, &everything);
  const std::vector<std::string_view> none;
  std::vector<std::string_view> first_marks;
  for (const JsonRow& row : kJsonRows) {
    if (!row.marks.empty()) first_marks.push_back(row.marks.front());
  }
  for (const JsonRow& row : kJsonRows) {
    std::vector<NamedKey> keys;
    AppendKeys(row.definition.substr(kPrefix.size()), &keys);
    keys.insert(keys.end(), everything.begin(), everything.end());
    const std::vector<std::string_view>& foreign = row.marks.empty() ? first_marks : none;
    presets->push_back(Preset{row.name, row.definition, row.example,
                              std::make_shared<JsonFormat>(keys, row.marks, foreign, row.whole_addresses)});
  }
  const std::vector<NamedKey> labels = *ParseKeyMap(kLtsvDefinition.substr(kLtsvPrefix.size()));
  presets->push_back(Preset{"ltsv", kLtsvDefinition, kLtsvExample, std::make_shared<LtsvFormat>(labels)});
}

}  // namespace logstat
