// The grid of the input: cells, and the block of bytes that holds one.
//
// Cell k of an input is its decoded bytes [k*G, (k+1)*G). A cell owns the lines that *start* in it: whoever parses it
// looks at `starts_line` to know whether its first byte starts a line, else begins after the first newline inside the
// cell (no newline: it owns nothing), and reads its last line on beyond the cell, at most kMaxLineBytes + 2 bytes from
// that line's start. What is longer is `too_long`, and nobody searches for its end, so a line of any length costs
// linear time. The grid is the same for mapped, streamed and compressed input; tests vary G, never the rule.
#ifndef LOGSTAT_SRC_INPUT_BLOCK_H_
#define LOGSTAT_SRC_INPUT_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <memory>

namespace logstat {

// The longest line that is parsed, in bytes, line end not counted (specification: L).
inline constexpr size_t kMaxLineBytes = size_t{1} << 20;

// What the lines before a cell mean for its own: the last #Fields directive, a part of a line that is not complete yet.
// Made by the input's format (LineFormat::StateAfter), immutable, carried by blocks. Most formats have none.
class LineState {
 public:
  virtual ~LineState() = default;
};

// One cell and what may be read around it.
//
// Ownership: `lease` keeps the bytes readable; they are valid as long as any copy of it lives. Mapped bytes may change
// at any time because another process writes to the file: no bound may rest on a byte that was read earlier.
// At least 64 bytes behind bytes + readable_bytes may be read too; their values mean nothing.
struct Block {
  std::shared_ptr<const void> lease;
  const uint8_t* bytes = nullptr;  // first byte of the cell
  size_t cell_bytes = 0;           // length of the cell: G, or less at the end of the input
  size_t readable_bytes = 0;       // >= cell_bytes: reaches the end of the line that starts last in the cell, or
                                   // kMaxLineBytes + 2 bytes from its start, or the end of the input
  uint64_t offset = 0;             // decoded offset of bytes[0] in its input
  uint64_t cell = 0;               // k
  bool starts_line = false;        // bytes[0] is the first byte of a line
  bool ends_input = false;         // the input ends at bytes + readable_bytes
  std::shared_ptr<const LineState> state;  // before the first line that the cell owns; null: nothing
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_BLOCK_H_
