// What the visible part of a too-long request target looks like: the marks of the three causes that the document gives.
//
//   const TargetMarks marks = MarksOf("/search?name=…&street=…");
//   marks.pair_share        // 1.0: all of the query is name=value pairs, as a form sends them
//
// Servers cut such a request at their buffer (nginx 8,192 bytes, Apache 8,191), so the end proves nothing; every mark
// can be read off the begin. Pure; linear in the target.
#ifndef LOGSTAT_SRC_DETECT_LONG_TARGETS_H_
#define LOGSTAT_SRC_DETECT_LONG_TARGETS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace logstat {

struct TargetMarks {
  // A form that sends by GET: bytes of the query in name=value pairs over all bytes of the query; 0: no query.
  double pair_share = 0;
  std::string names;  // of the first six different parameters, "name,street"

  // A redirect that copies the URI into itself: how often percent signs are encoded again (%3D is 1, %253D 2), how
  // often the own path stands in the target, and how often a group of path segments follows itself.
  size_t encoding_depth = 0;
  size_t own_path_copies = 0;
  size_t segment_cycles = 0;

  // An attack on a buffer of fixed size: the longest run of one byte that forms do not fill lines with, and whether
  // there are machine bytes: no-operation sleds, controls, bytes above 7F.
  size_t longest_run = 0;
  bool machine_bytes = false;

  bool IsNested() const { return encoding_depth >= 3 || own_path_copies >= 3 || segment_cycles >= 3; }
  bool HasRun() const { return longest_run >= 64; }
};

TargetMarks MarksOf(std::string_view target);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_LONG_TARGETS_H_
