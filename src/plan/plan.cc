#include "src/plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "src/format/from_conf.h"
#include "src/format/json_format.h"
#include "src/format/key_map.h"
#include "src/format/ltsv_format.h"
#include "src/format/presets.h"
#include "src/format/string_format.h"
#include "src/plan/columns.h"
#include "src/plan/finding_rules.h"
#include "src/plan/resources.h"

namespace logstat {
namespace {

// The names of the presets, each once, as an error message lists them.
std::string PresetNames() {
  std::string names;
  std::set<std::string_view> listed;
  for (const Preset& preset : Presets()) {
    if (!listed.insert(preset.name).second) continue;
    if (!names.empty()) names += ", ";
    names += preset.name;
  }
  return names;
}

Status CheckInterval(const Options& options) {
  if (!options.interval_seconds.has_value()) return OkStatus();
  const std::vector<int64_t>& allowed = TimelineIntervals();
  if (std::find(allowed.begin(), allowed.end(), *options.interval_seconds) != allowed.end()) return OkStatus();
  return UsageError(fmt::format("interval of {} s: use 1, 10 or 30 s, 1, 10 or 30 min, 1 or 6 h, 1, 7 or 28 d",
                                *options.interval_seconds));
}

Status CheckTimeZone(const Options& options) {
  absl::TimeZone zone;
  if (absl::LoadTimeZone(options.time_zone, &zone)) return OkStatus();
  return UsageError(
      fmt::format("time zone '{}' is not known: use an IANA name such as Europe/Berlin or UTC", options.time_zone));
}

// Positions in a cell and in the end of its last line are 31 bits, see Text.
constexpr size_t kMostCellBytes = size_t{1} << 30;

// A cell in flight costs its bytes, the bytes behind it that its last line may need, and its rows; an eighth of the
// budget is theirs.
size_t CellsAhead(unsigned threads, uint64_t budget_bytes, size_t cell_bytes) {
  const uint64_t in_flight = 2 * (cell_bytes + kMaxLineBytes);
  const uint64_t fit = std::max<uint64_t>(budget_bytes / 8 / in_flight, 1);
  // A worker that delivers may be busy with a minute of lines for as long as the others take for dozens of cells.
  return static_cast<size_t>(std::min<uint64_t>(fit, 16 * uint64_t{threads}));
}

StatusOr<NamedFormat> ResolveConfFormat(const std::string& path_and_name) {
  StatusOr<ConfFormat> found = FormatFromConf(path_and_name);
  if (!found.ok()) return found.status();
  StatusOr<std::shared_ptr<const LineFormat>> format = CompileLineFormat(found->text);
  if (!format.ok()) {
    const std::string name = found->name.empty() ? "" : fmt::format("'{}': ", found->name);
    const std::string place =
        found->place.line == 0 ? "" : fmt::format("{}:{}: ", found->place.file, found->place.line);
    return Prefixed(fmt::format("--from-conf: {}{}", place, name), format.status());
  }
  return NamedFormat{found->name.empty() ? "custom" : found->name, *std::move(format), found->text};
}

}  // namespace

StatusOr<NamedFormat> ResolveFormat(const Options& options) {
  const std::string& text = options.format;
  if (!options.from_conf.empty()) {
    if (text != "auto") return UsageError("-f and --from-conf exclude each other; give one of them");
    return ResolveConfFormat(options.from_conf);
  }
  if (text == "auto") return NamedFormat{};
  if (const Preset* preset = FindPreset(text)) return NamedFormat{text, preset->format, "", true};
  for (const std::string_view kind : {"json:", "ltsv:"}) {
    if (text.compare(0, kind.size(), kind) != 0) continue;
    const StatusOr<std::vector<NamedKey>> keys = ParseKeyMap(std::string_view(text).substr(kind.size()));
    if (!keys.ok()) return keys.status();
    if (kind == "ltsv:") return NamedFormat{"custom", std::make_shared<LtsvFormat>(*keys)};
    return NamedFormat{"custom", std::make_shared<JsonFormat>(*keys)};
  }
  if (text.find_first_of("$%") == std::string::npos) {
    return UsageError(
        fmt::format("format '{}' is not known: use auto, {}, a map of JSON keys (json:status=.code,time=.t), or an "
                    "nginx log_format, Apache LogFormat or HAProxy log-format string",
                    text, PresetNames()));
  }
  StatusOr<std::shared_ptr<const LineFormat>> format = CompileLineFormat(text);
  if (!format.ok()) return format.status();
  return NamedFormat{"custom", *std::move(format)};
}

StatusOr<Plan> MakePlan(const Options& options) {
  for (const Status& status : {CheckInterval(options), CheckTimeZone(options)}) {
    if (!status.ok()) return status;
  }
  if (options.tuning.cell_bytes == 0 || options.tuning.cell_bytes > kMostCellBytes) {
    return UsageError("a cell must have at least one byte, and at most 1 GiB");
  }
  StatusOr<NamedFormat> format = ResolveFormat(options);
  if (!format.ok()) return format.status();

  StatusOr<Filter> filter = MakeFilter(options);
  if (!filter.ok()) return filter.status();
  StatusOr<ClientField> client = MakeClientField(options);
  if (!client.ok()) return client.status();
  StatusOr<DetectSettings> detect_settings = MakeDetectSettings(options);
  if (!detect_settings.ok()) return detect_settings.status();
  StatusOr<std::map<std::string, RuleSettings>> rules = MakeRuleSettings(options);
  if (!rules.ok()) return rules.status();

  Plan plan;
  plan.detect_settings = *std::move(detect_settings);
  plan.detect_settings.outcomes_filtered = filter->named().ContainsAny(kOutcomeFields);
  plan.rules = *std::move(rules);
  plan.format = *std::move(format);
  plan.kernels = options.tuning.kernel.empty() ? &BestKernels() : FindKernels(options.tuning.kernel);
  if (plan.kernels == nullptr) {
    return UsageError(fmt::format("vector kernel '{}' is not known or does not run here", options.tuning.kernel));
  }
  plan.inputs = ExpandInputs(options.inputs);
  plan.columns = ColumnsOf(options.sections);
  plan.in_time_order = options.sections.Contains(Section::kFindings);
  plan.filter = *std::move(filter);
  plan.client = *std::move(client);
  plan.read_columns = plan.columns | plan.filter.columns();
  if (plan.in_time_order) plan.read_columns = plan.read_columns | kFindingColumns;
  if (plan.read_columns.Contains(Field::kClient)) plan.read_columns = plan.read_columns | plan.client.columns();
  plan.threads = options.threads != 0 ? options.threads : AllowedThreads();
  const uint64_t budget = options.max_memory_bytes != 0 ? options.max_memory_bytes : DefaultMemoryBudget();
  plan.table_bytes = budget / 4 * 3;
  plan.event_bytes = budget / 8;
  plan.cells_ahead = CellsAhead(plan.threads, budget, options.tuning.cell_bytes);
  plan.source.cell_bytes = options.tuning.cell_bytes;
  plan.source.map_from_bytes = options.tuning.map_from_bytes;
  plan.source.guard_mapped_files = options.guard_mapped_files;
  if (options.max_expand_bytes != 0) plan.source.max_expand_bytes = options.max_expand_bytes;
  plan.source.decoder_bytes = budget / kDecoderShare;
  return plan;
}

}  // namespace logstat
