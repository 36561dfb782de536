#include "src/format/json_scanner.h"

#include <algorithm>

#include "src/format/json_text.h"

namespace logstat {

// Takes the string that opens at the cursor; false, and nothing is taken, if it is not closed.
bool JsonScanner::TakeString(const Key* key, NamedValue* value) {
  bool escaped = false;
  const size_t begin = at_ + 1;
  const size_t end = FindStringEnd(line_, begin, &escaped);
  if (end == std::string_view::npos) return false;
  value->kind = escaped ? NamedValue::kEscapedJsonString : NamedValue::kJsonString;
  value->text = line_.substr(begin, end - begin);
  if (shape_ != nullptr) shape_->Add(line_, JsonTemplate::Value::kString, key, begin, end);
  at_ = end + 1;
  return true;
}

// Takes a value without quotes; false if the line is cut in it.
bool JsonScanner::TakeScalar(const Key* key, bool in_array, NamedValue* value) {
  const size_t begin = at_;
  at_ = FindScalarEnd(line_, begin, in_array);
  if (at_ >= line_.size()) return false;
  size_t end = at_;
  while (end > begin && IsJsonSpace(line_[end - 1])) --end;
  value->kind = NamedValue::kJsonScalar;
  value->text = line_.substr(begin, end - begin);
  if (shape_ != nullptr) shape_->Add(line_, JsonTemplate::Value::kScalar, key, begin, end);
  return true;
}

// The first element of the array behind whose bracket the cursor stands, if it is a string or a scalar.
bool JsonScanner::TakeFirstOfArray(const Key* key, NamedValue* value) {
  SkipSpace();
  if (Here() == '"') return TakeString(key, value);
  return TakeScalar(key, true, value) && !value->text.empty();
}

// Moves behind the bracket that closes the container in which the cursor stands; false if the line ends before.
bool JsonScanner::PassContainer() {
  const size_t begin = at_;
  const size_t end = SkipContainer(line_, begin, 1);
  at_ = std::min(end, line_.size());
  if (end == std::string_view::npos) return false;
  if (shape_ != nullptr) shape_->Add(line_, JsonTemplate::Value::kContainer, nullptr, begin, end);
  return true;
}

const Key* JsonScanner::LookUp(std::string_view name, bool escaped) {
  if (escaped) name = UnescapeJson(name, unescaped_);
  if (parents_.empty()) return table_.Find(name);
  path_.assign(parents_.back()->path).append(1, '.').append(name);
  return table_.Find(path_);
}

// Takes the key at the cursor and its colon; false if there is none.
bool JsonScanner::TakeKey(const Key** key) {
  if (Here() != '"') return false;
  bool escaped = false;
  const size_t begin = at_ + 1;
  const size_t end = FindStringEnd(line_, begin, &escaped);
  if (end == std::string_view::npos) return false;
  at_ = end + 1;
  SkipSpace();
  if (Here() != ':') return false;
  ++at_;
  *key = LookUp(line_.substr(begin, end - begin), escaped);
  return true;
}

// Something stands where it cannot: the innermost object ends here, and its rest is passed over.
JsonScanner::Step JsonScanner::Forgive() {
  forgiven_ = true;
  if (parents_.empty() || !PassContainer()) return Step::kEnd;
  parents_.pop_back();
  return Step::kValueEnd;
}

JsonScanner::Step JsonScanner::EndObject() {
  ++at_;
  if (!parents_.empty()) {
    parents_.pop_back();
    return Step::kValueEnd;
  }
  SkipSpace();
  scan_.closed = true;
  scan_.complete = !forgiven_ && at_ == line_.size();
  return Step::kEnd;
}

JsonScanner::Step JsonScanner::EndValue() {
  SkipSpace();
  if (Here() == '}') return EndObject();
  if (Here() != ',') return Forgive();
  ++at_;
  return Step::kMember;
}

JsonScanner::Step JsonScanner::ReadMember(NamedFields& fields, bool may_stop) {
  SkipSpace();
  if (Here() == '}') return EndObject();
  const Key* key = nullptr;
  if (!TakeKey(&key)) return Forgive();
  SkipSpace();
  if (key != nullptr) scan_.marks |= key->mark;
  return ReadValue(key, fields, may_stop);
}

JsonScanner::Step JsonScanner::ReadValue(const Key* key, NamedFields& fields, bool may_stop) {
  const Key* field = key != nullptr && fields.Asks(*key) ? key : nullptr;
  NamedValue value;
  bool taken = true;
  switch (Here()) {
    case '{':
      ++at_;
      if (key != nullptr && (fields.Wants(*key) || (!may_stop && key->marks_below != 0))) {
        parents_.push_back(key);
        return Step::kMember;
      }
      taken = PassContainer();
      field = nullptr;
      break;
    case '[':
      ++at_;
      if (field != nullptr && !TakeFirstOfArray(field, &value)) field = nullptr;
      taken = PassContainer();
      break;
    case '"':
      taken = TakeString(field, &value);
      break;
    default:
      taken = TakeScalar(field, false, &value);
      break;
  }
  if (!taken) return Forgive();
  if (field == nullptr) return Step::kValueEnd;
  fields.Add(*field, value);
  if (!may_stop || !fields.complete()) return Step::kValueEnd;
  scan_.stopped = true;
  return Step::kEnd;
}

JsonScan JsonScanner::Scan(std::string_view line, NamedFields& fields, bool may_stop, JsonTemplate* shape) {
  line_ = line;
  at_ = 0;
  parents_.clear();
  scan_ = JsonScan{};
  forgiven_ = false;
  shape_ = shape;
  if (shape != nullptr) shape->Forget();
  SkipSpace();
  if (Here() != '{') return scan_;
  ++at_;
  scan_.opened = true;
  Step step = Step::kMember;
  while (step != Step::kEnd) step = step == Step::kMember ? ReadMember(fields, may_stop) : EndValue();
  if (shape != nullptr && scan_.stopped && !forgiven_) shape->EndStopped();
  if (shape != nullptr && scan_.complete) shape->EndWhole(line);
  return scan_;
}

}  // namespace logstat
