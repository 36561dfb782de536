// Where a run stands in its inputs: opens them in plan order, finds their formats, hands out their cells, closes them.
//
//   Cursor cursor(plan);
//   while (std::optional<CellTask> task = cursor.Next()) { ... }
//
// Cells are numbered in the order in which they are handed out, which is the order of delivery: one input after
// another, in the order of the plan, each from its first cell to its last. An input that cannot be opened or read does
// not stop the run: what is wrong with it is in outcomes().
//
// Next() is thread-safe. outcomes() may be called when no worker is at work any more. The cursor must outlive whoever
// reads with the formats that it gives out.
#ifndef LOGSTAT_SRC_PLAN_CURSOR_H_
#define LOGSTAT_SRC_PLAN_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/report.h"
#include "src/plan/plan.h"

namespace logstat {

// An input while it is read. Shared by the cells of it that are in flight; the last one closes it.
struct OpenInput {
  std::unique_ptr<Source> source;
  std::shared_ptr<const LineFormat> format;
  std::shared_ptr<const LineState> state;  // before the next cell
  bool has_cells = false;                  // one was handed out
};

struct CellTask {
  size_t input = 0;  // index in plan.inputs
  uint64_t sequence = 0;
  std::shared_ptr<const OpenInput> open;
  Block block;
};

// What became of an input.
struct InputOutcome {
  InputState state = InputState::kRead;
  std::string format;  // empty: unknown
  std::string error;
  std::string warning;
  bool mapped = false;
  bool ended = false;  // read to its end: false if the run was stopped before
};

class Cursor {
 public:
  // The plan must outlive the cursor.
  explicit Cursor(const Plan& plan);

  // The next cell in plan order; empty when there is none left.
  std::optional<CellTask> Next();

  const std::vector<InputOutcome>& outcomes() const { return outcomes_; }

  // Sum of the sizes of all inputs; 0 if one of them has no known size.
  uint64_t TotalBytes() const { return total_bytes_; }

 private:
  bool OpenNext();
  void OpenInputAt(size_t index);
  bool IsReadableText(size_t index, std::string_view sample);
  bool ChooseFormat(size_t index, OpenInput& input);

  const Plan& plan_;
  uint64_t total_bytes_ = 0;
  std::mutex mutex_;
  std::vector<InputOutcome> outcomes_;
  // All that were given out: readers tell formats apart by their address, which must not be used again for another one.
  std::set<std::shared_ptr<const LineFormat>> formats_;
  std::shared_ptr<OpenInput> open_;
  size_t open_index_ = 0;
  size_t next_index_ = 0;
  uint64_t next_sequence_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_PLAN_CURSOR_H_
