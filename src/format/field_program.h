// A log format as data: the list of literals and slots that an nginx `log_format` or Apache `LogFormat` string means.
//
//   StatusOr<FieldProgram> program = CompileFormat("%h %l %u %t \"%r\" %>s %b");
//   if (!program.ok()) return program.status();   // says where in the string and why
//
// The two languages are two spellings of the same list; nobody behind this file knows which one was used. A line in
// the format is literal 0, slot 0, literal 1, slot 1, … and at last `tail`. Programs are immutable and may be shared
// by any number of threads.
#ifndef LOGSTAT_SRC_FORMAT_FIELD_PROGRAM_H_
#define LOGSTAT_SRC_FORMAT_FIELD_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"

namespace logstat {

// What a slot of a line holds. Names of nginx and Apache in brackets.
enum class Slot : uint8_t {
  kSkip,      // anything else: read over
  kClient,    // $remote_addr, %h, %a
  kUser,      // $remote_user, %u
  kTime,      // $time_local, %t without its brackets: 22/Nov/2026:13:00:00 +0000
  kRequest,   // $request, %r
  kStatus,    // $status, %s, %>s
  kBytes,     // $body_bytes_sent, $bytes_sent, %b, %B, %O
  kReferrer,  // $http_referer, %{Referer}i
  kAgent,     // $http_user_agent, %{User-agent}i
  kHost,      // $host, $server_name, $http_host, %v, %V, %{Host}i
  kPort,      // $server_port, %p
};

struct ProgramStep {
  std::string literal;  // stands before the slot
  Slot slot;
};

struct FieldProgram {
  std::vector<ProgramStep> steps;
  std::string tail;                  // stands behind the last slot
  size_t request = 0;                // index of the kRequest step; the next two are kStatus and kBytes
  size_t quotes_before_request = 0;  // in the literals in front of it, without its own opening quote
  bool time_before_request = false;  // as in `[time] "request"`
};

// Compiles a format string of either language, told apart by its sigils ($name, %x). Every program holds a quoted
// request followed by the status and the byte count, `"$request" $status $bytes`, because that is where a line is
// anchored however broken the rest of it is; anything else is refused. The error names the place.
StatusOr<FieldProgram> CompileFormat(std::string_view format);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_FIELD_PROGRAM_H_
