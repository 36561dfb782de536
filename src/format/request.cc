#include "src/format/request.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "src/base/ascii.h"
#include "src/base/find_byte.h"

namespace logstat {
namespace {

constexpr size_t kLongestMethod = 32;

constexpr std::array<bool, 256> MakeTokenBytes() {
  std::array<bool, 256> token{};
  for (int c = '0'; c <= '9'; ++c) token[c] = true;
  for (int c = 'A'; c <= 'Z'; ++c) token[c] = token[c + 32] = true;
  for (char c : std::string_view("!#$%&'*+-.^_`|~")) token[static_cast<unsigned char>(c)] = true;
  return token;
}
constexpr std::array<bool, 256> kTokenBytes = MakeTokenBytes();

// Length of a leading "scheme:", 0 if there is none before "//".
size_t SchemeLength(std::string_view target) {
  if (target[0] == '/') return 0;  // most of them
  const size_t colon = FindByte(target, ':');
  if (colon == std::string_view::npos || colon == 0 || target.substr(colon + 1, 2) != "//") return 0;
  const bool letter_first = (target[0] | 0x20) >= 'a' && (target[0] | 0x20) <= 'z';
  const bool token = std::all_of(target.begin(), target.begin() + static_cast<std::ptrdiff_t>(colon),
                                 [](unsigned char c) { return IsTokenByte(c); });
  return letter_first && token ? colon + 1 : 0;
}

}  // namespace

bool IsTokenByte(uint8_t byte) { return kTokenBytes[byte]; }

bool IsProtocol(std::string_view text) {
  if (text.size() < 6 || text.substr(0, 5) != "HTTP/") return false;
  return std::all_of(text.begin() + 5, text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

void SplitTarget(std::string_view target, bool is_connect, RequestParts& parts) {
  if (target.empty()) return;
  parts.target = target;
  if (is_connect || target == "*") {
    parts.path = target;
    return;
  }
  const size_t scheme = SchemeLength(target);
  if (scheme > 0) {
    parts.scheme = target.substr(0, scheme - 1);
    target.remove_prefix(scheme + 2);
    const auto end = std::find_if(target.begin(), target.end(), [](char c) { return c == '/' || c == '?'; });
    const auto authority = static_cast<size_t>(end - target.begin());
    parts.authority = target.substr(0, authority);
    target.remove_prefix(authority);
  }
  const size_t mark = FindByte(target, '?');
  if (mark != std::string_view::npos) parts.query = target.substr(mark + 1);
  parts.path = target.substr(0, mark);
  if (parts.path->empty() && scheme > 0) parts.path = "/";  // RFC 9110, 4.2.3: an empty path is "/"
}

RequestParts SplitRequest(std::string_view request) {
  RequestParts parts;
  size_t length = 0;
  while (length < request.size() && length <= kLongestMethod && IsTokenByte(static_cast<uint8_t>(request[length]))) {
    ++length;
  }
  if (length == 0 || length > kLongestMethod || length == request.size() || request[length] != ' ') return parts;
  parts.method = request.substr(0, length);
  std::string_view rest = TrimBlanks(request.substr(length + 1));
  const size_t last_space = rest.rfind(' ');
  const std::string_view last_word = last_space == std::string_view::npos ? rest : rest.substr(last_space + 1);
  if (IsProtocol(last_word)) {
    parts.protocol = last_word;
    rest = TrimBlanks(rest.substr(0, rest.size() - last_word.size()));
  }
  SplitTarget(rest, *parts.method == "CONNECT", parts);
  return parts;
}

}  // namespace logstat
