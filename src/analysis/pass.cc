#include "src/analysis/pass.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include "src/analysis/row_selector.h"
#include "src/deliver/bodyless_lines.h"
#include "src/deliver/cell.h"
#include "src/deliver/event_maker.h"

namespace logstat {
namespace {

// The tests once more on rows that passed them, for those among them that turned out to be clock outliers: they have no
// time any more. Returns how many did not pass.
uint64_t NarrowAgain(const Filter& filter, const RecordBatch& batch, Selection& selection) {
  const size_t before = selection.size();
  filter.NarrowEarly(batch, selection);
  filter.Narrow(batch, selection);
  return before - selection.size();
}

// A writer that does not append goes on behind a hole when its log is truncated: a run of NULs where a line begins.
uint64_t CountHoles(const RecordBatch& batch) {
  uint64_t holes = 0;
  for (size_t row = 0; row < batch.rows(); ++row) holes += batch.block_bytes()[batch.begin(row)] == '\0' ? 1 : 0;
  return holes;
}

// One thread's part of the pass.
class PassWorker {
 public:
  explicit PassWorker(Pass& pass) : pass_(pass), selector_(pass.plan) {}

  void Work() {
    while (!pass_.ShouldEnd()) {
      pass_.delivery.Reserve();
      std::optional<CellTask> task = pass_.cursor.Next();
      if (!task.has_value()) {
        pass_.delivery.GiveBack();
        break;
      }
      if (!counts_.has_value()) counts_.emplace(&pass_.aggregates);  // tables: a fifth of the time of an empty log
      std::unique_ptr<Cell> cell = pass_.delivery.TakeCell();
      Parse(*task, *cell);
      // From here on the cell's rows are final: lost bytes are dropped, outliers marked, and of the counted rows those
      // that pass the filter are selected.
      Count(*cell);
      const uint64_t intact_bytes = task->open->source->IntactBytes();
      NoteLostBytes(intact_bytes, *cell);
      if (cell->lost_bytes) pass_.notes[cell->input].shrunk_to = intact_bytes;
      pass_.delivery.Complete(std::move(cell), [this](Cell& next) { Deliver(next); });
    }
    if (counts_.has_value()) counts_->Flush();
  }

 private:
  void Parse(CellTask& task, Cell& cell) {
    pass_.filtered += selector_.Read(task, cell);
    if (const uint64_t holes = CountHoles(cell.batch); holes != 0) pass_.notes[cell.input].holes += holes;
    const Plan& plan = pass_.plan;
    cell.bodyless =
        CanCountBodylessLines(plan.columns) ? CountBodylessLines(cell.batch, cell.selection) : BodylessLines{};
    if (MarkClockOutliers(cell.batch, selector_.counted(), cell.selection, cell.edges)) {
      pass_.filtered += NarrowAgain(plan.filter, cell.batch, cell.selection);
    }
  }

  void Count(Cell& cell) {
    if (!pass_.plan.in_time_order) {
      counts_->Add(cell.batch, cell.selection);
      return;
    }
    EventMaker maker(cell, cell.events);
    counts_->Add(cell.batch, cell.selection,
                 [&](size_t first, size_t size, const RowTags& tags) { maker.AddRows(first, size, tags); });
    maker.Finish();
  }

  // In the order of each input, one cell at a time over all workers.
  void Deliver(Cell& cell) {
    const uint64_t first_line = pass_.ledger.Add(cell);
    pass_.rejects.Add(cell, first_line);
    if (pass_.plan.read_columns.Contains(Field::kTime)) {
      if (pass_.epochs) pass_.epochs->Wait(cell.input, cell.events, first_line);
      settled_.Reset(nullptr, pass_.plan.read_columns);
      pass_.clock.Add(cell.input, cell.edges, settled_);
      AddSettled(cell.input);
      if (pass_.epochs) DeliverEvents(cell, first_line);
    }
    pass_.bytes_done += cell.bytes;
    ReportProgress();
  }

  void DeliverEvents(Cell& cell, uint64_t first_line) {
    EpochQueue& epochs = *pass_.epochs;
    pass_.lines->Add(cell.input, cell.events, first_line);
    epochs.Add(cell.input, cell.events, first_line);
    const Cursor::Advance advance = pass_.cursor.Delivered(cell.input, NewestOf(cell.input), epochs.is_pressed());
    for (const size_t input : advance.finished) {
      settled_.Reset(nullptr, pass_.plan.read_columns);
      pass_.clock.Finish(input, settled_);
      AddSettled(input);
    }
    epochs.CloseUntil(advance.come_to);
  }

  // How far the input has come. One of which no line of the first thousand has a readable time holds nobody back.
  int64_t NewestOf(size_t input) const {
    constexpr uint64_t kEnoughLines = 1000;
    const int64_t newest = pass_.epochs->newest(input);
    const bool is_timeless = newest == kNoTime && pass_.ledger.account(input).lines >= kEnoughLines;
    return is_timeless ? std::numeric_limits<int64_t>::max() : newest;
  }

