// Fields by the names that a log gives them: JSON keys, LTSV labels.
//
//   StatusOr<std::vector<NamedKey>> keys = ParseKeyMap("status=.resp.code,client=.ip,time=.t,duration=.took(ms)");
//   NameTable table(*keys, {});
//   const Key* key = table.Find("resp.code");     // null: no field, and none below it
//
// The notation of a key map, which presets and `--format json:MAP` share, is a list of FIELD=PATH parted by commas:
//   FIELD   a field's name (src/record/field.h), or `request` for a whole request line
//   FIELD?  the same, but any key without the question mark wins ($uri, where $request_uri is logged, too);
//           FIELD?? gives way to one with one mark as well
//   PATH    the keys from the outside in, parted by dots. A leading dot may stand for the object itself. A log may
//           write the keys nested or as one flat key with dots, and a value may stand alone or first in an array
//   (UNIT)  behind a duration's path: s, ms, us or ns; seconds if there is none
#ifndef LOGSTAT_SRC_FORMAT_KEY_MAP_H_
#define LOGSTAT_SRC_FORMAT_KEY_MAP_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "src/base/status.h"
#include "src/format/field_value.h"

namespace logstat {

struct NamedKey {
  std::string path;  // without a leading dot
  FieldSpec spec;
  uint8_t weak = 0;  // how many question marks
};
inline constexpr uint8_t kWeakest = 2;

// Errors name the entry and what is wrong with it.
StatusOr<std::vector<NamedKey>> ParseKeyMap(std::string_view map);

// What is known about a path.
struct Key {
  std::string path;
  bool is_field = false;
  uint8_t weak = 0;
  FieldSpec spec;
  ColumnSet columns;        // that are the field's: what ColumnsOf() says, but host and scheme of an absolute target
  ColumnSet may_fill;       // what ColumnsOf() says
  ColumnSet columns_below;  // that fields in an object under this path may fill
  uint32_t mark = 0;        // bit i: the path is marks[i]
  uint32_t marks_below = 0;
};

// Immutable. Keys point into it.
class NameTable {
 public:
  // Of two keys of the same path the first counts. `marks` are at most 32 paths whose presence somebody asks for.
  NameTable(std::span<const NamedKey> keys, std::span<const std::string_view> marks);

  const Key* Find(std::string_view path) const {
    const auto found = keys_.find(path);
    return found == keys_.end() ? nullptr : &found->second;
  }

  // Everything that some key may fill.
  ColumnSet columns() const { return columns_; }

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  Key& At(std::string_view path);

  std::unordered_map<std::string, Key, Hash, std::equal_to<>> keys_;
  ColumnSet columns_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_KEY_MAP_H_
