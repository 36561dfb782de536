// Writers: one class in one file per output, each fed by the same immutable Report.
//
//   logstat::WriterSettings settings;
//   settings.columns = 120;
//   std::string text = logstat::Render(report, logstat::OutputKind::kText, settings);
//   logstat::MakeWriter(logstat::OutputKind::kJson, settings)->Write(report, [&](std::string_view piece) { … });
//
// A writer holds its settings and nothing else: one writer may print many reports, from many threads at once. Nothing
// is printed by the writer itself: the text goes to the sink, in pieces of some 64 KiB, each valid until the sink
// returns. A writer does not fail; a sink that cannot write remembers that and ignores what follows.
// Everything from the log is escaped for its medium (escape.h). The output is UTF-8 and ends with a newline.
#ifndef LOGSTAT_SRC_REPORT_WRITER_H_
#define LOGSTAT_SRC_REPORT_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "logstat/report.h"

namespace logstat {

enum class OutputKind : uint8_t { kText, kJson, kCsv, kMarkdown, kHtml, kPrometheus };

inline constexpr OutputKind kOutputKinds[] = {OutputKind::kText,     OutputKind::kJson, OutputKind::kCsv,
                                              OutputKind::kMarkdown, OutputKind::kHtml, OutputKind::kPrometheus};

// The name of an output as `--output` spells it; FindOutputKind is its inverse.
std::string_view OutputKindName(OutputKind kind);
std::optional<OutputKind> FindOutputKind(std::string_view name);

// How text looks; the other outputs are the same whatever they say.
struct WriterSettings {
  // ANSI colours: server errors red, client errors yellow, labels dim.
  bool colour = false;

  // No line takes more cells than this. 0 means no limit, right for files and pipes: keys are printed whole, and
  // bars are drawn as for 80 columns.
  size_t columns = 80;

  // The terminal's height; of use with `one_screen` only, which prints at most max(24, rows) - 1 lines.
  size_t rows = 24;

  // What matters most, on one screen. Otherwise every section in full.
  bool one_screen = false;

  // Names the rules that did not run; otherwise says only how many, and why.
  bool rule_ids = false;
};

// Receives the output piece by piece.
using Sink = std::function<void(std::string_view)>;

class Writer {
 public:
  virtual ~Writer() = default;
  virtual void Write(const Report& report, const Sink& sink) const = 0;
};

// Never null.
std::unique_ptr<Writer> MakeWriter(OutputKind kind, const WriterSettings& settings);

// The whole output as one string.
std::string Render(const Report& report, OutputKind kind, const WriterSettings& settings);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_WRITER_H_
