#include "src/detect/long_targets.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "src/base/percent_code.h"

namespace logstat {
namespace {

bool IsNameByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("_-.[]%+~:").find(c) != std::string_view::npos;
}

void MarkPairs(std::string_view query, TargetMarks& marks) {
  constexpr size_t kNames = 6;
  size_t in_pairs = 0;
  std::vector<std::string_view> names;
  const size_t size = query.size();
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const size_t equals = pair.find('=');
    const std::string_view name = pair.substr(0, equals);
    if (equals == std::string_view::npos || name.empty() || !std::all_of(name.begin(), name.end(), IsNameByte))
      continue;
    in_pairs += pair.size() + 1;
    if (names.size() < kNames && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  marks.pair_share = size == 0 ? 0 : std::min(1.0, static_cast<double>(in_pairs) / static_cast<double>(size));
  for (const std::string_view name : names) {
    if (!marks.names.empty()) marks.names += ',';
    marks.names += name.substr(0, 32);
  }
}

size_t EncodingDepth(std::string_view target) {
  size_t deepest = 0;
  for (size_t at = target.find('%'); at != std::string_view::npos; at = target.find('%', at + 1)) {
    deepest = std::max(deepest, ReadPercentCode(target.substr(at)).levels);
  }
  return deepest;
}

size_t Copies(std::string_view target, std::string_view part) {
  size_t copies = 0;
  for (size_t at = target.find(part); at != std::string_view::npos; at = target.find(part, at + part.size())) ++copies;
  return copies;
}

// The longest repetition of a group of up to eight segments, in times that it follows itself directly.
size_t SegmentCycles(std::string_view path) {
  constexpr size_t kMostSegments = 512;
  constexpr size_t kLongestGroup = 8;
  std::vector<std::string_view> segments;
  while (!path.empty() && segments.size() < kMostSegments) {
    const size_t end = std::min(path.find('/'), path.size());
    if (end != 0) segments.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  size_t most = 0;
  for (size_t group = 1; group <= kLongestGroup; ++group) {
    size_t same = 0;  // segments in a row that equal the one `group` before
    for (size_t i = group; i < segments.size(); ++i) {
      same = segments[i] == segments[i - group] ? same + 1 : 0;
      most = std::max(most, same / group + (same >= group ? 1 : 0));
    }
  }
  return most;
}

size_t LongestRun(std::string_view target) {
  size_t longest = 0;
  for (size_t begin = 0; begin < target.size();) {
    size_t end = begin + 1;
    while (end < target.size() && target[end] == target[begin]) ++end;
    // People underline with these, and forms send blanks as plus signs.
    if (std::string_view("+-=_.*#~").find(target[begin]) == std::string_view::npos)
      longest = std::max(longest, end - begin);
    begin = end;
  }
  return longest;
}

bool HasMachineBytes(std::string_view target) {
  const auto is_raw = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F;
  };
  if (std::any_of(target.begin(), target.end(), is_raw)) return true;
  // As servers write such bytes into their logs, and as attackers encode a sled of no-operations.
  for (const std::string_view sign : {"\\x", "%u9090", "%90%90", "%00"}) {
    if (target.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

TargetMarks MarksOf(std::string_view target) {
  TargetMarks marks;
  const size_t question = target.find('?');
  const std::string_view path = target.substr(0, question);
  if (question != std::string_view::npos) MarkPairs(target.substr(question + 1), marks);
  marks.encoding_depth = EncodingDepth(target);
  // Of "/" every target has copies.
  marks.own_path_copies = path.size() >= 4 ? Copies(target, path) : 0;
  marks.segment_cycles = SegmentCycles(path);
  marks.longest_run = LongestRun(target);
  marks.machine_bytes = HasMachineBytes(target);
  return marks;
}

}  // namespace logstat
