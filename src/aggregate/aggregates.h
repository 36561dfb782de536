// Everything that is counted in one run: a shared part, and a worker's part for each thread.
//
//   AggregatePlan plan;
//   plan.columns = ColumnsOf(options.sections);
//   plan.sections = options.sections;
//   plan.table_bytes = budget / 4 * 3;
//   Aggregates aggregates(plan);
//   Aggregates::Worker worker(&aggregates);      // in each thread
//   worker.Add(batch, selection);                // per cell; the batch has at least plan.columns
//   worker.Flush();                              // once at the end
//   aggregates.FillReport(ReportOptions{}, &report);   // after every worker's Flush()
//
// Which aggregates run follows from the plan: with no column but the status only statuses are counted, and a column
// that the plan lacks is never touched. Each text column of kKeyFields in the plan has a key table. Durations are
// counted if their section is in the plan, and per path if the plan has paths, too. The answer is the same for any
// number of workers, any split of the rows over them and any order; with key tables over their budget, see key_table.h.
//
// Key tables over their budget can be counted exactly by a second pass over the same rows:
//
//   if (aggregates.over_budget() == ColumnSet{}) ...   // nothing to do
//   aggregates.BeginRecount();                         // workers made from here on count the keys of these tables only
//   Aggregates::Worker worker(&aggregates);            // as in the first pass
//   ...
//   if (aggregates.EndRecount()) aggregates.FillReport(ReportOptions{}, &report);   // else counts of keys are lost
//
// Memory: of plan.table_bytes an eighth is for durations per path, a 16th for facts of clients, a 32nd for the minutes
// of failing rows and a 256th for the reasons of upstreams. Key tables share the rest: a third for the workers' own
// tables, two for the shared ones, in parts that do not depend on which of them run. Workers and FillReport: see each.
// The block's bytes must be readable for 64 bytes behind its end while Add runs, as Block promises.
#ifndef LOGSTAT_SRC_AGGREGATE_AGGREGATES_H_
#define LOGSTAT_SRC_AGGREGATE_AGGREGATES_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "logstat/report.h"
#include "src/aggregate/client_facts.h"
#include "src/aggregate/distinct.h"
#include "src/aggregate/durations.h"
#include "src/aggregate/failing_rows.h"
#include "src/aggregate/key_counter.h"
#include "src/aggregate/key_table.h"
#include "src/aggregate/minute_counts.h"
#include "src/aggregate/path_durations.h"
#include "src/aggregate/recent_seconds.h"
#include "src/aggregate/status_counts.h"
#include "src/aggregate/timeline.h"
#include "src/aggregate/upstream_reasons.h"
#include "src/base/hash.h"
#include "src/record/field.h"
#include "src/record/row_tags.h"

namespace logstat {

struct AggregatePlan {
  ColumnSet columns;                        // what is counted
  SectionSet sections = SectionSet::All();  // the timeline and durations are kept only if asked for
  std::optional<int64_t> interval_seconds;  // of the timeline
  uint64_t table_bytes = uint64_t{768} << 20;
  unsigned workers = 1;  // over how many the workers' part of table_bytes is split
  TableSeed seed{0};     // usually ProcessTableSeed(); changes nothing that is printed
  // What is wanted to be known of each row's keys. Those of paths and agents must be as src/catalog/text_tags.h says.
  std::map<Field, TagFunction> tags;
};

class Aggregates {
 public:
  // The columns that have a key table.
  static constexpr std::array<Field, 8> kKeyFields = {Field::kPath,   Field::kClient,   Field::kHost,
                                                      Field::kMethod, Field::kUpstream, Field::kReferrer,
                                                      Field::kAgent,  Field::kReason};

  // Whether lines without the field are a row of its list. Most lines of most logs have no reason and no upstream.
  static constexpr bool ListsMissing(Field field) { return field != Field::kReason && field != Field::kUpstream; }

  explicit Aggregates(const AggregatePlan& plan);

  // What one thread counts. Not thread-safe itself; any number of them may work at the same time.
  class Worker {
   public:
    explicit Worker(Aggregates* aggregates);

