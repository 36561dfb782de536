// cache-stale: caches that are told 304 and do not have what they asked about.
#include <absl/container/flat_hash_map.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "src/detect/entries.h"
#include "src/detect/room.h"
#include "src/detect/sorted_keys.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kStaleCaches = {
    .id = "cache-stale",
    .title = "Caches without what they asked about",
    .severity = Severity::kInfo,
    .threshold = 20,
    .window_seconds = 3600,
    .columns = {Field::kTime, Field::kClient, Field::kPath},
    .needs_all_statuses = true,
    .statements = "S28",
    .rule =
        "Twenty answers 304 for one path within one hour of the clock, a fifth or more of them followed by a 200 for "
        "the same path to the same client within 2 s.",
    .reason =
        "The document: a cache that is told 304 and does not have the page has to ask again without condition. If "
        "that is usual, a cache is broken. The twenty are ours, to be tuned.",
    .false_positives = "Several people behind one address who ask for the same page.",
    .advice = "Find the cache between the server and these clients; compare the validators of its answers with yours.",
};

namespace {

constexpr int64_t kMostRevalidationMs = 2000;
constexpr size_t kLeastBits = 16'384;
constexpr size_t kBitsOfEach = 32;

// Lines of 304 are no events, so this looks at shadows. What matters are pairs, a 304 and a 200 after it, wherever they
// stand in the minute: lines of a log are out of order. Nearly every line is a 200 of which no 304 of the minute
// speaks, and a bit says so; the others are few enough to be sorted. A 304 and a 200 of one millisecond are taken for a
// pair.
class StaleCaches : public Detector {
 public:
  explicit StaleCaches(RuleSettings settings) : Detector(kStaleCaches, settings, StatusSet::None()) {}

  void OnEpoch(const Epoch& epoch, Surroundings& /*surroundings*/) override {
    const int64_t window = epoch.number * kEpochMs / settings().window_ms();
    // Those of the last 2 s of the epoch before come first.
    std::vector<Answer304> unchanged = std::move(late_);
    late_.clear();
    const size_t first = unchanged.size();
    for (const Shadow& shadow : epoch.shadows) {
      if (shadow.status != 304) continue;
      unchanged.push_back({JoinKeys(shadow.client, shadow.path), epoch.TimeOf(shadow), shadow.path, false});
      if (shadow.at_ms >= kEpochMs - kMostRevalidationMs) late_.push_back(unchanged.back());
      paths_.prefetch(shadow.path);  // the table fits no cache
    }
    if (unchanged.empty()) return;
    for (size_t i = first; i < unchanged.size(); ++i) {
      if (Path* path = Find(unchanged[i].path, window)) ++path->unchanged;
    }
    bits_.assign(std::bit_ceil(std::max(kLeastBits, unchanged.size() * kBitsOfEach)) / 64, 0);
    for (const Answer304& answer : unchanged) Word(answer.key) |= Bit(answer.key);
    std::vector<Answer304> pairs;
    for (const Shadow& shadow : epoch.shadows) {
      if (shadow.status != 200) continue;
      const uint64_t key = JoinKeys(shadow.client, shadow.path);
      if ((Word(key) & Bit(key)) != 0) pairs.push_back({key, epoch.TimeOf(shadow), shadow.path, true});
    }
    if (pairs.empty()) return;
    pairs.insert(pairs.end(), unchanged.begin(), unchanged.end());
    std::sort(pairs.begin(), pairs.end(), [](const Answer304& a, const Answer304& b) {
      return std::tie(a.key, a.time_ms, a.is_whole) < std::tie(b.key, b.time_ms, b.is_whole);
    });
    for (size_t i = 1; i < pairs.size(); ++i) {
      const Answer304& before = pairs[i - 1];
      const Answer304& now = pairs[i];
      if (!now.is_whole || before.is_whole || before.key != now.key ||
          now.time_ms - before.time_ms > kMostRevalidationMs)
        continue;
      if (Path* path = Find(now.path, window)) Repeated(*path, now);
    }
  }

