// The Common Log Format, its relatives, and what servers make of it.
#include "src/format/presets.h"

namespace logstat {
namespace {

constexpr std::string_view kCombined = R"(%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\")";
constexpr std::string_view kCommon = R"(%h %l %u %t \"%r\" %>s %b)";

constexpr StringPreset kCommonRows[] = {
    {"combined", kCombined,
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "https://shop.example/" "Mozilla/5.0")"},
    {"common", kCommon, R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120)"},
    {"vhost_combined", R"(%v:%p %h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\")",
     R"(shop.example:443 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0")"},
    {"vhost_combined",
     R"($host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent")",
     R"(shop.example 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0")"},
    {"vhost_common", R"(%v:%p %h %l %u %t \"%r\" %>s %b)",
     R"(shop.example:443 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120)"},
    {"vhost_common", R"($host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent)",
     R"(shop.example 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120)"},
    {"combined_timed",
     R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time)",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0" 0.042)"},
    {"combined_timed",
     R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time $upstream_response_time)",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0" 0.042 0.039)"},
    {"combined_timed", R"(%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\" %D)",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0" 142117)"},
    {"lighttpd", R"(%h %V %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\")",
     R"(192.0.2.7 shop.example - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0")"},
    {"ingress_nginx",
     R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $request_id)",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0" 412 0.042 [shop-cart-80] [] 10.0.0.5:8080 5120 0.041 200 7c1d2f0e9a5b4c338d6e0f1a2b3c4d5e)",
     ByteMeaning::kBody},
    {"npm",
     R"([$time_local] $upstream_cache_status $upstream_status $status - $request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] [Sent-to $_upstream] "$http_user_agent" "$http_referer")",
     R"([22/Nov/2026:13:00:00 +0000] - 404 200 - GET https shop.example "/cart?id=7" [Client 192.0.2.7] [Length 5120] [Gzip 2.41] [Sent-to 10.0.0.5] "Mozilla/5.0" "-")",
     ByteMeaning::kBody},
    {"npm",
     R"([$time_local] $status - $request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] "$http_user_agent" "$http_referer")",
     R"([22/Nov/2026:13:00:00 +0000] 301 - GET http shop.example "/cart?id=7" [Client 192.0.2.7] [Length 166] [Gzip -] "Mozilla/5.0" "-")",
     ByteMeaning::kBody},
    {"tomcat", kCommon, ""},
    {"varnish", kCombined, ""},
};

}  // namespace

std::span<const StringPreset> CommonLogPresets() { return kCommonRows; }

}  // namespace logstat
