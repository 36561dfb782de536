#include "src/format/head.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "src/base/find_byte.h"
#include "src/format/address.h"
#include "src/format/clf_time.h"

namespace logstat {
namespace {

// The first names of a head: no format has more than host, client, identity before the user.
constexpr size_t kMostNames = 4;

bool HasPort(std::string_view name) { return WithoutPort(name).size() != name.size(); }

// The head as a string with a letter per field: `$c $x $u [$t] "`. No literal holds a '$': a format with one is
// nginx's, where it starts a variable.
std::string HeadPattern(const FieldProgram& program) {
  const auto letter = [](const ProgramStep& step) {
    if (!step.field.has_value()) return 'x';
    return step.Is(Field::kClient) || step.field->reading == Reading::kForwarded ? 'c'
           : step.Is(Field::kUser)                                               ? 'u'
           : step.Is(Field::kTime)                                               ? 't'
           : step.Is(Field::kHost)                                               ? 'h'
                                                                                 : '?';
  };
  std::string pattern;
  for (size_t i = 0; i < program.request; ++i) {
    pattern += program.steps[i].literal;
    pattern += '$';
    pattern += letter(program.steps[i]);
  }
  return pattern + program.steps[program.request].literal;
}

// The next name, and what stands behind it without the blanks between. A name that ends in a comma goes on: it is a
// list of forwarded addresses, which is one field.
std::string_view TakeName(std::string_view& text) {
  size_t end = 0;
  while (end < text.size()) {
    end = std::min(FindByte(text, ' ', end), text.size());
    if (end == 0 || text[end - 1] != ',') break;
    size_t next = end;
    while (next < text.size() && text[next] == ' ') ++next;
    if (next == text.size()) break;
    end = next;
  }
  const std::string_view name = text.substr(0, end);
  while (end < text.size() && text[end] == ' ') ++end;
  text.remove_prefix(end);
  return name;
}

// Also takes off what a writer without O_APPEND leaves before its first line after a truncation: a run of NULs.
std::string_view TrimNulsAndBlanks(std::string_view text) {
  size_t begin = 0;
  while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\t' || text[begin] == '\0')) ++begin;
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

// Whether the first of `count` names is a virtual host: always if the program has one there, unless the line is one
// name short; else only where it shows. A list of addresses is none.
bool HostStandsFirst(const std::array<std::string_view, kMostNames>& names, size_t count, bool expected) {
  if (count < 2 || names[0].find(',') != std::string_view::npos) return false;
  const bool is_address = LooksLikeAddress(names[0]);
  if (!is_address && names[0] != "-" && LooksLikeAddress(names[1])) return true;
  if (expected && count == 2) return HasPort(names[0]);
  if (names[1] == "-") return expected && count >= 4 && !is_address;
  return expected || (count >= 4 && ((HasPort(names[0]) && !is_address) || LooksLikeAddress(names[1])));
}

}  // namespace

HeadRules MakeHeadRules(const FieldProgram& program) {
  std::string pattern = HeadPattern(program);
  HeadRules rules;
  for (const std::string_view host : {"$h:$x ", "$h "}) {
    if (pattern.compare(0, host.size(), host) != 0) continue;
    rules.host_first = true;
    pattern.erase(0, host.size());
    break;
  }
  // Apache has a directive for the identity, nginx writes a literal '-' in its place.
  for (size_t i = 0; i < program.request; ++i) {
    const std::optional<FieldSpec>& field = program.steps[i].field;
    if (field.has_value() && field->reading == Reading::kForwarded) rules.client_is_forwarded = true;
  }
  rules.known = pattern == "$c $x $u [$t] \"" || pattern == "$c - $u [$t] \"";
  return rules;
}

Head ReadHead(std::string_view text, const HeadRules& rules) {
  Head head;
  std::string_view names_text = text;
  const size_t open = text.rfind('[');
  if (open != std::string_view::npos) {
    const size_t close = text.find(']', open);
    if (close != std::string_view::npos) {
      head.time = text.substr(open + 1, close - open - 1);
      names_text = text.substr(0, open);
    }
  }
  names_text = TrimNulsAndBlanks(names_text);
  const std::string_view first = names_text.substr(0, kClfTimeBytes);
  if (head.time.empty() && ClfTimeReader().Read(first) != kNoTime) {  // without its brackets
    head.time = first;
    names_text = TrimNulsAndBlanks(names_text.substr(kClfTimeBytes));
  }
  std::array<std::string_view, kMostNames> names;
  std::array<std::string_view, kMostNames + 1> rest;  // rest[i] is what stands from name i on
  size_t count = 0;
  rest[0] = names_text;
  while (count < kMostNames && !names_text.empty()) {
    names[count++] = TakeName(names_text);
    rest[count] = names_text;
  }
  if (count == 0) return head;
  const size_t client = HostStandsFirst(names, count, rules.host_first) ? 1 : 0;
  if (client == 1) head.host = WithoutPort(names[0]);
  head.client = rules.client_is_forwarded ? FirstForwarded(names[client]) : ClientAddress(names[client]);
  head.forwarded = names[client];
  if (count > client + 2) head.user = rest[client + 2];  // behind the identity
  return head;
}

}  // namespace logstat