  void Want(KeyTexts& texts) override {
    EndAll();
    for (const uint64_t hash : SortedKeys(paths_)) {
      if (paths_.at(hash).count > 0) texts.Want(Field::kPath, hash);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    EndAll();
    for (const uint64_t hash : SortedKeys(paths_)) {
      const Path& path = paths_.at(hash);
      if (path.count == 0) continue;
      const std::string_view text = context.texts.Find(Field::kPath, hash);
      if (text.empty()) continue;
      Finding finding = StartFinding(EntityKind::kPath, text);
      finding.code = 304;
      finding.count = path.count;
      finding.first_time = path.first.time_ms;
      finding.last_time = path.last.time_ms;
      finding.top_paths = {{std::string(text), path.count}};
      finding.facts.push_back(NumberFact("not_modified", path.of));
      finding.sentence = fmt::format("{} of {} answers 304 for {} were followed at once by a request for the whole",
                                     path.count, path.of, text);
      findings.push_back(std::move(finding));
    }
  }

  // The first pair, and the last 200.
  std::vector<LineWish> WishLines(const Finding& finding) const override {
    const auto found = paths_.find(PathHash(finding.entity));
    if (found == paths_.end()) return {};
    const auto wish = [](const Pair& pair, int64_t back_ms) {
      LineWish of_pair{.from_ms = pair.time_ms - back_ms, .until_ms = pair.time_ms};
      of_pair.client_and_path = pair.key;
      return of_pair;
    };
    return {wish(found->second.first, kMostRevalidationMs), wish(found->second.last, 0)};
  }

 private:
  // Or the 200 that may have followed.
  struct Answer304 {
    uint64_t key = 0;  // client and path
    int64_t time_ms = 0;
    uint64_t path = 0;
    bool is_whole = false;
  };
  // A 304 and the 200 that followed it, by the time of that one.
  struct Pair {
    int64_t time_ms = 0;
    uint64_t key = 0;
    friend bool operator<(const Pair& a, const Pair& b) {
      return std::tie(a.time_ms, a.key) < std::tie(b.time_ms, b.key);
    }
  };
  struct Path {
    // Of the current hour.
    int64_t window = 0;
    uint64_t unchanged = 0;
    uint64_t repeated = 0;
    Pair first_repeated;
    Pair last_repeated;
    // Of the hours that matter.
    uint64_t count = 0;
    uint64_t of = 0;
    Pair first;
    Pair last;
  };

  Path* Find(uint64_t hash, int64_t window) {
    Path* path = AtIfRoom(paths_, hash, most_keys());
    if (path == nullptr) return nullptr;
    if (path->window != window) EndWindow(*path);
    path->window = window;
    return path;
  }

  static void Repeated(Path& path, const Answer304& whole) {
    const Pair pair{whole.time_ms, whole.key};
    if (path.repeated++ == 0) path.first_repeated = path.last_repeated = pair;
    path.first_repeated = std::min(path.first_repeated, pair);
    path.last_repeated = std::max(path.last_repeated, pair);
  }

  void EndWindow(Path& path) const {
    if (path.unchanged >= settings().threshold && path.repeated * 5 >= path.unchanged) {
      if (path.count == 0) path.first = path.first_repeated;
      path.last = path.last_repeated;
      path.count += path.repeated;
      path.of += path.unchanged;
    }
    path.unchanged = path.repeated = 0;
  }

  void EndAll() {
    for (auto& [hash, path] : paths_) EndWindow(path);
  }

  uint64_t& Word(uint64_t key) { return bits_[(key >> 6) & (bits_.size() - 1)]; }
  static uint64_t Bit(uint64_t key) { return uint64_t{1} << (key & 63); }

  std::vector<Answer304> late_;  // 304s of the last 2 s of the newest epoch
  std::vector<uint64_t> bits_;   // by key: whether there may be a 304 of it in the newest epoch
  absl::flat_hash_map<uint64_t, Path> paths_;
};

}  // namespace

constexpr DetectorEntry kStaleCachesEntry{&kStaleCaches, MakeDetector<StaleCaches>};

}  // namespace logstat
