#include "src/format/field_program.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "src/base/ascii.h"
#include "src/format/haproxy_string.h"
#include "src/format/program_builder.h"
#include "src/format/variables.h"

namespace logstat {
namespace {

bool IsNameCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

StatusOr<FieldProgram> CompileNginx(std::string_view format) {
  ProgramBuilder builder(format);
  for (size_t i = 0; i < format.size();) {
    if (format[i] != '$') {
      builder.Literal(format[i++]);
      continue;
    }
    const bool braced = i + 1 < format.size() && format[i + 1] == '{';
    const size_t begin = i + (braced ? 2 : 1);
    size_t end = begin;
    while (end < format.size() && IsNameCharacter(format[end])) ++end;
    if (end == begin) return FormatError(format, i, "a variable's name must follow '$'");
    if (braced && (end == format.size() || format[end] != '}')) return FormatError(format, i, "'${' without '}'");
    const std::string_view name = format.substr(begin, end - begin);
    const Status status = name == "is_args" ? builder.AddQueryMark(i) : builder.Add(FindNginxVariable(name), i);
    if (!status.ok()) return status;
    i = end + (braced ? 1 : 0);
  }
  return builder.Finish();
}

// One directive, format[i] == '%': [!code,code][<>][{argument}]letter or …^letters. Sets `i` behind it.
Status CompileApacheDirective(std::string_view format, size_t& i, ProgramBuilder& builder) {
  const size_t start = i++;
  while (i < format.size() && (IsDigit(format[i]) || std::string_view(",!<>").find(format[i]) != std::string::npos)) {
    ++i;
  }
  std::string_view argument;
  if (i < format.size() && format[i] == '{') {
    const size_t close = format.find('}', i);
    if (close == std::string_view::npos) return FormatError(format, i, "'%{' without '}'");
    argument = format.substr(i + 1, close - i - 1);
    i = close + 1;
  }
  if (i == format.size()) return FormatError(format, start, "a directive's letter must follow '%'");
  const size_t letters = format[i] == '^' ? 3 : 1;  // %^FB and the like
  if (format.size() - i < letters) return FormatError(format, start, "two letters must follow '^'");
  const std::string_view letter = format.substr(i, letters);
  i += letters;
  if (letter == "%") {
    builder.Literal('%');
    return OkStatus();
  }
  if (letter != "t") {
    Variable variable = FindApacheDirective(letter, argument);
    // Of a request that was redirected inside, %s is the status that made it so; %>s is the one that was sent.
    const std::string_view modifiers = format.substr(start, i - start);
    if (letter == "s" && modifiers.find('>') == std::string_view::npos) variable.rank = -1;
    return builder.Add(variable, start);
  }
  if (!argument.empty()) return builder.AddTime(argument, start);
  builder.Literal('[');  // %t writes its own brackets
  const Status status = builder.Add(FindApacheDirective(letter, argument), start);
  builder.Literal(']');
  return status;
}

StatusOr<FieldProgram> CompileApache(std::string_view format) {
  ProgramBuilder builder(format);
  for (size_t i = 0; i < format.size();) {
    if (format[i] == '%') {
      const Status status = CompileApacheDirective(format, i, builder);
      if (!status.ok()) return status;
    } else if (format[i] == '\\' && i + 1 < format.size()) {
      const char c = format[i + 1];
      builder.Literal(c == 't' ? '\t' : c == 'n' ? '\n' : c);  // \" as it stands in httpd.conf, and Apache's own two
      i += 2;
    } else {
      builder.Literal(format[i++]);
    }
  }
  return builder.Finish();
}

// Looks for `"request" status bytes`.
void FindAnchor(FieldProgram& program) {
  const std::vector<ProgramStep>& steps = program.steps;
  size_t quotes = 0;
  for (size_t i = 0; i + 2 < steps.size(); ++i) {
    quotes += static_cast<size_t>(std::count(steps[i].literal.begin(), steps[i].literal.end(), '"'));
    if (!steps[i].IsRequest()) continue;
    const bool final_status = std::all_of(steps.begin(), steps.end(), [&](const ProgramStep& step) {
      return !step.IsStatus() || step.rank <= steps[i + 1].rank;
    });
    program.anchored = !steps[i].literal.empty() && steps[i].literal.back() == '"' && steps[i + 1].literal == "\" " &&
                       steps[i + 1].IsStatus() && steps[i + 2].literal == " " && steps[i + 2].Is(Field::kBytes) &&
                       final_status;
    if (!program.anchored) return;
    program.request = i;
    program.quotes_before_request = quotes - 1;
    program.time_before_request = i > 0 && steps[i - 1].Is(Field::kTime) && steps[i].literal == "] \"";
    return;
  }
}

// Of several fields for one column the first of the highest rank counts, but those of the anchor come before all.
void DropRepeatedFields(FieldProgram& program) {
  std::vector<ProgramStep*> order;
  const size_t anchor_end = program.anchored ? program.request + 3 : 0;
  for (size_t i = program.request; i < anchor_end; ++i) order.push_back(&program.steps[i]);
  const auto anchored = static_cast<std::ptrdiff_t>(order.size());
  for (size_t i = 0; i < program.steps.size(); ++i) {
    if (i < program.request || i >= anchor_end) order.push_back(&program.steps[i]);
  }
  std::stable_sort(order.begin() + anchored, order.end(),
                   [](const ProgramStep* a, const ProgramStep* b) { return a->rank > b->rank; });
  ColumnSet taken;
  for (ProgramStep* step : order) {
    if (!step->field.has_value()) continue;
    ColumnSet columns = ColumnsOf(*step->field);
    // An absolute target names host and scheme, but a field that is just that wins.
    if (step->Is(Field::kTarget)) columns = columns - ColumnSet{Field::kHost, Field::kScheme};
    if ((columns & taken) == columns) {
      step->field.reset();
    } else {
      taken = taken | columns;
    }
    if (step->Is(Field::kBytes)) program.bytes = step->bytes;
  }
}

// A server behind a proxy that logs nobody but whom that forwarded.
void TakeClientFromForwarded(FieldProgram& program) {
  if (ColumnsOf(program).Contains(Field::kClient)) return;
  for (ProgramStep& step : program.steps) {
    if (step.Is(Field::kXff)) step.field->reading = Reading::kForwarded;
  }
}

// Where a string breaks its line (Apache writes \n for that too), npos if it does not: a record is a line.
size_t FindLineBreak(std::string_view format, const FieldProgram& program) {
  const bool breaks = std::any_of(program.steps.begin(), program.steps.end(),
                                  [](const ProgramStep& step) { return step.literal.find('\n') != std::string::npos; });
  if (!breaks && program.tail.find('\n') == std::string::npos) return std::string_view::npos;
  return std::min(format.find('\n'), format.find("\\n"));
}

// The first field behind a text that clients fill with anything, if nothing tells where that ends: neither what stands
// between them nor something that is known when it is seen, in front of the next text. steps.size(): there is none.
size_t FindUntold(const std::vector<ProgramStep>& steps) {
  const auto is_text = [](const ProgramStep& step) { return step.content == Content::kText; };
  const auto is_vague = [](const ProgramStep& step) {
    return step.content == Content::kWord || step.content == Content::kIdentity;
  };
  for (size_t i = 0; i + 1 < steps.size(); ++i) {
    const bool is_anything = steps[i].IsRequest() || steps[i].Is(Field::kAgent);
    // A list of addresses ends at the first blank that no comma stands before.
    const bool is_list = steps[i].Is(Field::kXff) && steps[i + 1].literal.find(',') != std::string::npos;
    const std::string_view may_hold = is_anything ? " ,;|:/-" : is_list ? " ," : "";
    if (steps[i + 1].literal.find_first_not_of(may_hold) != std::string::npos) continue;
    size_t next = i + 1;
    while (next < steps.size() && is_vague(steps[next])) ++next;
    if (next < steps.size() && is_text(steps[next])) return i + 1;
  }
  return steps.size();
}

// The last quote of a string in which one is not closed; npos if all are.
size_t FindOpenQuote(std::string_view format, const FieldProgram& program) {
  auto quotes = std::count(program.tail.begin(), program.tail.end(), '"');
  for (const ProgramStep& step : program.steps) quotes += std::count(step.literal.begin(), step.literal.end(), '"');
  return quotes % 2 == 0 ? std::string_view::npos : format.rfind('"');
}

}  // namespace

bool IsMadeOf(Content content, bool list, std::string_view text) {
  switch (content) {
    case Content::kText:
      return true;
    case Content::kWord:
    case Content::kIdentity:
      if (list) return !text.empty() && text.find('"') == std::string_view::npos;
      return !text.empty() && FindWordEnd(text, 0) == text.size();
    case Content::kCount:
      return list || IsWellFormed({Field::kBytes, Reading::kCount}, text);
    case Content::kDecimal:
      return IsWellFormed({Field::kDuration, Reading::kSeconds}, text) &&
             (text == "-" || text.find('.') != std::string_view::npos || text.find("- ") != std::string_view::npos);
    case Content::kDuration:
      return IsWellFormed({Field::kDuration, Reading::kSeconds}, text);
    case Content::kDurations:
      return IsWellFormed({Field::kDuration, Reading::kBalancerTimes}, text);
    case Content::kTime:
      return IsWellFormed({Field::kTime, Reading::kTime}, text);
    case Content::kZonedTime: {
      const size_t blank = text.rfind(' ');
      return blank != std::string_view::npos && text.size() - blank <= 6 && IsMadeOf(Content::kTime, false, text);
    }
    case Content::kClfTime:
      return IsWellFormed({Field::kTime, Reading::kClfTime}, text);
    case Content::kStatus:
      return IsWellFormed({Field::kStatus, Reading::kStatus}, text);
  }
  return false;
}

FormatDialect DialectOf(std::string_view format) {
  if (IsHaproxyString(format)) return FormatDialect::kHaproxy;
  return format.find('$') != std::string_view::npos ? FormatDialect::kNginx : FormatDialect::kApache;
}

StatusOr<FieldProgram> CompileSteps(std::string_view format, FormatDialect dialect) {
  if (dialect == FormatDialect::kHaproxy) return CompileHaproxySteps(format);
  return dialect == FormatDialect::kNginx ? CompileNginx(format) : CompileApache(format);
}

ColumnSet ColumnsOf(const FieldProgram& program) {
  ColumnSet columns;
  for (const ProgramStep& step : program.steps) {
    if (step.field.has_value()) columns = columns | ColumnsOf(*step.field);
  }
  return columns;
}

StatusOr<FieldProgram> CompileFormat(std::string_view format) {
  StatusOr<FieldProgram> program = CompileSteps(format, DialectOf(format));
  if (!program.ok()) return program;
  const size_t line_break = FindLineBreak(format, *program);
  if (line_break != std::string_view::npos) {
    return FormatError(format, line_break, "a line break stands here, but each request must be one line of the log");
  }
  const size_t untold = FindUntold(program->steps);
  if (untold < program->steps.size()) {
    return FormatError(
        format, program->steps[untold].place,
        "nobody can tell where the text before this field ends, as it may hold what stands between them: "
        "it must be logged in quotes");
  }
  FindAnchor(*program);
  DropRepeatedFields(*program);
  TakeClientFromForwarded(*program);
  const auto status = std::find_if(program->steps.begin(), program->steps.end(),
                                   [](const ProgramStep& step) { return step.IsStatus(); });
  if (status == program->steps.end()) {
    return FormatError(format, format.size(), "it must hold the status, as $status or %>s, by which lines are counted");
  }
  program->status = static_cast<size_t>(status - program->steps.begin());
  const size_t open_quote = FindOpenQuote(format, *program);
  if (open_quote != std::string_view::npos) return FormatError(format, open_quote, "this quote is not closed");
  return program;
}

}  // namespace logstat
