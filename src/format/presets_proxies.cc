// Proxies and caches with formats of their own.
#include "src/format/presets.h"

namespace logstat {
namespace {

constexpr StringPreset kProxyRows[] = {
    {"traefik",
     R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $_count "$_text" "$_upstream" ${_duration_ms}ms)",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0" 17 "shop@docker" "http://10.0.0.5:8080" 42ms)",
     ByteMeaning::kBody},
    // option httplog. What was captured of headers, `{a|b} {c}`, stands in front of the request.
    {"haproxy",
     R"($_client [$_time] $_word $_upstream $_seconds/$_seconds/$_seconds/$_upstream_time_ms/$_duration_ms $status $bytes_sent $_word $_word $_reason $_count/$_count/$_count/$_count/$_word $_count/$_text"$request")",
     R"(192.0.2.7:50412 [22/Nov/2026:13:00:00.123] web~ shop/app1 0/0/1/41/42 200 5120 - - ---- 12/10/3/1/0 0/0 "GET /cart?id=7 HTTP/1.1")",
     ByteMeaning::kAll},
    // option httpslog: the handshake behind the request.
    {"haproxy",
     R"($_client [$_time] $_word $_upstream $_seconds/$_seconds/$_seconds/$_upstream_time_ms/$_duration_ms $status $bytes_sent $_word $_word $_reason $_count/$_count/$_count/$_count/$_word $_count/$_text"$request" $_word/$_word/$_word/$_word/$_word $host/$_tls/$_word)",
     R"(192.0.2.7:50412 [22/Nov/2026:13:00:00.123] web~ shop/app1 0/0/1/41/42 200 5120 - - ---- 12/10/3/1/0 0/0 "GET /cart?id=7 HTTP/1.1" 0/0/0/0/0 shop.example/TLSv1.3/TLS_AES_256_GCM_SHA384)",
     ByteMeaning::kAll},
    // option httplog clf
    {"haproxy",
     R"($remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent "$_text" "$_text" $_count $_count "$_word" "$_upstream" "$_word" $_seconds $_seconds $_seconds $_upstream_time_ms $_duration_ms $_reason $_count $_count $_count $_count $_word $_count $_count $_text)",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "" "" 50412 123 "web~" "shop" "app1" 0 0 1 41 42 ---- 12 10 3 1 0 0 0 "" "")",
     ByteMeaning::kAll},
    {"squid",
     R"($_time  $_duration_ms $remote_addr $_reason/$status $bytes_sent $request_method $_target $remote_user $_word/$_upstream $_word)",
     R"(1795352400.123     42 192.0.2.7 TCP_MISS/200 5120 GET http://shop.example/cart?id=7 - HIER_DIRECT/10.0.0.5 text/html)",
     ByteMeaning::kAll, false, true},
    // logformat combined and common
    {"squid",
     R"($remote_addr $_word $remote_user [$time_local] "$request" $status $bytes_sent "$http_referer" "$http_user_agent" $_reason:$_word)",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET http://shop.example/cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0" TCP_MISS:HIER_DIRECT)",
     ByteMeaning::kAll, false, true},
    {"squid", R"($remote_addr $_word $remote_user [$time_local] "$request" $status $bytes_sent $_reason:$_word)",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET http://shop.example/cart?id=7 HTTP/1.1" 200 5120 TCP_MISS:HIER_DIRECT)",
     ByteMeaning::kAll, false, true},
    {"envoy",
     R"([$_time] "$request" $status $_reason $_request_bytes $bytes_sent $_duration_ms $_upstream_time_ms "$http_x_forwarded_for" "$http_user_agent" "$request_id" "$http_host" "$_upstream")",
     R"([2026-11-22T13:00:00.123Z] "GET /cart?id=7 HTTP/1.1" 200 - 0 5120 42 41 "192.0.2.7" "Mozilla/5.0" "7c1d2f0e-9a5b-4c33-8d6e-0f1a2b3c4d5e" "shop.example" "10.0.0.5:8080")",
     ByteMeaning::kBody},
    // As Istio configures it.
    {"envoy",
     R"([$_time] "$request" $status $_reason $_word $_word "$_text" $_request_bytes $bytes_sent $_duration_ms $_upstream_time_ms "$http_x_forwarded_for" "$http_user_agent" "$request_id" "$http_host" "$_upstream" $_text)",
     R"([2026-11-22T13:00:00.123Z] "GET /cart?id=7 HTTP/1.1" 200 - via_upstream - "-" 0 5120 42 41 "192.0.2.7" "Mozilla/5.0" "7c1d2f0e-9a5b-4c33-8d6e-0f1a2b3c4d5e" "shop.example" "10.0.0.5:8080" inbound|8080|| 127.0.0.6:40001 10.0.0.5:8080 192.0.2.7:0 outbound_.80_._.cart.shop default)",
     ByteMeaning::kBody},
};

}  // namespace

std::span<const StringPreset> ProxyPresets() { return kProxyRows; }

}  // namespace logstat
