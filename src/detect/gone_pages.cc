// gone-vs-missing: pages that are gone for good, and who still links to them.
#include <absl/container/node_hash_map.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "src/base/hash.h"
#include "src/base/milliseconds.h"
#include "src/detect/code_tally.h"
#include "src/detect/entries.h"
#include "src/detect/key_filter.h"
#include "src/detect/referrers.h"
#include "src/detect/repeats.h"
#include "src/detect/room.h"
#include "src/detect/sorted_keys.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kGonePages = {
    .id = "gone-vs-missing",
    .title = "Pages that are gone",
    .severity = Severity::kLow,
    .threshold = 50,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kPath},
    .verdicts_are_apart = true,
    .statements = "S41 S48 S49",
    .rule =
        "A path that is served again after 410 (revived); a foreign page that sends 50 browsers within 24 hours to "
        "paths that answer 404 or 410 (stale-links); a path that was served and, for seven days or more since, only "
        "answered 404 to visitors from foreign pages (should-be-gone). One log shows the last only if it is that long.",
    .reason =
        "The document: 410 is permanent, and owners want links to it removed; what is known to be gone for good should "
        "say 410 and not 404. The numbers are ours, to be tuned.",
    .false_positives = "New releases that bring a page back; crawlers that call themselves browsers.",
    .advice =
        "Answer 410, or 301 to what took the page's place; ask the foreign site to change its link. If a page may come "
        "back, answer 404.",
};

namespace {

constexpr int64_t kSevenDaysMs = 7 * kDayMs;
constexpr uint64_t kLeastVisits = 7;

// When each path was served last, in constant memory: a path may push out another one of the same slot, which is then
// not known to have been served. Whatever is lost, lines of the log decide, not chance.
class LastServed {
 public:
  LastServed() : slots_(kSlots) {}
  void Prefetch(uint64_t key) const { __builtin_prefetch(&slots_[key % kSlots], 1); }
  void Set(uint64_t key, int64_t time_ms) { slots_[key % kSlots] = {key, time_ms}; }
  // kNoTime: not known.
  int64_t Find(uint64_t key) const {
    const Slot& slot = slots_[key % kSlots];
    return slot.key == key ? slot.time_ms : kNoTime;
  }

