#include "src/format/w3c_format.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "src/format/cell_reader.h"
#include "src/format/field_value.h"
#include "src/format/w3c_fields.h"

namespace logstat {
namespace {

constexpr size_t kDateBytes = 10;  // 2026-11-22

struct W3cState final : LineState {
  std::shared_ptr<const W3cFields> fields;  // null before the first #Fields
  std::string date;                         // of the last #Date; empty: none
  ColumnSet columns;                        // of every #Fields so far
};

void Follow(std::string_view directive, W3cState& state) {
  if (IsDirective(directive, "#Fields:")) {
    state.fields = ParseFields(directive);
  } else if (IsDirective(directive, "#Date:")) {
    const size_t begin = std::min(directive.find_first_not_of(" \t", 6), directive.size());
    state.date = directive.substr(begin, kDateBytes);
  }
}

// Where the quoted text that opens at `open` closes, a doubled quote being one of its own: behind the quote that a
// separator follows, or the line's end.
size_t FindClose(std::string_view line, size_t open, char separator) {
  for (size_t quote = line.find('"', open + 1); quote != std::string_view::npos; quote = line.find('"', quote + 1)) {
    if (quote + 1 == line.size() || line[quote + 1] == separator) return quote + 1;
    if (line[quote + 1] == '"') ++quote;
  }
  return line.size();
}

// The values of a line. Spaces separate in any number; every tab separates.
void Split(std::string_view line, char separator, bool quotes, std::vector<std::string_view>& values) {
  values.clear();
  for (size_t at = 0; at < line.size();) {
    if (separator == ' ' && line[at] == ' ') {
      ++at;
      continue;
    }
    const size_t end =
        quotes && line[at] == '"' ? FindClose(line, at, separator) : std::min(line.find(separator, at), line.size());
    values.push_back(line.substr(at, end - at));
    at = end + 1;
  }
}

// What the first separator is that a line has.
char SeparatorOf(std::string_view line) {
  const size_t first_end = line.substr(0, 1) == "\"" ? std::min(line.find('"', 1), line.size()) : 0;
  const auto first = std::find_if(line.begin() + static_cast<std::ptrdiff_t>(first_end), line.end(),
                                  [](char c) { return c == ' ' || c == '\t'; });
  return first != line.end() && *first == '\t' ? '\t' : ' ';
}

// Prefers the reading that gives as many values as there are columns: separators alone, because a client may have sent
// a quote, then with quotes around values that hold separators.
void SplitValues(std::string_view line, const W3cFields& fields, std::vector<std::string_view>& values) {
  const char separator = SeparatorOf(line);
  Split(line, separator, false, values);
  if (values.size() == fields.columns.size() || line.find('"') == std::string_view::npos) return;
  Split(line, separator, true, values);
}

// One line against the columns: the same for readers and for detection. Scratch memory is kept.
class W3cLine {
 public:
  void Read(std::string_view line, const W3cFields& fields) {
    fields_ = &fields;
    SplitValues(line, fields, values_);
  }
  // The same for a line that was split at its separators. One that does not have a value for each column and nothing
  // else is read as a whole.
  void Read(const SplitLine& line, char separator, const W3cFields& fields) {
    const char other = separator == ' ' ? '\t' : ' ';
    if (line.fields() != fields.columns.size() || line.line()[0] == '"' ||
        line.Field(0).find(other) != std::string_view::npos) {
      return Read(line.line(), fields);
    }
    fields_ = &fields;
    values_.resize(line.fields());
    for (size_t i = 0; i < line.fields(); ++i) {
      values_[i] = line.Field(i);
      if (values_[i].empty() && (separator == ' ' || i + 1 == line.fields())) return Read(line.line(), fields);
    }
  }

  size_t size() const { return values_.size(); }

  // Without the quotes that it stands in, if it is a quoted text: those inside are doubled. Nothing if the line or the
  // log does not have it. Lives until the next call.
  std::string_view Value(size_t column) {
    if (column >= values_.size()) return {};
    const std::string_view value = values_[column];
    if (value.size() < 2 || value.front() != '"' || value.back() != '"') return value;
    const std::string_view inside = value.substr(1, value.size() - 2);
    if (inside.find('"') == std::string_view::npos) return inside;
    plain_.clear();
    for (size_t i = 0; i < inside.size(); ++i) {
      plain_.push_back(inside[i]);
      if (inside[i] == '"' && inside.substr(++i, 1) != "\"") return value;
    }
    return plain_;
  }

