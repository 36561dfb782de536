// The report of rows that some workers counted in batches, for the tests of src/aggregate/.
//
//   AggregatePlan plan;
//   plan.columns = kColumns;
//   plan.workers = 3;
//   const Report report = ReportOf(plan, rows, {.batch_rows = 7, .top = 0});
#ifndef LOGSTAT_TESTS_AGGREGATE_REPORT_OF_H_
#define LOGSTAT_TESTS_AGGREGATE_REPORT_OF_H_

#include <algorithm>
#include <memory>
#include <vector>

#include "src/aggregate/aggregates.h"
#include "tests/aggregate/batches.h"

namespace logstat {

struct ReportSettings {
  size_t batch_rows = 100;
  size_t top = 0;
};

// The plan's workers take turns with the batches, some of which have spilled texts, and flush now and then.
inline Report ReportOf(const AggregatePlan& plan, const std::vector<TestRow>& rows, const ReportSettings& settings) {
  Aggregates aggregates(plan);
  std::vector<std::unique_ptr<Aggregates::Worker>> pool;
  for (size_t i = 0; i < plan.workers; ++i) pool.push_back(std::make_unique<Aggregates::Worker>(&aggregates));
  for (size_t begin = 0, i = 0; begin < rows.size(); begin += settings.batch_rows, ++i) {
    const auto first = rows.begin() + static_cast<ptrdiff_t>(begin);
    const auto end = first + static_cast<ptrdiff_t>(std::min(settings.batch_rows, rows.size() - begin));
    const TestBatch made = MakeBatch({first, end}, plan.columns, i % 3 == 0 ? 5 : 0);
    pool[i % plan.workers]->Add(made.batch, made.selection);
    if (i % 7 == 3) pool[i % plan.workers]->Flush();
  }
  for (const auto& worker : pool) worker->Flush();
  Report report;
  ReportOptions options;
  options.top = settings.top;
  aggregates.FillReport(options, &report);
  return report;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_AGGREGATE_REPORT_OF_H_
