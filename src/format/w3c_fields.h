// What the directives of a W3C extended log say about the lines behind them.
//
//   std::shared_ptr<const W3cFields> fields = ParseFields("#Fields: date time c-ip cs-method cs-uri-stem sc-status");
//   fields->status;                 // 5: the number of that column
//   fields->columns[2].spec.field;  // Field::kClient
//
// IIS, CloudFront and others use the same directives and mostly the same names. Immutable; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_W3C_FIELDS_H_
#define LOGSTAT_SRC_FORMAT_W3C_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "src/format/field_value.h"

namespace logstat {

struct W3cColumn {
  bool used = false;  // false: read over
  FieldSpec spec;
  bool keeps_dash = false;  // "-" is a value here: the client sent none. Elsewhere it means that there is nothing
};

inline constexpr size_t kNoColumn = std::numeric_limits<size_t>::max();

// The numbers of columns are places in a line, from 0; kNoColumn if the log does not have them.
struct W3cFields {
  std::vector<W3cColumn> columns;
  size_t date = kNoColumn;
  size_t time = kNoColumn;
  size_t status = kNoColumn;
  size_t stem = kNoColumn;  // cs-uri-stem, which makes the target with the query; or cs-uri, the whole target
  size_t query = kNoColumn;
  bool tabs = false;  // the names are parted by tabs, so the values probably are, too

  // The fields that its lines have.
  ColumnSet Columns() const;
};

// `directive` is a line that starts with "#Fields:". Where two columns are one field, the more exact one is taken.
std::shared_ptr<const W3cFields> ParseFields(std::string_view directive);

// Whether the line is that directive, in any case; `name` as "#Fields:".
bool IsDirective(std::string_view line, std::string_view name);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_W3C_FIELDS_H_
