#include "src/format/wrapper.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "src/base/ascii.h"
#include "src/base/find_byte.h"
#include "src/format/calendar.h"
#include "src/format/json_members.h"
#include "src/format/json_text.h"

namespace logstat {
namespace {

constexpr auto kNpos = std::string_view::npos;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Takes a word and the one space behind it off the front; empty if there is none.
std::string_view TakeWord(std::string_view& text) {
  const size_t space = FindByte(text, ' ');
  const std::string_view word = text.substr(0, space);
  text.remove_prefix(space == kNpos ? text.size() : space + 1);
  return word;
}

// Without its line end, which an escaped payload holds.
std::string_view WithoutLineEnd(std::string_view text) {
  if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  return text;
}

// Whether `text` is digits where `pattern` has a 0, and else the pattern's own bytes.
bool Matches(std::string_view text, std::string_view pattern) {
  return text.size() == pattern.size() && std::equal(text.begin(), text.end(), pattern.begin(),
                                                     [](char c, char p) { return p == '0' ? IsDigit(c) : c == p; });
}

// 2026-11-22T13:00:00, then a fraction or not, then Z or an offset.
bool IsIsoTime(std::string_view word) {
  if (!Matches(word.substr(0, 19), "0000-00-00T00:00:00")) return false;
  word.remove_prefix(19);
  if (word.substr(0, 1) == ".") word.remove_prefix(std::min(word.find_first_not_of("0123456789", 1), word.size()));
  return word == "Z" || Matches(word, "+00:00") || Matches(word, "-00:00") || Matches(word, "+0000") ||
         Matches(word, "-0000");
}

// Takes "Nov 22 13:00:00 " off the front, the day padded by a space or a zero or not at all.
bool TakeBsdTime(std::string_view& text) {
  if (text.size() < 16 || text[3] != ' ' || MonthByName(reinterpret_cast<const uint8_t*>(text.data())) == 0) {
    return false;
  }
  std::string_view rest = text.substr(text[4] == ' ' ? 5 : 4);
  const std::string_view day = TakeWord(rest);
  if (!Matches(day, "0") && !Matches(day, "00")) return false;
  const std::string_view clock = TakeWord(rest);
  if (!Matches(clock.substr(0, 8), "00:00:00") || (clock.size() > 8 && clock[8] != '.')) return false;
  text = rest;
  return true;
}

// Takes "<134>" off the front, if it is there.
bool TakePriority(std::string_view& text) {
  const size_t close = text.substr(0, 5).find('>');
  if (close == kNpos || close < 2 || text[0] != '<') return false;
  if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(close), IsDigit)) return false;
  text.remove_prefix(close + 1);
  return true;
}

// Takes the structured data of RFC 5424 off the front: "-" or [id name="value" …] once or more.
bool TakeStructuredData(std::string_view& text) {
  if (text.substr(0, 1) == "-") {
    text.remove_prefix(1);
    return true;
  }
  size_t at = 0;
  while (at < text.size() && text[at] == '[') {
    bool quoted = false;
    for (++at; at < text.size() && (quoted || text[at] != ']'); ++at) {
      if (text[at] == '"') quoted = !quoted;
      if (text[at] == '\\' && quoted) ++at;
    }
    if (at >= text.size()) return false;
    ++at;
  }
  text.remove_prefix(at);
  return at > 0;
}

// <134>1 2026-11-22T13:00:00.123Z host program 42 - - payload; `text` stands behind the priority.
std::optional<Unwrapped> TakeOffRfc5424(std::string_view text) {
  if (TakeWord(text) != "1") return std::nullopt;
  Unwrapped inside;
  const std::string_view time = TakeWord(text);
  if (IsIsoTime(time)) {
    inside.time = time;
  } else if (time != "-") {
    return std::nullopt;
  }
  for (int i = 0; i < 4; ++i) {  // host, program, process, message id
    if (TakeWord(text).empty()) return std::nullopt;
  }
  if (!TakeStructuredData(text)) return std::nullopt;
  if (!text.empty() && text.front() != ' ') return std::nullopt;
  text.remove_prefix(std::min<size_t>(text.size(), 1));
  if (text.substr(0, 3) == kByteOrderMark) text.remove_prefix(3);
  inside.payload = text;
  return inside;
}

// Nov 22 13:00:00 host program[42]: payload, or the time as ISO 8601; a local sender leaves the host out.
std::optional<Unwrapped> TakeOffSyslog(std::string_view line, std::string& /*scratch*/) {
  const bool has_priority = TakePriority(line);
  if (line.substr(0, 2) == "1 ") return TakeOffRfc5424(line);
  Unwrapped inside;
  if (!TakeBsdTime(line)) {
    inside.time = TakeWord(line);
    if (!IsIsoTime(inside.time)) return std::nullopt;
  }
  std::string_view tag = TakeWord(line);
  if (tag.empty()) return std::nullopt;
  if (tag.back() != ':') {  // that was the host
    // Without a space behind it, a tag may hold a payload that has no space before its first colon: none of ours.
    tag = TakeWord(line);
    if (tag.size() < 2 || tag.back() != ':') return std::nullopt;
  } else if (!has_priority && !inside.time.empty()) {
    return std::nullopt;  // an ISO time and a word with a colon: many an application's own log
  }
  const auto is_foreign = [](char c) { return c == '"' || c == '{' || c == '='; };
  if (std::any_of(tag.begin(), tag.end(), is_foreign)) return std::nullopt;
  inside.payload = line;
  return inside;
}

