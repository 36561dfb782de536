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

void CellReader::Read(const Block& block, const LineFormat& format, ColumnSet columns, RecordBatch& batch) {
  batch.Reset(block.bytes, columns, block.readable_bytes);
  fast_path_.careful_rows().clear();
  if (format_ != &format) {
    line_reader_ = format.MakeReader();
    format_ = &format;
  }
  const OwnedRange range = FindOwnedLines(block);
  line_begin_ = range.begin;
  if (use_fast_path_ && format.shape() != nullptr && format.shape()->known_anchor) {
    IndexPieces(block, range, *format.shape(), batch);
  } else {
    for (size_t end = range.begin; (end = FindNewline(block.bytes, end, range.end)) < range.end; ++end) {
      AppendCarefulRow(batch);
      line_begin_ = end + 1;
    }
  }
  // The input ends without a newline, or the line is longer than may be read.
  if (line_begin_ < range.end) AppendCarefulRow(batch);
  batch.Close(static_cast<uint32_t>(range.end));
  line_reader_->BeginCell(block);
  ReadCarefulRows(block, batch);
}

void CellReader::IndexPieces(const Block& block, const OwnedRange& range, const Shape& shape, RecordBatch& batch) {
  quote_count_ = 0;
  for (size_t from = range.begin; from < range.end; from += kPieceBytes) {
    ReadPiece(block, from, std::min(kPieceBytes, range.end - from), shape, batch);
  }
}

void CellReader::ReadPiece(const Block& block, size_t from, size_t size, const Shape& shape, RecordBatch& batch) {
  // Room for every byte to be a quote, for the kernels' scribbling and for the sentinels.
  const size_t sentinels = shape.quotes + 2;
  const size_t needed = quote_count_ + kPieceBytes + kOverread + sentinels;
  if (needed > quote_capacity_) {
    std::unique_ptr<uint32_t[]> larger(new uint32_t[needed * 2]);
    if (quote_count_ > 0) std::memcpy(larger.get(), quotes_.get(), quote_count_ * sizeof(uint32_t));
    quotes_ = std::move(larger);
    quote_capacity_ = needed * 2;
  }
  if (newlines_ == nullptr) newlines_.reset(new uint32_t[kPieceBytes + kOverread]);
  const StructureCounts counts = kernels_.index_structure(block.bytes + from, size, static_cast<uint32_t>(from),
                                                          newlines_.get(), quotes_.get() + quote_count_);
  quote_count_ += counts.quotes;
  std::fill_n(quotes_.get() + quote_count_, sentinels, kNoPosition);
  if (counts.newlines == 0) return;

  const PieceIndex index{newlines_.get(), counts.newlines, quotes_.get()};
  const size_t used = fast_path_.Read(index, static_cast<uint32_t>(line_begin_), shape, batch);
  line_begin_ = size_t{newlines_[counts.newlines - 1]} + 1;
  quote_count_ -= used;
  std::memmove(quotes_.get(), quotes_.get() + used, quote_count_ * sizeof(uint32_t));
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
