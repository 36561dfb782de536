// Text of any bytes, escaped for a terminal and for JSON: valid UTF-8 in which nothing can steer a terminal, from which
// the text can be got back, and which can be cut at any width.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "src/report/escape.h"

namespace {

void Fail(const char* what, const std::string& text) {
  std::fprintf(stderr, "%s: %s\n", what, text.c_str());
  std::abort();
}

// Written apart from escape.cc on purpose. Accepts what the text may hold: no controls, no C1, no bidirectional marks.
bool IsSafe(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const auto byte = [&](size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    const unsigned lead = byte(i);
    if (lead < 0x20 || lead == 0x7f) return false;
    const size_t length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0) return false;
    unsigned value = length == 1 ? lead : lead & (0x7fu >> length);
    for (size_t k = 1; k < length; ++k) {
      if ((byte(i + k) & 0xc0) != 0x80) return false;
      value = value << 6 | (byte(i + k) & 0x3f);
    }
    if (value >= 0x80 && value < 0xa0) return false;
    if ((value >= 0x202a && value <= 0x202e) || (value >= 0x2066 && value <= 0x2069) || value == 0x200f) return false;
    i += length;
  }
  return true;
}

bool IsHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// The reverse of the rule in escape.h: a run of backslashes in front of an escape, or what reads like one, was doubled.
std::string Unescape(std::string_view text) {
  std::string raw;
  for (size_t i = 0; i < text.size();) {
    if (text[i] != '\\') {
      raw += text[i++];
      continue;
    }
    size_t run = text.find_first_not_of('\\', i);
    run = (run == std::string_view::npos ? text.size() : run) - i;
    const std::string_view after = text.substr(i + run);
    const bool reads_like_escape = after.size() >= 3 && after[0] == 'x' && IsHex(after[1]) && IsHex(after[2]);
    i += run;
    if (!reads_like_escape) {
      raw.append(run, '\\');
      continue;
    }
    raw.append(run / 2, '\\');
    if (run % 2 == 0) continue;
    raw += static_cast<char>(std::stoi(std::string(after.substr(1, 2)), nullptr, 16));
    i += 3;
  }
  return raw;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  for (const std::string& escaped : {logstat::EscapeForTerminal(raw), logstat::EscapeForJson(raw)}) {
    if (!IsSafe(escaped)) Fail("not safe", escaped);
    if (Unescape(escaped) != raw) Fail("cannot be undone", escaped);
    for (size_t cells : {size_t{0}, size_t{1}, size_t{7}, size / 2}) {
      const std::string cut = logstat::CutToCells(escaped, cells);
      if (!IsSafe(cut)) Fail("not safe when cut", cut);
      if (logstat::CellCount(cut) > cells) Fail("cut too wide", cut);
    }
  }
  return 0;
}
