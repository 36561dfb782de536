// What is known about the terminal behind a descriptor.
//
//   if (IsTerminal(STDOUT_FILENO)) settings.rows = SizeOf(STDOUT_FILENO).rows;
//   bool color = UseColor(options.color, STDOUT_FILENO);
#ifndef LOGSTAT_SRC_CLI_TERMINAL_H_
#define LOGSTAT_SRC_CLI_TERMINAL_H_

#include <cstddef>

#include "src/cli/option_values.h"

namespace logstat {

struct TerminalSize {
  size_t columns = 80;
  size_t rows = 24;
};

bool IsTerminal(int descriptor);

// As the terminal says; where it does not (a pipe, a serial line that says 0), COLUMNS and LINES; else 80 by 24.
TerminalSize SizeOf(int descriptor);

// `auto`: a terminal that is not dumb, and no NO_COLOR (https://no-color.org: set and not empty).
bool UseColor(When when, int descriptor);

// `auto`: a terminal whose lines can be erased.
bool UseProgress(When when, int descriptor);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_TERMINAL_H_
