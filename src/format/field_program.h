// A log format as data: the list of literals and fields that an nginx `log_format`, Apache `LogFormat` or HAProxy
// `log-format` string means.
//
//   StatusOr<FieldProgram> program = CompileFormat("%h %l %u %t \"%r\" %>s %b");
//   if (!program.ok()) return program.status();   // says where in the string and why; MarkOf() has the place
//
// The languages are spellings of the same list; nobody behind this file knows which one was used. A line in
// the format is literal 0, field 0, literal 1, field 1, … and at last `tail`. Programs are immutable and may be shared
// by any number of threads.
#ifndef LOGSTAT_SRC_FORMAT_FIELD_PROGRAM_H_
#define LOGSTAT_SRC_FORMAT_FIELD_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/report.h"
#include "src/base/status.h"
#include "src/format/field_value.h"

namespace logstat {

// What the text of a field is made of, by which its end is found where the next literal may also stand inside of it.
enum class Content : uint8_t {
  kText,       // anything
  kWord,       // no blank, no quote, not empty
  kIdentity,   // the same; nobody has one, so detection expects "-"
  kCount,      // digits or "-"
  kDecimal,    // digits, a point, digits, or "-"
  kDuration,   // a number with or without a fraction and a unit, "-", "-1"
  kDurations,  // three of these, parted by blanks
  kTime,       // see TimeReader
  kZonedTime,  // the same, with its offset behind a blank
  kClfTime,    // 22/Nov/2026:13:00:00 +0000
  kStatus,     // see ParseStatus
};

// Whether the text is that. A word of a list may hold the list's blanks.
bool IsMadeOf(Content content, bool list, std::string_view text);

// The first blank, tab or quote at or behind `from`, or the text's size: find_first_of() calls memchr for every byte.
inline size_t FindWordEnd(std::string_view text, size_t from) {
  while (from < text.size() && text[from] != ' ' && text[from] != '\t' && text[from] != '"') ++from;
  return from;
}

struct ProgramStep {
  std::string literal;             // stands before the field
  std::optional<FieldSpec> field;  // empty: read over; {kStatus, kStatus} is the line's own status
  Content content = Content::kText;
  bool list = false;                          // of several upstreams, parted by ", " and " : "
  ByteMeaning bytes = ByteMeaning::kUnknown;  // of a byte count
  size_t place = 0;                           // in the format string
  int rank = 0;                               // of several fields for one column the first of the highest counts

  bool Is(Field wanted) const { return field.has_value() && field->field == wanted; }
  bool IsStatus() const { return Is(Field::kStatus); }
  bool IsRequest() const { return field.has_value() && field->reading == Reading::kRequest; }
};

struct FieldProgram {
  std::vector<ProgramStep> steps;
  std::string tail;  // stands behind the last field
  ByteMeaning bytes = ByteMeaning::kUnknown;
  bool bare_dashes = false;      // what stands in quotes is a `-` without them where it is absent
  bool whole_addresses = false;  // LineFormat::has_whole_addresses()
  size_t status = 0;             // index of the step that holds the line's status

  // Whether it holds `"request" status bytes`, where a line is anchored however broken the rest of it is; then:
  bool anchored = false;
  size_t request = 0;                // index of the request's step; the next two are the status and the bytes
  size_t quotes_before_request = 0;  // in the literals in front of it, without its own opening quote
  bool time_before_request = false;  // as in `[time] "request"`
};

// What its fields may fill.
ColumnSet ColumnsOf(const FieldProgram& program);

// Whose spelling a string is, by its sigils.
enum class FormatDialect { kNginx, kApache, kHaproxy };
FormatDialect DialectOf(std::string_view format);

// The literals and fields of a string, whatever they are: `status` and the anchor are not set.
StatusOr<FieldProgram> CompileSteps(std::string_view format, FormatDialect dialect);

// Compiles a format string of any of them, told apart by its sigils ($name, %ST, %x). Refused is what cannot be read
// back: no status, two fields with nothing between them, a quote that is not closed. For strings that write
// JSON see json_definition.h.
StatusOr<FieldProgram> CompileFormat(std::string_view format);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_FIELD_PROGRAM_H_
