#include "src/format/json_template.h"

#include <algorithm>

#include "src/format/json_tokens.h"

namespace logstat {
namespace {

// A line with more is read by the scanner.
constexpr size_t kMostSteps = 256;
constexpr size_t kMostLiteralBytes = 8192;

// Of a scalar on a line that is like the one that was learned: the literal behind it is compared next, so the comma's
// rule needs no look ahead.
size_t FindPlainScalarEnd(std::string_view line, size_t from) {
  for (; from < line.size(); ++from) {
    switch (line[from]) {
      case ',':
      case '}':
      case ']':
      case '"':
      case '{':
      case '[':
      case ' ':
      case '\t':
        return from;
      default:
        break;
    }
  }
  return from;
}

// Whether the scanner ends the value here, too, where no literal follows to say so.
bool EndsHere(JsonTemplate::Value value, std::string_view line, size_t at) {
  if (value == JsonTemplate::Value::kString) return ClosesString(line, at);
  return (line[at] == ',' || line[at] == '}') && FindScalarEnd(line, at, false) == at;
}

}  // namespace

void JsonTemplate::Forget() {
  known_ = false;
  learnable_ = true;
  value_end_ = 0;
  steps_.clear();
  literals_.clear();
}

void JsonTemplate::Add(std::string_view line, Value value, const Key* key, size_t begin, size_t end) {
  const std::string_view literal = line.substr(value_end_, begin - value_end_);
  value_end_ = end;
  if (literal.empty() || steps_.size() >= kMostSteps || literals_.size() + literal.size() > kMostLiteralBytes) {
    learnable_ = false;
    return;
  }
  Step step;
  step.literal = static_cast<uint32_t>(literals_.size());
  step.length = static_cast<uint32_t>(literal.size());
  step.value = value;
  step.key = key;
  steps_.push_back(step);
  literals_.append(literal);
}

void JsonTemplate::EndWhole(std::string_view line) {
  tail_ = line.substr(value_end_);
  Finish(false);
}

void JsonTemplate::Finish(bool stopped) {
  stops_ = stopped;
  known_ = learnable_ && !steps_.empty();
  literals_.append(kJsonReadBehind, '\0');
}

bool JsonTemplate::Read(std::string_view line, NamedFields& fields) const {
  size_t at = 0;
  for (const Step& step : steps_) {
    if (step.length > line.size() - at) return false;
    if (!SameBytes(line.data() + at, literals_.data() + step.literal, step.length)) return false;
    at += step.length;
    NamedValue value;
    const size_t begin = at;
    switch (step.value) {
      case Value::kString:
        value.kind = NamedValue::kJsonString;
        at = FindQuoteOrBackslash(line.data(), at, line.size());
        if (at >= line.size() || line[at] == '\\') return false;
        break;
      case Value::kScalar:
        value.kind = NamedValue::kJsonScalar;
        at = FindPlainScalarEnd(line, at);
        if (at >= line.size()) return false;
        break;
      case Value::kContainer:
        at = SkipContainer(line, at, 1);
        if (at == std::string_view::npos) return false;
        break;
    }
    if (step.key == nullptr) continue;
    value.text = line.substr(begin, at - begin);
    fields.Add(*step.key, value);
    if (fields.complete()) return EndsHere(step.value, line, at);
  }
  return !stops_ && line.substr(at) == tail_;
}

}  // namespace logstat
