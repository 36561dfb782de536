// Makes the shadows and events of a cell from its batch: a worker's part of the way to the detectors.
//
//   EventMaker maker;                                  // one per worker
//   maker.Make(cell, cell.events);                     // after clock outliers were marked
//
// Costs every row of every log. So what was found out about targets, agents and addresses of IPv6 is remembered, and
// rows go in chunks: first the places of all in these memories, then the shadows. What is worth an event is decided by
// IsEvent() in event_maker.cc on the row alone, so that it is the same for any split of the lines over cells and
// workers. Not thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_
#define LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "src/base/text_memory.h"
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
  struct AgentFacts {
    uint32_t hash = 0;  // 0: missing
    AgentKind kind = AgentKind::kUnknown;
  };
  // A row, and where the memories may know its texts.
  struct Place {
    size_t row = 0;
    size_t target = 0;
    size_t agent = 0;
  };
  static constexpr size_t kChunkRows = 64;
  static constexpr size_t kMostAgents = 65'536;

  Place Prefetch(const RecordBatch& batch, size_t row) const;
  void AddRows(const Cell& cell, std::span<const Place> places, std::string& arena, CellEvents& events);
  Shadow MakeShadow(const RecordBatch& batch, int64_t time_ms, const Place& place);
  const TargetFacts& FactsOf(const RecordBatch& batch, size_t row, size_t slot);
  const AgentFacts& FactsOf(std::string_view agent, size_t slot);
  void AddEvent(const Cell& cell, size_t row, int64_t time_ms, const Shadow& shadow, std::string& arena, Event& event);

  ClientHashes clients_;
  TextMemory<TargetFacts, 98, 16384> targets_;     // 2 MiB
  TextMemory<AgentFacts, 246, 1024> agents_;       // 256 KiB
  std::unordered_map<uint64_t, AgentKind> kinds_;  // by agent, kMostAgents at most
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_EVENT_MAKER_H_
