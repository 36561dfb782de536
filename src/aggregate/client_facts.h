// What else there is to know of a client: how many different paths it asked for, with how many agents, and whether
// several people stand behind it.
//
//   ClientFacts facts({.paths = true, .agents = true, .users = true}, budget_bytes, workers, seed);
//   ClientFacts::Worker worker(&facts);               // in each thread
//   worker.Add(batch, selection, first, size, tags);  // tags of paths and agents: src/catalog/text_tags.h
//   worker.Flush();                                   // once at the end
//   facts.Fill({&report.clients[0], …});              // after the last flush
//
// What is counted is pairs (pair_table.h): of a client and a path, of a client and an agent or user. Only of the few
// clients that a report lists anything is asked in the end, but which these are is known when all lines are read.
//
// **Over the budget** every second pair is dropped at random, as often as need be: of a client of whose pairs enough
// were kept the number is estimated, with its standard error; of others it is not known. The random number is a hash
// of the pair, so the answer is the same for any number of workers and any order.
//
// A client is known by 36 bits of a hash, and so is the other part: of 100,000 different paths of a client one in 14
// runs misses one.
//
// Thread-safe: any number of workers at the same time. The const functions only when no worker works.
#ifndef LOGSTAT_SRC_AGGREGATE_CLIENT_FACTS_H_
#define LOGSTAT_SRC_AGGREGATE_CLIENT_FACTS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "logstat/report.h"
#include "src/aggregate/pair_table.h"
#include "src/record/record_batch.h"
#include "src/record/row_tags.h"
#include "src/record/selection.h"

namespace logstat {

// The key of a pair of two hashes, never 0. Its client's bits are above those of the pair, which choose the pairs that
// are kept.
class ClientPairKey {
 public:
  ClientPairKey() = default;
  ClientPairKey(uint64_t client_hash, uint64_t other_hash);

  static size_t PartitionOf(uint64_t client_hash) { return client_hash >> 56; }
  static uint64_t ClientOf(uint64_t client_hash) { return client_hash << 8 >> 36; }

  uint64_t value() const { return value_; }
  uint64_t client() const { return value_ >> kPairBits; }
  unsigned rank() const { return static_cast<unsigned>(std::countl_zero(value_ << (64 - kPairBits) | 1)); }

 private:
  static constexpr unsigned kPairBits = 36;

  uint64_t value_ = 0;
};

class ClientPath {
 public:
  ClientPath() = default;
  explicit ClientPath(ClientPairKey key) : key_(key) {}

  uint64_t key() const { return key_.value(); }
  uint64_t client() const { return key_.client(); }
  unsigned rank() const { return key_.rank(); }
  bool is_free() const { return key_.value() == 0; }
  void Merge(const ClientPath&) {}

 private:
  ClientPairKey key_;
};

class ClientAgent {
 public:
  enum class Kind : uint8_t { kFree, kPerson, kOtherAgent, kUser };

  ClientAgent() = default;
  ClientAgent(ClientPairKey key, Kind kind) : key_(key), kind_(kind) {}

  uint64_t key() const { return key_.value(); }
  uint64_t client() const { return key_.client(); }
  unsigned rank() const { return key_.rank(); }
  bool is_free() const { return kind_ == Kind::kFree; }
  void AddSuccess(int64_t time_ms);
  void Merge(const ClientAgent& other);

  Kind kind() const { return kind_; }
  uint32_t successes() const { return successes_; }  // with a known time; saturating
  int64_t span_ms() const { return successes_ == 0 ? 0 : last_ms_ - first_ms_; }

 private:
  ClientPairKey key_;
  int64_t first_ms_ = std::numeric_limits<int64_t>::max();
  int64_t last_ms_ = std::numeric_limits<int64_t>::min();
  uint32_t successes_ = 0;
  Kind kind_ = Kind::kFree;
};

class ClientFacts {
 public:
  // What is there to be counted. Whether a client is shared takes agents and users.
  struct Columns {
    bool paths = false;
    bool agents = false;
    bool users = false;
  };

  // `budget_bytes`: most memory that it takes, but for 256 KiB a worker.
  ClientFacts(const Columns& columns, uint64_t budget_bytes, unsigned workers, TableSeed seed);

  // Not thread-safe.
  class Worker {
   public:
    explicit Worker(ClientFacts* shared);

    // The selected rows number `first` to first + size - 1, with their tags. The batch has the client and the status,
    // of the columns those that were promised, and the time if agents were.
    void Add(const RecordBatch& batch, const Selection& selection, size_t first, size_t size, const RowTags& tags);
    void Flush();

   private:
    void AddAgent(const RecordBatch& batch, size_t row, uint64_t client, KeyTag agent);
    void AddUser(const RecordBatch& batch, size_t row, uint64_t client, std::string_view user);

    const Columns columns_;
    PairTable<ClientPath>::Worker paths_;
    PairTable<ClientAgent>::Worker agents_;
  };

  // Sets distinct_paths, distinct_agents and shared of the rows, which must be of clients.
  void Fill(const std::vector<KeyRow*>& listed) const;

  // What the shared part takes now.
  uint64_t memory_bytes() const { return paths_.memory_bytes() + agents_.memory_bytes(); }

 private:
  void FillAgents(std::span<const ClientAgent> pairs, KeyRow* row) const;

  const Columns columns_;
  PairTable<ClientPath> paths_;
  PairTable<ClientAgent> agents_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_CLIENT_FACTS_H_
