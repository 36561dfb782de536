// Reads the lines of a DelimitedFormat; see there.
//
//   DelimitedReader reader(program, finder);
//   reader.Read(line, row, batch);
//
// Not thread-safe; one per worker. Nothing is allocated per line.
#ifndef LOGSTAT_SRC_FORMAT_DELIMITED_READER_H_
#define LOGSTAT_SRC_FORMAT_DELIMITED_READER_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "src/format/field_finder.h"
#include "src/format/field_program.h"
#include "src/format/field_value.h"
#include "src/format/line_format.h"

namespace logstat {

class DelimitedReader final : public LineReader {
 public:
  // Both must outlive the reader.
  DelimitedReader(const FieldProgram& program, const FieldFinder& finder)
      : program_(program), finder_(finder), texts_(program.steps.size()) {}

  void Read(std::string_view line, size_t row, RecordBatch& batch) override;

 private:
  // How many steps must be read to fill these columns.
  size_t StepsFor(ColumnSet columns);
  void Write(size_t step, size_t row, RecordBatch& batch);

  const FieldProgram& program_;
  const FieldFinder& finder_;
  FieldWriter writer_;
  std::vector<std::string_view> texts_;  // of the fields in front of the status
  ColumnSet columns_;                    // that steps_ is for
  size_t steps_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_DELIMITED_READER_H_
