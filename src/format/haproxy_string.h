// HAProxy's own log-format strings: a third spelling of what field_program.h compiles.
//
//   if (IsHaproxyString("%ci:%cp [%tr] %ft %b/%s %ST %B %Ta %tsc %{+Q}r")) program = CompileHaproxySteps(string);
//
// Taken as they stand in haproxy.cfg, with `\ ` for a blank. A string is HAProxy's if it holds %ST, the status, which
// no other server writes so. Not read are flags for all variables at once (%{+Q}o), which are refused; sample
// expressions (%[…]) are read over. Pure; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_HAPROXY_STRING_H_
#define LOGSTAT_SRC_FORMAT_HAPROXY_STRING_H_

#include <string_view>

#include "src/base/status.h"
#include "src/format/field_program.h"

namespace logstat {

bool IsHaproxyString(std::string_view format);

// Errors have their place in the string.
StatusOr<FieldProgram> CompileHaproxySteps(std::string_view format);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_HAPROXY_STRING_H_
