// Lines that a container runtime cut into parts, joined again: those of each stream, up to the longest line.
//
//   PartJoiner joiner;
//   joiner.Add({payload, .stream = 0, .goes_on = true}, offset, row);        // a part: nothing yet
//   if (const JoinedLine* line = joiner.Add(inside, offset, row)) Use(line->text);
//
// A text of more than kMaxLineBytes is kept as its first kMaxLineBytes + 1 bytes, so it is still too long; memory is
// that for each stream, however many parts come. Not thread-safe. A copy is a state that a later cell may start from.
#ifndef LOGSTAT_SRC_FORMAT_PART_JOINER_H_
#define LOGSTAT_SRC_FORMAT_PART_JOINER_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "src/format/wrapper.h"

namespace logstat {

struct JoinedLine {
  bool open = false;
  uint64_t offset = 0;    // of the line that holds the first part, in the input
  int64_t first_row = 0;  // that line's row; negative: in a cell before
  std::string text;
};

class PartJoiner {
 public:
  // The next line of the cell. Null if it is a part that goes on, or a whole line for itself; else the line that it
  // completes, which lives until the next call.
  const JoinedLine* Add(const Unwrapped& inside, uint64_t offset, int64_t row);

  bool empty() const {
    return std::none_of(lines_.begin(), lines_.end(), [](const JoinedLine& line) { return line.open; });
  }

  // Behind a cell of so many rows: the next one counts its own from 0.
  void EndCell(int64_t rows) {
    for (JoinedLine& line : lines_) {
      line.first_row -= rows;
      if (!line.open) line.text.clear();
    }
  }

 private:
  std::array<JoinedLine, kStreams> lines_;  // the text of one that is not open means nothing
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_PART_JOINER_H_
