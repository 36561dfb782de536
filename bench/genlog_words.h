// The vocabulary of generated logs: statuses with their weights, agents, referrers, the words of paths.
//
// The weights are those of a busy public shop; the agents are in the shape that browsers, apps, crawlers and tools
// send, the search engines and hosts are reserved example names.
#ifndef LOGSTAT_BENCH_GENLOG_WORDS_H_
#define LOGSTAT_BENCH_GENLOG_WORDS_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace logstat::genlog {

struct StatusWeight {
  uint16_t status;
  uint16_t per_ten_thousand;
};

inline constexpr std::array<StatusWeight, 23> kStatusMix = {{
    {200, 7950}, {304, 620}, {301, 260}, {302, 210}, {404, 430}, {206, 150}, {403, 90}, {499, 60},
    {500, 45},   {502, 30},  {503, 25},  {504, 10},  {401, 35},  {400, 19},  {204, 30}, {201, 10},
    {405, 5},    {408, 3},   {410, 4},   {414, 4},   {421, 4},   {429, 5},   {416, 1},
}};

inline constexpr std::array<std::string_view, 40> kAgents = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 "
    "Edg/141.0.0.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 "
    "Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 "
    "Safari/605.1.15",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
    "Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.7390 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 "
    "Mobile Safari/537.36",
    "Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0",
    "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Mobile "
    "Safari/537.36",
    "Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile "
    "Safari/537.36",
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 "
    "OPR/122.0.0.0",
    "Mozilla/5.0 (compatible; examplebot/2.1; +https://search.example.com/bot.html)",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.7390.54 Mobile Safari/537.36 (compatible; examplebot/2.1; +https://search.example.com/bot.html)",
    "Mozilla/5.0 (compatible; seo-crawler/7.0; +https://seo.example.net/robot/)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; answerbot/1.2; +https://answers.example.org/bot)",
    "feed-reader/3.2 (+https://feeds.example.net/; 14 subscribers)",
    "uptime-probe/1.4",
    "curl/8.14.1",
    "Wget/1.25.0",
    "python-requests/2.32.5",
    "Go-http-client/1.1",
    "Go-http-client/2.0",
    "okhttp/4.12.0",
    "ShopApp/5.3.1 (iPhone; iOS 18.6; Scale/3.00)",
    "Dalvik/2.1.0 (Linux; U; Android 14; SM-A546B Build/UP1A.231005.007)",
    "-",
};

inline constexpr std::array<std::string_view, 8> kSearchReferrers = {
    "https://search.example.com/",
    "https://www.search.example.org/",
    "https://search.example.com/search?q=garden+chairs+wood",
    "https://find.example.net/",
    "https://social.example.org/",
    "https://l.social.example.org/l.php?u=https%3A%2F%2Fshop.example.com%2F&h=AT2mRk0",
    "https://news.example.net/item?id=41873290",
    "android-app://org.example.quicksearchbox/",
};

inline constexpr std::array<std::string_view, 8> kHosts = {
    "shop.example.com",   "www.example.com", "static.example.com", "api.example.com",
    "images.example.com", "m.example.com",   "blog.example.com",   "intranet.example.org",
};

inline constexpr std::array<std::string_view, 8> kUsers = {"anna", "bjorn", "carla",   "deploy",
                                                           "eve",  "fred",  "monitor", "admin"};

// The most popular paths; a path of higher rank is made of the words below and its rank.
inline constexpr std::array<std::string_view, 16> kTopPaths = {
    "/",
    "/assets/app-5f2c9e.css",
    "/assets/app-81bd07.js",
    "/favicon.ico",
    "/api/cart",
    "/search",
    "/images/logo.svg",
    "/login",
    "/assets/fonts/inter-v13-latin-regular.woff2",
    "/api/session",
    "/robots.txt",
    "/checkout",
    "/api/recommendations",
    "/images/hero-autumn.avif",
    "/sitemap.xml",
    "/health",
};

inline constexpr std::array<std::string_view, 16> kSections = {
    "/garden/",
    "/kitchen/",
    "/lighting/",
    "/bedroom/",
    "/office/",
    "/api/products/",
    "/images/products/",
    "/blog/",
    "/outdoor/furniture/",
    "/sale/",
    "/brands/",
    "/assets/img/",
    "/tools/",
    "/kids/",
    "/media/cache/resolve/",
    "/p/",
};

inline constexpr std::array<std::string_view, 32> kThings = {
    "chair", "oak-table", "lamp",  "led-strip",   "mirror", "cushion", "wool-blanket", "kettle",
    "pan",   "knife-set", "shelf", "desk",        "drawer", "carpet",  "watering-can", "hammock",
    "vase",  "clock",     "towel", "basket",      "bench",  "parasol", "bird-house",   "coat-rack",
    "stool", "bunk-bed",  "fan",   "door-handle", "rug",    "planter", "wall-hook",    "night-light",
};

inline constexpr std::array<std::string_view, 8> kExtensions = {"", "", ".html", "", ".jpg", ".webp", "", ".json"};

inline constexpr std::array<std::string_view, 8> kQueries = {
    "?page=2&per_page=48",
    "?sort=price&dir=asc&in_stock=1&view=grid",
    "?utm_source=newsletter&utm_medium=email&utm_campaign=autumn-2026&utm_content=hero",
    "?v=20261101",
    "?color=green&size=l&material=oak&price_from=20&price_to=180",
    "?ref=home",
    "?q=garden+lamp+solar",
    "?w=640&h=480&fit=crop&auto=format&dpr=2",
};

}  // namespace logstat::genlog

#endif  // LOGSTAT_BENCH_GENLOG_WORDS_H_
