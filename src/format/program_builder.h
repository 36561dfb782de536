// Collects the literals and fields of a format string, and joins what the log writes as one field.
//
//   ProgramBuilder builder(format);
//   builder.Literal('[');
//   Status status = builder.Add(FindNginxVariable("time_local"), at);
//   StatusOr<FieldProgram> program = builder.Finish();
//
// Joined are $uri$is_args$args and %U%q (a target), $scheme://$host:$server_port$request_uri (an absolute target),
// %{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t (a time), $remote_addr:$remote_port (a client). Anything else needs something
// between two fields.
#ifndef LOGSTAT_SRC_FORMAT_PROGRAM_BUILDER_H_
#define LOGSTAT_SRC_FORMAT_PROGRAM_BUILDER_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/format/field_program.h"
#include "src/format/variables.h"

namespace logstat {

// An error about character `at` of the format string.
Status FormatError(std::string_view format, size_t at, std::string_view why);

class ProgramBuilder {
 public:
  // The string must outlive the builder.
  explicit ProgramBuilder(std::string_view format) : format_(format) {}

  void Literal(char c) { literal_.push_back(c); }
  // The variable that stands at character `at`.
  Status Add(const Variable& variable, size_t at);
  // $is_args: the '?' in front of a query, if there is one.
  Status AddQueryMark(size_t at);
  // A %{argument}t.
  Status AddTime(std::string_view argument, size_t at);

  // The steps as they are; whether they can be read back is the compiler's to say.
  FieldProgram Finish();

 private:
  void EndTime();
  void JoinPorts();
  bool JoinsTarget(const Variable& variable) const;
  size_t StepsOfAuthority(const Variable& variable) const;

  std::string_view format_;
  FieldProgram program_;
  std::string literal_;
  std::string sample_time_;  // what the time that is being joined looks like; empty: none is
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_PROGRAM_BUILDER_H_
