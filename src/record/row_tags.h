// Words that a later step wants to know of the texts of some rows, found while these are counted by key.
//
//   RowTags tags;
//   tags.Clear();
//   tags.Column(Field::kPath)[i] = PathTag("/index.html");     // what KeyCounter does, of row i of those in hand
//   tags.Of(Field::kPath, i)                                   // 0 in columns that nobody filled
//
// A tag is a function of the text alone. Whoever counts keys compares every text with its key anyway, so to have a tag
// there costs a load and a store; to look for it once more in a memory of its own cost as much as to count the key.
// As many rows as their lines fit into the core's second cache, so that whoever reads on finds them there. Owned by a
// worker; not thread-safe.
#ifndef LOGSTAT_SRC_RECORD_ROW_TAGS_H_
#define LOGSTAT_SRC_RECORD_ROW_TAGS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "src/record/field.h"

namespace logstat {

using KeyTag = uint64_t;  // 0: of a missing text
using TagFunction = KeyTag (*)(std::string_view text);

class RowTags {
 public:
  static constexpr size_t kRows = 256;

  // Empties all columns.
  void Clear() { filled_ = {}; }
  // To be filled for all rows in hand.
  KeyTag* Column(Field field) {
    filled_.Insert(field);
    return columns_[Index(field)].data();
  }
  // Of all rows in hand.
  const KeyTag* Values(Field field) const {
    static constexpr std::array<KeyTag, kRows> kNone{};
    return filled_.Contains(field) ? columns_[Index(field)].data() : kNone.data();
  }
  KeyTag Of(Field field, size_t i) const { return Values(field)[i]; }

 private:
  static size_t Index(Field field) { return static_cast<size_t>(field) - kFirstTextField; }

  ColumnSet filled_;
  std::array<std::array<KeyTag, kRows>, kTextFieldCount> columns_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_RECORD_ROW_TAGS_H_
