// Formats that hold `"request" status bytes`, as the Common Log Format and its many relatives do: a field program
// anchored there, read by the fast path where a line is clean and by CarefulReader where it is not.
//
//   auto format = std::make_shared<ClfFormat>(*CompileFormat(R"(%h %l %u %t \"%r\" %>s %b)"));
#ifndef LOGSTAT_SRC_FORMAT_CLF_FORMAT_H_
#define LOGSTAT_SRC_FORMAT_CLF_FORMAT_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "src/format/field_finder.h"
#include "src/format/field_program.h"
#include "src/format/line_format.h"
#include "src/format/shape.h"

namespace logstat {

// How many fields are not just read over.
size_t CountFields(const FieldProgram& program);

class ClfFormat final : public LineFormat {
 public:
  explicit ClfFormat(FieldProgram program);

  std::unique_ptr<LineReader> MakeReader() const override;
  size_t CountFits(std::span<const std::string_view> lines, Fit fit) const override;
  bool IsBorneOut(std::span<const std::string_view> lines) const override;
  ColumnSet columns() const override { return ColumnsOf(program_); }
  ByteMeaning byte_meaning() const override { return program_.bytes; }
  bool has_whole_addresses() const override { return program_.whole_addresses; }
  size_t fields() const override { return CountFields(program_); }
  const Shape* shape() const override { return &shape_; }

 private:
  FieldProgram program_;
  FieldFinder finder_;
  Shape shape_;
};

// Whether the line fits the program exactly; Fit::kExact. `finder` is the program's.
bool LineFits(std::string_view line, const FieldProgram& program, const FieldFinder& finder);
bool LineFits(std::string_view line, const FieldProgram& program);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_CLF_FORMAT_H_
