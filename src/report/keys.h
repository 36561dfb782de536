// How keys, samples, codes, classes and states are named in print; shared by all writers.
//
//   PrintableKey(row, KeyKind::kRequest, 30)   // "/api/cart", "(no request)", "/AAAA… (8,190 bytes)"
//   ClassLabel(4)                              // "4xx"
//
// Secrets in query strings are masked (mask_secrets.h). Results are escaped for their medium (escape.h) and own their
// bytes. Thread-safe.
#ifndef LOGSTAT_SRC_REPORT_KEYS_H_
#define LOGSTAT_SRC_REPORT_KEYS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "logstat/report.h"

namespace logstat {

// Paths and methods come from the request; a line without them has "(no request)", any other missing field "(none)".
enum class KeyKind { kRequest, kOther };

// For a terminal, in at most `cells` cells (0: no limit); the length of a key of more than 1,024 bytes stays visible.
std::string PrintableKey(const KeyRow& row, KeyKind kind, size_t cells);
std::string PrintableKey(const KeyCount& row, KeyKind kind, size_t cells);
std::string PrintableKey(const PathDurationRow& row, size_t cells);
std::string PrintableKey(const Change& change, size_t cells);

// For JSON.
std::string JsonKey(const KeyRow& row, KeyKind kind);
std::string JsonKey(const KeyCount& row, KeyKind kind);
std::string JsonKey(const PathDurationRow& row);
std::string JsonKey(const Change& change);

// "read", "partial", "failed", "not_access_log", "copy"; "body", "all", "unknown".
std::string_view InputStateName(InputState state);
std::string_view ByteMeaningName(ByteMeaning meaning);

// The text of a rejected line, "…" behind it if it goes on; for terminals and for JSON.
std::string SampleText(const LineSample& sample);

// "4xx"; "0xx" is "no status sent".
std::string ClassLabel(int digit);

// "404", "007"; no status sent is "0".
std::string CodeLabel(int code);

// Whether the server gave any reason for a code, or there were too many to keep; "-" is none.
bool TellsReasons(const CodeRow& row);

// The field of a change: "code", "path", …, as JSON and text name it.
std::string_view ChangeFieldName(ChangeField field);

// One line about a code: the catalogue's gloss, or that the catalogue does not know it.
std::string CodeGloss(int code);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_KEYS_H_
