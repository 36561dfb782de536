#include "src/format/presets.h"

#include <vector>

#include "src/format/clf_format.h"
#include "src/format/presets_json.h"
#include "src/format/w3c_format.h"

namespace logstat {
namespace {

struct Row {
  std::string_view name;
  std::string_view definition;
  std::string_view example;
};

constexpr Row kRows[] = {
    {"combined", R"(%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\")",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "https://shop.example/" "Mozilla/5.0")"},
    {"common", R"(%h %l %u %t \"%r\" %>s %b)",
     R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120)"},
    {"vhost_combined", R"(%v:%p %h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\")",
     R"(shop.example:443 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0")"},
    {"vhost_combined",
     R"($host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent")",
     R"(shop.example 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120 "-" "Mozilla/5.0")"},
    {"vhost_common", R"(%v:%p %h %l %u %t \"%r\" %>s %b)",
     R"(shop.example:443 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120)"},
    {"vhost_common", R"($host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent)",
     R"(shop.example 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET /cart?id=7 HTTP/1.1" 200 5120)"},
};

// Of those that IIS and CloudFront may write.
constexpr std::string_view kW3cFields = "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes";
constexpr std::string_view kW3cLine = "2026-11-22 13:00:00 192.0.2.7 GET /cart id=7 200 5120";

}  // namespace

std::span<const Preset> Presets() {
  static const std::vector<Preset> presets = [] {
    std::vector<Preset> compiled;
    for (const Row& row : kRows) {
      compiled.push_back(
          Preset{row.name, row.definition, row.example, std::make_shared<ClfFormat>(*CompileFormat(row.definition))});
    }
    AppendJsonPresets(&compiled);
    compiled.push_back(Preset{"w3c", kW3cFields, kW3cLine, std::make_shared<W3cFormat>()});
    return compiled;
  }();
  return presets;
}

const Preset* FindPreset(std::string_view name) {
  for (const Preset& preset : Presets()) {
    if (preset.name == name) return &preset;
  }
  return nullptr;
}

}  // namespace logstat
