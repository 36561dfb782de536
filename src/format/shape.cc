#include "src/format/shape.h"

#include <algorithm>

#include "src/format/head.h"

namespace logstat {

Shape MakeShape(const FieldProgram& program) {
  Shape shape;
  shape.time_before_request = program.time_before_request;
  shape.quotes = static_cast<size_t>(std::count(program.tail.begin(), program.tail.end(), '"'));
  shape.absent_columns = kEveryField;
  for (const ProgramStep& step : program.steps) {
    if (step.field.has_value()) shape.absent_columns = shape.absent_columns - ColumnsOf(*step.field);
    shape.quotes += static_cast<size_t>(std::count(step.literal.begin(), step.literal.end(), '"'));
  }
  shape.known_anchor = program.quotes_before_request == 0;
  const HeadRules head = MakeHeadRules(program);
  shape.host_first = head.known && head.host_first;
  shape.fast_columns = ColumnSet{Field::kStatus, Field::kBytes, Field::kMethod,  Field::kTarget,
                                 Field::kPath,   Field::kQuery, Field::kProtocol};
  constexpr ColumnSet kHead{Field::kTime, Field::kClient, Field::kUser, Field::kHost};
  if (head.known) shape.fast_columns = shape.fast_columns | kHead;
  shape.absent_columns = shape.absent_columns - shape.fast_columns - kHead;
  return shape;
}

}  // namespace logstat
