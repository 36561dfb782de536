// The head of a line: the names and the time that stand before the request.
//
// A program says what it should hold. Nearly every format's head is one of two:
//
//   client identity user [time]              (common, combined)
//   host[:port] client identity user [time]  (vhost_common, vhost_combined)
//
// Real logs differ from such a configuration: a virtual host in front of some lines only, a list of forwarded addresses
// as the first field, a user name with spaces, an identity or the time left out, a space too many. ReadHead takes the
// bracketed time from the end and the names from the front, so that an odd field in the middle moves neither. A head of
// any other form is read as the program has it, by FieldFinder: there is no telling what an odd field would be.
//
// Pure; all views point into the head.
#ifndef LOGSTAT_SRC_FORMAT_HEAD_H_
#define LOGSTAT_SRC_FORMAT_HEAD_H_

#include <optional>
#include <string_view>

#include "src/format/field_program.h"

namespace logstat {

// What a program's head is.
struct HeadRules {
  bool known = true;                 // one of the two above
  bool host_first = false;           // the second one
  bool client_is_forwarded = false;  // a list of forwarded addresses stands in its place
};
HeadRules MakeHeadRules(const FieldProgram& program);

struct Head {
  std::optional<std::string_view> host;    // without its port
  std::optional<std::string_view> client;  // the same
  std::optional<std::string_view> user;    // may hold spaces
  std::string_view forwarded;              // what stands in the client's place
  std::string_view time;                   // of a known head, what stands in the last brackets; empty: none
};

// `rules` are those of a known head.
Head ReadHead(std::string_view head, const HeadRules& rules);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_HEAD_H_
