// The formats that are known by name: a table of nginx and Apache strings.
//
// Adding a format is adding a row. Two rows of the same name are two spellings of one format (Apache writes
// "host:port client …", nginx "host client …"). A row without an example is an alias: its lines are those of an earlier
// row, whose name detection gives. Detection prefers the earlier row where two fit equally well and have as many
// fields. Formats that neither server writes are spelled with variables of our own, see variables.h.
#ifndef LOGSTAT_SRC_FORMAT_PRESETS_H_
#define LOGSTAT_SRC_FORMAT_PRESETS_H_

#include <memory>
#include <span>
#include <string_view>

#include "src/format/field_program.h"
#include "src/format/line_format.h"

namespace logstat {

struct Preset {
  std::string_view name;
  std::string_view definition;  // the nginx or Apache string, or the directive that stands before the lines
  std::string_view example;     // one line in this format; of an alias that of its first name
  std::shared_ptr<const LineFormat> format;
  bool is_alias = false;
};

// The rows of the table whose definitions are format strings, by family. `bytes` is what the server's byte count is
// known to count; what the string says is not enough, as many a log is written by a server that was told otherwise.
// `whole_addresses`: proxies and balancers that log a scheme and a host in every target, so that no line of a small log
// is taken for one that a web server should not have been sent.
struct StringPreset {
  std::string_view name;
  std::string_view definition;
  std::string_view example;
  ByteMeaning bytes = ByteMeaning::kUnknown;
  bool bare_dashes = false;  // see FieldProgram
  bool whole_addresses = false;
};
std::span<const StringPreset> CommonLogPresets();  // the Common Log Format and its relatives
std::span<const StringPreset> ProxyPresets();      // proxies and caches
std::span<const StringPreset> CloudPresets();      // load balancers and stores of clouds, IIS

// All of them, in table order. Compiled once; thread-safe.
std::span<const Preset> Presets();

// The first row of that name, or null. Which row of a name a log is in, ChoosePreset() in detect.h knows.
const Preset* FindPreset(std::string_view name);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_PRESETS_H_