  // Counts the first and last rows of cells whose clocks were judged.
  void AddSettled(size_t input) {
    if (settled_.rows() == 0) return;
    if (pass_.epochs) {
      for (size_t row = 0; row < settled_.rows(); ++row) pass_.epochs->SettleEdge(input, IsTime(settled_.time_ms(row)));
    }
    settled_selection_.SelectCounted(settled_);
    pass_.filtered += NarrowAgain(pass_.plan.filter, settled_, settled_selection_);
    counts_->Add(settled_, settled_selection_);
  }

  void ReportProgress() {
    if (!pass_.control.progress) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - pass_.last_progress < std::chrono::milliseconds(100)) return;
    pass_.last_progress = now;
    const uint64_t total = pass_.cursor.TotalBytes();
    pass_.control.progress(
        Progress{pass_.bytes_before + pass_.bytes_done, total == 0 ? 0 : pass_.bytes_before + total});
  }

  Pass& pass_;
  RowSelector selector_;
  std::optional<Aggregates::Worker> counts_;  // since its first cell
  RecordBatch settled_;
  Selection settled_selection_;
};

// The rows at the ends of the inputs, whose neighbours are all known now.
void CountLastEdges(Pass& pass) {
  if (!pass.plan.read_columns.Contains(Field::kTime)) return;
  RecordBatch settled;
  settled.Reset(nullptr, pass.plan.read_columns);
  pass.clock.Finish(settled);
  if (pass.epochs) {
    size_t row = 0;
    for (size_t input = 0; input < pass.plan.inputs.inputs.size(); ++input) {
      for (size_t left = pass.epochs->waiting(input); left > 0; --left) {
        pass.epochs->SettleEdge(input, IsTime(settled.time_ms(row++)));
      }
    }
    pass.epochs->Finish();
  }
  if (settled.rows() == 0) return;  // a worker with its tables is a fifth of the time of an empty log
  Selection selection;
  selection.SelectCounted(settled);
  pass.filtered += NarrowAgain(pass.plan.filter, settled, selection);
  Aggregates::Worker counts(&pass.aggregates);
  counts.Add(settled, selection);
  counts.Flush();
}

// The end of the pass, when no worker has a cell any more: all rows but the last edges are counted.
void EndPass(Pass& pass) {
  pass.delivery.DropFreeCells();
  if (pass.failure == nullptr && pass.cursor.usage_error().empty()) CountLastEdges(pass);
}

}  // namespace

Pass::Pass(const Plan& pass_plan, Aggregates& pass_aggregates, RunControl& run_control)
    : plan(pass_plan),
      control(run_control),
      cursor(pass_plan),
      aggregates(pass_aggregates),
      crew(pass_plan.threads),
      delivery(pass_plan.cells_ahead, crew),
      notes(pass_plan.inputs.inputs.size()),
      ledger(pass_plan.inputs.inputs.size()),
      clock(pass_plan.read_columns) {
  if (!pass_plan.in_time_order) return;
  detectors.emplace(pass_plan.detect_settings, pass_plan.rules, pass_plan.event_bytes / 2, crew);
  lines.emplace(pass_plan.inputs.inputs.size());
  epochs.emplace(pass_plan.inputs.inputs.size(), pass_plan.event_bytes / 2,
                 [this](Epoch epoch) { detectors->OnEpoch(std::move(epoch)); });
}

Pass::~Pass() { EndHelpers(); }

void Pass::EndHelpers() {
  is_over = true;
  crew.WakeAll(Crew::kEnd);
  helpers.clear();  // joins them
}

void Pass::Fail(std::exception_ptr exception) {
  const std::lock_guard lock(failure_mutex);
  if (failure == nullptr) failure = std::move(exception);
  failed = true;
  cursor.Abandon();
  delivery.Abandon();
}

unsigned RunPass(Pass& pass) {
  const auto guarded = [&pass](const auto& function) {
    try {
      function();
    } catch (...) {
      pass.Fail(std::current_exception());
    }
  };
  const auto work = [&pass, guarded] {
    guarded([&] { PassWorker(pass).Work(); });
    --pass.working;
    pass.crew.WakeAll(Crew::kEnd);
  };
  pass.working = 1;
  try {
    while (pass.helpers.size() + 1 < pass.plan.threads) {
      pass.helpers.emplace_back([&pass, work] {
        work();
        pass.crew.HelpUntil(Crew::kEnd, [&] { return pass.is_over.load(); });
      });
      ++pass.working;
    }
  } catch (const std::system_error&) {
    // The system allows no more threads (pids.max of a container): those that run do the work.
  } catch (...) {
    pass.Fail(std::current_exception());
  }
  const auto workers = static_cast<unsigned>(pass.helpers.size()) + 1;
  work();
  pass.crew.HelpUntil(Crew::kEnd, [&] { return pass.working == 0; });
  guarded([&] { EndPass(pass); });
  if (!pass.detectors) pass.EndHelpers();  // nothing is left to share
  if (pass.failure != nullptr) std::rethrow_exception(pass.failure);
  return workers;
}

}  // namespace logstat
