#include "src/format/cell_reader.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace logstat {
namespace {

// A piece's bytes, positions and columns stay in a 1 MiB second-level cache between the passes over them.
constexpr size_t kPieceBytes = size_t{128} << 10;

size_t FindNewline(const uint8_t* bytes, size_t from, size_t to) {
  if (from >= to) return to;
  const void* found = std::memchr(bytes + from, '\n', to - from);
  return found == nullptr ? to : static_cast<size_t>(static_cast<const uint8_t*>(found) - bytes);
}

}  // namespace

bool CellReader::IsShaped(const LineFormat& format) {
  return format.shape() != nullptr && format.shape()->known_anchor;
}

OwnedRange FindOwnedLines(const Block& block) {
  OwnedRange range;
  if (block.cell_bytes == 0) return range;
  if (!block.starts_line) {
    range.begin = FindNewline(block.bytes, 0, block.cell_bytes) + 1;
    if (range.begin >= block.cell_bytes) return OwnedRange{};
  }
  const uint8_t* begin = block.bytes + range.begin;
  const void* last = memrchr(begin, '\n', block.cell_bytes - range.begin);
  const size_t last_begin =
      last == nullptr ? range.begin : static_cast<size_t>(static_cast<const uint8_t*>(last) - block.bytes) + 1;
  if (last_begin >= block.cell_bytes) {
    range.end = block.cell_bytes;
    return range;
  }
  const size_t limit = std::max(block.cell_bytes, std::min(block.readable_bytes, last_begin + kMaxLineBytes + 2));
  const size_t newline = FindNewline(block.bytes, block.cell_bytes, limit);
  range.end = newline < limit ? newline + 1 : limit;
  return range;
}

std::string_view LineAt(const Block& block, size_t begin, size_t end) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  std::string_view line(reinterpret_cast<const char*>(block.bytes) + begin, end - begin);
  if (!line.empty() && line.back() == '\n') line.remove_suffix(1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (block.offset + begin == 0 && line.substr(0, 3) == kByteOrderMark) line.remove_prefix(3);
  return line;
}

bool OwnedLines::Next(std::string_view* line) {
  if (range_.begin >= range_.end) return false;
  begin_ = range_.begin;
  range_.begin = std::min(FindNewline(block_.bytes, begin_, range_.end) + 1, range_.end);
  *line = LineAt(block_, begin_, range_.begin);
  return true;
}

void CellReader::Read(const Block& block, const LineFormat& format, ColumnSet columns, RecordBatch& batch,
                      const RowFilter* early) {
  if (early != nullptr && ReadPassing(block, format, columns, batch, *early)) return;
  ReadAll(block, format, columns, batch, early);
}

void CellReader::ReadAll(const Block& block, const LineFormat& format, ColumnSet columns, RecordBatch& batch,
                         const RowFilter* early) {
  batch.Reset(block.bytes, columns, block.readable_bytes);
  fast_path_.Begin(early);
  if (format_ != &format) {
    line_reader_ = format.MakeReader();
    format_ = &format;
  }
  line_reader_->BeginCell(block);
  const OwnedRange range = FindOwnedLines(block);
  line_begin_ = range.begin;
  mark_count_ = 0;
  const bool shaped = IsShaped(format);
  if (use_fast_path_) {
    // A reader that has no use for marks gets those of a byte that logs do not have.
    const char mark = shaped ? '"' : line_reader_->delimiter().value_or('\0');
    const size_t sentinels = shaped ? format.shape()->quotes + 2 : 1;
    for (size_t from = range.begin; from < range.end; from += kPieceBytes) {
      const size_t lines = IndexPiece(block, from, std::min(kPieceBytes, range.end - from), mark, sentinels);
      if (lines == 0) continue;
      if (shaped) {
        ReadShapedPiece(block, lines, format, batch);
      } else {
        ReadSplitPiece(block, lines, batch);
      }
    }
  } else {
    for (size_t end = range.begin; (end = FindNewline(block.bytes, end, range.end)) < range.end; ++end) {
      AppendCarefulRow(batch);
      line_begin_ = end + 1;
    }
  }
  // The input ends without a newline, or the line is longer than may be read.
  if (line_begin_ < range.end) AppendCarefulRow(batch);
  batch.Close(static_cast<uint32_t>(range.end));
  ReadCarefulRows(block, batch);
}

