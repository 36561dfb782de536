// What nginx's variables and Apache's directives mean: two tables from names to fields.
//
//   Variable variable = FindNginxVariable("upstream_response_time");
//   Variable variable = FindApacheDirective("i", "Referer");      // %{Referer}i
//
// Names that are not in a table are text that is read over.
//
// Formats that neither server writes are spelled as nginx strings with names of our own, which begin with an
// underscore, as no name of nginx does:
//   $_client        the client and its port
//   $_time          a time in any spelling that time_text.h knows
//   $_target        a request target
//   $_query         a query
//   $_upstream      who answered: a server, a backend and its server
//   $_reason        the server's word for why
//   $_tls           protocol of TLS
//   $_duration_ms, $_duration_s, $_upstream_time_ms, $_upstream_time_s, $_request_bytes
//   $_balancer_times   three durations in s, parted by blanks: until the request was sent on, until the upstream
//                      answered, until the answer was sent on
//   $_word, $_count, $_seconds, $_text   read over: a word, a count, a duration, anything
#ifndef LOGSTAT_SRC_FORMAT_VARIABLES_H_
#define LOGSTAT_SRC_FORMAT_VARIABLES_H_

#include <optional>
#include <string>
#include <string_view>

#include "src/format/field_program.h"

namespace logstat {

struct Variable {
  std::optional<FieldSpec> field;
  Content content = Content::kText;
  bool list = false;
  ByteMeaning bytes = ByteMeaning::kUnknown;  // of a byte count
  int rank = 0;                               // below 0: another one for the same column says more
};

Variable FindNginxVariable(std::string_view name);

// `argument` is what stands in braces, empty if nothing does; header names have no case.
Variable FindApacheDirective(std::string_view letter, std::string_view argument);

// What %{argument}t writes at one moment: a format of strftime, sec, msec_frac and the like.
std::string SampleTime(std::string_view argument);

// The time that is written like this sample: read over if it is read as another moment than that of SampleTime() (two
// digits of the year, hours to twelve), or not at all.
Variable TimeWrittenAs(std::string_view sample);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_VARIABLES_H_
