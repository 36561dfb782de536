#include "src/format/named_fields.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "src/format/json_text.h"

namespace logstat {
namespace {

Key MakeKey(FieldSpec spec, uint8_t weak, ColumnSet columns) {
  Key key;
  key.is_field = true;
  key.weak = weak;
  key.spec = spec;
  key.columns = key.may_fill = columns;
  return key;
}

}  // namespace

const Key& NamedFields::TargetInRequest(const Key& key, const NamedValue& value) {
  struct Keys {
    Key with_query, without;
  };
  const auto make = [](uint8_t weak) {
    constexpr FieldSpec kTarget{Field::kTarget, Reading::kTarget};
    return Keys{MakeKey(kTarget, weak, {Field::kTarget, Field::kPath, Field::kQuery}),
                MakeKey(kTarget, weak, {Field::kTarget, Field::kPath})};
  };
  static const std::array<Keys, kWeakest + 1> keys = {make(0), make(1), make(2)};
  const Keys& of_weak = keys[key.weak];
  return value.text.find('?') == std::string_view::npos ? of_weak.without : of_weak.with_query;
}

const Key& NamedFields::AbsentClient() {
  static const Key key = MakeKey({Field::kClient, Reading::kText}, kWeakest, {Field::kClient});
  return key;
}

// The key comes to columns that others have: weaker keys give theirs up.
void NamedFields::Settle(const Key& key, ColumnSet own) {
  if (!(own == key.columns)) competing_ = true;
  if (key.weak == kWeakest) return;
  for (size_t i = found_.size(); i-- > 0;) {
    Found& found = found_[i];
    if (found.key->weak <= key.weak || !found.columns.ContainsAny(own)) continue;
    found.columns = found.columns.Without(own);
    if (found.columns == ColumnSet{}) {
      found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      competing_ = true;
    }
  }
}

std::string_view NamedFields::PlainText(NamedValue value) {
  switch (value.kind) {
    case NamedValue::kEscapedJsonString:
      return UnescapeJson(value.text, scratch_);
    case NamedValue::kJsonScalar:
      return WithoutExponent(value.text, scratch_);
    case NamedValue::kPlain:
    case NamedValue::kJsonString:
      break;
  }
  return value.text;
}

void NamedFields::WriteOne(const Found& found, size_t row, RecordBatch& batch) {
  // A request line may hold columns that are another key's, which comes after it and writes them anew.
  if (competing_) batch.ClearColumns(found.columns, row, 1);
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
  for (int weak = kWeakest; weak >= 0; --weak) {
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