size_t CellReader::IndexPiece(const Block& block, size_t from, size_t size, char mark, size_t sentinels) {
  // Room for every byte to be a mark, for the kernels' scribbling and for the sentinels.
  const size_t needed = mark_count_ + kPieceBytes + kOverread + sentinels;
  if (needed > mark_capacity_) {
    std::unique_ptr<uint32_t[]> larger(new uint32_t[needed * 2]);
    if (mark_count_ > 0) std::memcpy(larger.get(), marks_.get(), mark_count_ * sizeof(uint32_t));
    marks_ = std::move(larger);
    mark_capacity_ = needed * 2;
  }
  if (newlines_ == nullptr) newlines_.reset(new uint32_t[kPieceBytes + kOverread]);
  const StructureCounts counts =
      kernels_.index_structure(block.bytes + from, size, static_cast<uint32_t>(from), static_cast<uint8_t>(mark),
                               newlines_.get(), marks_.get() + mark_count_);
  mark_count_ += counts.marks;
  std::fill_n(marks_.get() + mark_count_, sentinels, kNoPosition);
  return counts.newlines;
}

void CellReader::DropMarks(size_t used) {
  mark_count_ -= used;
  std::memmove(marks_.get(), marks_.get() + used, mark_count_ * sizeof(uint32_t));
}

void CellReader::ReadShapedPiece(const Block& block, size_t lines, const LineFormat& format, RecordBatch& batch) {
  PieceIndex index{newlines_.get(), lines, marks_.get()};
  if (format.has_prefix()) {
    FindRecords(block, lines, format);
    index.records = records_.data();
  }
  DropMarks(fast_path_.Read(index, static_cast<uint32_t>(line_begin_), *format.shape(), *line_reader_, batch));
  line_begin_ = size_t{newlines_[lines - 1]} + 1;
}

void CellReader::FindRecords(const Block& block, size_t lines, const LineFormat& format) {
  records_.resize(lines);
  size_t begin = line_begin_;
  for (size_t i = 0; i < lines; ++i) {
    const size_t next = size_t{newlines_[i]} + 1;
    const std::string_view line = LineAt(block, begin, next);
    const size_t prefix = line.size() > kMaxLineBytes ? 0 : format.PrefixLength(line);
    const char* record = line.data() + prefix;
    records_[i] = static_cast<uint32_t>(record - reinterpret_cast<const char*>(block.bytes));
    begin = next;
  }
}

void CellReader::ReadSplitPiece(const Block& block, size_t lines, RecordBatch& batch) {
  batch.Reserve(batch.rows() + lines);
  const size_t first_row = batch.AppendClearRows(lines);
  const char* const base = reinterpret_cast<const char*>(block.bytes);
  size_t mark = 0;
  size_t fields_before = 0;  // marks of the line before: most lines have as many
  for (size_t i = 0; i < lines; ++i) {
    const uint32_t newline = newlines_[i];
    size_t next = mark + fields_before;
    if (next > mark_count_ || (next > mark && marks_[next - 1] > newline) || marks_[next] < newline) {
      next = mark;
      while (marks_[next] < newline) ++next;
    }
    const size_t row = first_row + i;
    batch.begins()[row] = static_cast<uint32_t>(line_begin_);
    std::string_view line = LineAt(block, line_begin_, size_t{newline} + 1);
    if (line.size() > kMaxLineBytes) {
      batch.kind(row) = LineKind::kTooLong;
    } else {
      line_reader_->ReadSplit(SplitLine(line, base, {marks_.get() + mark, next - mark}), row, batch);
    }
    fields_before = next - mark;
    mark = next;
    line_begin_ = size_t{newline} + 1;
  }
  DropMarks(mark);
}

void CellReader::AppendCarefulRow(RecordBatch& batch) {
  fast_path_.careful_rows().push_back(static_cast<uint32_t>(batch.AppendRow(static_cast<uint32_t>(line_begin_))));
}

void CellReader::ReadCarefulRows(const Block& block, RecordBatch& batch) {
  for (const uint32_t row : fast_path_.careful_rows()) {
    const std::string_view line = LineAt(block, batch.begin(row), batch.begin(row + 1));
    if (line.size() > kMaxLineBytes) {
      batch.kind(row) = LineKind::kTooLong;
    } else {
      line_reader_->Read(line, row, batch);
    }
  }
}

}  // namespace logstat
