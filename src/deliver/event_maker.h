// Makes the shadows and events of a cell from its batch: a worker's part of the way to the detectors.
//
//   EventMaker maker;                                  // one per worker
//   maker.Make(cell, cell.events);                     // after clock outliers were marked
//
// Costs every row of every log, so it only hashes and looks at each byte of a target once: 14 ns a row of combined
// (bench/deliver_bench.cc). What is worth an event is decided by IsEvent() in event_maker.cc on the row alone, so that
// it is the same for any split of the lines over cells and workers.
// Not thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_
#define LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "src/catalog/agents.h"
#include "src/deliver/cell.h"
#include "src/deliver/event.h"

namespace logstat {

// The hash by which an address is known: IPv6 by its /64, because a host has as many addresses in it as it likes.
// `group` gets the text of that block if it is one.
uint64_t HashClient(std::string_view client, std::string* group);

class EventMaker {
 public:
  // Fills `events` from the selected rows of the cell that have a readable time.
  void Make(const Cell& cell, CellEvents& events);

 private:
  struct AgentMemo {
    uint64_t hash = 0;
    AgentKind kind = AgentKind::kUnknown;
  };
  static constexpr size_t kMemoSlots = 4096;
  static constexpr size_t kMostAgents = 65'536;

  Shadow MakeShadow(const RecordBatch& batch, size_t row, int64_t time_ms);
  AgentMemo Remember(std::string_view agent);
  void AddEvent(const Cell& cell, size_t row, int64_t time_ms, const Shadow& shadow, std::string& arena, Event& event);

  std::string group_;  // of the client of the row whose shadow was made last, see HashClient()
  std::array<AgentMemo, kMemoSlots> recent_agents_{};  // by the hash's last bits
  std::unordered_map<uint64_t, AgentKind> agents_;     // kMostAgents at most
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_
