// The lines of all inputs back in the order of their times, an epoch of 60 s at a time.
//
//   EpochQueue queue(inputs, budget_bytes, [&](Epoch epoch) { detectors.OnEpoch(std::move(epoch)); });
//   queue.Wait(input, cell.events, first_line);        // the cells of each input in their order: first their edges,
//   queue.SettleEdge(input, true);                     // then as many edges as are judged by now, in their order,
//   queue.Add(input, cell.events, first_line);         // then all other rows
//   queue.CloseUntil(watermark);                           // no input has lines before it any more, but late ones
//   queue.Finish();
//
// Servers log a request when it ends and some write the time when it began, so lines are out of order by as much as
// requests last; rotated files come in any order, and the logs of two servers overlap. So lines wait in the epoch of
// their time until every input is ten minutes (kSlackMs) past it; then the epoch closes and its events are put in the
// order (time, input, offset). What is seen is therefore the same for any split of the lines over cells, workers and
// files. A line whose epoch ended ten minutes or more before the newest line above it in its input is late: counted
// here and seen by no detector.
// Memory is bounded: over the budget the oldest epochs close early, and of a minute that is larger than the budget only
// what comes first is kept; incomplete() says so. Of one input the same lines are kept for any split over cells and
// workers: epochs close early only where its lines come to another minute, and every line counts for itself.
// Not thread-safe: called in delivery.
#ifndef LOGSTAT_SRC_DELIVER_EPOCH_QUEUE_H_
#define LOGSTAT_SRC_DELIVER_EPOCH_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "src/base/milliseconds.h"
#include "src/deliver/event.h"

namespace logstat {

// Events by pointer, seen as references.
class EventList {
 public:
  class Iterator {
   public:
    explicit Iterator(Event* const* at) : at_(at) {}
    const Event& operator*() const { return **at_; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(Iterator, Iterator) = default;

   private:
    Event* const* at_;
  };

  EventList() = default;
  EventList(std::vector<Event*> events, std::vector<std::shared_ptr<EventStore>> stores)
      : events_(std::move(events)), stores_(std::move(stores)) {}

  size_t size() const { return events_.size(); }
  const Event& operator[](size_t i) const { return *events_[i]; }
  Iterator begin() const { return Iterator(events_.data()); }
  Iterator end() const { return Iterator(events_.data() + events_.size()); }

 private:
  std::vector<Event*> events_;
  std::vector<std::shared_ptr<EventStore>> stores_;  // where they are
};

// The lines of one minute. Shadows stand by input and then in the order of their lines; events by time, input, offset.
struct Epoch {
  int64_t number = 0;
  std::vector<Shadow> shadows;
  std::vector<uint16_t> durations;  // of the shadows, compact (compact_duration.h); empty if no line has one
  EventList events;

  int64_t TimeOf(const Shadow& shadow) const { return number * kEpochMs + int64_t{shadow.at_ms}; }
};

class EpochQueue {
 public:
  static constexpr int64_t kSlackMs = kTenMinutesMs;
  using Consumer = std::function<void(Epoch)>;

  // `budget_bytes`: most memory for lines that wait. A minute that goes on may take as much again, and some more if the
  // budget is small (kLeastMinuteBytes).
  EpochQueue(size_t inputs, uint64_t budget_bytes, Consumer consumer);

  // Keeps the edges of a cell until their clock is judged. `first_line` is the number of the cell's first line.
  void Wait(size_t input, const CellEvents& events, uint64_t first_line);

  // The next of the edges that wait turned out to be right (or not: then it is dropped).
  void SettleEdge(size_t input, bool is_right);

  // Puts the cell's other rows into their epochs.
  void Add(size_t input, CellEvents& events, uint64_t first_line);

  // Closes every epoch that is kSlackMs past at `watermark`.
  void CloseUntil(int64_t watermark);
  void Finish();

  // Edges of an input that wait.
  size_t waiting(size_t input) const { return inputs_[input].edges.size(); }
  // The newest time of an input so far; kNoTime: none.
  int64_t newest(size_t input) const { return inputs_[input].newest; }
  // Whether half of the budget is in use: who can wait should.
  bool is_pressed() const { return bytes_ > budget_bytes_ / 2; }
  uint64_t late_lines() const { return late_lines_; }
  bool incomplete() const { return incomplete_; }

 private:
  struct Waiting {
    CellEvents::Edge edge;
    std::shared_ptr<EventStore> store;
  };
  struct Input {
    int64_t newest = kNoTime;
    int64_t epoch = kNoTime;  // of its last line
    std::deque<Waiting> edges;
  };
  // Lines of one input and epoch. Durations are as many as shadows, or none at all.
  struct Lines {
    std::vector<Shadow> shadows;
    std::vector<uint16_t> durations;
  };
  struct Open {
    std::map<size_t, Lines> lines;  // by input
    std::vector<Event*> events;
    std::vector<std::shared_ptr<EventStore>> stores;
    size_t of_newest_store = 0;  // events that were here before those of stores.back()
    uint64_t shadows = 0;
    uint64_t event_bytes = 0;
    uint64_t bytes = 0;
  };

  bool IsLate(int64_t epoch, int64_t newest) const;
  Open* EpochFor(Input& input, int64_t epoch, int64_t newest);
  size_t RoomForShadows(const Open& open, size_t count);
  Lines& LinesOf(Open& open, size_t input);
  void AddShadows(size_t input, const CellEvents& events, size_t begin, size_t end, Open& open);
  bool AddEvent(Event* event, const std::shared_ptr<EventStore>& store, Open& open);
  void Condense(const std::shared_ptr<EventStore>& store);
  void CloseFirst();
  void Grow(Open& open, uint64_t bytes);

  std::vector<Input> inputs_;
  const uint64_t budget_bytes_;
  const uint64_t minute_bytes_;  // most of an epoch's shadows, and of its events
  Consumer consumer_;
  std::map<int64_t, Open> open_;    // by epoch
  int64_t closed_until_ = kNoTime;  // epochs below are closed
  uint64_t bytes_ = 0;
  uint64_t late_lines_ = 0;
  size_t usual_lines_ = 0;  // of an epoch and input: those of the one that closed last, until a new one takes as many
  bool incomplete_ = false;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_EPOCH_QUEUE_H_
