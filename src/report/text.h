// The text output: one screen for an operator at a terminal, or everything for a pipe, a file or a mail.
//
//   WriterSettings settings{.colour = true, .columns = 80, .rows = 24, .one_screen = true};
//   MakeTextWriter(settings)->Write(report, sink);
//
// The screen never takes more than max(24, rows) - 1 lines and no line more cells than `columns`. Codes stand worst
// first: server errors, then client errors and aborted requests, then the rest, each by count.
#ifndef LOGSTAT_SRC_REPORT_TEXT_H_
#define LOGSTAT_SRC_REPORT_TEXT_H_

#include <memory>

#include "src/report/writer.h"

namespace logstat {

std::unique_ptr<Writer> MakeTextWriter(const WriterSettings& settings);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_H_
