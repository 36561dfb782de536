// The fast path: the lines of a piece of a cell, from structural positions to columns, without interpreting a format.
//
// An equal shortcut beside CarefulReader: whatever it accepts, the careful path reads to the same row, and what is not
// plainly clean it leaves to the careful path. A differential test and a fuzzer hold the two together.
//
// It works in passes over arrays, not line by line, because that is what keeps a modern core busy: pass one walks the
// newlines and quotes and checks the anchor (one 8-byte load for `" 404 5`, one for the byte count); later passes fill
// a column each, with vector kernels for the searches, and only for columns that somebody asked for.
//
// A line's anchor is clean if its first quote stands behind `] ` (or, in formats without that, behind no backslash),
// its second one behind no backslash, and the text behind the second is
// `" ` + three digits + ` ` + digits or `-` + a space or the line's end. This needs no column, so `--sections codes`
// and the whole report count the same lines.
#ifndef LOGSTAT_SRC_FORMAT_FAST_PATH_H_
#define LOGSTAT_SRC_FORMAT_FAST_PATH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/format/clf_time.h"
#include "src/format/field_value.h"
#include "src/format/line_format.h"
#include "src/format/shape.h"
#include "src/record/record_batch.h"
#include "src/record/row_filter.h"
#include "src/scan/kernels.h"

namespace logstat {

// The structural positions of a piece: offsets in the block.
struct PieceIndex {
  const uint32_t* newlines = nullptr;  // one per line of the piece: where it ends
  size_t lines = 0;
  const uint32_t* quotes = nullptr;   // all quotes of these lines and those behind; then kNoPosition, at least
                                      // `shape.quotes + 2` times
  const uint32_t* records = nullptr;  // where each line's record begins; null: where the line does
};
inline constexpr uint32_t kNoPosition = ~uint32_t{0};

// One per worker; not thread-safe. Scratch memory is kept.
class FastPath {
 public:
  explicit FastPath(const Kernels& kernels) : kernels_(kernels) {}

  // Before the first piece of a cell; `early` as in CellReader::Read.
  void Begin(const RowFilter* early) {
    early_ = early;
    times_are_read_ = false;
    careful_rows_.clear();
  }

  // Appends a row per line of the piece; the first line begins at `first_begin`. Rows that are left to the careful
  // path are cleared and their numbers appended to careful_rows(). Returns how many quotes belong to these lines.
  // `reader` is asked for what stands behind the byte count and is not in quotes.
  size_t Read(const PieceIndex& index, uint32_t first_begin, const Shape& shape, LineReader& reader,
              RecordBatch& batch);

  std::vector<uint32_t>& careful_rows() { return careful_rows_; }

 private:
  // `[22/Nov/2026:13:00:00 +0000] ` before the opening quote.
  static constexpr uint32_t kTimeBefore = 28;     // from the quote back to the time
  static constexpr uint32_t kBracketBefore = 29;  // from the quote back to the '['

  template <bool kStatusOnly>
  size_t ReadAnchors(const PieceIndex& index, uint32_t first_begin, const Shape& shape, RecordBatch& batch);
  void ReadTimes(size_t first_row, RecordBatch& batch);
  bool DropEarly(size_t first_row, const Shape& shape, RecordBatch& batch);
  void ReadHeads(size_t first_row, const Shape& shape, RecordBatch& batch);
  bool ReadNames(size_t i, size_t row, const Shape& shape, RecordBatch& batch);
  void ReadRequests(size_t first_row, const Shape& shape, RecordBatch& batch);
  void ReadRests(const PieceIndex& index, size_t first_row, const Shape& shape, LineReader& reader, RecordBatch& batch);
  bool ReadQuotedRest(const uint32_t* quotes, size_t i, size_t row, const Shape& shape, RecordBatch& batch);
  void LeaveToCarefulPath(size_t i, size_t row);

  const Kernels& kernels_;
  const RowFilter* early_ = nullptr;
  bool times_are_read_ = false;        // of the piece, before anything else of its heads
  std::vector<uint32_t> passing_;      // rows that `early_` let pass
  const uint32_t* records_ = nullptr;  // of the piece
  ClfTimeReader time_reader_;
  FieldWriter writer_;
  // One entry per row of the piece. A row that was left, or dropped, has open_ == close_ == 0.
  std::vector<uint32_t> open_;         // the request's opening quote
  std::vector<uint32_t> close_;        // its closing quote
  std::vector<uint32_t> rest_;         // the end of its byte count, and from ReadQuotedRest() on what is left to read
  std::vector<uint32_t> quote_;        // number of its first quote; kNoPosition: it has more or fewer than the shape
  std::vector<uint32_t> first_end_;    // end of the line's first name
  std::vector<uint32_t> second_from_;  // begin of its second name (only if the host stands first)
  std::vector<uint32_t> second_end_;
  std::vector<uint32_t> target_from_;
  std::vector<uint32_t> target_end_;
  std::vector<uint32_t> path_end_;
  std::vector<uint32_t> careful_rows_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_FAST_PATH_H_
