// Reads the lines of a DelimitedFormat; see there.
//
//   DelimitedReader reader(program, finder);
//   reader.Read(line, row, batch);
//
// Not thread-safe; one per worker. Nothing is allocated per line.
#ifndef LOGSTAT_SRC_FORMAT_DELIMITED_READER_H_
#define LOGSTAT_SRC_FORMAT_DELIMITED_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
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
  std::optional<char> delimiter() const override { return finder_.delimiter(); }
  void ReadSplit(const SplitLine& line, size_t row, RecordBatch& batch) override;

 private:
  // Finds out which steps must be read to fill these columns.
  void PlanFor(ColumnSet columns);
  // False if the line is not to be taken apart at its delimiters alone; then nothing was written.
  bool ReadParts(const SplitLine& line, size_t row, RecordBatch& batch);
  bool ReadWords(const SplitLine& line, size_t row, RecordBatch& batch);
  void ReadSteps(std::string_view line, size_t row, RecordBatch& batch);
  void Write(size_t step, size_t row, RecordBatch& batch);

  const FieldProgram& program_;
  const FieldFinder& finder_;
  FieldWriter writer_;
  std::vector<std::string_view> texts_;  // of the fields in front of the status, or of all
  std::vector<uint32_t> marks_;          // of a line that came unsplit
  std::optional<ColumnSet> columns_;     // that these two are for:
  size_t steps_ = 0;                     // how many must be looked at
  std::vector<size_t> wanted_;           // which of them fill a column
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_DELIMITED_READER_H_
