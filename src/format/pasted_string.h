// A format string with what stood around it in the configuration that it was copied from.
//
//   StringOfPasted(R"(LogFormat "%h \"%r\" %>s" short)")             // %h "%r" %>s
//   StringOfPasted("log_format x escape=json '{' '\"s\":$status}';")  // {"s":$status}
//
// Taken off are the directive (log_format, LogFormat, CustomLog, GlobalLog, log-format), and quotes around
// the whole, if no bare one stands between them: `"%r" "%>s"` is a string whose fields are quoted. Everything else
// comes back as it is. Pure; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_PASTED_STRING_H_
#define LOGSTAT_SRC_FORMAT_PASTED_STRING_H_

#include <string>
#include <string_view>

#include "src/base/status.h"

namespace logstat {

// Refused is a directive that holds no string: CustomLog with a nickname, a quote without an end.
StatusOr<std::string> StringOfPasted(std::string_view text);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_PASTED_STRING_H_
