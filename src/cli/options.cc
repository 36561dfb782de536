#include "src/cli/options.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "logstat/analyze.h"
#include "src/cli/config_options.h"
#include "src/cli/filter_options.h"
#include "src/cli/finding_options.h"
#include "src/cli/operands.h"

namespace logstat {
namespace {

// What CLI11 collects: text only, so that every message about a value is ours.
struct RawOptions {
  std::string format = "auto", from_conf, sections, top, tz = "UTC", interval, threads, max_memory, max_expand,
              max_rejects, color, progress, runs, config;
  RawFilter filter;
  RawFindings findings;
  std::vector<std::string> outputs;
  std::string timing;  // "-" stands for `--timing` without a path
  bool full = false, quiet = false, verbose = false, help = false, version = false;
};

struct CommandInfo {
  Command command;
  std::string_view name;
  std::string_view usage;  // behind the program's name
  const char* description;
  std::string_view options;  // those that have an effect; the others are accepted but not shown by --help
};

constexpr std::string_view kAllOptions = "*";

constexpr std::array<CommandInfo, 5> kCommands = {{
    {Command::kAnalyze, "", "[OPTIONS] [FILE|DIR|GLOB ...]",
     "Reads HTTP access logs and says what their status codes mean.\n"
     "Without FILE a pipe or file on standard input is read; '-' names it.",
     kAllOptions},
    {Command::kExplain, "explain", "explain CODE|CLASS|FINDING ...",
     "Says what a status code (404), a class (4xx) or a finding (414-flood) means and\n"
     "what to do; `findings` lists them.",
     "--help"},
    {Command::kFormats, "formats", "formats [NAME]",
     "Lists every known log format: its field string and an example line.", "--help"},
    {Command::kDetect, "detect", "detect FILE ...",
     "Says in which format each FILE is. Only the first 1,000 lines are read.", "--help"},
    {Command::kBench, "bench", "bench [--runs N] FILE",
     "Measures the speed of this machine on this log: every number of threads and\n"
     "every vector target, each answer checked before the clock counts.",
     "--runs --sections --format --from-conf --top --interval --tz --help"},
}};

constexpr const char* kCommandsHelp =
    "Subcommands (as the first argument; `logstat SUBCOMMAND --help`):\n"
    "  explain CODE|CLASS|FINDING ...\n"
    "                            what a status code, a class (4xx) or a finding means\n"
    "  formats [NAME]            the known log formats\n"
    "  detect FILE ...           the format of each file, and stop\n"
    "  bench FILE                speed on this machine and this log\n"
    "\n"
    "Exit status: 0 done, 1 a finding that --fail-on names (bench: a wrong answer),\n"
    "2 usage error, 3 some input could not be read or too many lines were rejected,\n"
    "4 output not written.";

// CLI11's own usage line speaks of SUBCOMMAND and knows no file names, and its option names are "-f,--format" and
// "--timing{-}".
class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(std::string_view usage) : usage_(usage) { column_width(28); }

  std::string make_usage(const CLI::App*, std::string) const override {
    return fmt::format("\nUsage: logstat {}\n", usage_);
  }
  std::string make_option_name(const CLI::Option* option, bool positional) const override {
    std::string name = CLI::Formatter::make_option_name(option, positional);
    name.resize(std::min(name.size(), name.find('{')));
    size_t comma = name.find(',');
    return comma == std::string::npos ? name : name.replace(comma, 1, ", ");
  }
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string value = option->get_option_text();
    return value.empty() || value[0] == '[' ? value : " " + value;
  }

 private:
  std::string usage_;
};

// CLI11 separates groups by two blank lines and ends with one.
std::string TidyHelp(std::string text) {
  for (size_t gap; (gap = text.find("\n\n\n")) != std::string::npos;) text.erase(gap, 1);
  while (text.size() > 1 && text[text.size() - 2] == '\n') text.pop_back();
  return text;
}

// The app of one command. There are no CLI11 subcommands: which command it is, is known from the first argument, and
// then the same options are parsed for each.
class CommandLineApp {
 public:
  CommandLineApp(const CommandInfo& info, RawOptions& raw) : app_(info.description), info_(info) {
    app_.formatter(std::make_shared<HelpFormatter>(info.usage));
    app_.set_help_flag();
    // Operands are taken from remaining(): CLI11 would split a file named `[a].log` at its brackets.
    app_.allow_extras();
    AddInputOptions(raw);
    AddFilterOptions(raw);
    AddReportOptions(raw);
    AddFindingOptions(raw);
    AddOtherOptions(raw);
    if (info.command == Command::kAnalyze) app_.footer(kCommandsHelp);
  }

