// The time of the Common Log Format, "22/Nov/2026:13:00:00 +0000", to milliseconds since 1970.
//
//   ClfTimeReader reader;
//   int64_t time_ms = reader.Read(text);   // kNoTime if it is not such a time
//
// Month names are the English ones whatever the locale, the line's own offset is honoured, and a leap second (":60")
// is the first second of the next minute. Years 1 to 9999, in the line's zone and in UTC.
#ifndef LOGSTAT_SRC_FORMAT_CLF_TIME_H_
#define LOGSTAT_SRC_FORMAT_CLF_TIME_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "src/record/record_batch.h"

namespace logstat {

inline constexpr size_t kClfTimeBytes = 26;

// Parses exactly 26 bytes. The reference that the reader below is held against.
int64_t ParseClfTime(const uint8_t* text);

// Remembers the last minute, because neighbouring lines of a log share it: 26 bytes are compared as four words and
// only the seconds are read. One per worker; not thread-safe.
class ClfTimeReader {
 public:
  // `text` points to 26 readable bytes.
  int64_t Read(const uint8_t* text) {
    uint64_t words[3];
    uint16_t zone_end;
    std::memcpy(words, text, sizeof(words));
    std::memcpy(&zone_end, text + 24, sizeof(zone_end));
    const unsigned tens = static_cast<unsigned>(text[18]) - '0';
    const unsigned ones = static_cast<unsigned>(text[19]) - '0';
    // Bytes 18 and 19, the seconds, are bits 16 to 31 of the third word on a little-endian machine.
    const bool same_minute = words[0] == words_[0] && words[1] == words_[1] && (words[2] & kNotSeconds) == words_[2] &&
                             zone_end == zone_end_;
    if (same_minute && tens <= 5 && ones <= 9) return minute_ms_ + (tens * 10 + ones) * 1000;
    return ReadAnew(text);
  }

  // Any text: kNoTime unless it is exactly such a time.
  int64_t Read(std::string_view text) {
    if (text.size() != kClfTimeBytes) return kNoTime;
    return Read(reinterpret_cast<const uint8_t*>(text.data()));
  }

 private:
  static constexpr uint64_t kNotSeconds = ~uint64_t{0xffff0000};

  int64_t ReadAnew(const uint8_t* text);

  // The remembered minute. The third word starts with the bits of the seconds set, which no masked text has: it is
  // equal to no text, not even to NULs.
  uint64_t words_[3] = {0, 0, ~kNotSeconds};
  uint16_t zone_end_ = 0;
  int64_t minute_ms_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_CLF_TIME_H_
