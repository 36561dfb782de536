#include "src/report/mask_secrets.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "src/base/percent_code.h"

namespace logstat {
namespace {

constexpr std::string_view kMask = "***";

// Names that end with one of these are secrets, without case and signs: access_token, client-secret, X-Amz-Signature.
constexpr std::array<std::string_view, 22> kSecretEndings = {
    "token",     "password", "passwd", "passphrase", "passcode",  "pwd",          "secret", "apikey",
    "accesskey", "authkey",  "jwt",    "signature",  "assertion", "sessionid",    "sessid", "sessionkey",
    "secretkey", "authcode", "bearer", "credential", "ticket",    "authorization"};

// Names that are also ordinary words.
constexpr std::array<std::string_view, 12> kSecretInQuery = {"key",  "code", "auth", "session", "sid",  "sig",
                                                             "pass", "pw",   "otp",  "pin",     "hmac", "credentials"};

// A character of the text in any of its spellings.
struct EscapedUnit {
  char value = 0;
  size_t bytes = 1;   // as spelled
  size_t levels = 0;  // how often it is percent-encoded
};

// "\u0026": as JSON may write "&", "=", "<" and the like. `text` starts with "\".
EscapedUnit BackslashUnit(std::string_view text) {
  const int byte = text.substr(1, 3) == "u00" ? HexByte(text, 4) : -1;
  if (byte >= 0) return {static_cast<char>(byte), 6, 0};
  // What is escaped does not end anything.
  return {'\\', std::min<size_t>(text.size(), 2), 0};
}

EscapedUnit NextEscapedUnit(std::string_view text) {
  if (text[0] == '%') {
    const PercentCode code = ReadPercentCode(text);
    return {code.value, code.bytes, code.levels};
  }
  if (text[0] == '\\') return BackslashUnit(text);
  return {text[0], 1, 0};
}

bool IsAlphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsNameCharacter(char c) {
  return IsAlphanumeric(c) || std::string_view("-_.[]$~!*").find(c) != std::string_view::npos;
}
bool StartsQueryName(char c) { return std::string_view("?&;#:\"'").find(c) != std::string_view::npos; }

// The name of the parameter that is being read, as it is compared: lower case, letters and digits, in parts, because
// user[password] and credentials.token are named by their last one.
class Name {
 public:
  void Clear(bool in_query) {
    part_.clear();
    in_query_ = in_query;
    secret_part_ = false;
  }
  void Add(char c) {
    if (c == '[' || c == ']' || c == '.') {
      EndPart();
    } else if (c >= 'A' && c <= 'Z') {
      part_ += static_cast<char>(c - 'A' + 'a');
    } else if (IsAlphanumeric(c)) {
      part_ += c;
    }
  }
  bool IsSecret() {
    EndPart();
    return secret_part_;
  }

 private:
  void EndPart() {
    if (part_.empty()) return;
    const auto is_ending = [&](std::string_view ending) { return part_.ends_with(ending); };
    secret_part_ =
        secret_part_ || std::any_of(kSecretEndings.begin(), kSecretEndings.end(), is_ending) ||
        (in_query_ && std::find(kSecretInQuery.begin(), kSecretInQuery.end(), part_) != kSecretInQuery.end());
    part_.clear();
  }

  std::string part_;
  bool in_query_ = true;
  bool secret_part_ = false;
};

// Whether `text` starts with a name and "=".
bool StartsWithParameter(std::string_view text) {
  size_t end = 0;
  while (end < text.size() && IsNameCharacter(text[end])) ++end;
  return end > 0 && end < text.size() && text[end] == '=';
}

// Where the value at the front of `text` ends; its "=" was percent-encoded `levels` times, and what is encoded more
// often is part of the value.
size_t ValueEnd(std::string_view text, size_t levels) {
  size_t at = 0;
  while (at < text.size()) {
    const EscapedUnit unit = NextEscapedUnit(text.substr(at));
    const bool may_end = unit.levels <= levels;
    const bool plain = unit.levels == 0 && unit.bytes == 1;
    if (may_end && unit.value == '&') return at;
    if (plain && (static_cast<unsigned char>(unit.value) <= ' ' || unit.value == '"' || unit.value == '\x7f'))
      return at;
    if (plain && unit.value == ';' && StartsWithParameter(text.substr(at + 1))) return at;
    at += unit.bytes;
  }
  return at;
}

}  // namespace

std::string MaskSecrets(std::string_view raw) {
  if (raw.find_first_of("=%\\") == std::string_view::npos) return std::string(raw);
  std::string out;
  out.reserve(raw.size());
  Name name;
  size_t at = 0;
  while (at < raw.size()) {
    const EscapedUnit unit = NextEscapedUnit(raw.substr(at));
    out += raw.substr(at, unit.bytes);
    at += unit.bytes;
    if (unit.value == '=') {
      const size_t value = name.IsSecret() ? ValueEnd(raw.substr(at), unit.levels) : 0;
      if (value != 0) out += kMask;
      at += value;
      name.Clear(false);
    } else if (IsNameCharacter(unit.value)) {
      name.Add(unit.value);
    } else {
      name.Clear(StartsQueryName(unit.value));
    }
  }
  return out;
}

}  // namespace logstat
