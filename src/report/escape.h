// Text from a log, made safe for its medium; the one place per medium where that happens.
//
//   page.Add(EscapeForTerminal(row.key));                    // no byte of the log can steer the terminal
//   json["key"] = EscapeForJson(row.key);                    // always valid UTF-8
//   std::string cell = CutToCells(EscapeForTerminal(row.key), 30);
//
// The rule, the same for every medium: bytes 00-1F and 7F, C1 controls, bytes that are not valid UTF-8 and code points
// that show nothing or reorder text (bidirectional controls, zero-width characters) are written as \xNN, one per
// byte, upper-case digits. A run of backslashes is doubled only if an escape, or text that reads like one (nginx logs
// the four characters \x16), comes right after it. So the mapping can be undone, distinct keys stay distinct, and a
// path with other backslashes prints as logged.
//
// Pure functions; thread-safe; the results own their bytes.
#ifndef LOGSTAT_SRC_REPORT_ESCAPE_H_
#define LOGSTAT_SRC_REPORT_ESCAPE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace logstat {

// Only printable UTF-8: no control byte, no line end. For text on a terminal, in a pipe or a mail.
std::string EscapeForTerminal(std::string_view raw);

// Valid UTF-8 with the same visible escapes; the quoting of JSON (\" and \\) is left to the JSON library.
std::string EscapeForJson(std::string_view raw);

// The following take visible text, which is the result of one of the functions above or our own, and quote what means
// something in the medium. What they return cannot break out of its place, whatever stands in the log.

// A field of CSV (RFC 4180): quoted if needed. A field that starts with = + - @ (also as wide characters) gets an
// apostrophe before it, because spreadsheets would take it for a formula. Not for numbers.
std::string QuoteForCsv(std::string_view visible);

// Text of HTML and SVG, and values of attributes in double or single quotes.
std::string QuoteForHtml(std::string_view visible);

// Text from outside as a code span of Markdown, fit for a cell of a GFM table: no link, no markup, no HTML. Pipes and
// backticks, which nothing can protect inside a span, stand between spans as character references.
std::string QuoteForMarkdown(std::string_view visible);

// Our own words in Markdown: as they are, but for characters that would start markup.
std::string QuoteWordsForMarkdown(std::string_view words);

// The value of a label in the text format of Prometheus.
std::string QuoteForLabel(std::string_view visible);

// The cells that text takes on a terminal. `text` must be escaped or our own: valid UTF-8 without control bytes.
size_t CellCount(std::string_view text);

// `text` itself if it fits into `cells`, else its longest head that leaves room for "…", and "…". Never splits a code
// point or an escape. For cells = 0 the result is empty.
std::string CutToCells(std::string_view text, size_t cells);

// Keys longer than this are kept and printed by their first bytes only (the rule of the report for every output).
inline constexpr size_t kKeyBytesPrinted = 1024;

// What follows the printed head of a key of `key_bytes` bytes: "… (8,190 bytes)", or nothing if it is printed whole.
std::string LongKeySuffix(uint64_t key_bytes);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_ESCAPE_H_