 private:
  static constexpr size_t kSlots = 65'536;
  struct Slot {
    uint64_t key = 0;
    int64_t time_ms = kNoTime;
  };
  std::vector<Slot> slots_;
};

class GonePages : public Detector {
 public:
  explicit GonePages(RuleSettings settings)
      : Detector(kGonePages, settings, {404, 410}),
        referrers_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEpoch(const Epoch& epoch, Surroundings& /*surroundings*/) override {
    for (const Event& event : epoch.events) {
      if (event.status() == 410 && event.path() != 0) NoteGone(event);
    }
    constexpr size_t kRound = 16;  // the table fits no cache of a core, so the looks of a round are asked for at once
    std::array<uint64_t, kRound> keys;
    for (size_t begin = 0; begin < epoch.shadows.size(); begin += kRound) {
      const size_t end = std::min(begin + kRound, epoch.shadows.size());
      for (size_t row = begin; row < end; ++row) {
        keys[row - begin] = PathKey(epoch.shadows[row]);
        served_.Prefetch(keys[row - begin]);
      }
      for (size_t row = begin; row < end; ++row) {
        const Shadow& shadow = epoch.shadows[row];
        if (IsSuccess(static_cast<int>(shadow.status))) NoteServed(keys[row - begin], epoch.TimeOf(shadow));
      }
    }
  }

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.path() == 0) return;  // lines without a request are no page that they have in common
    const int status = event.status();
    if (status == 410) KeepEvidence(event);
    if (event.is_unbidden() || event.shadow.is_person == 0) return;
    const Referrer from = ParseReferrer(event.text(Field::kReferrer));
    if (from.host.empty() || surroundings.own.IsOwn(from.host, event.text(Field::kHost))) return;
    const uint64_t page = SketchHash(from.page);
    SlidingWindow& window = referrers_.Add(page, event);
    window.SetEntity(from.page);
    codes_.Add(page, window, event);
    auto* hosts = AtIfRoom(hosts_, page, most_keys());
    if (hosts != nullptr && hosts->first.empty()) *hosts = {from.host, std::string(event.text(Field::kHost))};
    if (status == 404) NoteMissing(event, from);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (const uint64_t key : SortedKeys(gone_)) {
      const Gone& gone = gone_.at(key);
      if (gone.served_after > 0 && gone.evidence.count() > 0) findings.push_back(Revived(context, gone));
    }
    for (const uint64_t key : SortedKeys(missing_)) {
      const Missing& missing = missing_.at(key);
      const bool is_old = missing.last_ms - missing.served_ms >= kSevenDaysMs;
      if (!is_old || missing.evidence.count() < kLeastVisits || context.own.IsOwn(missing.from, missing.host)) continue;
      if (served_.Find(key) > missing.served_ms) continue;
      findings.push_back(ShouldBeGone(context, missing));
    }
    referrers_.Flush();
    referrers_.ForEachReached([&](uint64_t key, const SlidingWindow& window) {
      const auto host = hosts_.find(key);
      if (host == hosts_.end() || context.own.IsOwn(host->second.first, host->second.second)) return;
      Finding finding = StartFinding(EntityKind::kReferrer, window.entity());
      window.evidence().Fill(context.inputs, &finding);
      finding.verdict = "stale-links";
      finding.code = codes_.Of(key).Most(410);
      finding.sentence = fmt::format("{} sent {} visitors to pages that are not there", window.entity(), finding.count);
      findings.push_back(std::move(finding));
    });
  }

 private:
  struct Gone {
    int64_t first_ms = INT64_MAX;  // the first 410
    int64_t revived_ms = INT64_MAX;
    uint64_t served_after = 0;
    std::string path, host;
    Evidence evidence;
  };
  struct Missing {
    int64_t served_ms = kNoTime;  // for the last time
    int64_t last_ms = kNoTime;
    std::string path, host, from;
    TextCounts pages;
    Evidence evidence;
  };

  void NoteGone(const Event& event) {
    const uint64_t key = PathKey(event.shadow);
    Gone* gone = AtIfRoom(gone_, key, most_keys());
    if (gone == nullptr) return;
    gone_filter_.Add(key);
    gone->first_ms = std::min(gone->first_ms, event.time_ms);
  }

  void NoteServed(uint64_t key, int64_t time_ms) {
    served_.Set(key, time_ms);
    if (gone_.empty() || !gone_filter_.MayHave(key)) return;
    const auto gone = gone_.find(key);
    if (gone == gone_.end() || time_ms <= gone->second.first_ms) return;
    ++gone->second.served_after;
    gone->second.revived_ms = std::min(gone->second.revived_ms, time_ms);
  }

  void KeepEvidence(const Event& event) {
    const auto gone = gone_.find(PathKey(event.shadow));
    if (gone == gone_.end()) return;
    gone->second.path = event.text(Field::kPath).substr(0, kMostEvidenceBytes);
    gone->second.host = event.text(Field::kHost).substr(0, kMostEvidenceBytes);
    gone->second.evidence.Add(event);
  }

  void NoteMissing(const Event& event, const Referrer& from) {
    const uint64_t key = PathKey(event.shadow);
    const int64_t served = served_.Find(key);
    if (served == kNoTime || served > event.time_ms) return;
    Missing* missing = AtIfRoom(missing_, key, most_keys());
    if (missing == nullptr) return;
    if (served > missing->served_ms) *missing = Missing();  // it was there in between
    missing->served_ms = served;
    missing->last_ms = event.time_ms;
    missing->path = event.text(Field::kPath).substr(0, kMostEvidenceBytes);
    missing->host = event.text(Field::kHost);
    missing->from = from.host;
    missing->pages.Add(from.page);
    missing->evidence.Add(event);
  }

  Finding Revived(const FindingContext& context, const Gone& gone) const {
    Finding finding = StartPathFinding(gone.path, gone.host);
    gone.evidence.Fill(context.inputs, &finding);
    finding.verdict = "revived";
    finding.threshold = 1;
    finding.code = 410;
    finding.facts.push_back(NumberFact("served_after", gone.served_after));
    finding.facts.push_back(
        NumberFact("served_again_after_seconds", static_cast<uint64_t>((gone.revived_ms - gone.first_ms) / 1000)));
    finding.sentence = fmt::format("{} was gone for good (410), and then served {}", PathTitle(gone.path, gone.host),
                                   gone.served_after == 1 ? "once" : fmt::format("{} times", gone.served_after));
    return finding;
  }

  Finding ShouldBeGone(const FindingContext& context, const Missing& missing) const {
    Finding finding = StartPathFinding(missing.path, missing.host);
    missing.evidence.Fill(context.inputs, &finding);
    finding.verdict = "should-be-gone";
    finding.threshold = kLeastVisits;
    finding.window_seconds = kSevenDaysMs / 1000;
    finding.code = 404;
    const int64_t days = (missing.last_ms - missing.served_ms) / kDayMs;
    finding.facts.push_back(NumberFact("days", static_cast<uint64_t>(days)));
    finding.facts.push_back(TextFact("page", missing.pages.Top(1)[0].key));
    finding.sentence = fmt::format("{} was served until {} days ago; since then {} visitors from other sites got 404",
                                   PathTitle(missing.path, missing.host), days, finding.count);
    return finding;
  }

  absl::node_hash_map<uint64_t, Gone> gone_;        // by path and host
  absl::node_hash_map<uint64_t, Missing> missing_;  // likewise
  KeyFilter gone_filter_;
  LastServed served_;
  SlidingWindows referrers_;                                                  // by page
  ReachedCodes codes_{most_keys()};                                           // of them
  absl::node_hash_map<uint64_t, std::pair<std::string, std::string>> hosts_;  // of the page, and of this site
};

}  // namespace

constexpr DetectorEntry kGonePagesEntry{&kGonePages, MakeDetector<GonePages>};

}  // namespace logstat
