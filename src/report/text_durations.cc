#include "src/report/text_durations.h"

#include <cstddef>
#include <utility>

#include "src/report/keys.h"
#include "src/report/numbers.h"

namespace logstat {
namespace {

constexpr size_t kDurationRows = 1000;  // laid out and let go

class DurationTable {
 public:
  explicit DurationTable(std::string key_title)
      : table_({{"requests", Align::kRight},
                {"p50", Align::kRight},
                {"p90", Align::kRight},
                {"p95", Align::kRight},
                {"p99", Align::kRight},
                {"p99.9", Align::kRight},
                {"max", Align::kRight},
                {std::move(key_title), Align::kLeft}}) {}

  void Add(const DurationRow& row, std::string key) {
    table_.Add({{FormatCount(row.count)},
                {FormatMicroseconds(row.p50_us)},
                {FormatMicroseconds(row.p90_us)},
                {FormatMicroseconds(row.p95_us)},
                {FormatMicroseconds(row.p99_us)},
                {FormatMicroseconds(row.p999_us)},
                {FormatMicroseconds(row.max_us)},
                {std::move(key)}});
  }

  // May be called again after more rows, which come without titles.
  void Print(const TextContext& context, Page& page) {
    if (context.look.columns != 0) table_.TightenTo(context.look.columns - kIndent);
    if (!printed_) page.Print(table_.Titles(context.look, kIndent));
    printed_ = true;
    page.PrintAll(table_.TakeLines(context.look, kIndent));
  }

  size_t rows() const { return table_.rows(); }

 private:
  Table table_;
  bool printed_ = false;
};

}  // namespace

void PrintDurations(const TextContext& context, Page& page) {
  const Durations& durations = context.report.durations;
  DurationTable table("class");
  table.Add(durations.overall, "all");
  for (const ClassDurations& of : durations.classes) table.Add(of.row, ClassLabel(of.digit));
  table.Print(context, page);
}

std::string SlowPathsHeading(const Durations& durations) {
  return durations.paths_left_out ? "Slowest paths (left out: too many for the memory, see --max-memory)"
                                  : "Slowest paths, by p95";
}

void PrintSlowPaths(const TextContext& context, Page& page) {
  DurationTable table("path");
  for (const PathDurationRow& path : context.report.durations.paths) {
    table.Add(path.row, PrintableKey(path, 0));
    if (table.rows() == kDurationRows) table.Print(context, page);
  }
  if (table.rows() != 0) table.Print(context, page);
}

}  // namespace logstat
