// From the text of a field to the columns of a row: one place for units, spellings of times, requests and lists.
//
//   FieldWriter writer;                                                      // one per worker
//   writer.Put({Field::kDuration, Reading::kMilliseconds}, "12.5", row, batch);
//   writer.Put({Field::kTarget, Reading::kRequest}, "GET /a?b HTTP/1.1", row, batch);
//   if (std::optional<uint16_t> status = ParseStatus("404")) batch.status(row) = *status;
//
// Every kind of format comes here with a text and what its definition says that text is. A column that the batch does
// not have is skipped without reading the text. What cannot be read is absent: "-" as a number, a negative duration.
#ifndef LOGSTAT_SRC_FORMAT_FIELD_VALUE_H_
#define LOGSTAT_SRC_FORMAT_FIELD_VALUE_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "src/format/time_text.h"
#include "src/record/record_batch.h"

namespace logstat {

// How the text of a field is spelled.
enum class Reading : uint8_t {
  kText,            // as it stands
  kLastOfList,      // the last of a list parted by ", " or " : " (nginx: one per upstream that was tried)
  kWithoutPort,     // an address or a name, with or without a port behind it
  kClient,          // the same, of a client; see address.h
  kAddressAndPort,  // an address and, always, a port: `::1:50412` is ::1
  kCount,           // digits
  kStatus,          // three digits; of a list the last. For kUpstreamStatus: the line's own status is ParseStatus()
  kSeconds,         // these four: a decimal number; a list is added up; a unit behind it ("1.5ms") wins
  kMilliseconds,
  kMicroseconds,
  kNanoseconds,
  kTime,           // see time_text.h
  kClfTime,        // 22/Nov/2026:13:00:00 +0000, else as kTime
  kRequest,        // `GET /a?b HTTP/1.1`: the fields of a request line, see request.h
  kTarget,         // `/a?b`: target, path, query
  kQuery,          // behind its '?', if it has one
  kForwarded,      // a list of forwarded addresses that is the xff, and its first is the client
  kBalancerTimes,  // three durations in s, parted by blanks: the sum is the duration, the second the upstream's time
};

// A field of the log and how it is spelled there. For kRequest and kTarget the field is kTarget.
struct FieldSpec {
  Field field = Field::kStatus;
  Reading reading = Reading::kText;
  friend bool operator==(const FieldSpec&, const FieldSpec&) = default;
};

// The columns that the field may fill.
ColumnSet ColumnsOf(FieldSpec spec);

// Whether `text` is what the definition promises, as detection asks: a number is one, a time is one. A text may be
// anything; so may "-", which stands for an absent value, but not for a time, a client or a host.
bool IsWellFormed(FieldSpec spec, std::string_view text);

// "404" → 404; "-", "-1", "0", "000" → 0; anything else: empty.
std::optional<uint16_t> ParseStatus(std::string_view text);

// "5120" and "+5120" (HAProxy's logasap) → 5120; "-" and what does not fit 63 bits → kNoNumber.
int64_t ParseByteCount(std::string_view text);

// A duration in a unit of `nanoseconds_per_unit`, to microseconds, cut off; kNoNumber if it is none. See Reading.
int64_t ParseDuration(std::string_view text, int64_t nanoseconds_per_unit);

// Not thread-safe: it remembers the last minute.
class FieldWriter {
 public:
  // Writes the columns that the batch has of those the field fills. The text may lie anywhere: see PutText.
  void Put(FieldSpec spec, std::string_view text, size_t row, RecordBatch& batch);

 private:
  TimeReader times_;
};

// Writes the columns of a request line, or of a target alone. The log's own host and scheme win over those of an
// absolute target: put them before.
void PutRequest(std::string_view request, size_t row, RecordBatch& batch);
void PutTarget(std::string_view target, size_t row, RecordBatch& batch);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_FIELD_VALUE_H_
