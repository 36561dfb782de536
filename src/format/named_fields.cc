#include "src/format/named_fields.h"

#include <cstring>

#include "src/format/json_text.h"

namespace logstat {
namespace {

bool IsNothing(NamedValue value) {
  return value.text.empty() || (value.kind == NamedValue::kJsonScalar && value.text == "null");
}

void Clear(ColumnSet columns, size_t row, RecordBatch& batch) {
  for (size_t i = kFirstNumberField; i < kFieldCount; ++i) {
    const Field field = static_cast<Field>(i);
    if (!columns.Contains(field) || !batch.columns().Contains(field)) continue;
    if (IsText(field)) {
      batch.SetMissing(field, row);
    } else {
      batch.number(field, row) = field == Field::kTime ? kNoTime : kNoNumber;
    }
  }
}

}  // namespace

void NamedFields::TakeStatus(NamedValue value) {
  if (!status_.has_value()) status_ = IsNothing(value) ? 0 : ParseStatus(value.text);
}

void NamedFields::Add(const Key& key, NamedValue value) {
  if (!key.is_field) return;
  if (key.spec.field == Field::kStatus) return TakeStatus(value);
  if (IsNothing(value)) return;
  const ColumnSet others = key.weak ? taken_ | taken_weakly_ : taken_;
  const ColumnSet own = key.columns.Without(others);
  if (own == ColumnSet{}) return;
  if (key.columns.ContainsAny(taken_ | taken_weakly_)) competing_ = true;
  (key.weak ? taken_weakly_ : taken_) = (key.weak ? taken_weakly_ : taken_) | own;
  if (key.may_fill.ContainsAny(wanted_)) found_.push_back(Found{&key, value, own});
}

std::string_view NamedFields::PlainText(NamedValue value) {
  switch (value.kind) {
    case NamedValue::kJsonString:
      return UnescapeJson(value.text, scratch_);
    case NamedValue::kJsonScalar:
      return WithoutExponent(value.text, scratch_);
    case NamedValue::kPlain:
      break;
  }
  return value.text;
}

void NamedFields::WriteOne(const Found& found, size_t row, RecordBatch& batch) {
  // A request line may hold columns that are another key's, which comes after it and writes them anew.
  if (competing_) Clear(found.columns, row, batch);
  writer_.Put(found.key->spec, PlainText(found.value), row, batch);
}

void NamedFields::Write(size_t row, RecordBatch& batch) {
  batch.status(row) = *status_;
  if (!competing_) {
    // The log's own host and scheme come before those of an absolute target, see PutRequest.
    const Found* target = nullptr;
    for (const Found& found : found_) {
      if (found.key->spec.field == Field::kTarget) {
        target = &found;
      } else {
        WriteOne(found, row, batch);
      }
    }
    if (target != nullptr) WriteOne(*target, row, batch);
    return;
  }
  // Whoever owns a column writes it last: weak keys before others, later ones before earlier ones.
  for (const bool weak : {true, false}) {
    for (size_t i = found_.size(); i-- > 0;) {
      if (found_[i].key->weak == weak) WriteOne(found_[i], row, batch);
    }
  }
}

bool NamedFields::AreWellFormed() {
  for (const Found& found : found_) {
    if (!IsWellFormed(found.key->spec, PlainText(found.value))) return false;
  }
  return true;
}

}  // namespace logstat