  // "2026-11-22 13:00:00", if both are known. Lives until the next call.
  std::string_view Time(std::string_view last_date) {
    const std::string_view date = fields_->date == kNoColumn ? last_date : Value(fields_->date);
    if (date.size() != kDateBytes) return {};
    if (fields_->date != kNoColumn && fields_->time == fields_->date + 1 && fields_->time < values_.size()) {
      const std::string_view time = values_[fields_->time];  // as in most logs, one blank behind the date
      const bool adjoins = time.data() == date.data() + kDateBytes + 1 && date.data()[kDateBytes] == ' ';
      if (adjoins && time.front() != '"') return {date.data(), kDateBytes + 1 + time.size()};
    }
    time_.assign(date).push_back(' ');
    return time_.append(Value(fields_->time));
  }

 private:
  const W3cFields* fields_ = nullptr;
  std::vector<std::string_view> values_;
  std::string plain_;
  std::string time_;
};

// W3C says that a duration is seconds; where a server writes milliseconds instead, they are whole.
FieldSpec SpecOf(const W3cColumn& column, std::string_view value) {
  FieldSpec spec = column.spec;
  if (spec.reading == Reading::kMilliseconds && value.find('.') != std::string_view::npos) {
    spec.reading = Reading::kSeconds;
  }
  return spec;
}

class W3cReader final : public LineReader {
 public:
  void BeginCell(const Block& block) override {
    state_ = block.state == nullptr ? W3cState() : static_cast<const W3cState&>(*block.state);
    separator_ = state_.fields != nullptr && state_.fields->tabs ? '\t' : ' ';
  }

  void Read(std::string_view line, size_t row, RecordBatch& batch) override {
    if (!HasValues(line, row, batch)) return;
    line_.Read(line, *state_.fields);
    ReadValues(row, batch);
  }

  std::optional<char> delimiter() const override { return separator_; }

  void ReadSplit(const SplitLine& line, size_t row, RecordBatch& batch) override {
    if (!HasValues(line.line(), row, batch)) return;
    line_.Read(line, separator_, *state_.fields);
    ReadValues(row, batch);
  }

 private:
  // False for directives, which it follows, and lines before them.
  bool HasValues(std::string_view line, size_t row, RecordBatch& batch) {
    if (IsIgnoredLine(line)) {
      batch.kind(row) = LineKind::kIgnored;
      Follow(line, state_);
      return false;
    }
    if (state_.fields == nullptr) batch.kind(row) = LineKind::kNoFields;
    return state_.fields != nullptr;
  }

  void ReadValues(size_t row, RecordBatch& batch) {
    const W3cFields& fields = *state_.fields;
    const std::optional<uint16_t> status = ParseStatus(line_.Value(fields.status));
    if (!status.has_value()) {
      const bool is_short = fields.status != kNoColumn && fields.status >= line_.size();
      batch.kind(row) = is_short ? LineKind::kTooFewFields : LineKind::kNoStatus;
      return;
    }
    batch.status(row) = *status;
    PlanFor(batch.columns());
    for (const size_t column : wanted_) PutColumn(column, row, batch);
    if (fields.time != kNoColumn && batch.columns().Contains(Field::kTime)) {
      writer_.Put({Field::kTime, Reading::kTime}, line_.Time(state_.date), row, batch);
    }
    PutStem(row, batch);
  }

  void PlanFor(ColumnSet columns) {
    if (planned_fields_ == state_.fields && planned_columns_ == columns) return;
    planned_fields_ = state_.fields;
    planned_columns_ = columns;
    wanted_.clear();
    for (size_t i = 0; i < state_.fields->columns.size(); ++i) {
      const W3cColumn& column = state_.fields->columns[i];
      if (column.used && columns.ContainsAny(ColumnsOf(column.spec))) wanted_.push_back(i);
    }
  }

  void PutColumn(size_t i, size_t row, RecordBatch& batch) {
    const W3cColumn& column = state_.fields->columns[i];
    const std::string_view value = line_.Value(i);
    if (value.empty() || (value == "-" && !column.keeps_dash)) return;
    writer_.Put(SpecOf(column, value), value, row, batch);
  }

