// Whether an attempt got an answer, or only the page that everybody gets: the judgement that all rules about attacks
// share.
//
//   answers.OnEpoch(epoch, events, history);          // before the epoch's events are shown to detectors
//   answers.Judge(event.shadow)                       // in Finish(): kAnswered, kUndecided, kUnanswered
//
// Every scanner gets 200 somewhere: a home page takes any query, an application of one page answers every path with
// that page. So 2xx alone says nothing; the size of the body does. A 2xx is an answer if its body
// - has at least kEnough harmless 2xx of that path to compare with and lies outside their smallest and largest, widened
//   by kWiden; with fewer it is undecided if it lies outside; with none it is an answer;
// - and is not the site's fallback: the same size on kUnrelated attempts with different aims (attempt.h), or that of a
//   home page which always has the same size.
// A body of no bytes is no answer; of an unknown number, undecided.
// Harmless are lines that are no events, and events of clients that have attempted nothing so far. Sizes are known from
// the begin of the log to its end, as far as there is room for its paths (path_sizes.h); of a path that was forgotten,
// from ten minutes before the first attempt on it. Per host, where there is one.
// Memory: `most_keys` paths that were tried, sizes and clients each, the first that came (what is beyond is undecided),
// and PathSizes. Cost: one look into that table per line with a body, and once there was an attempt one at a bit.
// Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_ANSWERS_H_
#define LOGSTAT_SRC_DETECT_ANSWERS_H_

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/deliver/epoch_queue.h"
#include "src/deliver/event.h"
#include "src/detect/history.h"
#include "src/detect/path_sizes.h"

namespace logstat {

enum class Answer : uint8_t { kUnanswered, kUndecided, kAnswered };

class Answers {
 public:
  static constexpr uint64_t kEnough = 5;
  static constexpr size_t kUnrelated = 3;

  // At most `most_keys` paths are watched, and as many clients and sizes known: the first that came.
  explicit Answers(size_t most_keys) : most_keys_(most_keys), remembered_(most_keys) {}

  // `events` are those of the epoch that may be attempts.
  void OnEpoch(const Epoch& epoch, const std::vector<const Event*>& events, const History& history);

  // After the last epoch.
  void Finish(const History& history);

  Answer Judge(const Shadow& request) const;
  // Whether the body is that which the site sends for anything.
  bool IsFallback(const Shadow& request) const;
  // Harmless 2xx of the path of the request: how many, the smallest and largest body; {0, 0, 0}: none or not known.
  struct Sizes {
    uint64_t count = 0;
    uint32_t least = UINT32_MAX;
    uint32_t most = 0;
    int64_t first_get_ms = INT64_MAX;  // of GETs with 2xx and a body, by anybody
    int64_t last_get_ms = INT64_MIN;
  };
  const Sizes* SizesOf(const Shadow& request) const;
  // Whether paths without sizes had no harmless 2xx since the log began; else they may have been forgotten.
  bool KnowsAllPaths() const { return remembered_.is_whole(); }
  // Looks at the path of this request, and at the home page, from now on, and what is known of them.
  void Watch(const Shadow& request);

 private:
  static constexpr size_t kBitsOfAPath = 16;

  size_t WordOf(uint64_t key) const { return (key >> 6) & (bits_.size() - 1); }
  bool MayBeWatched(uint64_t key) const { return ((bits_[WordOf(key)] >> (key & 63)) & 1) != 0; }
  void SetBit(uint64_t key) { bits_[WordOf(key)] |= uint64_t{1} << (key & 63); }
  void Watch(uint64_t path, uint32_t host);
  bool IsHarmless(const Shadow& shadow) const;
  static void AddGet(const Shadow& shadow, int64_t time_ms, Sizes& sizes);
  static void AddSize(const Shadow& shadow, Sizes& sizes);
  void LookAtLines(const std::vector<Shadow>& shadows);
  void AddAttempt(const Event& event);
  void Catch(const History& history, int64_t but_epoch);

  struct Line {
    uint64_t key;
    size_t row;
  };
  struct New {
    uint64_t key;
    uint64_t path;
    bool is_remembered;  // its sizes, but not the times of its GETs
  };
  const size_t most_keys_;
  PathSizes remembered_;  // of harmless lines of all paths
  absl::flat_hash_map<uint64_t, Sizes> paths_;
  std::vector<New> new_;  // of paths_: their earlier lines were not looked at yet
  // By key: whether some path with these bits is watched. As few as keep one in 16 set: those of a hundred paths stay
  // in the core's first cache, those of 65,536 do not.
  std::vector<uint64_t> bits_ = std::vector<uint64_t>(16);
  std::vector<Line> lines_;                  // of the newest epoch, that may be of watched paths
  absl::flat_hash_set<uint64_t> attackers_;  // clients
  absl::flat_hash_map<uint64_t, std::array<uint64_t, kUnrelated>> aims_;  // by size and host: the first that got it
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_ANSWERS_H_
