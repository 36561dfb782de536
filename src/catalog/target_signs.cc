#include "src/catalog/target_signs.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "re2/re2.h"
#include "src/base/percent_code.h"

namespace logstat {
namespace {

enum Sign : uint8_t {
  kOdd = 1,
  kPercent = 2,  // what it stands for decides
  kDot = 4,      // odd if another one follows
  kBlank = 8,    // of use between words only, ";" before them
  kColon = 16,   // odd before two slashes
};

alignas(64) constexpr std::array<uint8_t, 256> kSigns = [] {
  std::array<uint8_t, 256> signs{};
  for (size_t c = 0; c < 0x20; ++c) signs[c] = kOdd;
  signs[0x7F] = kOdd;
  for (const char c : std::string_view("\"'<>`\\|${}()*^")) signs[static_cast<uint8_t>(c)] = kOdd;
  signs['%'] = kPercent;
  signs['.'] = kDot;
  signs['+'] = signs[' '] = signs[';'] = kBlank;
  signs[':'] = kColon;
  return signs;
}();

bool HasQueryWords(std::string_view target) {
  static const auto* const kWords = new RE2(
      "(?i)select|union|insert|delete|update|drop|sleep|benchmark|waitfor|order|having|exec|and|or|cat|curl|wget|ping|"
      "allow_url|;\\s*(?:id|ls|nc|sh|rm|bash|uname|whoami|chmod|echo|perl|python|nslookup)\\b",
      RE2::Quiet);
  return RE2::PartialMatch(target, *kWords);
}

// A byte that is percent-encoded: odd itself, a percent sign encoded again, or a dot or letter that had no need.
bool IsOddEncoding(uint8_t byte) {
  const bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '.';
  const bool is_overlong =
      byte == 0xC0 || byte == 0xC1;  // begin no character of UTF-8, but spell "." and "/" in two bytes
  return is_plain || is_overlong || (kSigns[byte] & (kOdd | kPercent)) != 0;
}

}  // namespace

TargetSigns SignsOf(std::string_view target) {
  // One pass says which of the signs there are; most targets have a dot at most.
  constexpr size_t kAtOnce = 8;  // a load and an "or" for each byte, in four chains that do not wait for each other
  std::array<unsigned, kAtOnce / 2> found{};
  const auto* const bytes = reinterpret_cast<const uint8_t*>(target.data());
  size_t i = 0;
  for (; i + kAtOnce <= target.size(); i += kAtOnce) {
    for (size_t j = 0; j < kAtOnce; ++j) found[j % found.size()] |= kSigns[bytes[i + j]];
  }
  for (; i < target.size(); ++i) found[0] |= kSigns[bytes[i]];
  const unsigned any = found[0] | found[1] | found[2] | found[3];
  if (any == 0) return TargetSigns::kNone;
  if ((any & kOdd) != 0) return TargetSigns::kOdd;
  if ((any & kDot) != 0 && target.find("..") != std::string_view::npos) return TargetSigns::kOdd;
  if ((any & kColon) != 0 && target.find("://") != std::string_view::npos) return TargetSigns::kOdd;
  bool blank = (any & kBlank) != 0;
  if ((any & kPercent) != 0) {
    for (size_t at = target.find('%'); at != std::string_view::npos; at = target.find('%', at + 1)) {
      const int byte = PercentByte(target, at);
      if (byte < 0) continue;
      if (IsOddEncoding(static_cast<uint8_t>(byte))) return TargetSigns::kOdd;
      blank = blank || byte == ' ' || byte == '+';
    }
  }
  return blank ? TargetSigns::kBlank : TargetSigns::kNone;
}

bool IsOddTarget(TargetSigns signs, std::string_view target) {
  return signs == TargetSigns::kOdd || (signs == TargetSigns::kBlank && HasQueryWords(target));
}

bool HasOddSigns(std::string_view target) { return IsOddTarget(SignsOf(target), target); }

bool HasOddSigns(std::string_view target, size_t path_size) {
  const std::string_view rest = target.substr(path_size);
  if (!rest.starts_with('?')) return HasOddSigns(target);  // a sign might begin in the path
  return IsOddTarget(SignsOf(rest), target);
}

}  // namespace logstat