  // The target is the stem, and the query behind it.
  void PutStem(size_t row, RecordBatch& batch) {
    const ColumnSet columns = batch.columns();
    if (!columns.ContainsAny(ColumnsOf({Field::kTarget, Reading::kTarget}))) return;
    const std::string_view stem = line_.Value(state_.fields->stem);
    if (stem.empty() || stem == "-") return;
    const bool has_query = stem.find('?') != std::string_view::npos;  // that of cs-uri has
    PutTarget(stem, row, batch);
    if (!columns.ContainsAny({Field::kTarget, Field::kQuery})) return;
    if (columns.Contains(Field::kTarget)) target_.assign(stem).push_back('?');
    const std::string_view query = line_.Value(state_.fields->query);
    if (query.empty() || query == "-" || has_query) return;
    if (columns.Contains(Field::kQuery)) batch.PutText(Field::kQuery, row, query);
    if (columns.Contains(Field::kTarget)) batch.PutText(Field::kTarget, row, target_.append(query));
  }

  W3cState state_;
  char separator_ = ' ';                             // of the lines of this cell, as far as its first line tells
  std::shared_ptr<const W3cFields> planned_fields_;  // that wanted_ is for
  ColumnSet planned_columns_;
  std::vector<size_t> wanted_;  // the places of columns that are asked for
  W3cLine line_;
  FieldWriter writer_;
  std::string target_;
};

bool LineFits(W3cLine& line, const W3cState& state, Fit fit) {
  const W3cFields& fields = *state.fields;
  if (!ParseStatus(line.Value(fields.status)).has_value()) return false;
  if (fit == Fit::kTolerant) return true;
  if (line.size() != fields.columns.size()) return false;
  if (fields.time != kNoColumn && !IsWellFormed({Field::kTime, Reading::kTime}, line.Time(state.date))) return false;
  for (size_t i = 0; i < fields.columns.size(); ++i) {
    const W3cColumn& column = fields.columns[i];
    const std::string_view value = line.Value(i);
    if (!column.used || value == "-") continue;  // "-" may stand anywhere
    if (!IsWellFormed(SpecOf(column, value), value)) return false;
  }
  return true;
}

}  // namespace

std::unique_ptr<LineReader> W3cFormat::MakeReader() const { return std::make_unique<W3cReader>(); }

size_t W3cFormat::CountFits(std::span<const std::string_view> lines, Fit fit) const {
  W3cState state;
  W3cLine line;
  size_t fits = 0;
  for (const std::string_view text : lines) {
    if (IsIgnoredLine(text)) {
      Follow(text, state);
    } else if (state.fields != nullptr) {
      line.Read(text, *state.fields);
      fits += LineFits(line, state, fit) ? 1 : 0;
    }
  }
  return fits;
}

ColumnSet W3cFormat::ColumnsUntil(const LineState* state) const {
  return state == nullptr ? ColumnSet{} : static_cast<const W3cState*>(state)->columns;
}

// Backwards from the end of the cell: '#' is rare, and memrchr passes tens of gigabytes in a second.
std::shared_ptr<const LineState> W3cFormat::StateAfter(const std::shared_ptr<const LineState>& before,
                                                       const Block& block) const {
  const OwnedRange range = FindOwnedLines(block);
  std::shared_ptr<W3cState> after;
  bool has_fields = false;
  bool has_date = false;
  size_t line_end = range.end;  // of the line that is looked at, or of a later one
  for (size_t end = range.end; end > range.begin;) {
    const void* found = memrchr(block.bytes + range.begin, '#', end - range.begin);
    if (found == nullptr) break;
    const size_t at = static_cast<size_t>(static_cast<const uint8_t*>(found) - block.bytes);
    end = at;
    const bool behind_mark = block.offset + at == 3 && at == 3 && std::memcmp(block.bytes, "\xef\xbb\xbf", 3) == 0;
    if (at > range.begin && block.bytes[at - 1] != '\n' && !behind_mark) continue;
    const void* newline = std::memchr(block.bytes + at, '\n', line_end - at);
    const size_t next =
        newline == nullptr ? line_end : static_cast<size_t>(static_cast<const uint8_t*>(newline) - block.bytes) + 1;
    line_end = at;
    const std::string_view line = LineAt(block, at, next);
    const bool is_fields = IsDirective(line, "#Fields:");
    const bool is_date = IsDirective(line, "#Date:");
    if ((!is_fields && !is_date) || line.size() > kMaxLineBytes) continue;
    if (after == nullptr) {
      after = std::make_shared<W3cState>();
      if (before != nullptr) *after = static_cast<const W3cState&>(*before);
    }
    if (is_fields) {
      const std::shared_ptr<const W3cFields> fields = ParseFields(line);
      after->columns = after->columns | fields->Columns();
      if (!has_fields) after->fields = fields;
    } else if (!has_date) {
      Follow(line, *after);
    }
    has_fields = has_fields || is_fields;
    has_date = has_date || is_date;
  }
  return after == nullptr ? before : after;
}

}  // namespace logstat
