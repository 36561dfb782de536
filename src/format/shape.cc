#include "src/format/shape.h"

#include <algorithm>
#include <string>
#include <vector>

namespace logstat {
namespace {

// The head as a string with a letter per slot: "c x u [t] \"", "h:p c x u [t] \"", …
std::string HeadPattern(const FieldProgram& program) {
  static constexpr char kLetters[] = {'x', 'c', 'u', 't', 'r', 's', 'b', 'f', 'a', 'h', 'p'};
  std::string pattern;
  for (size_t i = 0; i < program.request; ++i) {
    pattern += program.steps[i].literal;
    pattern += kLetters[static_cast<size_t>(program.steps[i].slot)];
  }
  return pattern + program.steps[program.request].literal;
}

}  // namespace

Shape MakeShape(const FieldProgram& program) {
  Shape shape;
  shape.time_before_request = program.time_before_request;
  shape.quotes = 0;
  for (const ProgramStep& step : program.steps) {
    shape.quotes += static_cast<size_t>(std::count(step.literal.begin(), step.literal.end(), '"'));
  }
  shape.quotes += static_cast<size_t>(std::count(program.tail.begin(), program.tail.end(), '"'));

  std::string head = HeadPattern(program);
  for (const char* prefix : {"h:p ", "h "}) {
    if (head.rfind(prefix, 0) != 0) continue;
    shape.host_first = true;
    head.erase(0, std::string(prefix).size());
    break;
  }
  // Apache has a directive for the identity, nginx writes a literal '-' in its place.
  shape.known_head = head == "c x u [t] \"" || head == "c - u [t] \"";
  shape.fast_columns = ColumnSet{Field::kStatus, Field::kBytes, Field::kMethod,  Field::kTarget,
                                 Field::kPath,   Field::kQuery, Field::kProtocol};
  if (shape.known_head)
    shape.fast_columns = shape.fast_columns | ColumnSet{Field::kTime, Field::kClient, Field::kUser, Field::kHost};
  return shape;
}

}  // namespace logstat
