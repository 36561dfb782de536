// How many different clients each of some keys had, exactly while there is room for all pairs of key and client.
//
//   ClientCounts clients(4 * settings.most_keys);
//   clients.Add(key, event.client(), loop.clients);       // a ClientCounts::Count of the key
//   finding.facts.push_back(loop.clients.Fact());         // "clients", or "clients_at_least"
//   loop.clients.Text()                                   // "500 clients", "at least 500 clients", "one client"
//
// One table for all keys: mostly one of them has nearly all clients, and it may. The first pairs that come stay. Memory:
// 9 bytes a pair and the gaps of a hash table. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_CLIENT_COUNTS_H_
#define LOGSTAT_SRC_DETECT_CLIENT_COUNTS_H_

#include <absl/container/flat_hash_set.h>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "logstat/findings.h"
#include "src/detect/detector.h"
#include "src/detect/join_keys.h"

namespace logstat {

class ClientCounts {
 public:
  struct Count {
    uint64_t clients = 0;
    bool is_whole = true;

    EvidenceFact Fact() const { return NumberFact(is_whole ? "clients" : "clients_at_least", clients); }
    std::string Text() const {
      if (is_whole && clients == 1) return "one client";
      return fmt::format("{}{} clients", is_whole ? "" : "at least ", clients);
    }
  };

  explicit ClientCounts(size_t most_pairs) : most_pairs_(most_pairs) {}

  void Add(uint64_t key, uint64_t client, Count& count) {
    const uint64_t pair = JoinKeys(key, client);
    if (pairs_.size() >= most_pairs_) {
      if (!pairs_.contains(pair)) count.is_whole = false;
    } else if (pairs_.insert(pair).second) {
      ++count.clients;
    }
  }

 private:
  const size_t most_pairs_;
  absl::flat_hash_set<uint64_t> pairs_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CLIENT_COUNTS_H_
