// The careful path: one line, read by its field program, right for everything that a real server writes.
//
//   CarefulReader reader(program);
//   reader.Read(line, row, batch);   // fills kind, status and the batch's columns of that row
//
// How a line is read. A line is anchored at its request. Its opening quote is the first unescaped quote (behind as many
// as the format has in front of it, which is usually none); where the format has the time right before the request, it
// is the first one behind `] `, because Apache writes an empty user as "". A line with a status in front of its request
// has no other one behind it. The request ends at the first unescaped quote followed by a space, a status, a space, a
// byte count and then a space or the end of the line. That alone decides whether the line is counted, so it depends
// neither on the columns asked for nor on what else stands before or behind. What stands before is read by the rules in
// head.h; what stands behind, field by field by the program. Where
// that says referrer or agent, the next quoted field is taken for it, as lines have fewer or more fields between. A
// field that cannot be made out is missing; nothing is ever shifted into another one's place.
//
// Not thread-safe (it remembers the last minute); one per worker and program.
#ifndef LOGSTAT_SRC_FORMAT_CAREFUL_READER_H_
#define LOGSTAT_SRC_FORMAT_CAREFUL_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "src/format/field_finder.h"
#include "src/format/field_program.h"
#include "src/format/field_value.h"
#include "src/format/head.h"
#include "src/format/line_format.h"
#include "src/record/record_batch.h"

namespace logstat {

// Where the anchor of a line lies. Views point into the line.
struct Anchor {
  std::string_view head;  // from the line's start to the request's opening quote
  std::string_view request;
  uint16_t status = 0;  // by value: mapped bytes may be others when they are read again
  std::string_view bytes;
  std::string_view rest;  // behind the byte count
};

// Finds the anchor of a line in a format. Empty, and `kind` says why not, if the line has none.
std::optional<Anchor> FindAnchor(std::string_view line, const FieldProgram& program, LineKind* kind);

class CarefulReader final : public LineReader {
 public:
  // The program must outlive the reader.
  explicit CarefulReader(const FieldProgram& program);

  void Read(std::string_view line, size_t row, RecordBatch& batch) override;
  void ReadRest(std::string_view text, size_t step, size_t row, RecordBatch& batch) override;

 private:
  bool ReadAnchored(std::string_view line, size_t row, RecordBatch& batch);
  void ReadHeadColumns(std::string_view head, size_t row, RecordBatch& batch);
  void ReadHeadByProgram(std::string_view head, size_t row, RecordBatch& batch);

  const FieldProgram& program_;
  FieldFinder finder_;
  HeadRules head_rules_;
  ColumnSet head_columns_;  // that the fields before the request may fill
  ColumnSet rest_columns_;  // that those behind the byte count may
  FieldWriter writer_;
  std::string unwrapped_;  // a line that stood in quotes as a whole
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_CAREFUL_READER_H_
