#include "src/format/string_format.h"

#include <string>
#include <utility>
#include <vector>

#include "src/format/clf_format.h"
#include "src/format/delimited_format.h"
#include "src/format/json_definition.h"
#include "src/format/json_format.h"
#include "src/format/pasted_string.h"

namespace logstat {

std::shared_ptr<const LineFormat> MakeStringFormat(FieldProgram program) {
  if (program.anchored) return std::make_shared<ClfFormat>(std::move(program));
  return std::make_shared<DelimitedFormat>(std::move(program));
}

StatusOr<std::shared_ptr<const LineFormat>> CompileLineFormat(std::string_view pasted) {
  const StatusOr<std::string> format = StringOfPasted(pasted);
  if (!format.ok()) return format.status();
  if (IsJsonDefinition(*format)) {
    const StatusOr<std::vector<NamedKey>> keys = CompileJsonDefinition(*format);
    if (!keys.ok()) return keys.status();
    return std::make_shared<JsonFormat>(*keys);
  }
  StatusOr<FieldProgram> program = CompileFormat(*format);
  if (!program.ok()) return program.status();
  return MakeStringFormat(*std::move(program));
}

}  // namespace logstat
