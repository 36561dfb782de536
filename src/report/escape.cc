#include "src/report/escape.h"

#include <algorithm>
#include <array>

#include "src/base/percent_code.h"
#include "src/report/char_width.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

constexpr std::string_view kEllipsis = "…";

struct CodePoint {
  char32_t value = 0;
  size_t bytes = 0;  // 0: the text does not start with well-formed UTF-8
};

// Decodes the first code point as Unicode's table of well-formed sequences has it: no overlong forms, no surrogates,
// nothing above U+10FFFF.
CodePoint Decode(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t value = lead & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return {};
  return {value, length};
}

// Whether a code point prints as itself.
bool IsPlain(const CodePoint& point) {
  if (point.bytes == 0 || point.value < 0x20) return false;
  if (point.value >= 0x7F && point.value < 0xA0) return false;
  return point.value < 0x7F || !IsInvisible(point.value);
}

// Whether `text` starts with xNN, the part of an escape behind its backslash.
bool ReadsLikeEscape(std::string_view text) { return text.starts_with('x') && HexByte(text, 1) >= 0; }

void AppendEscaped(std::string_view bytes, std::string& out) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  for (unsigned char byte : bytes) {
    out += "\\x";
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
}

// Appends the run of backslashes at the front of `rest` and returns its length.
size_t AppendBackslashes(std::string_view rest, std::string& out) {
  size_t run = rest.find_first_not_of('\\');
  if (run == std::string_view::npos) run = rest.size();
  const std::string_view after = rest.substr(run);
  const bool ambiguous = ReadsLikeEscape(after) || (!after.empty() && !IsPlain(Decode(after)));
  out.append(ambiguous ? 2 * run : run, '\\');
  return run;
}

// The rule of the header, shared by all media of today.
std::string Escape(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  size_t i = 0;
  while (i < raw.size()) {
    if (raw[i] == '\\') {
      i += AppendBackslashes(raw.substr(i), out);
      continue;
    }
    const CodePoint point = Decode(raw.substr(i));
    const size_t bytes = point.bytes == 0 ? 1 : point.bytes;
    if (IsPlain(point)) {
      out.append(raw, i, bytes);
    } else {
      AppendEscaped(raw.substr(i, bytes), out);
    }
    i += bytes;
  }
  return out;
}

// The next piece of escaped text that must not be split.
struct Unit {
  size_t bytes = 0;
  size_t cells = 0;
};
Unit NextUnit(std::string_view text) {
  if (text[0] == '\\') {
    if (ReadsLikeEscape(text.substr(1))) return {4, 4};
    if (text.size() > 1 && text[1] == '\\') return {2, 2};
    return {1, 1};
  }
  const CodePoint point = Decode(text);
  if (point.bytes == 0) return {1, 1};
  return {point.bytes, CellsOf(point.value)};
}

}  // namespace

std::string EscapeForTerminal(std::string_view raw) { return Escape(raw); }

std::string EscapeForJson(std::string_view raw) { return Escape(raw); }

std::string QuoteForCsv(std::string_view visible) {
  constexpr std::array<std::string_view, 8> kFormulaStarts = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  const bool formula = std::any_of(kFormulaStarts.begin(), kFormulaStarts.end(),
                                   [&](std::string_view start) { return visible.starts_with(start); });
  // A semicolon separates fields where the comma is the decimal sign.
  const bool quoted = visible.find_first_of(",;\"\r\n\t") != std::string_view::npos;
  std::string out;
  if (quoted) out += '"';
  if (formula) out += '\'';
  for (const char c : visible) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quoted) out += '"';
  return out;
}

std::string QuoteForHtml(std::string_view visible) {
  std::string out;
  out.reserve(visible.size());
  for (const char c : visible) {
    const std::string_view reference = c == '&'    ? "&amp;"
                                       : c == '<'  ? "&lt;"
                                       : c == '>'  ? "&gt;"
                                       : c == '"'  ? "&quot;"
                                       : c == '\'' ? "&#39;"
                                                   : "";
    if (reference.empty()) {
      out += c;
    } else {
      out += reference;
    }
  }
  return out;
}

std::string QuoteForMarkdown(std::string_view visible) {
  std::string out;
  while (!visible.empty()) {
    const std::string_view span = visible.substr(0, visible.find_first_of("|`"));
    if (!span.empty()) {
      // One blank is taken off both ends of a span that has one at both.
      const std::string_view pad = span.front() == ' ' && span.back() == ' ' ? " " : "";
      out.append("`").append(pad).append(span).append(pad).append("`");
      visible.remove_prefix(span.size());
    } else {
      out += visible[0] == '|' ? "&#124;" : "&#96;";
      visible.remove_prefix(1);
    }
  }
  return out;
}

std::string QuoteWordsForMarkdown(std::string_view words) {
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    const char next = i + 1 < words.size() ? words[i + 1] : ' ';
    // "<0.01 %" is no HTML.
    const bool opens_tag = words[i] == '<' && !(next >= '0' && next <= '9');
    if (opens_tag || std::string_view("\\`*_[]|~&").find(words[i]) != std::string_view::npos) out += '\\';
    out += words[i];
  }
  return out;
}

std::string QuoteForLabel(std::string_view visible) {
  std::string out;
  for (const char c : visible) {
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
  return out;
}

size_t CellCount(std::string_view text) {
  size_t cells = 0;
  while (!text.empty()) {
    const Unit unit = NextUnit(text);
    cells += unit.cells;
    text.remove_prefix(unit.bytes);
  }
  return cells;
}

std::string CutToCells(std::string_view text, size_t cells) {
  if (cells == 0) return {};
  size_t used = 0;
  size_t end = 0;
  size_t end_before_ellipsis = 0;
  while (end < text.size()) {
    const Unit unit = NextUnit(text.substr(end));
    if (used + unit.cells > cells) {
      return std::string(text.substr(0, end_before_ellipsis)).append(kEllipsis);
    }
    used += unit.cells;
    end += unit.bytes;
    if (used < cells) end_before_ellipsis = end;
  }
  return std::string(text);
}

std::string LongKeySuffix(uint64_t key_bytes) {
  if (key_bytes <= kKeyBytesPrinted) return {};
  return std::string(kEllipsis).append(" (").append(FormatCount(key_bytes)).append(" bytes)");
}

}  // namespace logstat
