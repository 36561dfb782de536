// What detectors see of a line: a shadow of every one, and of those that may mean something the whole.
//
// Every selected row with a readable time leaves a shadow of 32 bytes. A row of which a predicate on that row alone
// holds (IsEvent in event_maker.cc: any status but a plain success, a write, a user, an odd target, …) is an event as
// well, with its texts. Hashes are fixed-seed ones (base/hash.h, SketchHash), because what is found may not depend on
// chance; 0 stands for a missing text.
#ifndef LOGSTAT_SRC_DELIVER_EVENT_H_
#define LOGSTAT_SRC_DELIVER_EVENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/milliseconds.h"
#include "src/deliver/attempt.h"
#include "src/deliver/kept_event.h"
#include "src/deliver/tags.h"
#include "src/record/field.h"
#include "src/record/record_batch.h"

namespace logstat {

// Time in epochs of 60 s: the unit in which lines are put in order.
inline constexpr int64_t kEpochMs = kMinuteMs;
constexpr int64_t EpochOf(int64_t time_ms) { return FloorDivide(time_ms, kEpochMs); }

enum class MethodKind : uint8_t { kGet, kHead, kPost, kOther };

// What of a shadow is small, in one word: the first member in its lowest bits, as compilers for our systems lay it out.
struct ShadowBits {
  uint32_t at_ms : 16 = 0;  // in its epoch
  uint32_t status : 10 = 0;
  uint32_t method : 2 = 0;  // a MethodKind
  uint32_t is_static : 1 = 0;
  uint32_t has_user : 1 = 0;
  uint32_t is_event : 1 = 0;
  uint32_t is_person : 1 = 0;  // its agent is a browser in somebody's hand, by its own word
};

struct Shadow : ShadowBits {
  uint32_t bytes = 0;  // kNoShadowBytes: absent; capped below it
  uint32_t agent = 0;
  uint32_t host = 0;
  uint64_t client = 0;  // hash of the address, of IPv6 of its /64
  uint64_t path = 0;
};
static_assert(sizeof(Shadow) == 32);
inline constexpr uint32_t kNoShadowBytes = UINT32_MAX;

// 2xx and 3xx: what a server does for whom it likes.
constexpr bool IsSuccess(int status) { return status >= 200 && status < 300; }
constexpr bool IsServed(int status) { return status >= 200 && status < 400; }
// A redirect that a client follows; never 304.
constexpr bool IsRedirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Whether how long a line took is the time until an answer: not of a connection that goes on (101) or that was idle
// (408), nor where no request was read.
constexpr bool IsAnswerTime(int status, uint64_t path) { return status != 101 && status != 408 && path != 0; }

// A line that may mean something. Views live as long as its store; at most kMostTextBytes of a text are kept.
class Event {
 public:
  // The longest text of an event. Servers cut a request at 8 KiB (nginx, Apache), so what they refuse as too long fits.
  static constexpr size_t kMostTextBytes = 16384;

  int64_t time_ms = 0;
  uint32_t input = 0;
  int64_t row = 0;      // in its cell; of a record of several lines the first, which may stand in an earlier cell
  uint64_t line = 0;    // 1-based
  uint64_t offset = 0;  // in the input, decoded
  Shadow shadow;
  int64_t bytes = kNoBytes;
  int64_t duration_us = kNoNumber;
  int64_t request_bytes = kNoNumber;
  int64_t upstream_status = kNoNumber;
  uint8_t path_bits = 0;             // what its path is, see text_tags.h
  bool is_odd_target = false;        // HasOddSigns()
  bool is_attacking_agent = false;   // may be
  bool is_in_log_of_agents = false;  // else that it has no agent says nothing
  bool is_in_proxy_log = false;      // Cell::of_proxy
  uint32_t text_bytes = 0;           // of its line and texts in its store, but for the client's block

  int status() const { return static_cast<int>(shadow.status); }
  uint64_t client() const { return shadow.client; }
  uint64_t path() const { return shadow.path; }
  MethodKind method() const { return static_cast<MethodKind>(shadow.method); }
  bool is_unbidden() const { return (path_bits & kUnbiddenPath) != 0; }
  // What it tries; mostly nothing.
  const Attempt& attempt() const {
    static const Attempt* const kNothing = new Attempt();
    return attempt_ != nullptr ? *attempt_ : *kNothing;
  }

  // Empty if missing, too; a client of IPv6 is its /64.
  std::string_view text(Field field) const {
    const Text& text = texts_[Index(field)];
    return {base_ + text.offset, text.length};
  }
  bool has(Field field) const { return texts_[Index(field)].length != 0; }
  std::string_view line_text() const { return {base_ + line_.offset, line_.length}; }

  // What may be remembered when the arena is gone: made by the first who asks, the same for all. Thread-safe.
  KeptEvent::Ref Keep() const;

 private:
  friend class EventMaker;
  friend struct EventStore;
  static size_t Index(Field field) { return static_cast<size_t>(field) - kFirstTextField; }

  const char* base_ = nullptr;  // the bytes of its store
  Text line_;
  std::array<Text, kTextFieldCount> texts_{};
  std::unique_ptr<const Attempt> attempt_;  // null: nothing
  mutable KeptEvent::Slot kept_;
};

// The events of a cell and the bytes of their texts. They stay where they were made, because an event is five cache
// lines: epochs and detectors hold pointers. Owned by the epochs that have one of them.
struct EventStore {
  std::vector<Event> events;
  std::string bytes;

  // Moves events and their texts from another store to this one, which is empty, and leaves where they are now in
  // `taken`: a few of a cell do not keep the memory of all.
  void Take(Event** taken, size_t count);
};

// What a cell leaves, in the order of its lines. `edges` are its first and last rows, whose clock is judged when their
// neighbours are known (clock.h): at most two, each a shadow and, if it is one, an event.
struct CellEvents {
  struct Edge {
    int64_t time_ms = 0;
    Shadow shadow;
    uint16_t duration = 0;   // compact; 0: none
    Event* event = nullptr;  // in edge_store; null: it is none
  };
  // The shadows [begin, begin of the next run) are of one epoch.
  struct Run {
    int64_t epoch = 0;
    size_t begin = 0;
    int64_t newest = kNoTime;
  };
  std::vector<Shadow> shadows;
  std::vector<uint16_t> durations;  // of the shadows, compact (compact_duration.h); empty if no line has one
  std::vector<Run> runs;
  std::vector<Edge> edges;
  // The events of the shadows, one for each that is_event, in their order, and those of the edges, which are kept for
  // longer; null if there are none.
  std::shared_ptr<EventStore> store;
  std::shared_ptr<EventStore> edge_store;
  int64_t newest = kNoTime;  // of all but the edges

  void Clear();
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_EVENT_H_
