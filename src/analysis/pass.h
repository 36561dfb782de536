// One pass over all inputs: cells are taken, parsed, filtered and counted by the workers, and delivered in their order.
//
//   Aggregates aggregates(aggregate_plan);
//   Pass pass(plan, aggregates, control);
//   control.threads_used = RunPass(pass);      // every row is counted now
//
// What it leaves beside the counts stays in its members. Throws what a worker threw, when none works any more.
#ifndef LOGSTAT_SRC_ANALYSIS_PASS_H_
#define LOGSTAT_SRC_ANALYSIS_PASS_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "logstat/analyze.h"
#include "src/aggregate/aggregates.h"
#include "src/analysis/input_notes.h"
#include "src/deliver/clock.h"
#include "src/deliver/crew.h"
#include "src/deliver/delivery.h"
#include "src/deliver/epoch_queue.h"
#include "src/deliver/line_index.h"
#include "src/deliver/line_ledger.h"
#include "src/deliver/reject_log.h"
#include "src/detect/detectors.h"
#include "src/plan/cursor.h"
#include "src/plan/plan.h"

namespace logstat {

// What all workers of a pass share. Members are thread-safe, or only touched in delivery, or constant.
struct Pass {
  Pass(const Plan& pass_plan, Aggregates& pass_aggregates, RunControl& run_control);
  ~Pass();

  // Ends the workers. What comes after is done by one.
  void EndHelpers();

  // Keeps the first exception of a worker (out of memory, or thrown by the embedder's callback) and ends the pass.
  void Fail(std::exception_ptr exception);

  bool ShouldEnd() const { return failed || control.stop.stop_requested(); }

  const Plan& plan;
  RunControl& control;
  Cursor cursor;
  Aggregates& aggregates;
  Crew crew;
  Delivery delivery;
  std::atomic<uint64_t> filtered{0};  // counted lines that did not pass the filter
  std::vector<InputNotes> notes;      // by input
  std::atomic<bool> failed{false};
  std::mutex failure_mutex;
  std::exception_ptr failure;

  // Touched in delivery only.
  LineLedger ledger;
  RejectLog rejects;
  ClockSettler clock;
  std::optional<Detectors> detectors;  // only if findings are asked for, all three
  std::optional<EpochQueue> epochs;
  std::optional<LineIndex> lines;
  uint64_t bytes_before = 0;  // of an earlier pass, for progress
  uint64_t bytes_done = 0;
  std::chrono::steady_clock::time_point last_progress;

  std::atomic<unsigned> working{0};  // workers that may still have a cell
  std::atomic<bool> is_over{false};
  std::vector<std::jthread> helpers;  // the other workers; without cells they do what the crew is given to share
};

// Returns the number of workers. May be called once. With findings the workers stay until the end of the Pass: what
// comes after is shared with them (crew.h).
unsigned RunPass(Pass& pass);

}  // namespace logstat

#endif  // LOGSTAT_SRC_ANALYSIS_PASS_H_
