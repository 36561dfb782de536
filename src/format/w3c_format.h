// The W3C extended log format: a `#Fields:` directive names the columns of the lines behind it, until the next one. IIS
// writes it with spaces and `+` for a space inside a field, CloudFront with tabs, others with quotes.
//
//   W3cFormat format;
//   std::unique_ptr<LineReader> reader = format.MakeReader();
//   reader->Read("#Fields: date time c-ip sc-status", 0, batch);    // ignored, and remembered
//   reader->Read("2026-11-22 13:00:00 192.0.2.7 404", 1, batch);
//
// A line's status is that of `sc-status` alone, wherever it stands. A line before any #Fields is rejected as no_fields,
// a line that ends before its status as too_few_fields. Times are UTC; where only `time` is a column, the day is that
// of the last #Date. Texts stay as logged, `+` and percent escapes too. Whether a space separates or belongs to a
// quoted field is decided by what gives as many fields as there are columns, so a quote that a client sent shifts
// nothing.
#ifndef LOGSTAT_SRC_FORMAT_W3C_FORMAT_H_
#define LOGSTAT_SRC_FORMAT_W3C_FORMAT_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "src/format/line_format.h"

namespace logstat {

class W3cFormat final : public LineFormat {
 public:
  std::unique_ptr<LineReader> MakeReader() const override;
  size_t CountFits(std::span<const std::string_view> lines, Fit fit) const override;
  // More than any other: that a log describes itself is no coincidence.
  size_t fields() const override { return 1000; }
  ColumnSet columns() const override { return kEveryField; }
  bool columns_vary() const override { return true; }
  ColumnSet ColumnsUntil(const LineState* state) const override;
  bool has_state() const override { return true; }
  std::shared_ptr<const LineState> StateAfter(const std::shared_ptr<const LineState>& before,
                                              const Block& block) const override;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_W3C_FORMAT_H_
