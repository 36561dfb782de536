// What other programs put around the lines of a log on their way to a file: syslog, container runtimes, journals.
//
//   std::string scratch;
//   for (const Wrapper& wrapper : Wrappers()) {
//     if (std::optional<Unwrapped> inside = TakeOff(wrapper, line, scratch)) Use(inside->payload);
//   }
//
// Wrappers nest: a compose prefix may stand before syslog. Blanks in front of one are taken off with it, as they are
// before a line that has none. Adding one is adding a row to the table. Pure; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_WRAPPER_H_
#define LOGSTAT_SRC_FORMAT_WRAPPER_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "src/format/line_format.h"

namespace logstat {

// What stands in a wrapper. Views point into the line or into the scratch text.
struct Unwrapped {
  std::string_view payload;  // without a line end
  std::string_view time;     // as TimeReader reads it; empty: none, or one without a year
  size_t stream = 0;         // which of the streams that were mixed: 0 standard output, 1 standard error
  bool goes_on = false;      // the payload is a part of a line that goes on in the next one of its stream
};

inline constexpr size_t kStreams = 2;

struct Wrapper {
  std::string_view name;  // for people: "syslog", "CRI"
  bool has_parts;         // it cuts long lines: Unwrapped::goes_on may be set
  bool is_prefix;         // it only stands in front of lines, which are whole and unescaped
  // Of a line that does not begin with blanks; see TakeOff().
  std::optional<Unwrapped> (*take_off)(std::string_view line, std::string& scratch);
};

// Empty: the line does not have this wrapper. `scratch` is for a payload that stands escaped in the line.
inline std::optional<Unwrapped> TakeOff(const Wrapper& wrapper, std::string_view line, std::string& scratch) {
  return wrapper.take_off(WithoutBlanksInFront(line), scratch);
}

// All of them. Where a line could have two, the earlier one is meant.
std::span<const Wrapper> Wrappers();

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_WRAPPER_H_
