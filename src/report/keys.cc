#include "src/report/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "logstat/status_codes.h"
#include "src/report/escape.h"
#include "src/report/mask_secrets.h"

namespace logstat {
namespace {

std::string_view MissingLabel(KeyKind kind) { return kind == KeyKind::kRequest ? "(no request)" : "(none)"; }

std::string_view Head(std::string_view key) { return key.substr(0, kKeyBytesPrinted); }

template <typename Row>
std::string KeyForTerminal(const Row& row, KeyKind kind, size_t cells) {
  constexpr std::string_view kEllipsis = "…";  // a cut ends with it, and the suffix of a long key begins with it
  if (cells == 0) cells = std::numeric_limits<size_t>::max();
  if (row.missing) return CutToCells(MissingLabel(kind), cells);
  if (row.key.empty()) return CutToCells("(empty)", cells);
  const std::string head = EscapeForTerminal(MaskSecrets(Head(row.key)));
  const std::string suffix = LongKeySuffix(row.key_bytes);
  const size_t suffix_cells = CellCount(suffix);
  if (suffix.empty() || suffix_cells + 4 > cells) return CutToCells(head, cells);
  if (CellCount(head) + suffix_cells <= cells) return head + suffix;
  std::string cut = CutToCells(head, cells - suffix_cells + 1);
  cut.resize(cut.size() - kEllipsis.size());
  return cut + suffix;
}

template <typename Row>
std::string KeyForJson(const Row& row, KeyKind kind) {
  if (row.missing) return std::string(MissingLabel(kind));
  return EscapeForJson(MaskSecrets(Head(row.key))) + LongKeySuffix(row.key_bytes);
}

KeyCount MakeKey(const std::string& text, uint64_t key_bytes) {
  KeyCount key;
  key.key = text;
  key.key_bytes = key_bytes;
  return key;
}

KeyCount KeyOf(const PathDurationRow& row) { return MakeKey(row.key, row.key.size()); }
KeyCount KeyOf(const Change& change) { return MakeKey(change.key, change.key_bytes); }

}  // namespace

std::string PrintableKey(const KeyRow& row, KeyKind kind, size_t cells) { return KeyForTerminal(row, kind, cells); }
std::string PrintableKey(const KeyCount& row, KeyKind kind, size_t cells) { return KeyForTerminal(row, kind, cells); }
// A line without the field is in neither of these, so that the kind of key says nothing.
std::string PrintableKey(const Change& change, size_t cells) {
  return KeyForTerminal(KeyOf(change), KeyKind::kOther, cells);
}
std::string PrintableKey(const PathDurationRow& row, size_t cells) {
  return KeyForTerminal(KeyOf(row), KeyKind::kRequest, cells);
}

std::string JsonKey(const KeyRow& row, KeyKind kind) { return KeyForJson(row, kind); }
std::string JsonKey(const KeyCount& row, KeyKind kind) { return KeyForJson(row, kind); }
std::string JsonKey(const PathDurationRow& row) { return KeyForJson(KeyOf(row), KeyKind::kRequest); }
std::string JsonKey(const Change& change) { return KeyForJson(KeyOf(change), KeyKind::kOther); }

std::string_view InputStateName(InputState state) {
  switch (state) {
    case InputState::kRead:
      return "read";
    case InputState::kPartial:
      return "partial";
    case InputState::kFailed:
      return "failed";
    case InputState::kNotAccessLog:
      return "not_access_log";
    case InputState::kCopy:
      return "copy";
  }
  return "";
}

std::string_view ByteMeaningName(ByteMeaning meaning) {
  switch (meaning) {
    case ByteMeaning::kBody:
      return "body";
    case ByteMeaning::kAll:
      return "all";
    case ByteMeaning::kUnknown:
      return "unknown";
  }
  return "";
}

std::string SampleText(const LineSample& sample) {
  return EscapeForTerminal(MaskSecrets(sample.text)) + (sample.cut ? "…" : "");
}

std::string ClassLabel(int digit) { return fmt::format("{}xx", digit); }

std::string CodeLabel(int code) { return code == 0 ? "0" : fmt::format("{:03}", code); }

bool TellsReasons(const CodeRow& row) {
  return row.top_reasons_bound != 0 || std::any_of(row.top_reasons.begin(), row.top_reasons.end(),
                                                   [](const KeyCount& reason) { return reason.key != "-"; });
}

std::string_view ChangeFieldName(ChangeField field) {
  constexpr std::string_view kNames[] = {"code", "path", "host", "client", "upstream"};
  return kNames[static_cast<size_t>(field)];
}

std::string CodeGloss(int code) {
  if (const StatusCode* known = FindStatusCode(code)) return std::string(known->gloss);
  if (code < 100) return "not in the catalogue (no HTTP status)";
  return fmt::format("not in the catalogue ({})", FindStatusClass(code / 100).name);
}

}  // namespace logstat
