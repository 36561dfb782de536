#include "src/format/careful_reader.h"

#include <algorithm>

#include "src/base/ascii.h"
#include "src/base/find_byte.h"
#include "src/format/field_value.h"
#include "src/format/quotes.h"

namespace logstat {
namespace {

// The first unescaped quote behind `] `.
size_t FindQuoteBehindTime(std::string_view line) {
  size_t quote = FindUnescapedQuote(line, 0);
  while (quote != std::string_view::npos && (quote < 2 || line.substr(quote - 2, 2) != "] ")) {
    quote = FindUnescapedQuote(line, quote + 1);
  }
  return quote;
}

// Whether a lone status stands between the time and the request, `[time] 500 "GET`, as %>s in front of %r writes it:
// then the number behind the request is another one. 443 is no status but the port of most requests (%p).
bool IsStatusBeforeRequest(std::string_view head) {
  constexpr size_t kSize = 6;  // `] 500 `
  if (head.size() < kSize) return false;
  head.remove_prefix(head.size() - kSize);
  return head.substr(0, 2) == "] " && head[2] >= '1' && head[2] <= '5' && IsDigit(head[3]) && IsDigit(head[4]) &&
         head[5] == ' ' && head.substr(2, 3) != "443";
}

// The word that starts at `from` and ends at a space or the line's end.
std::string_view WordAt(std::string_view line, size_t from) {
  return line.substr(from, FindByte(line, ' ', from) - from);
}

bool IsByteCount(std::string_view text) {
  return text == "-" || (!text.empty() && std::all_of(text.begin(), text.end(), IsDigit));
}

// The anchor of a request that opens at `open`.
std::optional<Anchor> FindAnchorFrom(std::string_view line, size_t open) {
  for (size_t quote = FindUnescapedQuote(line, open + 1); quote != std::string_view::npos;
       quote = FindUnescapedQuote(line, quote + 1)) {
    if (line.substr(quote + 1, 1) != " ") continue;
    const std::string_view status_text = WordAt(line, quote + 2);
    const std::optional<uint16_t> status = ParseStatus(status_text);
    if (!status.has_value()) continue;
    const size_t behind = quote + 2 + status_text.size();
    if (behind >= line.size()) continue;
    const std::string_view bytes = WordAt(line, behind + 1);
    if (!IsByteCount(bytes)) continue;
    Anchor anchor;
    anchor.head = line.substr(0, open);
    anchor.request = line.substr(open + 1, quote - open - 1);
    anchor.status = *status;
    anchor.bytes = bytes;
    anchor.rest = line.substr(behind + 1 + bytes.size());
    return anchor;
  }
  return std::nullopt;
}

void SetText(const std::optional<std::string_view>& text, Field field, size_t row, RecordBatch& batch) {
  if (text.has_value() && batch.columns().Contains(field)) batch.PutText(field, row, *text);
}

// A line that stands in quotes as a whole has its own quotes doubled (CSV) or escaped (JSON): undo it.
std::string Unwrap(std::string_view line) {
  std::string plain;
  const size_t end = line.back() == '"' && line.size() > 1 ? line.size() - 1 : line.size();
  for (size_t i = 1; i < end; ++i) {
    const bool doubled = line[i] == '"' || line[i] == '\\';
    if (doubled && i + 1 < end && (line[i + 1] == '"' || line[i + 1] == '\\')) ++i;
    plain.push_back(line[i]);
  }
  return plain;
}

}  // namespace

std::optional<Anchor> FindAnchor(std::string_view line, const FieldProgram& program, LineKind* kind) {
  std::optional<Anchor> anchor;
  if (program.time_before_request) {
    const size_t open = FindQuoteBehindTime(line);
    if (open != std::string_view::npos) anchor = FindAnchorFrom(line, open);
    if (anchor.has_value()) return anchor;
  }
  // Also for a line that lacks the time, wherever else it may have a `] "`.
  size_t open = FindUnescapedQuote(line, 0);
  for (size_t i = 0; i < program.quotes_before_request && open != std::string_view::npos; ++i) {
    open = FindUnescapedQuote(line, open + 1);
  }
  const bool has_other_status =
      program.time_before_request && open != std::string_view::npos && IsStatusBeforeRequest(line.substr(0, open));
  if (open != std::string_view::npos && !has_other_status) anchor = FindAnchorFrom(line, open);
  if (!anchor.has_value()) *kind = open == std::string_view::npos ? LineKind::kTooFewFields : LineKind::kNoStatus;
  return anchor;
}

CarefulReader::CarefulReader(const FieldProgram& program)
    : program_(program), finder_(program.steps, program.tail), head_rules_(MakeHeadRules(program)) {
  // A line may have a host in front that the format has not.
  head_columns_ = ColumnSet{Field::kTime, Field::kClient, Field::kUser, Field::kHost};
  for (size_t i = 0; i < program.steps.size(); ++i) {
    if (!program.steps[i].field.has_value()) continue;
    const ColumnSet columns = ColumnsOf(*program.steps[i].field);
    if (i < program.request) head_columns_ = head_columns_ | columns;
    if (i >= program.request + 3) rest_columns_ = rest_columns_ | columns;
  }
}

void CarefulReader::Read(std::string_view line, size_t row, RecordBatch& batch) {
  if (IsIgnoredLine(line)) {
    batch.kind(row) = LineKind::kIgnored;
    return;
  }
  if (line[0] == '"' && program_.request > 0 && program_.quotes_before_request == 0) {
    unwrapped_ = Unwrap(line);
    if (ReadAnchored(unwrapped_, row, batch)) return;
  }
  ReadAnchored(line, row, batch);
}

bool CarefulReader::ReadAnchored(std::string_view line, size_t row, RecordBatch& batch) {
  LineKind kind = LineKind::kCounted;
  const std::optional<Anchor> anchor = FindAnchor(line, program_, &kind);
  batch.kind(row) = kind;
  if (!anchor.has_value()) return false;
  batch.status(row) = anchor->status;
  const ColumnSet columns = batch.columns();
  if (columns.Contains(Field::kBytes)) batch.bytes(row) = ParseByteCount(anchor->bytes);
  if (columns.ContainsAny(head_columns_)) {
    // With the request's quote, which ends the last field.
    if (head_rules_.known) {
      ReadHeadColumns(anchor->head, row, batch);
    } else {
      ReadHeadByProgram(line.substr(0, anchor->head.size() + 1), row, batch);
    }
  }
  if (columns.ContainsAny(rest_columns_)) ReadRest(anchor->rest, program_.request + 3, row, batch);
  if (columns.ContainsAny(ColumnsOf({Field::kTarget, Reading::kRequest}))) PutRequest(anchor->request, row, batch);
  return true;
}

void CarefulReader::ReadHeadColumns(std::string_view text, size_t row, RecordBatch& batch) {
  const Head head = ReadHead(text, head_rules_);
  // The last of a known head is the time.
  writer_.Put(*program_.steps[program_.request - 1].field, head.time, row, batch);
  SetText(head.client, Field::kClient, row, batch);
  if (head_rules_.client_is_forwarded && head.client.has_value()) SetText(head.forwarded, Field::kXff, row, batch);
  SetText(head.user, Field::kUser, row, batch);
  SetText(head.host, Field::kHost, row, batch);
}

// What stands behind the first difference from the program is missing.
void CarefulReader::ReadHeadByProgram(std::string_view text, size_t row, RecordBatch& batch) {
  size_t at = 0;
  for (size_t i = 0; i < program_.request; ++i) {
    const size_t from = finder_.TakeLiteral(text, at, i);
    if (from == FieldFinder::npos) return;
    const size_t end = finder_.FindEnd(text, from, i);
    if (end == FieldFinder::npos) return;
    const std::optional<FieldSpec>& field = program_.steps[i].field;
    if (field.has_value()) writer_.Put(*field, text.substr(from, end - from), row, batch);
    at = end;
  }
}

void CarefulReader::ReadRest(std::string_view rest, size_t step, size_t row, RecordBatch& batch) {
  size_t at = 0;
  bool behind_quoted = step > program_.request + 3;  // `at` is the quote that closes a field
  for (size_t i = step; i < program_.steps.size(); ++i) {
    const ProgramStep& field = program_.steps[i];
    const bool is_quoted = !field.literal.empty() && field.literal.back() == '"';
    size_t from = finder_.TakeLiteral(rest, at, i);
    if (from == FieldFinder::npos) {
      if (!is_quoted || (!field.Is(Field::kReferrer) && !field.Is(Field::kAgent))) return;
      const size_t open = FindUnescapedQuote(rest, at + (behind_quoted ? 1 : 0));
      if (open == std::string_view::npos) return;
      from = open + 1;
    }
    const size_t end = finder_.FindEnd(rest, from, i);
    if (end == FieldFinder::npos) return;
    if (field.field.has_value()) writer_.Put(*field.field, rest.substr(from, end - from), row, batch);
    at = end;
    behind_quoted = is_quoted;
  }
}

}  // namespace logstat
