// What a rule wants of the things that all rules share: addresses to watch, paths to watch, probing for the background.
//
//   errands.WatchClient(event.client());                       // in a rule
//   errands.AddToBackground(event, ProbeFamily::kAttack);
//   errands.BeginAt(i);                                        // in Detectors, before the rule sees event number i
//   errands.RunUntil(i, shared);                               // after all rules have seen the epoch
//
// Rules see an epoch side by side, so none of them may change what another one reads. Each writes down what it wants
// and when, and when all are done it is run in the order of the events, and for one event of the rules: as if one
// thread had shown every event to all rules before the next one. Not thread-safe: one for each rule.
#ifndef LOGSTAT_SRC_DETECT_ERRANDS_H_
#define LOGSTAT_SRC_DETECT_ERRANDS_H_

#include <absl/container/flat_hash_set.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "src/deliver/event.h"
#include "src/detect/answers.h"
#include "src/detect/background.h"
#include "src/detect/history.h"
#include "src/detect/shared_addresses.h"

namespace logstat {

// What is changed by errands.
struct SharedByRules {
  const History& history;
  SharedAddresses& addresses;
  Answers& answers;
  Background& background;
};

class Errands {
 public:
  // A finding about the client will say whether several people stand behind it.
  void WatchClient(uint64_t client) {
    // Once is enough, and more clients than that nobody watches.
    if (wished_.size() < SharedAddresses::kMostClients && wished_.insert(client).second) Add(Client{client});
  }
  // The sizes of the answers to this path will be asked for.
  void WatchPath(const Shadow& request) { Add(Path{request}); }
  void AddToBackground(const Event& event, ProbeFamily family) { Add(Probe{&event, family}); }
  // What one client did earlier.
  void AddToBackground(WaitingEvents run, uint64_t client, ProbeFamily family, Answer answer = Answer::kUnanswered) {
    Add(Run{std::make_unique<WaitingEvents>(std::move(run)), client, family, answer});
  }

  // What is wanted from now on is wanted at `moment`; moments ascend.
  void BeginAt(size_t moment) { moment_ = moment; }
  // Does what was wanted until `moment`.
  void RunUntil(size_t moment, const SharedByRules& shared);
  bool empty() const { return wishes_.empty(); }
  // When all were run: forgets them. What is wanted from now on is of moment 0.
  void Clear();

 private:
  struct Client {
    uint64_t client;
  };
  struct Path {
    Shadow request;
  };
  struct Probe {
    const Event* event;
    ProbeFamily family;
  };
  struct Run {
    std::unique_ptr<WaitingEvents> events;  // apart, because it is rare and large
    uint64_t client;
    ProbeFamily family;
    Answer answer;
  };
  using Wish = std::variant<Client, Path, Probe, Run>;

  void Add(Wish wish) { wishes_.emplace_back(moment_, std::move(wish)); }

  size_t moment_ = 0;
  std::vector<std::pair<size_t, Wish>> wishes_;  // with its moment
  size_t next_ = 0;                              // the first that was not run
  absl::flat_hash_set<uint64_t> wished_;         // clients, in the whole run
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_ERRANDS_H_