  CLI::App& app() { return app_; }

 private:
  void Value(const char* names, std::string& value, const char* placeholder, const char* group, const char* text) {
    Describe(app_.add_option(names, value, text)->take_last()->option_text(placeholder), group);
  }
  void Flag(const char* names, bool& value, const char* group, const char* text) {
    Describe(app_.add_flag(names, value, text)->disable_flag_override(), group);
  }
  // CLI11 hides the options of the group without a name.
  void Describe(CLI::Option* option, const char* group) {
    bool shown = info_.options == kAllOptions || info_.options.find(option->get_name()) != std::string_view::npos;
    option->group(shown ? group : "");
  }

  void AddInputOptions(RawOptions& raw) {
    Value("-f,--format", raw.format, "F", "Input",
          "a preset (`logstat formats`), an nginx log_format,\n"
          "Apache LogFormat or HAProxy log-format string,\n"
          "or auto (default)");
    Value("--from-conf", raw.from_conf, "PATH[:NAME]", "Input",
          "take the format from an nginx or Apache\nconfiguration file as it is");
    Value("--max-rejects", raw.max_rejects, "PCT", "Input",
          "exit 3 when more than PCT % of all lines are\nrejected (default 100)");
    Value("--max-memory", raw.max_memory, "SIZE", "Input",
          "for tables and buffers, as in 512MiB; default the\n"
          "smaller of 1GiB and a quarter of the container's");
    Value("--max-expand", raw.max_expand, "SIZE", "Input",
          "most bytes that a compressed FILE may expand to\n(default 1TiB)");
    Value("-j,--threads", raw.threads, "N", "Input", "default: the processors this process may use");
  }

  void AddFilterOptions(RawOptions& raw) {
    constexpr const char* kGroup = "Lines";
    Value("--since", raw.filter.since, "T", kGroup,
          "only lines from T on: 2026-11-22, 2026-11-22T13:00,\n2h (ago), today, yesterday");
    Value("--until", raw.filter.until, "T", kGroup, "only lines before T");
    Value("--now", raw.filter.now, "T", kGroup, "what --since and --until count back from\n(default: the clock)");
    Value("--where", raw.filter.where, "EXPR", kGroup,
          "only lines of which EXPR is true, as in\n"
          "'status >= 500 and path =~ \"^/api/\"'");
    Value("--client", raw.filter.client, "FIELD", kGroup,
          "which field is the client; xff: the last element\nthat is no trusted proxy");
    Describe(app_.add_option("--trusted-proxy", raw.filter.trusted_proxies,
                             "whose word about xff counts; may be repeated\n(default: private ranges)")
                 ->allow_extra_args(false)
                 ->option_text("CIDR"),
             kGroup);
  }

  void AddReportOptions(RawOptions& raw) {
    constexpr const char* kGroup = "Report";
    // A vector option takes words until the next option: `-o json access.log` would lose the log.
    Describe(app_.add_option("-o,--output", raw.outputs,
                             "text (default), json, csv, markdown, html,\nprometheus; or a FILE that ends in .txt "
                             ".json .csv\n.md .html .prom; several: csv=DIR; may be repeated")
                 ->allow_extra_args(false)
                 ->option_text("KIND[=FILE]"),
             kGroup);
    Flag("--full", raw.full, kGroup, "every section, also on a terminal (default: one\nscreen)");
    Value("--sections", raw.sections, "LIST", kGroup,
          "only these: summary, findings, classes, codes,\ntimeline, paths, clients, upstreams, methods,\nhosts, "
          "referrers, agents, durations, changes,\nrejects");
    Value("--top", raw.top, "N", kGroup, "rows in the top lists (default 10); 0 = all");
    Value("--tz", raw.tz, "ZONE", kGroup, "zone of printed times, as in Europe/Berlin\n(default UTC)");
    Value("--interval", raw.interval, "D", kGroup,
          "step of the timeline: 1s 10s 30s 1m 10m 30m 1h 6h\n1d 7d 28d; default by the log's length");
  }

  void AddFindingOptions(RawOptions& raw) {
    constexpr const char* kGroup = "Findings";
    Value("--fail-on", raw.findings.fail_on, "SEVERITY", kGroup,
          "exit 1 if there is a finding of this severity or\nworse: info, low, medium, high, critical");
    Flag("--quiet-if-clean", raw.findings.quiet_if_clean, kGroup,
         "nothing on standard output if no finding is at or\nabove --fail-on (or medium)");
    Value("--limit-codes", raw.findings.limit_codes, "LIST", kGroup,
          "codes that refuse too many connections or requests\n(default 421,429,503)");
    Value("--too-long-codes", raw.findings.too_long_codes, "LIST", kGroup,
          "codes that refuse too long requests\n(default 414,431,494)");
  }

