// nginx and Apache strings that write JSON, `{"time":"$time_iso8601","status":$status,…}`, as a list of keys.
//
//   if (IsJsonDefinition(format)) {
//     StatusOr<std::vector<NamedKey>> keys = CompileJsonDefinition(format);
//     auto json = std::make_shared<JsonFormat>(*keys);
//
// A key whose value is one field, in quotes or not, is that field, and so are the parts of a time or of a request line;
// objects inside are paths. Every other value is skipped: text, several fields in one, arrays. Errors name the place:
// MarkOf().
#ifndef LOGSTAT_SRC_FORMAT_JSON_DEFINITION_H_
#define LOGSTAT_SRC_FORMAT_JSON_DEFINITION_H_

#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/format/key_map.h"

namespace logstat {

// Whether it begins with a brace and a quote. Apache's configuration has the quotes escaped.
bool IsJsonDefinition(std::string_view format);

StatusOr<std::vector<NamedKey>> CompileJsonDefinition(std::string_view format);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_JSON_DEFINITION_H_
