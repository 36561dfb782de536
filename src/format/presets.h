// The formats that are known by name: a table of nginx and Apache strings.
//
// Adding a format is adding a row. Two rows of the same name are two spellings of one format (Apache writes
// "host:port client …", nginx "host client …"); presets whose lines are identical are aliases. Detection prefers the
// earlier row where two fit equally well and have as many fields.
#ifndef LOGSTAT_SRC_FORMAT_PRESETS_H_
#define LOGSTAT_SRC_FORMAT_PRESETS_H_

#include <memory>
#include <span>
#include <string_view>

#include "src/format/line_format.h"

namespace logstat {

struct Preset {
  std::string_view name;
  std::string_view definition;  // the nginx or Apache string, or the directive that stands before the lines
  std::string_view example;     // one line in this format
  std::shared_ptr<const LineFormat> format;
};

// All of them, in table order. Compiled once; thread-safe.
std::span<const Preset> Presets();

// The first row of that name, or null.
const Preset* FindPreset(std::string_view name);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_PRESETS_H_