// {"log":"payload\n","stream":"stdout","time":"2026-11-22T13:00:00.123456789Z"}
std::optional<Unwrapped> TakeOffDocker(std::string_view line, std::string& scratch) {
  JsonMembers members(line);
  JsonMember member;
  std::string_view log;
  std::string_view stream;
  Unwrapped inside;
  while (members.Next(&member)) {
    if (member.key == "log") log = member.value;
    if (member.key == "stream") stream = StringOf(member.value);
    if (member.key == "time") inside.time = StringOf(member.value);
  }
  if (!members.complete() || log.empty() || log.front() != '"' || stream.empty() || inside.time.empty()) {
    return std::nullopt;
  }
  const std::string_view text = UnescapeJson(StringOf(log), scratch);
  inside.stream = stream == "stderr" ? 1 : 0;
  inside.goes_on = !text.empty() && text.back() != '\n';
  inside.payload = inside.goes_on ? text : WithoutLineEnd(text);
  return inside;
}

// A text as an array of its bytes, as the journal writes one that is not UTF-8: [71,69,84].
bool AppendByteArray(std::string_view array, std::string& text) {
  array.remove_prefix(1);
  while (true) {
    array.remove_prefix(std::min(array.find_first_not_of(" ,"), array.size()));
    if (array.empty() || array.front() == ']') return !array.empty();
    uint8_t byte = 0;
    const auto [end, error] = std::from_chars(array.data(), array.data() + array.size(), byte);
    if (error != std::errc()) return false;
    text.push_back(static_cast<char>(byte));
    array.remove_prefix(static_cast<size_t>(end - array.data()));
  }
}

// journalctl -o json: {"__REALTIME_TIMESTAMP":"1795352400123456",…,"MESSAGE":"payload"}
std::optional<Unwrapped> TakeOffJournal(std::string_view line, std::string& scratch) {
  JsonMembers members(line);
  JsonMember member;
  std::string_view message;
  Unwrapped inside;
  while (members.Next(&member)) {
    if (member.key == "MESSAGE") message = member.value;
    if (member.key == "__REALTIME_TIMESTAMP") inside.time = StringOf(member.value);
  }
  if (!members.complete() || message.empty() || inside.time.empty()) return std::nullopt;
  if (message.front() == '"') {
    inside.payload = WithoutLineEnd(UnescapeJson(StringOf(message), scratch));
    return inside;
  }
  scratch.clear();
  if (message.front() != '[' || !AppendByteArray(message, scratch)) return std::nullopt;
  inside.payload = WithoutLineEnd(scratch);
  return inside;
}

// 2026-11-22T13:00:00.123456789Z stdout F payload; P for a part that goes on.
std::optional<Unwrapped> TakeOffCri(std::string_view line, std::string& /*scratch*/) {
  Unwrapped inside;
  inside.time = TakeWord(line);
  if (!IsIsoTime(inside.time)) return std::nullopt;
  const std::string_view stream = TakeWord(line);
  if (stream != "stdout" && stream != "stderr") return std::nullopt;
  const std::string_view tags = TakeWord(line);  // "F", "P", and perhaps more, parted by colons
  const std::string_view tag = tags.substr(0, tags.find(':'));
  if (tag != "F" && tag != "P") return std::nullopt;
  inside.stream = stream == "stderr" ? 1 : 0;
  inside.goes_on = tag == "P";
  inside.payload = line;
  return inside;
}

// kubectl logs --prefix: [pod/name/container] payload
std::optional<Unwrapped> TakeOffPod(std::string_view line, std::string& /*scratch*/) {
  if (line.substr(0, 5) != "[pod/") return std::nullopt;
  const size_t close = line.find("] ");
  if (close == kNpos || line.substr(0, close).find_first_of(" \"") != kNpos) return std::nullopt;
  Unwrapped inside;
  inside.payload = line.substr(close + 2);
  return inside;
}

// Takes terminal sequences off the front: colours, "erase the line".
void TakeEscapes(std::string_view& text) {
  while (text.substr(0, 2) == "\x1b[") {
    const size_t end = text.find_first_not_of("0123456789;", 2);
    if (end == kNpos) return;
    text.remove_prefix(end + 1);
  }
}

// docker compose: service-1  | payload
std::optional<Unwrapped> TakeOffCompose(std::string_view line, std::string& /*scratch*/) {
  TakeEscapes(line);
  const size_t name = std::min(line.find_first_of(" |"), line.size());
  const bool is_name = std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(name), [](char c) {
    return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' ||
           c == '@';
  });
  const size_t bar = line.find_first_not_of(' ', name);
  if (name == 0 || !is_name || bar == kNpos || bar == name || line[bar] != '|') return std::nullopt;
  line.remove_prefix(bar + 1);
  TakeEscapes(line);
  if (line.substr(0, 1) == " ") line.remove_prefix(1);
  Unwrapped inside;
  inside.payload = line;
  return inside;
}

// kubectl logs --timestamps: 2026-11-22T13:00:00.123456789Z payload
std::optional<Unwrapped> TakeOffTimestamp(std::string_view line, std::string& /*scratch*/) {
  Unwrapped inside;
  inside.time = TakeWord(line);
  if (!IsIsoTime(inside.time)) return std::nullopt;
  inside.payload = line;
  return inside;
}

constexpr Wrapper kWrappers[] = {
    {"syslog", false, true, TakeOffSyslog},
    {"Docker JSON", true, false, TakeOffDocker},
    {"CRI", true, false, TakeOffCri},
    {"journald JSON", false, false, TakeOffJournal},
    {"pod prefix", false, true, TakeOffPod},
    {"compose prefix", false, true, TakeOffCompose},
    {"timestamp", false, true, TakeOffTimestamp},
};

}  // namespace

std::span<const Wrapper> Wrappers() { return kWrappers; }

}  // namespace logstat
