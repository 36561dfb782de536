#include "src/format/shape.h"

#include <algorithm>

#include "src/format/head.h"

namespace logstat {

namespace {

void FindRest(const FieldProgram& program, Shape& shape) {
  const std::vector<ProgramStep>& steps = program.steps;
  shape.first_rest_step = program.request + 3;
  bool quoted = true;
  for (size_t i = shape.first_rest_step; i < steps.size(); ++i) {
    if (steps[i].field.has_value()) shape.rest_columns = shape.rest_columns | ColumnsOf(*steps[i].field);
    const std::string_view next = i + 1 < steps.size() ? std::string_view(steps[i + 1].literal) : program.tail;
    quoted = quoted && steps[i].literal == (i == shape.first_rest_step ? " \"" : "\" \"") &&
             next.substr(0, 1) == "\"" && steps[i].content == Content::kText;
    if (quoted) shape.quoted_rest.push_back(steps[i].field);
  }
  if (shape.quotes != 2 + 2 * shape.quoted_rest.size()) shape.quoted_rest.clear();
  shape.has_more_rest = shape.first_rest_step + shape.quoted_rest.size() < steps.size();
  shape.fast_columns = shape.fast_columns | shape.rest_columns;
}

}  // namespace

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
  shape.client_is_forwarded = head.client_is_forwarded;
  shape.fast_columns = ColumnSet{Field::kStatus, Field::kBytes, Field::kMethod,  Field::kTarget,
                                 Field::kPath,   Field::kQuery, Field::kProtocol};
  constexpr ColumnSet kHead{Field::kTime, Field::kClient, Field::kUser, Field::kHost};
  if (head.known) shape.fast_columns = shape.fast_columns | kHead;
  shape.absent_columns = shape.absent_columns - shape.fast_columns - kHead;
  if (program.anchored) FindRest(program, shape);
  // What is a head's may stand behind the request; names are not looked for in a head that is not known.
  if (!head.known) shape.fast_columns = shape.fast_columns - kHead;
  return shape;
}

}  // namespace logstat
