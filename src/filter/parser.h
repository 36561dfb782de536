// The expressions of --where.
//
//   StatusOr<Expression> expression = ParseWhere(R"(status >= 500 and not client in 10.0.0.0/8)", "UTC");
//   if (!expression.ok()) return expression.status();    // MarkOf() says where it goes wrong
//
//   expression  := conjunction { "or" conjunction }
//   conjunction := negation { "and" negation }
//   negation    := "not" negation | "(" expression ")" | test
//   test        := FIELD ("==" | "!=" | "<" | "<=" | ">" | ">=") VALUE       numbers and times; text only == and !=
//                | FIELD ("=~" | "!~") STRING                                text, an RE2 pattern
//                | FIELD ["not"] "in" (VALUE | "(" VALUE { "," VALUE } ")")
//   VALUE       := a number, 1.5, 1500ms, 10MiB; a class of statuses, 5xx; a STRING in " or ';
//                  an address or a block, 10.0.0.0/8, of client, host and upstream; a time as --since takes it
//
// FIELD is a name of src/record/field.h. What fits no field of that kind (`client < 3`, `status =~ "5"`) is an error
// here, never an empty answer later.
#ifndef LOGSTAT_SRC_FILTER_PARSER_H_
#define LOGSTAT_SRC_FILTER_PARSER_H_

#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/filter/expression.h"

namespace logstat {

// Times without an offset are in `time_zone`, an IANA name that exists.
StatusOr<Expression> ParseWhere(std::string_view text, const std::string& time_zone);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FILTER_PARSER_H_
