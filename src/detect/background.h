// Probing that came to nothing, of all rules: what the one finding background-probing counts.
//
//   background.Add(event, ProbeFamily::kAttack);          // a request that cannot have been answered
//   waiting.Add(event);                                   // one of which it will be known later;
//   background.AddRun(waiting, client, ProbeFamily::kAttack);    // then, if it was not
//
// Rules say it in their errands (errands.h).
//
// Of some it stays unknown whether they were answered (answers.h): they are counted, too, and how many they are is
// told. An event counts once, for the first rule that adds it. Memory: 65,536 clients, and the identity of 262,144
// events; of later ones, those that wait may count twice. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_BACKGROUND_H_
#define LOGSTAT_SRC_DETECT_BACKGROUND_H_

#include <absl/container/flat_hash_set.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "src/deliver/event.h"
#include "src/detect/answers.h"
#include "src/detect/evidence.h"

namespace logstat {

enum class ProbeFamily : uint8_t { kPaths, kAttack, kSecret, kWrite, kScanner, kNoAgent, kVersion, kProxy, kDav };
inline constexpr size_t kProbeFamilyCount = 9;
// "missing paths", "attack strings", …
std::string_view ProbeFamilyName(ProbeFamily family);

// Events that wait. Knows the identity of the first 4,096.
class WaitingEvents {
 public:
  void Add(const Event& event);
  uint64_t count() const { return evidence_.count(); }

 private:
  friend class Background;
  Evidence evidence_;
  std::vector<uint64_t> ids_;
};

class Background {
 public:
  // At most `most_keys` clients are told apart, and four times as many requests: the first that came.
  explicit Background(size_t most_keys) : most_keys_(most_keys) {}

  void Add(const Event& event, ProbeFamily family);
  // What one client did earlier.
  void AddRun(const WaitingEvents& run, uint64_t client, ProbeFamily family, Answer answer);

  const Evidence& evidence() const { return evidence_; }
  uint64_t requests() const { return requests_; }
  uint64_t undecided() const { return undecided_; }
  size_t clients() const { return clients_.size(); }
  bool HasClient(uint64_t client) const { return clients_.contains(client); }
  uint64_t count(ProbeFamily family) const { return families_[static_cast<size_t>(family)]; }

 private:
  void AddClient(uint64_t client);

  const size_t most_keys_;
  Evidence evidence_;
  absl::flat_hash_set<uint64_t> clients_;
  std::array<uint64_t, kProbeFamilyCount> families_{};
  bool IsNew(uint64_t id);

  uint64_t requests_ = 0;
  uint64_t undecided_ = 0;
  uint64_t last_id_ = 0;
  absl::flat_hash_set<uint64_t> ids_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_BACKGROUND_H_
