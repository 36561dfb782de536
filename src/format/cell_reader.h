// The lines of a cell to the rows of a batch.
//
//   CellReader reader(kernels);
//   RecordBatch batch;
//   reader.Read(block, format, columns, batch);
//
// Finds the lines that the cell owns (the rule is in block.h), indexes their structure piece by piece so that the
// bytes are still in the core's cache when they are parsed, lets the fast path read the clean ones and the careful
// path the rest. One per worker; not thread-safe. Scratch memory is kept.
#ifndef LOGSTAT_SRC_FORMAT_CELL_READER_H_
#define LOGSTAT_SRC_FORMAT_CELL_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "src/format/careful_reader.h"
#include "src/format/fast_path.h"
#include "src/format/field_program.h"
#include "src/format/shape.h"
#include "src/input/block.h"
#include "src/record/record_batch.h"
#include "src/scan/kernels.h"

namespace logstat {

// A format as an input uses it. Immutable; outlives every reader that was given it.
struct LineFormat {
  explicit LineFormat(std::string format_name, FieldProgram field_program)
      : name(std::move(format_name)), program(std::move(field_program)), shape(MakeShape(program)) {}
  std::string name;  // the preset's, or "custom"
  FieldProgram program;
  Shape shape;
};

// The part of a block that holds the lines of its cell: [begin, end), empty if no line starts in the cell.
struct OwnedRange {
  size_t begin = 0;
  size_t end = 0;
};
OwnedRange FindOwnedLines(const Block& block);

class CellReader {
 public:
  // `use_fast_path` false sends every line through the careful path: for tests that compare the two.
  explicit CellReader(const Kernels& kernels, bool use_fast_path = true)
      : kernels_(kernels), fast_path_(kernels), use_fast_path_(use_fast_path) {}

  // Fills `batch` (reset first) with a row per line of the cell.
  void Read(const Block& block, const LineFormat& format, ColumnSet columns, RecordBatch& batch);

 private:
  void ReadPiece(const Block& block, size_t from, size_t size, const LineFormat& format, RecordBatch& batch);
  void ReadLastLine(RecordBatch& batch);
  void ReadCarefulRows(const Block& block, RecordBatch& batch);

  const Kernels& kernels_;
  FastPath fast_path_;
  bool use_fast_path_;
  const LineFormat* careful_format_ = nullptr;
  std::unique_ptr<CarefulReader> careful_reader_;

  size_t line_begin_ = 0;  // where the line that is not complete yet begins
  std::unique_ptr<uint32_t[]> newlines_;
  std::unique_ptr<uint32_t[]> quotes_;
  size_t quote_count_ = 0;  // quotes of lines that are not complete yet, at the front of quotes_
  size_t quote_capacity_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_CELL_READER_H_
