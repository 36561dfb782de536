// Where a run stands in its inputs: opens them in plan order, finds their formats, hands out their cells, closes them.
//
//   Cursor cursor(plan);
//   while (std::optional<CellTask> task = cursor.Next()) { ... }
//
// The cells of an input are handed out in their order. A mapped input hands one out in nanoseconds and serves every
// worker; a stream is read, and decoded, by one worker at a time. A worker takes from the first open input, in plan
// order, that nobody is reading; if there is none it opens the next one, as long as fewer are open than there are
// workers; else it decodes ahead what can be; else it waits. So one archive is decoded by one worker while others
// parse, or by all of them if it has many members, and several are decoded at once. An input that cannot be opened or
// read does not stop the run: what is wrong with it is in outcomes().
//
// With plan.in_time_order, for findings, inputs are opened in the order of their first times, those that overlap
// together, and of the open ones the one that has come least far is read first; Delivered() says how far all have come.
//
// Next() is thread-safe. outcomes() may be called when no worker is at work any more. The cursor must outlive whoever
// reads with the formats that it gives out.
#ifndef LOGSTAT_SRC_PLAN_CURSOR_H_
#define LOGSTAT_SRC_PLAN_CURSOR_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/report.h"
#include "src/input/file_mark.h"
#include "src/plan/plan.h"

namespace logstat {

// An input while it is read. Shared by the cells of it that are in flight; the last one closes it.
struct OpenInput {
  std::unique_ptr<Source> source;
  std::shared_ptr<const LineFormat> format;
  bool of_proxy = false;  // most requests have the forms that only proxies get; known if findings are asked for
};

struct CellTask {
  size_t input = 0;  // index in plan.inputs
  std::shared_ptr<const OpenInput> open;
  Block block;
};

// What became of an input.
struct InputOutcome {
  InputState state = InputState::kRead;
  std::string format;  // empty: unknown
  std::string runner_up;
  double runner_up_share = 0;
  std::string near_miss;
  ByteMeaning byte_meaning = ByteMeaning::kUnknown;  // as the format says
  std::string error;
  std::string warning;
  bool mapped = false;
  bool ended = false;  // read to its end: false if the run was stopped before
  FileMark mark;       // as it was before it was opened
};

class Cursor {
 public:
  // The plan must outlive the cursor.
  explicit Cursor(const Plan& plan);

  // The next cell of an input; empty when there is none left. Waits for others who read, and for slow writers.
  std::optional<CellTask> Next();

  // Ends the waiting for good, because a worker failed (out of memory): there are no cells any more.
  void Abandon();

  const std::vector<InputOutcome>& outcomes() const { return outcomes_; }

  // One line, not empty if --where or --client name a field that no input has. Known when the last input is opened;
  // then there are no cells any more.
  const std::string& usage_error() const { return usage_error_; }

  // For plan.in_time_order: the next cell of the input was delivered; `newest` is the newest time of that input so far,
  // or
  // kNoTime: it is not known yet and holds back all others. `pressed`: from now on only the input that is furthest
  // behind shall be read. Thread-safe.
  struct Advance {
    int64_t come_to = kNoTime;     // by every input that has lines left; the largest number if none has
    std::vector<size_t> finished;  // inputs whose last cell was delivered and that were not in the list before
  };
  Advance Delivered(size_t input, int64_t newest, bool pressed);

  // The fields that at least one input has, as far as it was read. Not while a worker works.
  ColumnSet fields() const { return seen_fields_; }

  // Sum of the sizes of all inputs; 0 if one of them has no known size (a compressed file is known when it is opened).
  // Thread-safe.
  uint64_t TotalBytes() const { return total_bytes_; }

 private:
  // An input between its opening and its end.
  struct Reading {
    size_t index = 0;
    std::shared_ptr<OpenInput> open;         // null: it is being opened
    std::shared_ptr<const LineState> state;  // before the next cell
    bool busy = true;                        // a worker opens it or reads from it
  };
  using Place = std::list<Reading>::iterator;
  // How far an input has come, on the clock of its lines.
  struct Progress {
    int64_t newest = kNoTime;  // before its first cell: the least time of its sample
    uint64_t handed_out = 0;   // cells
    uint64_t delivered = 0;
    bool ended = false;  // no cell is left to hand out
  };

  // What was found in an input before it is its turn.
  struct FirstLook {
    uint64_t sample_hash = 0;
    std::shared_ptr<const LineFormat> format{};
    bool of_proxy = false;
    InputOutcome outcome{};
  };

  void OrderByTime();
  int64_t FirstTime(size_t index);
  Place FindIdle();
  bool ShouldOpenNext();
  bool HasUnopened();
  void OpenNext(std::unique_lock<std::mutex>& lock);
  std::shared_ptr<OpenInput> OpenInputAt(size_t index, InputOutcome& outcome);
  bool TakeFirstLook(size_t index, OpenInput& input, InputOutcome& outcome);
  std::optional<CellTask> TakeCell(Place reading, std::unique_lock<std::mutex>& lock);
  StatusOr<std::optional<Block>> ReadBlock(Reading& reading, std::unique_lock<std::mutex>& lock);
  bool DecodeAhead(std::unique_lock<std::mutex>& lock);
  void End(Place reading, const Status& status);
  bool IsReadableText(size_t index, std::string_view sample, InputOutcome& outcome) const;
  bool ChooseFormat(size_t index, OpenInput& input, InputOutcome& outcome) const;
  void CheckNamedFields();

  const Plan& plan_;
  std::atomic<uint64_t> total_bytes_;
  std::vector<InputOutcome> outcomes_;                 // each is written by the one worker that reads its input
  std::vector<std::optional<FirstLook>> first_looks_;  // by input, as the outcomes
  std::mutex mutex_;                                   // guards all below
  std::condition_variable changed_;                    // an input has become idle or has ended
  std::list<Reading> readings_;                        // in the order of their opening
  std::vector<size_t> order_;                          // in which inputs are opened
  size_t next_ = 0;                                    // in order_
  std::vector<Progress> progress_;                     // by input
  std::vector<size_t> active_;                         // inputs that were opened and have cells that were not delivered
  bool pressed_ = false;
  bool abandoned_ = false;
  ColumnSet possible_fields_;      // that inputs which were opened so far may have, of those whose format is known
  ColumnSet seen_fields_;          // the same, of formats whose columns vary those that were there
  bool any_format_known_ = false;  // there is such an input
  std::string usage_error_;
  // All that were given out: readers tell formats apart by their address, which must not be used again for another one.
  std::set<std::shared_ptr<const LineFormat>> formats_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_PLAN_CURSOR_H_
