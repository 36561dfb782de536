// The run: its passes, in the order in which the data goes through them. Read this page first.
//
//   plan      which inputs, which columns, how many workers           src/plan
//   input     the next cell of bytes                                  src/input
//   scan      newlines and quotes                                     src/scan
//   format    lines to columns                                        src/format
//   record    the batch, and the selection of its counted rows        src/record
//   filter    the rows that --since, --until and --where leave of it  src/filter
//   aggregate the selected rows into tables                           src/aggregate
//   deliver   cells in their order: accounts, rejects, clocks;
//             lines in the order of their times, for findings         src/deliver
//   detect    what is suspicious                                      src/detect
//   report    one immutable value                                     src/report prints it
#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "logstat/analyze.h"
#include "src/aggregate/aggregates.h"
#include "src/analysis/assemble.h"
#include "src/base/hash.h"
#include "src/deliver/bodyless_lines.h"
#include "src/deliver/cell.h"
#include "src/deliver/clock.h"
#include "src/deliver/delivery.h"
#include "src/deliver/epoch_queue.h"
#include "src/deliver/event_maker.h"
#include "src/deliver/line_ledger.h"
#include "src/deliver/reject_log.h"
#include "src/deliver/tags.h"
#include "src/detect/detectors.h"
#include "src/format/cell_reader.h"
#include "src/plan/cursor.h"
#include "src/plan/plan.h"

namespace logstat {
namespace {

// What all workers of a run share. Members are thread-safe, or only touched in delivery, or constant.
struct Run {
  Run(const Plan& run_plan, const AggregatePlan& aggregate_plan, RunControl& run_control)
      : plan(run_plan),
        control(run_control),
        cursor(run_plan),
        aggregates(aggregate_plan),
        delivery(run_plan.cells_ahead),
        ledger(run_plan.inputs.inputs.size()),
        clock(run_plan.read_columns) {
    if (!run_plan.in_time_order) return;
    detectors.emplace(run_plan.detect_settings, run_plan.rules, run_plan.event_bytes / 2);
    epochs.emplace(run_plan.inputs.inputs.size(), run_plan.event_bytes / 2,
                   [this](Epoch epoch) { detectors->OnEpoch(std::move(epoch)); });
  }

  // Keeps the first exception of a worker (out of memory, or thrown by the embedder's callback) and ends the run.
  void Fail(std::exception_ptr exception) {
    const std::lock_guard lock(failure_mutex);
    if (failure == nullptr) failure = std::move(exception);
    failed = true;
    cursor.Abandon();
    delivery.Abandon();
  }

  bool ShouldEnd() const { return failed || control.stop.stop_requested(); }

  const Plan& plan;
  RunControl& control;
  Cursor cursor;
  Aggregates aggregates;
  Delivery delivery;
  std::atomic<uint64_t> filtered{0};  // counted lines that did not pass the filter
  std::atomic<bool> failed{false};
  std::mutex failure_mutex;
  std::exception_ptr failure;

  // Touched in delivery only.
  LineLedger ledger;
  RejectLog rejects;
  ClockSettler clock;
  std::vector<CellObserver*> observers = {&rejects};
  std::optional<Detectors> detectors;  // only if findings are asked for, both
  std::optional<EpochQueue> epochs;
  uint64_t bytes_done = 0;
  std::chrono::steady_clock::time_point last_progress;
};

// The tests once more on rows that passed them, for those among them that turned out to be clock outliers: they have no
// time any more. Returns how many did not pass.
uint64_t NarrowAgain(const Filter& filter, const RecordBatch& batch, Selection& selection) {
  const size_t before = selection.size();
  filter.NarrowEarly(batch, selection);
  filter.Narrow(batch, selection);
  return before - selection.size();
}

// One thread's part of the run.
class RunWorker {
 public:
  explicit RunWorker(Run& run) : run_(run), reader_(*run.plan.kernels), counts_(&run.aggregates) {}

  void Work() {
    while (!run_.ShouldEnd()) {
      run_.delivery.Reserve();
      std::optional<CellTask> task = run_.cursor.Next();
      if (!task.has_value()) {
        run_.delivery.GiveBack();
        break;
      }
      std::unique_ptr<Cell> cell = run_.delivery.TakeCell();
      Parse(*task, *cell);
      // From here on the cell's rows are final: lost bytes are dropped, outliers marked, and of the counted rows those
      // that pass the filter are selected.
      Count(*cell);
      NoteLostBytes(task->open->source->IntactBytes(), *cell);
      run_.delivery.Complete(std::move(cell), [this](Cell& next) { Deliver(next); });
    }
    counts_.Flush();
  }

