// The rows of one cell as columns: what the parser writes and everything behind it reads.
//
//   RecordBatch batch;
//   batch.Reset(block.bytes, ColumnSet{Field::kTime, Field::kClient});
//   size_t row = batch.AppendRow(line_begin);
//   batch.kind(row) = LineKind::kCounted;
//   batch.status(row) = 404;
//   batch.SetText(Field::kClient, row, Text{begin, length});
//   batch.Close(end_of_last_line);
//
// Every line of the cell is a row, in order, so a row's number is the line's ordinal in the cell. Three columns are
// always there: where the line begins, its kind, its status. The others exist only if Reset() was told so; asking for
// one that does not is an error of the program. An absent number is a value that no log can hold (kNoTime, kNoBytes),
// an absent text is a bit per row: absent is not the same as "-".
//
// A text is a range of the block or, if the parser had to make it (an unescaped or joined text, a shortened key), of
// the batch's spill arena; either way 64 bytes behind it are readable. The batch does not own the block: it is readable
// as long as the block's lease lives. Not thread-safe; passed from hand to hand. Memory is kept across Reset().
#ifndef LOGSTAT_SRC_RECORD_RECORD_BATCH_H_
#define LOGSTAT_SRC_RECORD_RECORD_BATCH_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "src/record/field.h"

namespace logstat {

// What a line is. Rejected kinds are the reasons of the specification's section 3.
enum class LineKind : uint8_t {
  kCounted,
  kIgnored,       // blank, or a '#' directive
  kNoStatus,      // rejected: nothing that is a status where the format has it
  kTooFewFields,  // rejected: the line ends before the status
  kTooLong,       // rejected: more than kMaxLineBytes
  kNotJson,       // rejected: the format is JSON and the line is not
  kNoFields,      // rejected: a W3C line before any #Fields
};
inline constexpr size_t kLineKindCount = 7;
constexpr bool IsRejected(LineKind kind) { return kind >= LineKind::kNoStatus; }

// "no_status", …; only for rejected kinds.
std::string_view RejectReason(LineKind kind);

// Times are milliseconds since 1970-01-01T00:00:00Z. The two values below are not times; see IsTime.
inline constexpr int64_t kNoTime = std::numeric_limits<int64_t>::min();           // unreadable or absent
inline constexpr int64_t kOutlierTime = std::numeric_limits<int64_t>::min() + 1;  // a clock outlier, see clock.h
constexpr bool IsTime(int64_t time_ms) { return time_ms > kOutlierTime; }

inline constexpr int64_t kNoNumber = -1;  // of every other number column: absent, or no number
inline constexpr int64_t kNoBytes = kNoNumber;

// A range of the block, or of the spill arena if the top bit of `offset` is set.
struct Text {
  uint32_t offset = 0;
  uint32_t length = 0;
};
inline constexpr uint32_t kSpillBit = uint32_t{1} << 31;

// Where the record of a row begins, if that is not where its own line begins: in the first of the parts that its line
// is the last of.
struct RecordStart {
  uint32_t row = 0;
  uint64_t offset = 0;      // of the first part, in the input
  uint64_t lines_back = 0;  // how many lines the first part stands above the row's own
  Text text;                // how the joined record begins
};

class RecordBatch {
 public:
  RecordBatch() = default;
  RecordBatch(RecordBatch&&) = default;
  RecordBatch& operator=(RecordBatch&&) = default;

  // Empties the batch for the rows of the cell at `block_bytes`, with room for `columns`. PutText() takes texts inside
  // of [block_bytes, block_bytes + block_size) as they stand and copies all others.
  void Reset(const uint8_t* block_bytes, ColumnSet columns, size_t block_size = 0);

  // Makes room for `rows` rows in all; pointers into columns become invalid. Rows made so have kind kCounted and
  // undefined values until written.
  void Reserve(size_t rows);

  // Adds a row whose line begins at `begin` (offset in the block): kind kCounted, numbers absent, texts absent.
  size_t AppendRow(uint32_t begin) {
    if (rows_ == capacity_) Reserve(rows_ + 1);
    const size_t row = rows_++;
    begins_[row] = begin;
    ClearRow(row);
    return row;
  }
  // Adds `count` rows for a parser that fills whole columns: it must write every column of every one of them, but for
  // missing bits, which are clear (present). Room must have been made by Reserve().
  size_t AppendRows(size_t count) {
    const size_t first = rows_;
    rows_ += count;
    return first;
  }
  // Makes these columns absent in these rows; those that the batch does not have are passed over.
  void ClearColumns(ColumnSet columns, size_t first_row, size_t rows);
  // Makes a row as AppendRow() leaves it: counted, no status, everything absent.
  void ClearRow(size_t row) { ClearRows(row, 1); }
  // Adds `count` rows as AppendRow() does, but for their begins; room must have been made.
  size_t AppendClearRows(size_t count) {
    const size_t first = AppendRows(count);
    ClearRows(first, count);
    return first;
  }
  // Says where the last line ends (one past its line end, or past the last byte that was read of it).
  void Close(uint32_t end) { begins_[rows_] = end; }

  size_t rows() const { return rows_; }
  size_t capacity() const { return capacity_; }
  ColumnSet columns() const { return columns_; }
  const uint8_t* block_bytes() const { return block_bytes_; }

