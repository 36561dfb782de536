#include "src/report/csv.h"

#include "src/report/escape.h"
#include "src/report/pieces.h"
#include "src/report/tables.h"

namespace logstat {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

void WriteHeader(const ReportTable& table, Pieces& out) {
  if (!table.list.empty()) out.Add("list,");
  for (size_t i = 0; i < table.columns.size(); ++i) {
    out.Add(i == 0 ? "" : ",").Add(QuoteForCsv(table.columns[i].name));
  }
  out.Add(kLineEnd);
}

void WriteCsvRows(const ReportTable& table, const TimeFormatter& times, Pieces& out) {
  for (size_t i = 0; i < table.rows; ++i) {
    if (!table.list.empty()) out.Add(table.list).Add(",");
    std::string_view separator;
    for (const Value& value : table.row(i)) {
      const std::string text = ForPrograms(value, times);
      out.Add(separator).Add(value.IsText() ? QuoteForCsv(text) : text);
      separator = ",";
    }
    out.Add(kLineEnd);
  }
}

class CsvWriter : public Writer {
 public:
  void Write(const Report& report, const Sink& sink) const override {
    for (const ReportTable& table : MakeTables(report)) {
      if (table.section.has_value() && !table.part) return WriteCsvFile(report, table.name, sink);
    }
  }
};

}  // namespace

std::vector<std::string> CsvFiles(SectionSet sections) {
  Report report;
  report.options.sections = sections;
  std::vector<std::string> names;
  for (const ReportTable& table : MakeTables(report)) {
    if (names.empty() || names.back() != table.name) names.push_back(table.name);
  }
  return names;
}

void WriteCsvFile(const Report& report, std::string_view name, const Sink& sink) {
  const TimeFormatter times(report.options.time_zone);
  Pieces out(sink);
  bool first = true;
  for (const ReportTable& table : MakeTables(report)) {
    if (table.name != name) continue;
    if (first) WriteHeader(table, out);
    first = false;
    WriteCsvRows(table, times, out);
  }
}

std::unique_ptr<Writer> MakeCsvWriter() { return std::make_unique<CsvWriter>(); }

}  // namespace logstat
