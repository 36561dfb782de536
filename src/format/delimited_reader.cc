#include "src/format/delimited_reader.h"

#include <algorithm>

#include "src/base/find_byte.h"

namespace logstat {

void DelimitedReader::PlanFor(ColumnSet columns) {
  if (columns_ == columns) return;
  columns_ = columns;
  wanted_.clear();
  steps_ = program_.status + 1;
  for (size_t i = 0; i < program_.steps.size(); ++i) {
    const std::optional<FieldSpec>& field = program_.steps[i].field;
    if (i == program_.status || !field.has_value() || !columns.ContainsAny(ColumnsOf(*field))) continue;
    wanted_.push_back(i);
    steps_ = std::max(steps_, i + 1);
  }
}

void DelimitedReader::Write(size_t step, size_t row, RecordBatch& batch) {
  const std::optional<FieldSpec>& field = program_.steps[step].field;
  if (field.has_value()) writer_.Put(*field, texts_[step], row, batch);
}

void DelimitedReader::Read(std::string_view line, size_t row, RecordBatch& batch) {
  if (IsIgnoredLine(line)) {
    batch.kind(row) = LineKind::kIgnored;
    return;
  }
  line = WithoutBlanksInFront(line);
  PlanFor(batch.columns());
  if (finder_.delimiter().has_value() && ReadParts(SplitAt(line, *finder_.delimiter(), marks_), row, batch)) return;
  ReadSteps(line, row, batch);
}

void DelimitedReader::ReadSplit(const SplitLine& line, size_t row, RecordBatch& batch) {
  PlanFor(batch.columns());
  // Without a delimiter the line was split at another byte, which means nothing.
  const bool is_plain =
      finder_.delimiter().has_value() && !line.line().empty() && static_cast<unsigned char>(line.line()[0]) > '#';
  if (!is_plain || !ReadParts(line, row, batch)) Read(line.line(), row, batch);
}

bool DelimitedReader::ReadParts(const SplitLine& line, size_t row, RecordBatch& batch) {
  if (finder_.has_words()) return ReadWords(line, row, batch);
  if (!finder_.SplitsAtEach(line.fields())) return false;
  const size_t last = program_.steps.size() - 1;
  const auto text = [&](size_t i) { return i == last ? line.From(i) : line.Field(i); };
  // Something stands behind the last field.
  if (program_.steps[last].content != Content::kText && FindByte(text(last), ' ') != std::string_view::npos)
    return false;
  const std::optional<uint16_t> status = ParseStatus(text(program_.status));
  if (!status.has_value()) return false;
  batch.status(row) = *status;
  for (const size_t i : wanted_) writer_.Put(*program_.steps[i].field, text(i), row, batch);
  return true;
}

bool DelimitedReader::ReadWords(const SplitLine& line, size_t row, RecordBatch& batch) {
  if (!finder_.TakeWordsApart(line, texts_)) return false;
  const std::optional<uint16_t> status = ParseStatus(texts_[program_.status]);
  if (!status.has_value()) return false;
  batch.status(row) = *status;
  for (const size_t i : wanted_) Write(i, row, batch);
  return true;
}

void DelimitedReader::ReadSteps(std::string_view line, size_t row, RecordBatch& batch) {
  size_t at = 0;
  size_t wanted = 0;  // in wanted_: the first that was not written
  for (size_t i = 0; i < steps_; ++i) {
    const size_t from = finder_.TakeLiteral(line, at, i);
    const size_t end = from == FieldFinder::npos ? from : finder_.FindEnd(line, from, i);
    if (end == FieldFinder::npos) {
      if (i > program_.status) return;
      batch.kind(row) = at == line.size() ? LineKind::kTooFewFields : LineKind::kNoStatus;
      return;
    }
    texts_[i] = line.substr(from, end - from);
    at = end;
    if (i < program_.status) continue;
    if (i == program_.status) {
      const std::optional<uint16_t> status = ParseStatus(texts_[i]);
      if (!status.has_value()) {
        batch.kind(row) = LineKind::kNoStatus;
        return;
      }
      batch.status(row) = *status;
    }
    for (; wanted < wanted_.size() && wanted_[wanted] <= i; ++wanted) Write(wanted_[wanted], row, batch);
  }
}

}  // namespace logstat
