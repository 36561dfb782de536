// Traffic of an ordinary site on an ordinary day, as seeds decide: nothing in it is worth an alarm, and much of it
// looks like one at first sight.
//
//   AddCleanTraffic(dice, {.from = 0, .to = 86'400, .visits = 600}, log);
//
// People (clean_people.cc) come by day more than by night: pages with their files and referrers, visitors who come back
// and revalidate, searches by a long form, logins that succeed at once or at the third try, single sign-on over five
// redirects, videos and documents by ranges, a gateway with many people behind it, answers that nobody waited for.
// Programs (clean_programs.cc) run around the clock: crawlers, monitors, readers of feeds, an interface with PUT and
// DELETE, an application of one page that answers everything, a host that only redirects to HTTPS, and the background
// of the Internet: scanners that find nothing.
#ifndef LOGSTAT_TESTS_DETECT_CLEAN_TRAFFIC_H_
#define LOGSTAT_TESTS_DETECT_CLEAN_TRAFFIC_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/detect/woven_log.h"

namespace logstat {

struct CleanSpan {
  int64_t from = 0;  // seconds, as in WovenLine
  int64_t to = 86'400;
  int64_t visits = 600;  // by people, in the busiest hour
};

void AddCleanTraffic(Dice& dice, const CleanSpan& span, WovenLog& log);

// The two halves.
void AddPeople(Dice& dice, const CleanSpan& span, WovenLog& log);
void AddPrograms(Dice& dice, const CleanSpan& span, WovenLog& log);

inline constexpr std::array<std::string_view, 12> kBrowsers = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 "
    "Edg/142.0.0.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
    "Safari/605.1.15",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile "
    "Safari/537.36",
    "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile "
    "Safari/537.36"};

// An address of somebody, the same again seldom.
std::string SomeClient(Dice& dice);

// What happens once in a while, to one request of one client, and is nobody's fault worth a word (clean_oddities.cc).
void AddOddity(Dice& dice, int64_t second, WovenLog& log);

// What a file or page of that path weighs, always the same.
int64_t BytesOf(std::string_view path);

// How busy an hour of the day is, in percent of the busiest one.
int64_t Busy(int64_t second);

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_CLEAN_TRAFFIC_H_