  void AddOtherOptions(RawOptions& raw) {
    constexpr const char* kGroup = "Other";
    if (info_.command == Command::kBench) {
      Value("--runs", raw.runs, "N", kGroup, "timed runs of each combination (default 7)");
    }
    // A flag with a value: it takes `=PATH` and never the next word, which is the log.
    Describe(app_.add_flag("--timing{-}", raw.timing, "one line of JSON about the run, on standard error\nor in PATH")
                 ->option_text("[=PATH]"),
             kGroup);
    Value("--config", raw.config, "PATH", kGroup,
          "options from this TOML file; default\n/etc/logstat.toml, ~/.config/logstat/config.toml");
    Value("--color", raw.color, "WHEN", kGroup, "auto (default), always, never; NO_COLOR is honoured");
    Value("--progress", raw.progress, "WHEN", kGroup, "auto (default), always, never");
    Flag("-q,--quiet", raw.quiet, kGroup, "no warnings, no progress");
    Flag("-v,--verbose", raw.verbose, kGroup, "say on standard error what was read and how");
    Flag("-h,--help", raw.help, kGroup, "this text");
    Flag("--version", raw.version, kGroup, "the release");
  }

  CLI::App app_;
  const CommandInfo& info_;
};

// CLI11 takes the next word as the value of `--name=`, which would then be missing among the files; and an empty word
// as a value.
Status RefuseEmptyValues(int argc, const char* const* argv) {
  for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i) {
    std::string_view word = argv[i];
    std::string_view last = argv[i - 1];
    // Behind `--sections` it would mean that the option was not given; for an operand it is too little as well.
    if (word.empty() && i > 1 && last.size() > 1 && last[0] == '-') {
      return UsageError(fmt::format("an empty argument behind {} is neither a value nor a file", last));
    }
    if (word.size() > 3 && word.substr(0, 2) == "--" && word.find('=') == word.size() - 1) {
      return UsageError(fmt::format("{} needs a value after '='", word.substr(0, word.size() - 1)));
    }
  }
  return OkStatus();
}

bool FileExists(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0;
}

bool IsPreset(std::string_view name) {
  const std::vector<FormatInfo>& formats = KnownFormats();
  return std::any_of(formats.begin(), formats.end(), [&](const FormatInfo& format) { return format.name == name; });
}

// Parses `text` into `target` unless the option was not given.
template <typename T, typename Target, typename... More>
Status Set(StatusOr<T> (*parse)(std::string_view, std::string_view, More...), std::string_view option,
           const std::string& text, Target& target, More... more) {
  if (text.empty()) return OkStatus();
  StatusOr<T> value = parse(option, text, more...);
  if (!value.ok()) return value.status();
  target = static_cast<Target>(*value);
  return OkStatus();
}

// One table of CSV holds one section. Whether a name without .csv is a directory is seen when it is opened.
Status CheckCsv(const OutputRequest& request, SectionSet sections) {
  if (request.kind != OutputKind::kCsv || sections.size() == 1) return OkStatus();
  if (!request.path.empty() && !request.path.ends_with(".csv")) return OkStatus();
  return UsageError(
      fmt::format("-o: CSV of {} sections does not fit into {}; write -o csv=DIR for a file each, or ask for one with "
                  "--sections",
                  sections.size(), request.path.empty() ? "standard output" : fmt::format("'{}'", request.path)));
}

Status SetOutputs(const RawOptions& raw, CliOptions& options) {
  for (const std::string& text : raw.outputs) {
    StatusOr<OutputRequest> request = ParseOutput("-o", text);
    if (!request.ok()) {
      if (!FileExists(text)) return request.status();
      return UsageError(
          fmt::format("-o: '{}' is an existing file and no kind of output; did you mean `logstat {}`?", text, text));
    }
    for (const OutputRequest& other : options.outputs) {
      if (other.path != request->path) continue;
      return UsageError(
          request->path.empty()
              ? "-o: two outputs go to standard output; give one of them a file, as in -o json=report.json"
              : fmt::format("-o: two outputs go to '{}'; give each its own file", request->path));
    }
    if (Status status = CheckCsv(*request, options.analysis.sections); !status.ok()) return status;
    options.outputs.push_back(*std::move(request));
  }
  if (options.outputs.empty()) options.outputs.push_back(OutputRequest{});
  return OkStatus();
}

