// Users and passwords that a server refused (401 with a user): the verdicts `force` and `spray` of auth-rejected.
//
//   CredentialTries tries(settings);
//   tries.OnEvent(event, surroundings);
//   tries.Finish(context, start, findings);     // start(kind, entity) makes an empty finding of the rule
//
// A browser with a stale password sends it for every picture of a page, so what one client sends for one user counts
// once in 2 s, and not at all while it asks without a pause for one path after the other. A user that succeeds after
// few tries had forgotten a password: info. One that does after kManyTries, or while its client or its name is being
// sprayed, was broken into: critical, with the first line that succeeded, how many did, and the first users' names. A
// client that broke in once has not forgotten what it tries next.
// Memory: see key_map.h. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_CREDENTIAL_TRIES_H_
#define LOGSTAT_SRC_DETECT_CREDENTIAL_TRIES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "src/detect/detector.h"
#include "src/detect/distinct_runs.h"
#include "src/detect/key_map.h"
#include "src/detect/windows.h"

namespace logstat {

using FindingStarter = std::function<Finding(EntityKind kind, std::string_view entity)>;

class CredentialTries {
 public:
  static constexpr uint64_t kManyTries = 30;
  static constexpr size_t kMostNames = 5;

  explicit CredentialTries(RuleSettings settings);

  void OnEvent(const Event& event, Surroundings& surroundings);
  void Finish(const FindingContext& context, const FindingStarter& start, std::vector<Finding>& findings);

 private:
  // One user at one client.
  struct Pair {
    int64_t last_seen_ms = 0;
    int64_t last_counted_ms = 0;
    uint64_t counted_path = 0;
    uint64_t tries = 0;  // since the last success or pause
  };
  struct Breach {
    Evidence line;  // of the first
    uint64_t tries = 0;
    uint64_t successes = 0;
    std::vector<std::string> users;  // the first kMostNames + 1
  };
  // Of a client or a user.
  struct Outcome {
    uint64_t refused = 0;
    uint64_t tries = 0;  // of them
    uint64_t tries_of_forgetful = 0;
    bool broken = false;
    Breach breach;
  };

  void OnRefusal(const Event& event, uint64_t user, Surroundings& surroundings);
  void OnSuccess(const Event& event, uint64_t user);
  void Note(uint64_t key, const Event& event, uint64_t tries, bool broken);
  bool IsBroken(uint64_t key) const;
  void AddBreach(const FindingContext& context, const Breach& breach, Finding* finding) const;
  void Judge(const FindingContext& context, uint64_t key, Finding* finding) const;

  const int64_t window_ms_;
  KeyMap<Pair> pairs_;
  KeyMap<Outcome> outcomes_;  // by client, and by user
  SlidingWindows force_;      // by client
  DistinctRuns users_;        // of a client
  DistinctRuns clients_;      // of a user
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CREDENTIAL_TRIES_H_
