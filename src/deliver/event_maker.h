// Makes the shadows and events of a cell from its batch: a worker's part of the way to the detectors.
//
//   EventMaker maker;                                  // one per worker
//   maker.Make(cell, cell.events);                     // after clock outliers were marked
//
// Costs every row of every log, so it hashes, and remembers what it found out about agents, targets and addresses of
// IPv6 (bench/deliver_bench.cc). What is worth an event is decided by IsEvent() in event_maker.cc on the row alone, so that
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
#include "src/deliver/client_hash.h"
#include "src/deliver/event.h"
#include "src/deliver/target_facts.h"

namespace logstat {

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

  ClientHashes clients_;
  TargetMemory targets_;
  std::array<AgentMemo, kMemoSlots> recent_agents_{};  // by the hash's last bits
  std::unordered_map<uint64_t, AgentKind> agents_;     // kMostAgents at most
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_
