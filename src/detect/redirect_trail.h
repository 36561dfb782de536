// The last redirects of each client: whether their targets grow, as they do when a rule copies the URI into itself.
//
//   RedirectTrail trail(settings.most_keys);
//   trail.Add(event);                        // every redirect, in order
//   trail.GrowingBefore(client, time_ms)     // lengths of the run, e.g. {120, 360, 1,080}; empty: there is none
//
// At most `most_keys` clients, those with the newest redirects. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_REDIRECT_TRAIL_H_
#define LOGSTAT_SRC_DETECT_REDIRECT_TRAIL_H_

#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "src/deliver/event.h"
#include "src/detect/key_map.h"

namespace logstat {

class RedirectTrail {
 public:
  explicit RedirectTrail(size_t most_keys) : clients_(most_keys) {}

  struct Run {
    std::vector<size_t> lengths;  // of the targets, growing
    std::string first_path;
  };

  void Add(const Event& event);
  Run GrowingBefore(uint64_t client, int64_t time_ms) const;

 private:
  struct Hop {
    size_t length;
    int64_t time_ms;
    std::string path;
  };
  KeyMap<absl::InlinedVector<Hop, 1>> clients_;  // those of a client that grow up to its last one
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_REDIRECT_TRAIL_H_
