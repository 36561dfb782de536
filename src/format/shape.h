// The shape of a format: what its clean lines have in common, so that they can be read without interpreting.
//
// The fast path can read the anchor of a program if no quote stands before the request's, and its head if it is one of
// the two known ones:
//
//   client identity user [time] "request" status bytes …              (common, combined)
//   host[:port] client identity user [time] "request" status bytes …  (vhost_common, vhost_combined)
//
// Any format string that comes out like this runs at that speed, whatever its name. Which lines are clean, and how they
// are read, is fast_path.h; everything that is not goes to the careful path.
#ifndef LOGSTAT_SRC_FORMAT_SHAPE_H_
#define LOGSTAT_SRC_FORMAT_SHAPE_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "src/format/field_program.h"
#include "src/record/field.h"

namespace logstat {

struct Shape {
  size_t quotes = 2;                 // in a clean line; only a guess that saves a search, never a condition
  bool time_before_request = false;  // see FieldProgram
  bool known_anchor = false;         // the request's quotes are the line's first two; else no line is read fast
  bool host_first = false;           // the head is the second one above
  bool client_is_forwarded = false;  // see HeadRules
  ColumnSet fast_columns;            // what the fast path can read of a clean line
  // What stands behind the byte count: its columns; and, where it begins with fields in quotes and no others are quoted
  // behind them (` "referrer" "agent" 0.042`), these fields, which the positions of the quotes give at once.
  ColumnSet rest_columns;
  std::vector<std::optional<FieldSpec>> quoted_rest;
  bool has_more_rest = false;  // fields follow the quoted ones
  size_t first_rest_step = 0;  // of the program
  ColumnSet absent_columns;    // what no line in the format has, but for those of a head: it slows nothing down
};

Shape MakeShape(const FieldProgram& program);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_SHAPE_H_