 private:
  void Parse(CellTask& task, Cell& cell) {
    cell.input = task.input;
    cell.block = std::move(task.block);
    const Plan& plan = run_.plan;
    reader_.Read(cell.block, *task.open->format, plan.read_columns, cell.batch, plan.filter.early());
    DropLostRows(task.open->source->IntactBytes(), cell);
    cell.kinds = CountKinds(cell.batch);
    counted_.SelectCounted(cell.batch);
    cell.selection = counted_;
    plan.filter.NarrowEarly(cell.batch, cell.selection);
    // What the early tests took out may have no other columns.
    plan.client.Choose(cell.batch, cell.selection);
    plan.filter.Narrow(cell.batch, cell.selection);
    run_.filtered += counted_.size() - cell.selection.size();
    cell.bodyless =
        CanCountBodylessLines(plan.columns) ? CountBodylessLines(cell.batch, cell.selection) : BodylessLines{};
    if (MarkClockOutliers(cell.batch, counted_, cell.selection, cell.edges)) {
      run_.filtered += NarrowAgain(plan.filter, cell.batch, cell.selection);
    }
  }

  void Count(Cell& cell) {
    if (!run_.plan.in_time_order) {
      counts_.Add(cell.batch, cell.selection);
      return;
    }
    EventMaker maker(cell, cell.events);
    counts_.Add(cell.batch, cell.selection,
                [&](size_t first, size_t size, const RowTags& tags) { maker.AddRows(first, size, tags); });
    maker.Finish();
  }

  // In the order of each input, one cell at a time over all workers.
  void Deliver(Cell& cell) {
    const uint64_t first_line = run_.ledger.Add(cell);
    for (CellObserver* observer : run_.observers) observer->OnCell(cell, first_line);
    if (run_.plan.read_columns.Contains(Field::kTime)) {
      if (run_.epochs) run_.epochs->Wait(cell.input, cell.events, first_line);
      settled_.Reset(nullptr, run_.plan.read_columns);
      run_.clock.Add(cell.input, cell.edges, settled_);
      AddSettled(cell.input);
      if (run_.epochs) DeliverEvents(cell, first_line);
    }
    run_.bytes_done += cell.bytes;
    ReportProgress();
  }

  void DeliverEvents(Cell& cell, uint64_t first_line) {
    EpochQueue& epochs = *run_.epochs;
    epochs.Add(cell.input, cell.events, first_line);
    const Cursor::Advance advance = run_.cursor.Delivered(cell.input, NewestOf(cell.input), epochs.is_pressed());
    for (const size_t input : advance.finished) {
      settled_.Reset(nullptr, run_.plan.read_columns);
      run_.clock.Finish(input, settled_);
      AddSettled(input);
    }
    epochs.CloseUntil(advance.come_to);
  }

  // How far the input has come. One of which no line of the first thousand has a readable time holds nobody back.
  int64_t NewestOf(size_t input) const {
    constexpr uint64_t kEnoughLines = 1000;
    const int64_t newest = run_.epochs->newest(input);
    const bool is_timeless = newest == kNoTime && run_.ledger.account(input).lines >= kEnoughLines;
    return is_timeless ? std::numeric_limits<int64_t>::max() : newest;
  }

  // Counts the first and last rows of cells whose clocks were judged.
  void AddSettled(size_t input) {
    if (settled_.rows() == 0) return;
    if (run_.epochs) {
      for (size_t row = 0; row < settled_.rows(); ++row) run_.epochs->SettleEdge(input, IsTime(settled_.time_ms(row)));
    }
    settled_selection_.SelectCounted(settled_);
    run_.filtered += NarrowAgain(run_.plan.filter, settled_, settled_selection_);
    counts_.Add(settled_, settled_selection_);
  }

  void ReportProgress() {
    if (!run_.control.progress) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - run_.last_progress < std::chrono::milliseconds(100)) return;
    run_.last_progress = now;
    run_.control.progress(Progress{run_.bytes_done, run_.cursor.TotalBytes()});
  }

