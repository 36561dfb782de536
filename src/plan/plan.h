// The plan of a run: which inputs in which order, which columns, how many workers, and how the memory is divided.
//
//   StatusOr<Plan> plan = MakePlan(options);
//
// Everything that a run needs to know is decided here, before the first byte is read; only the format of an input is
// decided when it is opened (cursor.h). Immutable afterwards.
#ifndef LOGSTAT_SRC_PLAN_PLAN_H_
#define LOGSTAT_SRC_PLAN_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "logstat/options.h"
#include "src/base/status.h"
#include "src/detect/rule.h"
#include "src/filter/client_field.h"
#include "src/filter/filter.h"
#include "src/format/line_format.h"
#include "src/input/source.h"
#include "src/plan/expand.h"
#include "src/record/field.h"
#include "src/scan/kernels.h"

namespace logstat {

// A format and the name that reports give it: a preset's, that in a configuration, or "custom".
struct NamedFormat {
  std::string name;
  std::shared_ptr<const LineFormat> format;
  std::string definition{};  // of one from a configuration: its string
  bool is_preset = false;    // of several rows of that name each input has its own, see ChoosePreset()
};

struct Plan {
  InputList inputs;
  NamedFormat format;          // for every input; null: detected per input
  ColumnSet columns;           // that the sections need: what is counted
  ColumnSet read_columns;      // and those that the filter and the choice of the client need
  bool in_time_order = false;  // findings are asked for: inputs are read as their times overlap
  Filter filter;
  ClientField client;
  unsigned threads = 1;
  const Kernels* kernels = nullptr;
  SourceSettings source;
  uint64_t table_bytes = 0;  // three quarters of the budget
  uint64_t event_bytes = 0;  // an eighth: for lines that wait for others, and for those that detectors may look up
  DetectSettings detect_settings;
  std::map<std::string, RuleSettings> rules;  // of findings, by id, that the user changed
  size_t cells_ahead = 4;                     // most cells that are taken and not delivered
};

// Errors are the user's: an unknown format, kernel, zone or interval, a filter that cannot be read (with a mark).
StatusOr<Plan> MakePlan(const Options& options);

// The format that `options` name or are: a preset, an nginx or Apache string, or one from a configuration. Null for
// "auto". A string that cannot be compiled is an error with a mark (MarkOf).
StatusOr<NamedFormat> ResolveFormat(const Options& options);

}  // namespace logstat

#endif  // LOGSTAT_SRC_PLAN_PLAN_H_
