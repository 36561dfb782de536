// The lines of a cell to the rows of a batch.
//
//   CellReader reader(kernels);
//   RecordBatch batch;
//   reader.Read(block, format, columns, batch);
//
// Finds the lines that the cell owns (the rule is in block.h), indexes their structure piece by piece so that the
// bytes are still in the core's cache when they are parsed, lets the fast path read the clean ones and the format's
// own reader the rest; in a format without a shape, all, split at its delimiter if it has one. One per worker; not
// thread-safe. Scratch memory is kept.
#ifndef LOGSTAT_SRC_FORMAT_CELL_READER_H_
#define LOGSTAT_SRC_FORMAT_CELL_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "src/format/fast_path.h"
#include "src/format/line_format.h"
#include "src/format/shape.h"
#include "src/input/block.h"
#include "src/record/record_batch.h"
#include "src/record/row_filter.h"
#include "src/scan/kernels.h"

namespace logstat {

// The part of a block that holds the lines of its cell: [begin, end), empty if no line starts in the cell.
struct OwnedRange {
  size_t begin = 0;
  size_t end = 0;
};
OwnedRange FindOwnedLines(const Block& block);

// The line at [begin, end) of the block without its line end, and without a byte order mark at the start of the input.
std::string_view LineAt(const Block& block, size_t begin, size_t end);

// The lines that the cell owns, one after the other, for formats that follow a state through them.
class OwnedLines {
 public:
  explicit OwnedLines(const Block& block) : block_(block), range_(FindOwnedLines(block)) {}

  // Takes the next line; false if there is none.
  bool Next(std::string_view* line);

  // Where the line that was taken last begins, in the input.
  uint64_t offset() const { return block_.offset + begin_; }

 private:
  const Block& block_;
  OwnedRange range_;  // of the lines that were not taken yet
  size_t begin_ = 0;
};

class CellReader {
 public:
  // `use_fast_path` false sends every line through the careful path, unsplit: for tests that compare the two.
  explicit CellReader(const Kernels& kernels, bool use_fast_path = true)
      : kernels_(kernels), fast_path_(kernels), use_fast_path_(use_fast_path) {}

  // Fills `batch` (reset first) with a row per line of the cell. The format must stay as it is until the next call.
  // `early`, which may look at status, time and bytes, lets the reader spare itself the rest: a counted row that it
  // takes out has the time and the columns that it looked at, and undefined ones beside them.
  void Read(const Block& block, const LineFormat& format, ColumnSet columns, RecordBatch& batch,
            const RowFilter* early = nullptr);

 private:
  // Whether the fast path reads it.
  static bool IsShaped(const LineFormat& format);
  void ReadAll(const Block& block, const LineFormat& format, ColumnSet columns, RecordBatch& batch,
               const RowFilter* early);
  // False if that is not worth while or not possible; then the batch is to be filled by ReadAll().
  bool ReadPassing(const Block& block, const LineFormat& format, ColumnSet columns, RecordBatch& batch,
                   const RowFilter& early);
  // Positions of the newlines of a piece, and of a mark behind those that are there already, then `sentinels` times
  // kNoPosition.
  size_t IndexPiece(const Block& block, size_t from, size_t size, char mark, size_t sentinels);
  // Forgets the marks of the lines that were read.
  void DropMarks(size_t used);
  void ReadShapedPiece(const Block& block, size_t lines, const LineFormat& format, RecordBatch& batch);
  // Where the record of each of these lines begins.
  void FindRecords(const Block& block, size_t lines, const LineFormat& format);
  void ReadSplitPiece(const Block& block, size_t lines, RecordBatch& batch);
  void AppendCarefulRow(RecordBatch& batch);
  void ReadCarefulRows(const Block& block, RecordBatch& batch);

  const Kernels& kernels_;
  FastPath fast_path_;
  bool use_fast_path_;
  const LineFormat* format_ = nullptr;  // whose reader the next one is
  std::unique_ptr<LineReader> line_reader_;

  size_t line_begin_ = 0;  // where the line that is not complete yet begins
  std::unique_ptr<uint32_t[]> newlines_;
  std::unique_ptr<uint32_t[]> marks_;  // quotes, or what parts the fields
  size_t mark_count_ = 0;              // marks of lines that are not complete yet, at the front of marks_
  size_t mark_capacity_ = 0;
  RecordBatch scouted_;               // what the early filter wants to know of every line
  std::vector<uint32_t> passing_;     // rows that it let pass
  unsigned cells_without_scout_ = 0;  // so many more are read whole at once
  std::vector<uint32_t> records_;     // where the records of a piece begin behind their prefixes
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_CELL_READER_H_
