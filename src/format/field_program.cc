#include "src/format/field_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace logstat {
namespace {

using NamedSlot = std::pair<std::string_view, Slot>;

// Variables of nginx's ngx_http_log_module and core module that are columns here; every other name is read over.
constexpr std::array<NamedSlot, 13> kNginxVariables = {{
    {"remote_addr", Slot::kClient},
    {"remote_user", Slot::kUser},
    {"time_local", Slot::kTime},
    {"request", Slot::kRequest},
    {"status", Slot::kStatus},
    {"body_bytes_sent", Slot::kBytes},
    {"bytes_sent", Slot::kBytes},
    {"http_referer", Slot::kReferrer},
    {"http_user_agent", Slot::kAgent},
    {"host", Slot::kHost},
    {"http_host", Slot::kHost},
    {"server_name", Slot::kHost},
    {"server_port", Slot::kPort},
}};

// Directives of Apache's mod_log_config and mod_logio without an argument.
constexpr std::array<NamedSlot, 11> kApacheDirectives = {{
    {"h", Slot::kClient},
    {"a", Slot::kClient},
    {"u", Slot::kUser},
    {"t", Slot::kTime},
    {"r", Slot::kRequest},
    {"s", Slot::kStatus},
    {"b", Slot::kBytes},
    {"B", Slot::kBytes},
    {"O", Slot::kBytes},
    {"v", Slot::kHost},
    {"V", Slot::kHost},
}};

// Request headers, %{NAME}i; header names have no case.
constexpr std::array<NamedSlot, 3> kApacheHeaders = {{
    {"referer", Slot::kReferrer},
    {"user-agent", Slot::kAgent},
    {"host", Slot::kHost},
}};

template <size_t N>
Slot Find(const std::array<NamedSlot, N>& table, std::string_view name) {
  for (const auto& [known, slot] : table) {
    if (known == name) return slot;
  }
  return Slot::kSkip;
}

Status FormatError(std::string_view format, size_t at, std::string_view why) {
  return UsageErrorAt(fmt::format("format string, character {}: {}", at + 1, why), {std::string(format), at});
}

// Collects literals and slots in order.
class ProgramBuilder {
 public:
  void Literal(char c) { literal_.push_back(c); }
  void AddSlot(Slot slot) {
    program_.steps.push_back(ProgramStep{std::move(literal_), slot});
    literal_.clear();
  }
  FieldProgram Finish() {
    program_.tail = std::move(literal_);
    return std::move(program_);
  }

 private:
  FieldProgram program_;
  std::string literal_;
};

bool IsNameCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

StatusOr<FieldProgram> CompileNginx(std::string_view format) {
  ProgramBuilder builder;
  for (size_t i = 0; i < format.size();) {
    if (format[i] != '$') {
      builder.Literal(format[i++]);
      continue;
    }
    const bool braced = i + 1 < format.size() && format[i + 1] == '{';
    const size_t begin = i + (braced ? 2 : 1);
    size_t end = begin;
    while (end < format.size() && IsNameCharacter(format[end])) ++end;
    if (end == begin) return FormatError(format, i, "a variable's name must follow '$'");
    if (braced && (end == format.size() || format[end] != '}')) return FormatError(format, i, "'${' without '}'");
    builder.AddSlot(Find(kNginxVariables, format.substr(begin, end - begin)));
    i = end + (braced ? 1 : 0);
  }
  return builder.Finish();
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower;
}

// One directive, format[i] == '%': [!code,code][<>][{argument}]letter or …^letters. Sets `i` behind it.
Status CompileApacheDirective(std::string_view format, size_t& i, ProgramBuilder& builder) {
  const size_t start = i++;
  while (i < format.size() && (std::isdigit(static_cast<unsigned char>(format[i])) != 0 || format[i] == ',' ||
                               format[i] == '!' || format[i] == '<' || format[i] == '>')) {
    ++i;
  }
  std::string_view argument;
  if (i < format.size() && format[i] == '{') {
    const size_t close = format.find('}', i);
    if (close == std::string_view::npos) return FormatError(format, i, "'%{' without '}'");
    argument = format.substr(i + 1, close - i - 1);
    i = close + 1;
  }
  if (i == format.size()) return FormatError(format, start, "a directive's letter must follow '%'");
  const size_t letters = format[i] == '^' ? 3 : 1;  // %^FB and the like
  if (format.size() - i < letters) return FormatError(format, start, "two letters must follow '^'");
  const std::string_view letter = format.substr(i, letters);
  i += letters;
  if (letter == "%") {
    builder.Literal('%');
  } else if (letter == "t" && argument.empty()) {
    builder.Literal('[');  // %t writes its own brackets
    builder.AddSlot(Slot::kTime);
    builder.Literal(']');
  } else if (letter == "p") {
    builder.AddSlot(Slot::kPort);
  } else if (letter == "i") {
    builder.AddSlot(Find(kApacheHeaders, Lower(argument)));
  } else {
    builder.AddSlot(argument.empty() ? Find(kApacheDirectives, letter) : Slot::kSkip);
  }
  return OkStatus();
}

StatusOr<FieldProgram> CompileApache(std::string_view format) {
  ProgramBuilder builder;
  for (size_t i = 0; i < format.size();) {
    if (format[i] == '%') {
      const Status status = CompileApacheDirective(format, i, builder);
      if (!status.ok()) return status;
    } else if (format[i] == '\\' && i + 1 < format.size()) {
      builder.Literal(format[i + 1] == 't' ? '\t' : format[i + 1]);  // \" as it stands in httpd.conf, and \t
      i += 2;
    } else {
      builder.Literal(format[i++]);
    }
  }
  return builder.Finish();
}

// Finds `"$request" $status $bytes`, at which every line is anchored.
Status FindAnchor(std::string_view format, FieldProgram& program) {
  const std::vector<ProgramStep>& steps = program.steps;
  size_t quotes = 0;
  for (size_t i = 0; i + 2 < steps.size(); ++i) {
    quotes += static_cast<size_t>(std::count(steps[i].literal.begin(), steps[i].literal.end(), '"'));
    if (steps[i].slot != Slot::kRequest) continue;
    if (steps[i].literal.empty() || steps[i].literal.back() != '"' || steps[i + 1].literal != "\" " ||
        steps[i + 1].slot != Slot::kStatus || steps[i + 2].literal != " " || steps[i + 2].slot != Slot::kBytes) {
      break;
    }
    program.request = i;
    program.quotes_before_request = quotes - 1;
    program.time_before_request = i > 0 && steps[i - 1].slot == Slot::kTime && steps[i].literal == "] \"";
    return OkStatus();
  }
  const bool nginx = format.find('$') != std::string_view::npos;
  return FormatError(format, std::min(format.find(nginx ? "$request" : "%r"), format.size()),
                     "it must hold the request in quotes, the status and the byte count, as in "
                     "\"$request\" $status $body_bytes_sent or \\\"%r\\\" %>s %b");
}

}  // namespace

StatusOr<FieldProgram> CompileFormat(std::string_view format) {
  const bool nginx = format.find('$') != std::string_view::npos;
  StatusOr<FieldProgram> program = nginx ? CompileNginx(format) : CompileApache(format);
  if (!program.ok()) return program;
  const Status anchor = FindAnchor(format, *program);
  if (!anchor.ok()) return anchor;
  return program;
}

}  // namespace logstat
