// How many terminal cells a code point takes, and which code points must never reach a terminal as they are.
//
//   size_t cells = CellsOf(U'語');                   // 2
//   if (IsInvisible(U'\u202E')) EscapeItsBytes();    // would turn the text around
//
// The tables are derived from the Unicode Character Database 14.0: width 2 is East_Asian_Width W and F, width 0 is
// General_Category Mn and Me, invisible is Default_Ignorable_Code_Point plus the line and paragraph separators and
// the bidirectional controls. wcwidth(3) is not used: it depends on the locale, and our output must not.
// Pure functions of constant data; thread-safe.
#ifndef LOGSTAT_SRC_REPORT_CHAR_WIDTH_H_
#define LOGSTAT_SRC_REPORT_CHAR_WIDTH_H_

#include <cstddef>

namespace logstat {

// 0, 1 or 2 cells. Control characters are not expected here and count as 1.
size_t CellsOf(char32_t code_point);

// True for code points that show nothing or reorder their neighbours: two keys that differ only by them look equal.
bool IsInvisible(char32_t code_point);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_CHAR_WIDTH_H_
