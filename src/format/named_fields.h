// The fields of one line that names its fields: collected in the order of the line, then written to a row.
//
//   NamedFields fields(table);
//   fields.Begin(batch.columns());
//   fields.Add(*table.Find("status"), {"200"});             // for each key that the table knows, in the line's order
//   if (fields.status().has_value()) fields.Write(row, batch);
//
// Which key fills a column where several could: the first in the line, but a weak key only if there is no other. A
// request line and the keys of its parts (method, target, …) compete column by column; a target alone under its key
// leaves the others to theirs (Apache's %U), and the `-` of a client (a header that was not sent) gives way to any other
// client. An empty value and null are as good as no key; only for the status they mean that none was sent. A status that
// cannot be read is passed over. So the row depends on the line alone; with complete() a reader may stop early without
// changing it.
#ifndef LOGSTAT_SRC_FORMAT_NAMED_FIELDS_H_
#define LOGSTAT_SRC_FORMAT_NAMED_FIELDS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/format/key_map.h"

namespace logstat {

// The value of a key as it stands in the line; a view that must live until Write().
struct NamedValue {
  enum Kind : uint8_t {
    kPlain,              // as it stands
    kJsonString,         // what is between the quotes, as it stands
    kEscapedJsonString,  // with escapes in it
    kJsonScalar,         // a number, null, true, false
  };
  std::string_view text;
  Kind kind = kPlain;
};

// Not thread-safe: it remembers the last minute.
class NamedFields {
 public:
  explicit NamedFields(const NameTable& table) : reachable_(table.columns()) {}

  // For a line of which these columns are wanted.
  void Begin(ColumnSet columns) {
    wanted_ = columns & reachable_;
    taken_.fill(ColumnSet{Field::kStatus});
    found_.clear();
    status_.reset();
    competing_ = false;
  }

  void Add(const Key& key, NamedValue value) {
    if (key.spec.field == Field::kStatus) {
      if (!status_.has_value()) status_ = IsNothing(value) ? 0 : ParseStatus(value.text);
      return;
    }
    if (!key.may_fill.ContainsAny(wanted_) || IsNothing(value)) return;
    if (key.spec.reading == Reading::kRequest && IsTarget(value)) return AddFound(TargetInRequest(key, value), value);
    if (key.spec.field == Field::kClient && value.text == "-") return AddFound(AbsentClient(), value);
    AddFound(key, value);
  }

  // Whether this field may change what Write() writes, or the status.
  bool Asks(const Key& key) const {
    return key.is_field && (key.spec.field == Field::kStatus || key.may_fill.ContainsAny(wanted_));
  }
  // Whether the object under this key may hold something that is wanted.
  bool Wants(const Key& key) const { return key.columns_below.ContainsAny(wanted_); }

  // The status is known, and nothing that follows can change what Write() writes.
  bool complete() const { return status_.has_value() && (taken_[0] & wanted_) == wanted_; }

  std::optional<uint16_t> status() const { return status_; }

  // Status and the columns that are wanted.
  void Write(size_t row, RecordBatch& batch);

  // Whether each value that was taken is what its field promises; see IsWellFormed.
  bool AreWellFormed();
  // How many keys gave a column.
  size_t size() const { return found_.size(); }

 private:
  struct Found {
    const Key* key;
    NamedValue value;
    ColumnSet columns;  // that are this key's
  };

  static bool IsNothing(const NamedValue& value) {
    return value.text.empty() || (value.kind == NamedValue::kJsonScalar && value.text == "null");
  }
  // `/a`, also as `\/a`.
  static bool IsTarget(const NamedValue& value) {
    return value.text[0] == '/' || (value.kind == NamedValue::kEscapedJsonString && value.text.starts_with("\\/"));
  }
  // The key of such a value: it says nothing of method and protocol, nor of the query if it has none.
  static const Key& TargetInRequest(const Key& key, const NamedValue& value);
  static const Key& AbsentClient();

  void AddFound(const Key& key, NamedValue value) {
    const ColumnSet own = key.columns.Without(taken_[key.weak]);
    if (own == ColumnSet{}) return;
    if (key.columns.ContainsAny(taken_[kWeakest])) Settle(key, own);
    for (size_t i = key.weak; i < taken_.size(); ++i) taken_[i] = taken_[i] | own;
    found_.push_back(Found{&key, value, own});
  }
  void Settle(const Key& key, ColumnSet own);
  void WriteOne(const Found& found, size_t row, RecordBatch& batch);
  std::string_view PlainText(NamedValue value);

  ColumnSet reachable_;
  ColumnSet wanted_;
  std::array<ColumnSet, kWeakest + 1> taken_;  // [i]: by keys that are not weaker than i
  std::vector<Found> found_;
  std::optional<uint16_t> status_;
  bool competing_ = false;  // some key that was taken fills columns that are another's, too
  FieldWriter writer_;
  std::string scratch_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_NAMED_FIELDS_H_
