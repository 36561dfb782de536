#include "src/format/haproxy_string.h"

#include <string>

#include "src/format/program_builder.h"
#include "src/format/variables.h"

namespace logstat {
namespace {

struct HaproxyName {
  std::string_view name;
  std::string_view variable;  // the same as a name of nginx, or of our own; see variables.h
};

// Longer names stand before those that they begin with. Names are from "HAProxy Configuration Manual", "Custom log
// format"; what is not here is read over.
constexpr HaproxyName kHaproxyNames[] = {
    {"ci:%cp", "_client"},
    {"b/%s", "_upstream"},
    {"trg", "time_local"},
    {"trl", "time_local"},
    {"tr", "_time"},
    {"tsc", "_reason"},
    {"ts", "_reason"},
    {"t", "_time"},
    {"Tl", "time_local"},
    {"Ts", "_time"},
    {"Ta", "_duration_ms"},
    {"Tt", "_duration_ms"},
    {"Tr", "_upstream_time_ms"},
    {"TR", "_seconds"},
    {"Tw", "_seconds"},
    {"Tc", "_seconds"},
    {"Tq", "_seconds"},
    {"Td", "_seconds"},
    {"Th", "_seconds"},
    {"Ti", "_seconds"},
    {"Tu", "_seconds"},
    {"T", "time_local"},
    {"ST", "status"},
    {"B", "bytes_sent"},
    {"U", "_request_bytes"},
    {"r", "request"},
    {"HM", "request_method"},
    {"HPO", "uri"},
    {"HP", "uri"},
    {"HQ", "_query"},
    {"HU", "_target"},
    {"HV", "server_protocol"},
    {"H", "_word"},
    {"ID", "request_id"},
    {"ci", "remote_addr"},
    {"cp", "_count"},
    {"b", "_word"},
    {"sslv", "_tls"},
    {"sslc", "_word"},
    {"s", "_upstream"},
    {"ft", "_word"},
    {"f", "_word"},
    {"pid", "_count"},
    {"ac", "_count"},
    {"fc", "_count"},
    {"bc", "_count"},
    {"sc", "_count"},
    {"rc", "_word"},  // with a '+' if it was sent to another server in the end
    {"sq", "_count"},
    {"bq", "_count"},
};

bool IsNameLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string_view NameAt(std::string_view format, size_t at) {
  size_t end = at;
  while (end < format.size() && IsNameLetter(format[end])) ++end;
  return format.substr(at, end - at);
}

// What was captured is in braces, and is nothing, without its blank, where nothing was.
bool IsCaptured(std::string_view name) { return name == "hr" || name == "hs"; }

class Compiler {
 public:
  explicit Compiler(std::string_view format) : format_(format), builder_(format) {}

  StatusOr<FieldProgram> Run() {
    while (at_ < format_.size()) {
      if (format_[at_] == '%') {
        if (Status status = Directive(); !status.ok()) return status;
      } else {
        at_ += format_[at_] == '\\' && at_ + 1 < format_.size() ? 1 : 0;
        builder_.Literal(format_[at_++]);
      }
    }
    return builder_.Finish();
  }

 private:
  // %name, %{flags}name, %[expression], %%.
  Status Directive() {
    const size_t start = at_++;
    if (format_.substr(at_, 1) == "%") {
      builder_.Literal(format_[at_++]);
      return OkStatus();
    }
    bool quoted = false;
    if (format_.substr(at_, 1) == "{") {
      const size_t close = format_.find('}', at_);
      if (close == std::string_view::npos) return FormatError(format_, start, "'%{' without '}'");
      quoted = format_.substr(at_, close - at_).find("+Q") != std::string_view::npos;
      at_ = close + 1;
    }
    if (quoted) builder_.Literal('"');
    const Status status = format_.substr(at_, 1) == "[" ? Expression(start) : Variable(start);
    if (quoted) builder_.Literal('"');
    return status;
  }

  Status Expression(size_t start) {
    const size_t close = format_.find(']', at_);
    if (close == std::string_view::npos) return FormatError(format_, start, "'%[' without ']'");
    at_ = close + 1;
    return builder_.Add(logstat::Variable{}, start);
  }

  Status Variable(size_t start) {
    const std::string_view name = NameAt(format_, at_);
    if (name.empty()) return FormatError(format_, start, "a variable's name must follow '%'");
    if (name == "o") return FormatError(format_, start, "flags for all variables are not read: give each its own");
    if (IsCaptured(name)) return Captured(start);
    for (const HaproxyName& known : kHaproxyNames) {
      // A name is not the beginning of a longer one.
      if (format_.substr(at_, known.name.size()) != known.name) continue;
      if (!NameAt(format_, at_ + known.name.size()).empty()) continue;
      at_ += known.name.size();
      return builder_.Add(FindNginxVariable(known.variable), start);
    }
    at_ += name.size();
    return builder_.Add(logstat::Variable{}, start);
  }

  // `%hr %hs "`: one text, and the blanks behind it are part of it where a quote follows.
  Status Captured(size_t start) {
    size_t behind = at_;
    while (IsCaptured(NameAt(format_, at_))) {
      behind = at_ += 2;
      while (format_.substr(at_, 1) == " ") ++at_;
      if (format_.substr(at_, 1) != "%") break;
      if (!IsCaptured(NameAt(format_, at_ + 1))) break;
      ++at_;
    }
    const std::string_view rest = format_.substr(at_);
    const bool quote_follows = rest.substr(0, 1) == "\"" || rest.substr(0, 4) == "%{+Q" || rest.substr(0, 2) == "\\\"";
    if (!quote_follows) at_ = behind;
    return builder_.Add(logstat::Variable{}, start);
  }

  std::string_view format_;
  ProgramBuilder builder_;
  size_t at_ = 0;
};

}  // namespace

bool IsHaproxyString(std::string_view format) {
  for (size_t at = format.find("%ST"); at != std::string_view::npos; at = format.find("%ST", at + 1)) {
    if (NameAt(format, at + 1) == "ST") return true;
  }
  return false;
}

StatusOr<FieldProgram> CompileHaproxySteps(std::string_view format) { return Compiler(format).Run(); }

}  // namespace logstat
