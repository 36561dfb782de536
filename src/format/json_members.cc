#include "src/format/json_members.h"

#include <algorithm>

namespace logstat {
namespace {

constexpr std::string_view kMemberBlanks = " \t\r\n";

}  // namespace

JsonMembers::JsonMembers(std::string_view object) : text_(object) {
  SkipBlanks();
  open_ = Skip('{');
}

void JsonMembers::SkipBlanks() {
  while (at_ < text_.size() && kMemberBlanks.find(text_[at_]) != std::string_view::npos) ++at_;
}

bool JsonMembers::Skip(char c) {
  if (at_ >= text_.size() || text_[at_] != c) return false;
  ++at_;
  return true;
}

bool JsonMembers::ReadString(std::string_view* text) {
  const size_t begin = at_;
  if (!Skip('"')) return false;
  for (size_t quote = text_.find('"', at_); quote != std::string_view::npos; quote = text_.find('"', quote + 1)) {
    size_t backslashes = 0;
    while (quote - backslashes > begin + 1 && text_[quote - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 != 0) continue;
    at_ = quote + 1;
    *text = text_.substr(begin, at_ - begin);
    return true;
  }
  return false;
}

// Over an object or array, whose brackets are only counted.
bool JsonMembers::ReadNested() {
  size_t depth = 0;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '"') {
      std::string_view inside;
      if (!ReadString(&inside)) return false;
      continue;
    }
    ++at_;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return true;
  }
  return false;
}

bool JsonMembers::ReadValue(std::string_view* value) {
  const size_t begin = at_;
  if (at_ >= text_.size()) return false;
  if (text_[at_] == '"') return ReadString(value);
  if (text_[at_] == '{' || text_[at_] == '[') {
    if (!ReadNested()) return false;
  } else {
    at_ = std::min(text_.find_first_of(",}] \t\r\n", at_), text_.size());
  }
  *value = text_.substr(begin, at_ - begin);
  return !value->empty();
}

bool JsonMembers::Next(JsonMember* member) {
  if (!open_) return false;
  SkipBlanks();
  if (Skip('}')) {
    open_ = false;
    SkipBlanks();
    complete_ = at_ == text_.size();
    return false;
  }
  open_ = first_ || Skip(',');
  first_ = false;
  SkipBlanks();
  std::string_view key;
  open_ = open_ && ReadString(&key);
  SkipBlanks();
  open_ = open_ && Skip(':');
  SkipBlanks();
  open_ = open_ && ReadValue(&member->value);
  if (open_) member->key = StringOf(key);
  return open_;
}

std::string_view StringOf(std::string_view value) {
  const bool is_string = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return is_string ? value.substr(1, value.size() - 2) : value;
}

}  // namespace logstat
