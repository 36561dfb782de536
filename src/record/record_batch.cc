#include "src/record/record_batch.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace logstat {
namespace {

// Moves the first `used` entries into a new array of `size` entries; the rest is left uninitialised on purpose,
// because every row is written when it is appended.
template <typename T>
void Grow(std::unique_ptr<T[]>& array, size_t used, size_t size) {
  std::unique_ptr<T[]> larger(new T[size]);
  if (used > 0) std::memcpy(larger.get(), array.get(), used * sizeof(T));
  array = std::move(larger);
}

// Texts may be read in words over their end, in the arena as in a block.
constexpr size_t kReadBehind = 64;

size_t Words(size_t rows) { return (rows + 63) / 64; }

Field NumberField(size_t i) { return static_cast<Field>(kFirstNumberField + i); }
Field TextField(size_t i) { return static_cast<Field>(kFirstTextField + i); }

}  // namespace

std::string_view RejectReason(LineKind kind) {
  switch (kind) {
    case LineKind::kNoStatus:
      return "no_status";
    case LineKind::kTooFewFields:
      return "too_few_fields";
    case LineKind::kTooLong:
      return "too_long";
    case LineKind::kNotJson:
      return "not_json";
    case LineKind::kNoFields:
      return "no_fields";
    case LineKind::kCounted:
    case LineKind::kIgnored:
      break;
  }
  return "";
}

void RecordBatch::Reset(const uint8_t* block_bytes, ColumnSet columns, size_t block_size) {
  if (!(columns_ == columns)) {
    capacity_ = 0;  // forces Reserve to allocate the other columns
    columns_ = columns;
    for (auto& words : missing_) words.reset();  // those of columns that are gone would not grow with the others
  }
  block_bytes_ = block_bytes;
  block_size_ = block_size;
  rows_ = 0;
  spill_bytes_ = 0;
  present_ = ColumnSet{};
  starts_.clear();
  if (capacity_ == 0) Reserve(16);
  for (auto& words : missing_) {
    if (words) std::fill_n(words.get(), Words(capacity_), 0);
  }
}

void RecordBatch::Reserve(size_t rows) {
  if (rows <= capacity_) return;
  const size_t capacity = std::max(rows, capacity_ * 2);
  const size_t used = capacity_ == 0 ? 0 : rows_;
  Grow(begins_, used, capacity + 1);
  Grow(kinds_, used, capacity);
  std::fill(kinds_.get() + used, kinds_.get() + capacity, LineKind::kCounted);
  Grow(statuses_, used, capacity);
  for (size_t i = 0; i < kNumberFieldCount; ++i) {
    if (columns_.Contains(NumberField(i))) Grow(numbers_[i], used, capacity);
  }
  for (size_t i = 0; i < kTextFieldCount; ++i) {
    if (!columns_.Contains(TextField(i))) continue;
    Grow(texts_[i], used, capacity);
    const size_t words_used = Words(used);
    Grow(missing_[i], words_used, Words(capacity));
    std::fill(missing_[i].get() + words_used, missing_[i].get() + Words(capacity), 0);
  }
  capacity_ = capacity;
}

void RecordBatch::ClearRows(size_t first_row, size_t rows) {
  std::fill_n(kinds_.get() + first_row, rows, LineKind::kCounted);
  std::fill_n(statuses_.get() + first_row, rows, uint16_t{0});
  ClearColumns(columns_, first_row, rows);
}

void RecordBatch::ClearColumns(ColumnSet columns, size_t first_row, size_t rows) {
  columns = columns & columns_;
  for (size_t i = 0; i < kNumberFieldCount; ++i) {
    const Field field = NumberField(i);
    if (!columns.Contains(field)) continue;
    std::fill_n(numbers_[i].get() + first_row, rows, field == Field::kTime ? kNoTime : kNoNumber);
  }
  for (size_t i = 0; i < kTextFieldCount; ++i) {
    if (columns.Contains(TextField(i))) SetMissing(TextField(i), first_row, rows);
  }
}

void RecordBatch::SetMissing(Field field, size_t first_row, size_t rows) {
  Text* texts = texts_[TextIndex(field)].get();
  std::fill_n(texts + first_row, rows, Text{});
  uint64_t* words = missing_[TextIndex(field)].get();
  size_t row = first_row;
  const size_t end = first_row + rows;
  for (; row < end && row % 64 != 0; ++row) words[row / 64] |= uint64_t{1} << (row % 64);
  for (; row + 64 <= end; row += 64) words[row / 64] = ~uint64_t{0};
  for (; row < end; ++row) words[row / 64] |= uint64_t{1} << (row % 64);
}

bool RecordBatch::IsInBlock(std::string_view text) const {
  // Pointers into different objects have an order only through std.
  const std::less_equal<const uint8_t*> not_after;
  const uint8_t* begin = reinterpret_cast<const uint8_t*>(text.data());
  return block_size_ > 0 && not_after(block_bytes_, begin) &&
         not_after(begin + text.size(), block_bytes_ + block_size_);
}

void RecordBatch::PutText(Field field, size_t row, std::string_view text) {
  const auto offset = [&] { return reinterpret_cast<const uint8_t*>(text.data()) - block_bytes_; };
  SetText(field, row,
          IsInBlock(text) ? Text{static_cast<uint32_t>(offset()), static_cast<uint32_t>(text.size())} : Spill(text));
}

const RecordStart* RecordBatch::FindStart(size_t row) const {
  const auto found = std::lower_bound(starts_.begin(), starts_.end(), row,
                                      [](const RecordStart& start, size_t wanted) { return start.row < wanted; });
  return found != starts_.end() && found->row == row ? &*found : nullptr;
}

Text RecordBatch::Spill(std::string_view bytes) {
  const Text text{static_cast<uint32_t>(spill_bytes_) | kSpillBit, static_cast<uint32_t>(bytes.size())};
  // The source may lie in the arena itself, which growing moves: remember its place.
  const uint8_t* data = reinterpret_cast<const uint8_t*>(bytes.data());
  const std::less<const uint8_t*> before;
  const bool inside = spill_bytes_ > 0 && !before(data, spill_.data()) && before(data, spill_.data() + spill_bytes_);
  const size_t offset = inside ? static_cast<size_t>(data - spill_.data()) : 0;
  const size_t needed = spill_bytes_ + bytes.size() + kReadBehind;
  if (needed > spill_.size()) spill_.resize(std::max(needed, spill_.size() * 2));
  if (!bytes.empty()) std::memcpy(spill_.data() + spill_bytes_, inside ? spill_.data() + offset : data, bytes.size());
  spill_bytes_ += bytes.size();
  return text;
}

void RecordBatch::Truncate(size_t rows) {
  if (rows >= rows_) return;
  rows_ = rows;  // begins_[rows] already holds where the first forgotten row began
}

size_t RecordBatch::AppendCopy(const RecordBatch& from, size_t row) {
  const size_t copy = AppendRow(from.begins_[row]);
  kinds_[copy] = from.kinds_[row];
  statuses_[copy] = from.statuses_[row];
  for (size_t i = 0; i < kNumberFieldCount; ++i) {
    if (columns_.Contains(NumberField(i))) numbers_[i][copy] = from.numbers_[i][row];
  }
  for (size_t i = 0; i < kTextFieldCount; ++i) {
    const Field field = TextField(i);
    if (columns_.Contains(field) && !from.IsMissing(field, row)) SetText(field, copy, Spill(from.View(field, row)));
  }
  return copy;
}

}  // namespace logstat
