// The format that a string describes: as it stands in a configuration, or a map of JSON keys.
//
//   StatusOr<std::shared_ptr<const LineFormat>> format = CompileLineFormat("$msec|$status|$request_uri");
//
// Formats are immutable and thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_STRING_FORMAT_H_
#define LOGSTAT_SRC_FORMAT_STRING_FORMAT_H_

#include <memory>
#include <string_view>

#include "src/base/status.h"
#include "src/format/field_program.h"
#include "src/format/line_format.h"

namespace logstat {

// The reader that suits the program: anchored programs are ClfFormats, all others DelimitedFormats.
std::shared_ptr<const LineFormat> MakeStringFormat(FieldProgram program);

// The format of a string as it stands in a configuration, also with its directive and quotes (pasted_string.h); one
// that writes JSON is a JsonFormat. Errors as of CompileFormat.
StatusOr<std::shared_ptr<const LineFormat>> CompileLineFormat(std::string_view pasted);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_STRING_FORMAT_H_
