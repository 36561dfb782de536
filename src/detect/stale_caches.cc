#include "src/detect/stale_caches.h"

#include <absl/container/node_hash_map.h>
#include <fmt/format.h>

#include <algorithm>
#include <bitset>
#include <map>
#include <string>
#include <utility>
#include <vector>

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
        "the "
        "same path to the same client within 2 s.",
    .reason =
        "The document: a cache that is told 304 and does not have the page has to ask again without condition. If "
        "that is usual, a cache is broken. The twenty are ours, to be tuned.",
    .false_positives = "Several people behind one address who ask for the same page.",
    .advice = "Find the cache between the server and these clients; compare the validators of its answers with yours.",
};

namespace {

constexpr int64_t kMostGapMs = 2000;
constexpr size_t kSlots = 16'384;

// Lines of 304 are no events, so this looks at shadows. The last 304 of each client and path stands in one of kSlots
// slots; one may push out another, and a pair is then not seen: most are. Nearly every line is a 200 whose slot saw no
// 304 for more than 2 s, and a bit says so: 2 KiB in the nearest cache instead of 256 KiB farther away.
class StaleCaches : public Detector {
 public:
  explicit StaleCaches(RuleSettings settings) : Detector(kStaleCaches, settings), last_(kSlots) {}

  void OnEvent(const Event& /*event*/, Surroundings& /*surroundings*/) override {}

  void OnEpoch(const Epoch& epoch, Surroundings& /*surroundings*/) override {
    const int64_t window = epoch.number * kEpochMs / settings().window_ms();
    const std::vector<uint64_t> late = std::move(late_);
    late_.clear();
    fresh_.reset();
    for (const uint64_t slot : late) fresh_.set(slot);
    for (const Shadow& shadow : epoch.shadows) {
      if (shadow.status != 304 && shadow.status != 200) continue;
      const uint64_t key = JoinKeys(shadow.client, shadow.path);
      const uint64_t slot = key % kSlots;
      if (shadow.status == 200 && !fresh_.test(slot)) continue;
      Asked& asked = last_[slot];
      if (shadow.status == 200 && asked.key != key) continue;
      const int64_t time_ms = epoch.TimeOf(shadow);
      if (shadow.status == 304) {
        asked = {key, time_ms};
        fresh_.set(slot);
        if (shadow.at_ms >= kEpochMs - kMostGapMs) late_.push_back(slot);
        Path* path = Find(shadow.path, window);
        if (path != nullptr) ++path->unchanged;
      } else if (time_ms >= asked.time_ms && time_ms - asked.time_ms <= kMostGapMs) {
        asked = {};
        Path* path = Find(shadow.path, window);
        if (path != nullptr) Repeated(*path, time_ms);
      }
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
      finding.first_time = path.first_ms;
      finding.last_time = path.last_ms;
      finding.top_paths = {{std::string(text), path.count}};
      finding.facts.push_back(NumberFact("not_modified", path.of));
      finding.sentence = fmt::format("{} of {} answers 304 for {} were followed at once by a request for the whole",
                                     path.count, path.of, text);
      findings.push_back(std::move(finding));
    }
  }

 private:
  struct Asked {
    uint64_t key = 0;
    int64_t time_ms = 0;
  };
  struct Path {
    // Of the current hour.
    int64_t window = 0;
    uint64_t unchanged = 0;
    uint64_t repeated = 0;
    int64_t first_repeated_ms = 0;
    int64_t last_repeated_ms = 0;
    // Of the hours that matter.
    uint64_t count = 0;
    uint64_t of = 0;
    int64_t first_ms = 0;
    int64_t last_ms = 0;
  };

  Path* Find(uint64_t hash, int64_t window) {
    if (paths_.size() >= kMostKeys && paths_.find(hash) == paths_.end()) return nullptr;
    Path& path = paths_[hash];
    if (path.window != window) EndWindow(path);
    path.window = window;
    return &path;
  }

  static void Repeated(Path& path, int64_t time_ms) {
    if (path.repeated++ == 0) path.first_repeated_ms = path.last_repeated_ms = time_ms;
    path.first_repeated_ms = std::min(path.first_repeated_ms, time_ms);
    path.last_repeated_ms = std::max(path.last_repeated_ms, time_ms);
  }

  void EndWindow(Path& path) const {
    if (path.unchanged >= settings().threshold && path.repeated * 5 >= path.unchanged) {
      if (path.count == 0) path.first_ms = path.first_repeated_ms;
      path.last_ms = path.last_repeated_ms;
      path.count += path.repeated;
      path.of += path.unchanged;
    }
    path.unchanged = path.repeated = 0;
  }

  void EndAll() {
    for (auto& [hash, path] : paths_) EndWindow(path);
  }

  std::vector<Asked> last_;
  std::bitset<kSlots> fresh_;   // slots of last_ that may be of the last 2 s
  std::vector<uint64_t> late_;  // slots of the last 2 s of the newest epoch
  absl::node_hash_map<uint64_t, Path> paths_;
};

}  // namespace

std::unique_ptr<Detector> MakeStaleCaches(RuleSettings settings, const DetectSettings& /*common*/) {
  return std::make_unique<StaleCaches>(settings);
}

}  // namespace logstat
