// Formats that are no relatives of the Common Log Format: any field program with a status, read from the left.
//
//   auto format = std::make_shared<DelimitedFormat>(*CompileFormat("$msec|$status|$request_uri"));
//
// A line counts if its status can be read where the program has it; field_finder.h says where a field ends. A field
// that is not what it should be is missing and the next one still in its place; what stands behind the first literal
// that is not there is missing, too. A line that ends before its status is `too_few_fields`, any other is `no_status`.
// The way to the status is the same whatever columns are asked for; behind it reading stops when all are filled.
#ifndef LOGSTAT_SRC_FORMAT_DELIMITED_FORMAT_H_
#define LOGSTAT_SRC_FORMAT_DELIMITED_FORMAT_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "src/format/field_finder.h"
#include "src/format/field_program.h"
#include "src/format/line_format.h"

namespace logstat {

class DelimitedFormat final : public LineFormat {
 public:
  explicit DelimitedFormat(FieldProgram program);

  std::unique_ptr<LineReader> MakeReader() const override;
  // Tolerant: every field up to the status is well-formed, and at least half of all fields are there.
  size_t CountFits(std::span<const std::string_view> lines, Fit fit) const override;
  ColumnSet columns() const override { return ColumnsOf(program_); }
  ByteMeaning byte_meaning() const override { return program_.bytes; }
  bool has_whole_addresses() const override { return program_.whole_addresses; }
  size_t fields() const override;

 private:
  bool FitsLoosely(std::string_view line) const;

  FieldProgram program_;
  FieldFinder finder_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_DELIMITED_FORMAT_H_