  // Where the line of `row` begins; begin(rows()) is the end of the last one.
  uint32_t begin(size_t row) const { return begins_[row]; }
  LineKind& kind(size_t row) { return kinds_[row]; }
  LineKind kind(size_t row) const { return kinds_[row]; }
  uint16_t& status(size_t row) { return statuses_[row]; }
  uint16_t status(size_t row) const { return statuses_[row]; }
  int64_t& number(Field field, size_t row) { return numbers_[NumberIndex(field)][row]; }
  int64_t number(Field field, size_t row) const { return numbers_[NumberIndex(field)][row]; }
  int64_t& time_ms(size_t row) { return number(Field::kTime, row); }
  int64_t time_ms(size_t row) const { return number(Field::kTime, row); }
  int64_t& bytes(size_t row) { return number(Field::kBytes, row); }
  int64_t bytes(size_t row) const { return number(Field::kBytes, row); }

  // Whole columns, for loops over many rows; valid until the next Reserve() or Reset(). begins() has rows() + 1
  // entries once closed.
  uint32_t* begins() { return begins_.get(); }
  LineKind* kinds() { return kinds_.get(); }
  const LineKind* kinds() const { return kinds_.get(); }
  uint16_t* statuses() { return statuses_.get(); }
  const uint16_t* statuses() const { return statuses_.get(); }
  int64_t* numbers(Field field) { return numbers_[NumberIndex(field)].get(); }
  const int64_t* numbers(Field field) const { return numbers_[NumberIndex(field)].get(); }
  int64_t* times_ms() { return numbers(Field::kTime); }
  const int64_t* times_ms() const { return numbers(Field::kTime); }
  int64_t* bytes_column() { return numbers(Field::kBytes); }
  const int64_t* bytes_column() const { return numbers(Field::kBytes); }
  Text* texts(Field field) {
    present_.Insert(field);
    return texts_[TextIndex(field)].get();
  }
  const Text* texts(Field field) const { return texts_[TextIndex(field)].get(); }

  void SetText(Field field, size_t row, Text text) {
    present_.Insert(field);
    texts_[TextIndex(field)][row] = text;
    missing_[TextIndex(field)][row / 64] &= ~(uint64_t{1} << (row % 64));
  }
  // The same from a view: what lies in the block stays there, anything else is copied into the arena.
  void PutText(Field field, size_t row, std::string_view text);
  // Whether the text lies in the block, so that 64 bytes behind it may be read.
  bool IsInBlock(std::string_view text) const;
  void SetMissing(Field field, size_t row) {
    texts_[TextIndex(field)][row] = Text{};
    missing_[TextIndex(field)][row / 64] |= uint64_t{1} << (row % 64);
  }
  void SetMissing(Field field, size_t first_row, size_t rows);
  // True only if the field is missing in every row; false says nothing.
  bool IsEntirelyMissing(Field field) const { return !present_.Contains(field); }
  bool IsMissing(Field field, size_t row) const { return (missing_[TextIndex(field)][row / 64] >> (row % 64)) & 1u; }
  // What the offset of a text counts from. Those of spilled ones move with the next Spill().
  const char* BytesOf(Text text) const {
    return reinterpret_cast<const char*>((text.offset & kSpillBit) != 0 ? spill_.data() : block_bytes_);
  }
  std::string_view View(Text text) const { return {BytesOf(text) + (text.offset & ~kSpillBit), text.length}; }
  // The text of a row; empty if missing.
  std::string_view View(Field field, size_t row) const { return View(texts_[TextIndex(field)][row]); }

  // For rows whose record begins in an earlier line, in their order; null for all others.
  void AppendStart(const RecordStart& start) { starts_.push_back(start); }
  const RecordStart* FindStart(size_t row) const;

  // Copies bytes into the spill arena. Views into the arena become invalid, Texts stay valid.
  Text Spill(std::string_view bytes);

  // Forgets the rows from `rows` on (a mapped file lost the bytes under them).
  void Truncate(size_t rows);

  // Appends a copy of one row of another batch with the same columns; its texts go to the spill arena.
  size_t AppendCopy(const RecordBatch& from, size_t row);

 private:
  void ClearRows(size_t first_row, size_t rows);
  static size_t TextIndex(Field field) { return static_cast<size_t>(field) - kFirstTextField; }
  static size_t NumberIndex(Field field) { return static_cast<size_t>(field) - kFirstNumberField; }

  const uint8_t* block_bytes_ = nullptr;
  size_t block_size_ = 0;
  ColumnSet columns_;
  ColumnSet present_;  // text columns that somebody wrote to
  size_t rows_ = 0;
  size_t capacity_ = 0;  // the same for all arrays; begins_ has one more
  std::unique_ptr<uint32_t[]> begins_;
  std::unique_ptr<LineKind[]> kinds_;
  std::unique_ptr<uint16_t[]> statuses_;
  std::array<std::unique_ptr<int64_t[]>, kNumberFieldCount> numbers_;
  std::array<std::unique_ptr<Text[]>, kTextFieldCount> texts_;
  std::array<std::unique_ptr<uint64_t[]>, kTextFieldCount> missing_;
  std::vector<RecordStart> starts_;
  std::vector<uint8_t> spill_;  // bytes in use, and at least 64 behind them
  size_t spill_bytes_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_RECORD_RECORD_BATCH_H_
