#include "src/format/delimited_format.h"

#include <algorithm>
#include <utility>

#include "src/format/clf_format.h"
#include "src/format/delimited_reader.h"

namespace logstat {

DelimitedFormat::DelimitedFormat(FieldProgram program)
    : program_(std::move(program)), finder_(program_.steps, program_.tail, program_.bare_dashes) {}

std::unique_ptr<LineReader> DelimitedFormat::MakeReader() const {
  return std::make_unique<DelimitedReader>(program_, finder_);
}

size_t DelimitedFormat::fields() const { return CountFields(program_); }

// The line is counted, what stands up to its status is well-formed, and at least half of the fields are there.
bool DelimitedFormat::FitsLoosely(std::string_view line) const {
  const std::vector<ProgramStep>& steps = program_.steps;
  size_t at = 0;
  for (size_t i = 0; i < steps.size(); ++i) {
    const bool may_end = i > program_.status && i * 2 >= steps.size();
    const size_t from = finder_.TakeLiteral(line, at, i);
    const size_t end = from == FieldFinder::npos ? from : finder_.FindEnd(line, from, i);
    if (end == FieldFinder::npos) return may_end;
    if (!IsMadeOf(steps[i].content, steps[i].list, line.substr(from, end - from))) return may_end;
    at = end;
  }
  return true;
}

size_t DelimitedFormat::CountFits(std::span<const std::string_view> lines, Fit fit) const {
  return static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
    return !IsIgnoredLine(line) && (fit == Fit::kExact ? LineFits(line, program_, finder_) : FitsLoosely(line));
  }));
}

}  // namespace logstat
