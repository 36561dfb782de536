#include "src/format/json_members.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace logstat {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr uint32_t kReplacement = 0xfffd;

// Four hexadecimal digits; above 0xffff if they are none.
uint32_t ParseHex4(std::string_view text) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return text.size() == 4 && error == std::errc() && end == text.data() + 4 ? value : 0x10000;
}

void AppendUtf8(uint32_t code, std::string& text) {
  const auto tail = [&](unsigned shift) { text.push_back(static_cast<char>(0x80 | ((code >> shift) & 0x3f))); };
  if (code < 0x80) {
    text.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    text.push_back(static_cast<char>(0xc0 | (code >> 6)));
    tail(0);
  } else if (code < 0x10000) {
    text.push_back(static_cast<char>(0xe0 | (code >> 12)));
    tail(6);
    tail(0);
  } else {
    text.push_back(static_cast<char>(0xf0 | (code >> 18)));
    tail(12);
    tail(6);
    tail(0);
  }
}

// Appends what the escape at the start of `rest`, "\u" and so on, stands for; returns its length, 0 if it is none.
size_t AppendUnicode(std::string_view rest, std::string& text) {
  const uint32_t code = ParseHex4(rest.substr(2, 4));
  if (code > 0xffff) return 0;
  if (code < 0xd800 || code > 0xdfff) {
    AppendUtf8(code, text);
    return 6;
  }
  const uint32_t low = rest.substr(6, 2) == "\\u" ? ParseHex4(rest.substr(8, 4)) : 0;
  if (code > 0xdbff || low < 0xdc00 || low > 0xdfff) {
    AppendUtf8(kReplacement, text);
    return 6;
  }
  AppendUtf8(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00), text);
  return 12;
}

}  // namespace

JsonMembers::JsonMembers(std::string_view object) : text_(object) {
  SkipBlanks();
  open_ = Skip('{');
}

void JsonMembers::SkipBlanks() {
  while (at_ < text_.size() && kBlanks.find(text_[at_]) != std::string_view::npos) ++at_;
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

void AppendUnescaped(std::string_view escaped, std::string& text) {
  static constexpr std::string_view kEscapes = "\"\\/bfnrt";
  static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  while (true) {
    const size_t backslash = std::min(escaped.find('\\'), escaped.size());
    text.append(escaped.substr(0, backslash));
    escaped.remove_prefix(backslash);
    if (escaped.empty()) return;
    size_t used = 0;
    if (escaped.size() > 1) {
      const size_t known = kEscapes.find(escaped[1]);
      if (known != std::string_view::npos) {
        text.push_back(kMeanings[known]);
        used = 2;
      } else if (escaped[1] == 'u') {
        used = AppendUnicode(escaped, text);
      }
    }
    if (used == 0) text.push_back(escaped[used++]);
    escaped.remove_prefix(used);
  }
}

}  // namespace logstat
