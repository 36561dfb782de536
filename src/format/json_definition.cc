#include "src/format/json_definition.h"

#include <algorithm>
#include <optional>
#include <string>

#include "src/format/field_program.h"
#include "src/format/program_builder.h"

namespace logstat {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

size_t SkipBlanks(std::string_view text, size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

// Walks the definition once, from the left.
class DefinitionReader {
 public:
  explicit DefinitionReader(std::string_view format) : format_(format) {}

  StatusOr<std::vector<NamedKey>> Read() {
    at_ = SkipBlanks(format_, 0);
    const Status status = ReadObject("");
    if (!status.ok()) return status;
    const auto is_status = [](const NamedKey& key) { return key.spec.field == Field::kStatus; };
    if (std::none_of(keys_.begin(), keys_.end(), is_status)) {
      return FormatError(format_, format_.size(),
                         "it must hold the status, as $status or %>s, by which lines are counted");
    }
    return std::move(keys_);
  }

 private:
  // `at_` is its opening brace; afterwards it stands behind the closing one.
  Status ReadObject(const std::string& path) {
    const size_t begin = at_++;
    while (true) {
      at_ = SkipBlanks(format_, at_);
      if (at_ < format_.size() && format_[at_] == ',') {
        ++at_;
        continue;
      }
      if (at_ == format_.size()) return FormatError(format_, begin, "this '{' is not closed");
      if (format_[at_] == '}') {
        ++at_;
        return OkStatus();
      }
      if (format_[at_] != '"') return FormatError(format_, at_, "a key in quotes must stand here");
      const std::optional<std::string> key = ReadString();
      if (!key.has_value()) return FormatError(format_, at_, "this quote is not closed");
      at_ = SkipBlanks(format_, at_);
      if (format_.substr(at_, 1) != ":") return FormatError(format_, at_, "a ':' must stand behind a key");
      at_ = SkipBlanks(format_, at_ + 1);
      const Status status = ReadValue(path.empty() ? *key : path + "." + *key);
      if (!status.ok()) return status;
    }
  }

  Status ReadValue(const std::string& path) {
    const size_t begin = at_;
    if (format_.substr(at_, 1) == "{") return ReadObject(path);
    if (format_.substr(at_, 1) == "[") {
      at_ = std::min(format_.find(']', at_), format_.size() - 1) + 1;
      return OkStatus();
    }
    if (format_.substr(at_, 1) == "\"") {
      const std::optional<std::string> text = ReadString();
      if (!text.has_value()) return FormatError(format_, begin, "this quote is not closed");
      return AddKey(path, *text, begin);
    }
    at_ = FindBareEnd();
    return AddKey(path, format_.substr(begin, at_ - begin), begin);
  }

  // A value without quotes: `$status`, `%>s`, `${status}`, `%{ms}T`; a brace belongs to it behind its sigil only.
  size_t FindBareEnd() const {
    size_t depth = 0;
    for (size_t i = at_; i < format_.size(); ++i) {
      if (format_[i] == '{') ++depth;
      if (format_[i] == '}' && depth-- == 0) return i;
      if (depth == 0 && (format_[i] == ',' || kBlanks.find(format_[i]) != std::string_view::npos)) return i;
    }
    return format_.size();
  }

  // `at_` is its quote; afterwards it stands behind the closing one.
  std::optional<std::string> ReadString() {
    std::string text;
    for (size_t i = at_ + 1; i < format_.size(); ++i) {
      if (format_[i] == '"') {
        at_ = i + 1;
        return text;
      }
      if (format_[i] == '\\' && i + 1 < format_.size()) ++i;
      text.push_back(format_[i]);
    }
    return std::nullopt;
  }

  // If the value is one field and nothing else.
  Status AddKey(const std::string& path, std::string_view value, size_t at) {
    StatusOr<FieldProgram> program = CompileSteps(value);
    if (!program.ok()) return FormatError(format_, at, "its value is no field: " + Message(program.status()));
    const bool in_brackets = program->steps.size() == 1 && program->steps[0].literal == "[" && program->tail == "]" &&
                             program->steps[0].Is(Field::kTime);
    const bool alone = program->steps.size() == 1 && program->steps[0].literal.empty() && program->tail.empty();
    if ((alone || in_brackets) && program->steps[0].field.has_value()) {
      FieldSpec spec = *program->steps[0].field;
      if (spec.reading == Reading::kClfTime) spec.reading = Reading::kTime;
      keys_.push_back(NamedKey{path, spec});
    }
    return OkStatus();
  }

  std::string_view format_;
  size_t at_ = 0;
  std::vector<NamedKey> keys_;
};

}  // namespace

bool IsJsonDefinition(std::string_view format) {
  const size_t brace = SkipBlanks(format, 0);
  if (brace == format.size()) return false;
  const std::string_view inside = format.substr(SkipBlanks(format, brace + 1));
  return format.substr(brace, 1) == "{" && (inside.substr(0, 1) == "\"" || inside.substr(0, 2) == "\\\"");
}

StatusOr<std::vector<NamedKey>> CompileJsonDefinition(std::string_view format) {
  if (format.find('"') != format.find("\\\"") + 1) return DefinitionReader(format).Read();
  std::string plain;  // of an Apache configuration: { \"time\": … }
  for (size_t i = 0; i < format.size(); ++i) {
    if (format.substr(i, 2) == "\\\"") ++i;
    plain.push_back(format[i]);
  }
  return DefinitionReader(plain).Read();
}

}  // namespace logstat
