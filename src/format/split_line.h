// A line and the places at which one byte parts it: `a|b|c` and the places of its two bars.
//
//   SplitLine line = SplitAt("a|b|c", '|', scratch);      // or from an index that a vector kernel made: CellReader
//   line.fields();   // 3
//   line.Field(1);   // "b"
//   line.From(1);    // "b|c"
//
// A view: line and positions must outlive it.
#ifndef LOGSTAT_SRC_FORMAT_SPLIT_LINE_H_
#define LOGSTAT_SRC_FORMAT_SPLIT_LINE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace logstat {

class SplitLine {
 public:
  // The positions are relative to `base`, ascending, and all inside of the line.
  SplitLine(std::string_view line, const char* base, std::span<const uint32_t> marks)
      : line_(line), base_(base), marks_(marks) {}

  std::string_view line() const { return line_; }
  size_t fields() const { return marks_.size() + 1; }

  std::string_view Field(size_t i) const {
    const char* begin = Begin(i);
    const char* end = i == marks_.size() ? line_.data() + line_.size() : base_ + marks_[i];
    return {begin, static_cast<size_t>(end - begin)};
  }
  // Field `i` and all behind it.
  std::string_view From(size_t i) const {
    const char* begin = Begin(i);
    return {begin, static_cast<size_t>(line_.data() + line_.size() - begin)};
  }

 private:
  const char* Begin(size_t i) const { return i == 0 ? line_.data() : base_ + marks_[i - 1] + 1; }

  std::string_view line_;
  const char* base_;
  std::span<const uint32_t> marks_;
};

// For a line without an index. `scratch` keeps the positions.
inline SplitLine SplitAt(std::string_view line, char mark, std::vector<uint32_t>& scratch) {
  scratch.clear();
  for (size_t at = 0; at < line.size(); ++at) {
    const void* found = std::memchr(line.data() + at, mark, line.size() - at);
    if (found == nullptr) break;
    at = static_cast<size_t>(static_cast<const char*>(found) - line.data());
    scratch.push_back(static_cast<uint32_t>(at));
  }
  return {line, line.data(), scratch};
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_SPLIT_LINE_H_
