// Load balancers and stores of clouds, and IIS's own format.
#include "src/format/presets.h"

namespace logstat {
namespace {

constexpr StringPreset kCloudRows[] =
    {
        {"alb",
         R"($_word $_time $_word $_client $_upstream $_balancer_times $status $_upstream_status $_request_bytes $bytes_sent "$request" "$http_user_agent" $ssl_cipher $_tls $_word "$_word" "$_word" "$_word" $_word $_word "$_text" "$_text" "$_reason" "$_text" "$_text" "$_text" "$_text" $_word)",
         R"(https 2026-11-22T13:00:00.123456Z app/shop/50dc6c495c0c9188 192.0.2.7:50412 10.0.0.5:8080 0.000 0.041 0.001 200 200 412 5120 "GET https://shop.example:443/cart?id=7 HTTP/1.1" "Mozilla/5.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/cart/73e2d6bc24d8a067 "Root=1-6921b2d0-1e2f3a4b5c6d7e8f90a1b2c3" "shop.example" "arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d" 0 2026-11-22T13:00:00.081000Z "forward" "-" "-" "10.0.0.5:8080" "200" "-" "-" TID_1234abcd)",
         ByteMeaning::kAll, false, true},
        // As it was before 2024, without the connection's id.
        {"alb",
         R"($_word $_time $_word $_client $_upstream $_balancer_times $status $_upstream_status $_request_bytes $bytes_sent "$request" "$http_user_agent" $ssl_cipher $_tls $_word "$_word" "$_word" "$_word" $_word $_word "$_text" "$_text" "$_reason" "$_text" "$_text" "$_text" "$_text")",
         R"(http 2026-11-22T13:00:00.123456Z app/shop/50dc6c495c0c9188 192.0.2.7:50412 - -1 -1 -1 502 - 412 272 "GET http://shop.example:80/cart?id=7 HTTP/1.1" "Mozilla/5.0" - - arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/cart/73e2d6bc24d8a067 "Root=1-6921b2d0-1e2f3a4b5c6d7e8f90a1b2c3" "-" "-" 0 2026-11-22T13:00:00.081000Z "forward" "-" "LambdaInvalidResponse" "-" "-" "-" "-")",
         ByteMeaning::kAll, false, true},
        // As it was before 2020, without a classification.
        {"alb",
         R"($_word $_time $_word $_client $_upstream $_balancer_times $status $_upstream_status $_request_bytes $bytes_sent "$request" "$http_user_agent" $ssl_cipher $_tls $_word "$_word" "$_word" "$_word" $_word $_word "$_text" "$_text" "$_reason" "$_text" "$_text")",
         R"(h2 2026-11-22T13:00:00.123456Z app/shop/50dc6c495c0c9188 192.0.2.7:50412 10.0.0.5:8080 0.000 0.041 0.001 200 200 412 5120 "GET https://shop.example:443/cart?id=7 HTTP/2.0" "Mozilla/5.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/cart/73e2d6bc24d8a067 "Root=1-6921b2d0-1e2f3a4b5c6d7e8f90a1b2c3" "shop.example" "arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d" 0 2026-11-22T13:00:00.081000Z "forward" "-" "-" "10.0.0.5:8080" "200")",
         ByteMeaning::kAll, false, true},
        {"elb",
         R"($_time $_word $_client $_upstream $_balancer_times $status $_upstream_status $_request_bytes $bytes_sent "$request" "$http_user_agent" $ssl_cipher $_tls)",
         R"(2026-11-22T13:00:00.123456Z shop 192.0.2.7:50412 10.0.0.5:8080 0.000086 0.041048 0.001337 200 200 0 5120 "GET https://shop.example:443/cart?id=7 HTTP/1.1" "Mozilla/5.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2)",
         ByteMeaning::kBody, false, true},
        {"s3",
         R"($_word $_word [$time_local] $remote_addr $_word $request_id $_word $_word "$request" $status $_reason $body_bytes_sent $_count $_duration_ms $_upstream_time_ms "$http_referer" "$http_user_agent" $_word $_word $_word $ssl_cipher $_word $host $_tls $_text)", R"(79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be shop-assets [22/Nov/2026:13:00:00 +0000] 192.0.2.7 - 3E57427F3EXAMPLE REST.GET.OBJECT cart.css "GET /cart.css HTTP/1.1" 200 - 5120 5120 42 41 "-" "Mozilla/5.0" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader shop-assets.s3.eu-central-1.amazonaws.com TLSv1.3 - -)",
         ByteMeaning::kBody, true},
        // As it was before 2019.
        {"s3",
         R"($_word $_word [$time_local] $remote_addr $_word $request_id $_word $_word "$request" $status $_reason $body_bytes_sent $_count $_duration_ms $_upstream_time_ms "$http_referer" "$http_user_agent" $_word)",
         R"(79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be shop-assets [22/Nov/2026:13:00:00 +0000] 192.0.2.7 - 3E57427F3EXAMPLE REST.GET.OBJECT cart.css "GET /cart.css HTTP/1.1" 404 NoSuchKey 305 - 9 - "-" "Mozilla/5.0" -)",
         ByteMeaning::kBody, true},
        {"iis_native",
         R"($remote_addr, $remote_user, $_time, $_word, $_word, $_word, $_duration_ms, $_request_bytes, $bytes_sent, $status, $_count, $request_method, $uri, $_query,)",
         R"(192.0.2.7, -, 11/22/2026, 13:00:00, W3SVC2, WEB1, 10.0.0.5, 42, 412, 5120, 200, 0, GET, /cart, id=7,)",
         ByteMeaning::kAll},
};

}  // namespace

std::span<const StringPreset> CloudPresets() { return kCloudRows; }

}  // namespace logstat