    // Counts the selected rows. Allocates only when a table grows, never per row.
    void Add(const RecordBatch& batch, const Selection& selection) { Add(batch, selection, nullptr); }

    // The same, and calls then(first, size, tags) with the tags of the selected rows number `first` to first + size -
    // 1, for all of them in their order: some at a time, while their lines are in the core's caches. Tags are there of
    // the columns of the plan that have a TagFunction.
    using TagsConsumer = std::function<void(size_t first, size_t size, const RowTags& tags)>;
    void Add(const RecordBatch& batch, const Selection& selection, const TagsConsumer& then);

    // Hands everything to the shared part. May be called at any time, must be called last.
    void Flush();

   private:
    void AddKeys(const RecordBatch& batch, const Selection& selection, const TagsConsumer& then);
    void FlushMinutes();

    Aggregates* aggregates_;
    StatusCounts statuses_;
    std::optional<TimelineCounts> timeline_;
    std::optional<DurationCounts> durations_;
    std::optional<PathDurations::Worker> path_durations_;
    std::optional<MinuteCounts> minutes_;
    RecentSeconds recent_;  // if there are minutes
    std::optional<FailingRows> failing_rows_;
    std::optional<UpstreamReasons::Worker> upstream_reasons_;
    std::optional<ClientFacts::Worker> client_facts_;
    std::vector<std::unique_ptr<KeyCounter>> keys_;  // in the order of kKeyFields, without those not in the plan
    RowTags tags_;                                   // of the rows in hand
  };

  // Writes what was counted: totals but for lines, rejected, ignored, filtered, bytes_read and newest_time; of the
  // summary all but the reject share; classes, codes, timeline, durations, changes and all lists by key, as far as
  // `options` asks for these sections and the plan has their columns. A list whose column no line has stays empty.
  // Touches no other member of the report. Not while a worker works.
  void FillReport(const ReportOptions& options, Report* report) const;

  // Calls function(key) for every key of a field that its table keeps, as stored (key_text.h); none without a table.
  // After a second pass only for those that every schedule keeps.
  template <typename Function>
  void ForEachKey(Field field, Function function) const {
    const KeyTable* keys = table(field);
    if (keys != nullptr) keys->ForEachKeyText(function);
  }

  // The fields whose tables were too small for all keys. Not while a worker works, as the next two.
  ColumnSet over_budget() const;

  // EndRecount() is false if the second pass did not see the rows of the first one, or if there was no room for what it
  // found: then what FillReport() would say of these tables is wrong, and only ForEachKey() may be used.
  void BeginRecount();
  bool EndRecount();

  // What the shared tables take now, in bytes.
  uint64_t memory_bytes() const;

 private:
  friend class Worker;

  const KeyTable* table(Field field) const;
  bool IsCounted(size_t table) const { return tables_[table] != nullptr && (!recounting_ || recounted_[table]); }
  void FillDurations(const ReportOptions& options, Report* report) const;
  void FillChanges(const ReportOptions& options, Report* report) const;

  AggregatePlan plan_;
  std::array<std::unique_ptr<KeyTable>, kKeyFields.size()> tables_;  // null if not in the plan
  std::unique_ptr<PathDurations> path_durations_;                    // null if not in the plan
  std::unique_ptr<UpstreamReasons> upstream_reasons_;                // null if not in the plan
  std::unique_ptr<ClientFacts> client_facts_;                        // null if not in the plan
  FailingMinutesOfFields failing_;                                   // null if their columns are not in the plan
  std::mutex mutex_;                                                 // guards the members below
  StatusCounts statuses_;
  std::optional<TimelineCounts> timeline_;
  std::optional<DurationCounts> durations_;
  std::optional<MinuteCounts> minutes_;
  RecentSeconds recent_;  // if there are minutes
  DistinctCounter clients_;
  bool recounting_ = false;                          // workers make the second pass
  std::array<bool, kKeyFields.size()> recounted_{};  // these tables
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_AGGREGATES_H_
