#include "src/format/json_definition.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "src/base/ascii.h"
#include "src/format/field_program.h"
#include "src/format/program_builder.h"
#include "src/format/time_text.h"

namespace logstat {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

size_t SkipBlanks(std::string_view text, size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

bool IsRequestLine(const FieldProgram& program) {
  const std::vector<ProgramStep>& steps = program.steps;
  if (!program.tail.empty() || (steps.size() != 2 && steps.size() != 3) || !steps[0].literal.empty()) return false;
  const bool blanks = std::all_of(steps.begin() + 1, steps.end(), [](const auto& step) { return step.literal == " "; });
  const bool has_target = steps[1].Is(Field::kTarget) || steps[1].Is(Field::kPath);
  return blanks && steps[0].Is(Field::kMethod) && has_target && (steps.size() == 2 || steps[2].Is(Field::kProtocol));
}

// The field that a value is as a whole: a time may have its brackets or its offset around it, and the parts of a
// request line are one.
std::optional<FieldSpec> FieldOf(const FieldProgram& program) {
  if (IsRequestLine(program)) return FieldSpec{Field::kTarget, Reading::kRequest};
  if (program.steps.size() != 1 || !program.steps[0].field.has_value()) return std::nullopt;
  const ProgramStep& step = program.steps[0];
  FieldSpec spec = *step.field;
  if (spec.field == Field::kTime) {
    spec.reading = Reading::kTime;
    const bool in_brackets = step.literal == "[" && program.tail == "]";
    const bool with_offset = step.literal.empty() && ParseOffset(TrimBlanks(program.tail)) != kNoTime;
    return in_brackets || with_offset ? std::optional(spec) : std::nullopt;
  }
  return step.literal.empty() && program.tail.empty() ? std::optional(spec) : std::nullopt;
}

// Walks the definition once, from the left.
class DefinitionReader {
 public:
  explicit DefinitionReader(std::string_view format) : format_(format), dialect_(DialectOf(format)) {}

  StatusOr<std::vector<NamedKey>> Read() {
    at_ = SkipBlanks(format_, 0);
    const Status status = ReadObject("");
    if (!status.ok()) return status;
    std::vector<NamedKey> keys;
    for (RankedKey& ranked : keys_) keys.push_back(std::move(ranked.key));
    const auto is_status = [](const NamedKey& key) { return key.spec.field == Field::kStatus; };
    const auto is_client = [](const NamedKey& key) { return key.spec.field == Field::kClient; };
    const bool has_client = std::any_of(keys.begin(), keys.end(), is_client);
    for (NamedKey& key : keys) {  // as TakeClientFromForwarded()
      if (!has_client && key.spec.field == Field::kXff) key.spec.reading = Reading::kForwarded;
    }
    if (std::none_of(keys.begin(), keys.end(), is_status)) {
      return FormatError(format_, format_.size(),
                         "it must hold the status, as $status or %>s, by which lines are counted");
    }
    return keys;
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
    StatusOr<FieldProgram> program = CompileSteps(value, dialect_);
    if (!program.ok()) return FormatError(format_, at, "its value is no field: " + Message(program.status()));
    const std::optional<FieldSpec> spec = FieldOf(*program);
    if (!spec.has_value()) return OkStatus();
    // Of several for one column the one that says more counts, as in DropRepeatedFields().
    const int rank = program->steps[0].rank;
    const auto is_same = [&](const RankedKey& known) { return known.key.spec.field == spec->field; };
    const auto says_more = [&](const RankedKey& known) { return is_same(known) && known.rank > rank; };
    if (std::any_of(keys_.begin(), keys_.end(), says_more)) return OkStatus();
    std::erase_if(keys_, [&](const RankedKey& known) { return is_same(known) && known.rank < rank; });
    keys_.push_back(RankedKey{NamedKey{path, *spec}, rank});
    return OkStatus();
  }

  struct RankedKey {
    NamedKey key;
    int rank = 0;
  };

  std::string_view format_;
  FormatDialect dialect_;
  size_t at_ = 0;
  std::vector<RankedKey> keys_;
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
