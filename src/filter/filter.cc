#include "src/filter/filter.h"

#include <memory>
#include <utility>

#include "src/filter/parser.h"

namespace logstat {
namespace {

constexpr ColumnSet kEarlyColumns = {Field::kStatus, Field::kTime, Field::kBytes};

}  // namespace

void Filter::Conjuncts::Narrow(const RecordBatch& batch, Selection& selection) const {
  if (parts_.empty()) return;
  selection.Narrow([&](std::vector<uint32_t>& rows) { Narrow(batch, rows); });
}

void Filter::Conjuncts::Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const {
  for (const Expression& part : parts_) {
    if (rows.empty()) return;
    part.Narrow(batch, rows);
  }
}

ColumnSet Filter::Conjuncts::columns() const {
  ColumnSet columns;
  for (const Expression& part : parts_) columns = columns | part.columns();
  return columns;
}

StatusOr<Filter> MakeFilter(const Options& options) {
  Filter filter;
  if (options.since.has_value() || options.until.has_value()) {
    const TimeMs since = options.since.value_or(kEarliestTime);
    const TimeMs until = options.until.value_or(kLatestTime + 1);
    if (since >= until) return UsageError("--since is not before --until, so that no line can be between them");
    filter.early_.Add(
        Expression(std::make_unique<NumberPredicate>(Field::kTime, std::vector<Interval>{{since, until - 1}})));
  }
  if (options.where.empty()) return filter;
  StatusOr<Expression> where = ParseWhere(options.where, options.time_zone);
  if (!where.ok()) return where.status();
  filter.named_ = where->columns();
  for (Expression& part : where->TakeConjuncts()) {
    const ColumnSet columns = part.columns();
    ((columns & kEarlyColumns) == columns ? filter.early_ : filter.late_).Add(std::move(part));
  }
  return filter;
}

}  // namespace logstat