Status SetAnalysis(const RawOptions& raw, Options& analysis) {
  if (raw.format != "auto" && !IsPreset(raw.format) && FileExists(raw.format)) {
    return UsageError(
        fmt::format("-f: '{}' is a file, not a format; did you mean `logstat {}`?", raw.format, raw.format));
  }
  analysis.format = raw.format;
  analysis.from_conf = raw.from_conf;
  analysis.time_zone = raw.tz;
  analysis.guard_mapped_files = true;
  Status status = Set(ParseSections, "--sections", raw.sections, analysis.sections);
  status.Update(Set(ParseCount, "--top", raw.top, analysis.top, uint64_t{0}, uint64_t{UINT64_MAX}));
  status.Update(Set(ParseInterval, "--interval", raw.interval, analysis.interval_seconds));
  status.Update(Set(ParseCount, "--threads", raw.threads, analysis.threads, uint64_t{1}, uint64_t{1024}));
  status.Update(Set(ParseSize, "--max-memory", raw.max_memory, analysis.max_memory_bytes, kLeastMemoryBytes));
  status.Update(Set(ParseSize, "--max-expand", raw.max_expand, analysis.max_expand_bytes, uint64_t{1}));
  return status;
}

Status SetRest(const RawOptions& raw, CliOptions& options) {
  options.full = raw.full;
  options.quiet = raw.quiet;
  options.verbose = raw.verbose;
  if (raw.quiet && raw.verbose) return UsageError("-q and -v exclude each other; give one of them");
  if (!raw.timing.empty()) options.timing_path = raw.timing == "-" ? "" : raw.timing;
  Status status = Set(ParsePercent, "--max-rejects", raw.max_rejects, options.max_rejects_percent);
  status.Update(Set(ParseWhen, "--color", raw.color, options.color));
  status.Update(Set(ParseWhen, "--progress", raw.progress, options.progress));
  status.Update(Set(ParseCount, "--runs", raw.runs, options.bench_runs, uint64_t{1}, uint64_t{1000}));
  return status;
}

// CLI11's exceptions in our words. A value can only be missing behind the last word.
Status TranslateError(const CLI::ParseError& error, const std::string& last_word) {
  std::string text = error.what();
  bool is_mismatch = error.get_name() == "ArgumentMismatch";
  if (is_mismatch && text.find("flag override") != std::string::npos) {
    return UsageError(fmt::format("--{} takes no value; see `logstat --help`", text.substr(0, text.find(' '))));
  }
  if (is_mismatch) return UsageError(fmt::format("{} needs a value; see `logstat --help`", last_word));
  return UsageError(fmt::format("{}; see `logstat --help`", text));
}

}  // namespace

StatusOr<CliOptions> ParseCommandLine(int argc, const char* const* argv) {
  const CommandInfo* info = &kCommands[0];
  for (const CommandInfo& candidate : kCommands) {
    if (argc > 1 && !candidate.name.empty() && candidate.name == argv[1]) info = &candidate;
  }
  int skipped = info->command == Command::kAnalyze ? 0 : 1;

  RawOptions raw;
  CommandLineApp command_line(*info, raw);
  CliOptions options;
  options.command = info->command;
  if (Status status = RefuseEmptyValues(argc, argv); !status.ok()) return status;
  try {
    command_line.app().parse(argc - skipped, argv + skipped);
  } catch (const CLI::ParseError& error) {
    return TranslateError(error, argv[argc - 1]);
  }
  if (raw.help || raw.version) {
    options.command = Command::kPrint;
    options.text = raw.help ? TidyHelp(command_line.app().help()) : fmt::format("logstat {}\n", Version());
    return options;
  }
  ConfigPlaces config;
  if (info->command != Command::kExplain && info->command != Command::kFormats) {
    StatusOr<ConfigPlaces> applied = ApplyConfig(command_line.app(), raw.config);
    if (!applied.ok()) return applied.status();
    config = *std::move(applied);
  }
  Status status = TakeOperands(command_line.app().remaining(), options.operands);
  status.Update(SetAnalysis(raw, options.analysis));
  status.Update(SetFilter(raw.filter, raw.tz, options.analysis));
  status.Update(SetFindings(raw.findings, config.findings(), options));
  status.Update(SetOutputs(raw, options));
  status.Update(SetRest(raw, options));
  status.Update(CheckOperands(options));
  if (!status.ok()) return config.Explain(status);
  return options;
}

}  // namespace logstat
