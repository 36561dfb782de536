#include "src/format/part_joiner.h"

#include "src/input/block.h"

namespace logstat {

const JoinedLine* PartJoiner::Add(const Unwrapped& inside, uint64_t offset, int64_t row) {
  JoinedLine& line = lines_[inside.stream];
  if (!line.open) {
    if (!inside.goes_on) return nullptr;
    line.open = true;
    line.offset = offset;
    line.first_row = row;
    line.text.clear();
  }
  line.text.append(inside.payload.substr(0, kMaxLineBytes + 1 - line.text.size()));
  line.open = inside.goes_on;
  return inside.goes_on ? nullptr : &line;
}

}  // namespace logstat
