// From the paths that the user gave to the list of inputs to read, in the order in which they are numbered.
//
//   const InputList list = ExpandInputs({"/var/log/nginx", "-"});
//   for (const PlannedInput& input : list.inputs) {
//     if (!input.error.empty() || input.copy_of.has_value()) continue;
//     StatusOr<std::unique_ptr<Source>> source = OpenSource(input.path, settings);
//   }
#ifndef LOGSTAT_SRC_PLAN_EXPAND_H_
#define LOGSTAT_SRC_PLAN_EXPAND_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace logstat {

struct PlannedInput {
  std::string path;                  // "-" is standard input; files of a directory with the directory
  bool from_directory = false;       // found in a directory and not named: it may turn out not to be a log
  std::optional<size_t> copy_of;     // index of the input that is the same file and is read instead
  uint64_t most_bytes = UINT64_MAX;  // decoded: what is behind is not read
  std::string error;                 // why there is nothing to open: one line, without the path; empty: none
};

struct InputList {
  std::vector<PlannedInput> inputs;  // by the bytes of their path, "-" first
  std::vector<std::string> warnings;
};

// A directory stands for the regular files in it and the symbolic links to such (not recursive, no hidden ones). A path
// that does not exist but is a pattern (`*`, `?`, `[`) stands for what it matches, as if a shell had expanded it. A
// path that cannot be examined stays in the list, so that opening it reports the error.
//
// The same file (device and inode) is read once, under the path that is first in the list, and counts as named if any
// of its paths was. The result depends on the set of paths and on the file system, not on the order of the arguments.
// Thread-safe.
InputList ExpandInputs(const std::vector<std::string>& paths);

}  // namespace logstat

#endif  // LOGSTAT_SRC_PLAN_EXPAND_H_
