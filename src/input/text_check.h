// What an operator should know of a text before its lines are read: in which encoding it is, how its lines end.
//
//   if (std::string why = WhyNotBytes(source.Sample()); !why.empty()) return EnvironmentError(why);
//   std::string warning = OddLineEnds(source.Sample());
//
// Messages are one line without the path: what it is, and what to do. Empty: nothing to say. Pure; thread-safe.
#ifndef LOGSTAT_SRC_INPUT_TEXT_CHECK_H_
#define LOGSTAT_SRC_INPUT_TEXT_CHECK_H_

#include <string>
#include <string_view>

namespace logstat {

// Of what no line can be read, in any format: an archive of a kind that is not unpacked here (lz4, zip, tar, …), also
// one inside an archive that is; and UTF-16, as PowerShell's `>` and some editors write it: by its byte order mark and
// a NUL, or by a NUL in every second byte of almost all of the first bytes.
std::string WhyNotBytes(std::string_view sample);

// Lines that end with a carriage return alone, as on a Mac before 2001: without a newline all of them are one line.
std::string OddLineEnds(std::string_view sample);

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_TEXT_CHECK_H_