  Run& run_;
  CellReader reader_;
  Selection counted_;
  Aggregates::Worker counts_;
  RecordBatch settled_;
  Selection settled_selection_;
};

// Returns the number of workers; throws what one of them threw, when all have ended.
unsigned WorkInParallel(Run& run) {
  const auto work = [&run] {
    try {
      RunWorker(run).Work();
    } catch (...) {
      run.Fail(std::current_exception());
    }
  };
  std::vector<std::jthread> others;
  try {
    while (others.size() + 1 < run.plan.threads) others.emplace_back(work);
  } catch (const std::system_error&) {
    // The system allows no more threads (pids.max of a container): those that run do the work.
  }
  work();
  const unsigned workers = static_cast<unsigned>(others.size()) + 1;
  others.clear();  // joins them
  if (run.failure != nullptr) std::rethrow_exception(run.failure);
  return workers;
}

// The rows at the ends of the inputs, whose neighbours are all known now.
void CountLastEdges(Run& run) {
  if (!run.plan.read_columns.Contains(Field::kTime)) return;
  RecordBatch settled;
  settled.Reset(nullptr, run.plan.read_columns);
  run.clock.Finish(settled);
  if (run.epochs) {
    size_t row = 0;
    for (size_t input = 0; input < run.plan.inputs.inputs.size(); ++input) {
      for (size_t left = run.epochs->waiting(input); left > 0; --left) {
        run.epochs->SettleEdge(input, IsTime(settled.time_ms(row++)));
      }
    }
    run.epochs->Finish();
  }
  Selection selection;
  selection.SelectCounted(settled);
  run.filtered += NarrowAgain(run.plan.filter, settled, selection);
  Aggregates::Worker counts(&run.aggregates);
  counts.Add(settled, selection);
  counts.Flush();
}

void FillFindings(Run& run, Report* report) {
  std::vector<std::string> paths;
  ByteMeaning meaning = ByteMeaning::kUnknown;
  bool first = true;
  for (size_t i = 0; i < run.plan.inputs.inputs.size(); ++i) {
    paths.push_back(run.plan.inputs.inputs[i].path);
    const InputOutcome& outcome = run.cursor.outcomes()[i];
    const InputAccount& account = run.ledger.account(i);
    if (account.lines == 0) continue;
    const bool stated = outcome.byte_meaning != ByteMeaning::kUnknown;
    const ByteMeaning its = stated ? outcome.byte_meaning : MeaningOfBytes(account.bodyless);
    meaning = first || its == meaning ? its : ByteMeaning::kUnknown;
    first = false;
  }
  KeyTexts texts;
  run.detectors->Want(texts);
  for (const Field field : KeyTexts::kFields) {
    if (!texts.wants(field)) continue;
    run.aggregates.ForEachKey(field, [&](std::string_view key) { texts.Offer(field, key); });
  }
  report->findings = run.detectors->Finish(paths, texts, meaning, run.cursor.fields());
  report->findings.late_lines = run.epochs->late_lines();
  report->findings.incomplete = report->findings.incomplete || run.epochs->incomplete();
}

AggregatePlan MakeAggregatePlan(const Options& options, const Plan& plan) {
  AggregatePlan aggregates;
  aggregates.columns = plan.columns;
  if (plan.in_time_order) {
    aggregates.tags = FindingTags();
    for (const auto& [field, tag_of] : aggregates.tags) aggregates.columns.Insert(field);  // whatever the sections
  }
  aggregates.sections = options.sections;
  aggregates.interval_seconds = options.interval_seconds;
  aggregates.table_bytes = plan.table_bytes;
  aggregates.workers = plan.threads;
  aggregates.seed = options.tuning.table_seed.has_value() ? TableSeed{*options.tuning.table_seed} : ProcessTableSeed();
  return aggregates;
}

}  // namespace

std::string CheckOptions(const Options& options) {
  const StatusOr<Plan> plan = MakePlan(options);
  return plan.ok() ? "" : Message(plan.status());
}

Report Analyze(const Options& options, RunControl& control) {
  StatusOr<Plan> plan = MakePlan(options);
  if (!plan.ok()) return FailedReport(options, Message(plan.status()));
  control.usage_error.clear();
  plan->source.stop = control.stop;

  Run run(*plan, MakeAggregatePlan(options, *plan), control);
  control.threads_used = WorkInParallel(run);
  control.usage_error = run.cursor.usage_error();
  if (!control.usage_error.empty()) return FailedReport(options, control.usage_error);
  // Every cell was delivered: accounts are whole, all rows but the last edges are counted.
  CountLastEdges(run);
  // Everything is counted; nothing below reads a byte of the log.

  Report report;
  report.options = MakeReportOptions(options);
  if (!plan->format.definition.empty()) report.options.format = plan->format.definition;
  run.aggregates.FillReport(report.options, &report);
  if (run.detectors) FillFindings(run, &report);
  const Accounts accounts{run.ledger, run.cursor.outcomes(), run.rejects, run.filtered, run.clock.newest()};
  FillAccounts(*plan, accounts, control.stop.stop_requested(), &report);

  control.kernel_used = std::string(plan->kernels->name);
  control.mapped_used = std::any_of(run.cursor.outcomes().begin(), run.cursor.outcomes().end(),
                                    [](const InputOutcome& outcome) { return outcome.mapped; });
  return report;
}

}  // namespace logstat
