// An expression of --where, and a log behind it. The first byte chooses the format, the second the size of the cells;
// then the expression up to a newline, then the log. Checked:
//   what is refused is marked within the text
//   a line passes E or not E or neither, never both; `E or not E` and `E and E` are what they say; rows one by one
//   give what all together give
//   the rows that pass are the same on the fast path, with and without early tests, as on the careful path
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "src/filter/parser.h"
#include "src/filter/time_point.h"
#include "tests/filter/filtered_rows.h"

namespace logstat {
namespace {

constexpr const char* kFormats[] = {"combined", "common", "vhost_combined",
                                    R"([$time_local] $host $remote_user "$request" $status $bytes_sent $request_time)"};

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

std::vector<uint32_t> Passing(const std::string& where, const RecordBatch& batch) {
  const StatusOr<Expression> expression = ParseWhere(where, "UTC");
  Require(expression.ok(), "what holds an expression in parentheses is one");
  std::vector<uint32_t> rows;
  for (uint32_t row = 0; row < batch.rows(); ++row) rows.push_back(row);
  std::vector<uint32_t> one_by_one;
  for (const uint32_t row : rows) {
    std::vector<uint32_t> alone = {row};
    expression->Narrow(batch, alone);
    if (!alone.empty()) one_by_one.push_back(row);
  }
  expression->Narrow(batch, rows);
  Require(rows == one_by_one, "rows alone are not what they are together");
  return rows;
}

void CheckLogic(const std::string& where, std::string_view text, const LineFormat& format) {
  CellReader reader(BestKernels());
  RecordBatch batch;
  const OwnedCell owned(text, text.size(), 0);
  reader.Read(owned.block(), format, kEveryField, batch);
  const std::string e = "(" + where + ")";
  const std::vector<uint32_t> is_true = Passing(e, batch);
  const std::vector<uint32_t> is_false = Passing("not " + e, batch);
  std::vector<uint32_t> known, both;
  std::set_union(is_true.begin(), is_true.end(), is_false.begin(), is_false.end(), std::back_inserter(known));
  std::set_intersection(is_true.begin(), is_true.end(), is_false.begin(), is_false.end(), std::back_inserter(both));
  Require(both.empty(), "a row is true and false");
  Require(Passing(e + " or not " + e, batch) == known, "E or not E");
  Require(Passing(e + " and not " + e, batch).empty(), "E and not E");
  Require(Passing(e + " and " + e, batch) == is_true, "E and E");
  Require(Passing("not not " + e, batch) == is_true, "not not E");
}

void CheckReading(const std::string& where, std::string_view text, const LineFormat& format, size_t cell_bytes) {
  Options options;
  options.where = where;
  const StatusOr<Filter> filter = MakeFilter(options);
  Require(filter.ok(), "an expression is a filter");
  for (const ColumnSet columns : {kStatusOnly, kFastColumns, kEveryColumn}) {
    const auto read = [&](const FilteredReading& how) { return FilteredRows(text, format, columns, *filter, how); };
    const std::vector<ReadRow> careful = read({.fast = false, .early = false});
    for (const FilteredReading how : {FilteredReading{.fast = true, .early = true},
                                      {.fast = true, .early = false},
                                      {.fast = true, .early = true, .cell_bytes = cell_bytes}}) {
      const std::string difference = DescribeDifference(text, read(how), careful);
      Require(difference.empty(), difference.c_str());
    }
  }
}

}  // namespace
}  // namespace logstat

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace logstat;
  if (size < 3 || size > 10000) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string where(text.substr(0, text.find('\n')));
  const std::string_view log = text.substr(std::min(where.size() + 1, text.size()));
  (void)ParseTimePoint("--since", where, TimeContext{1'795'352'400'000, "Europe/Berlin"});
  const StatusOr<Expression> expression = ParseWhere(where, "Europe/Berlin");
  if (!expression.ok()) {
    const std::optional<MarkedText> mark = MarkOf(expression.status());
    Require(mark.has_value() && mark->text == where && mark->at <= where.size(), "a mark outside of the text");
    return 0;
  }
  if (log.empty()) return 0;
  const LineFormat& format = LineFormatOf(kFormats[data[0] % std::size(kFormats)]);
  // Nesting has a limit, which the parentheses around an expression may exceed.
  if (ParseWhere("not not (" + where + ")", "UTC").ok()) CheckLogic(where, log, format);
  CheckReading(where, log, format, std::max<size_t>(1 + data[1] * 4, log.size() / 64));
  return 0;
}
