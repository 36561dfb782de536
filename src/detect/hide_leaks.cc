// hide-leak: paths that say 403 to some and 404 to others.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "src/detect/entries.h"
#include "src/detect/repeats.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kHideLeaks = {
    .id = "hide-leak",
    .title = "Paths that tell that they exist",
    .severity = Severity::kLow,
    .threshold = 3,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kClient, Field::kPath},
    .statements = "S39",
    .rule =
        "A path that answers GET three times with 403 to some clients and three times with 404 to others, each within "
        "24 hours and overlapping in time.",
    .reason =
        "The document: a server may answer 404 in place of 403 to tell nothing. If it does so for some only, the "
        "others learn that there is something. The numbers are ours, to be tuned.",
    .false_positives = "Firewalls that refuse a client everything, whether it exists or not; rights of single users.",
    .advice = "Choose one answer for everybody who may not have the page.",
};

namespace {

class HideLeaks : public Detector {
 public:
  explicit HideLeaks(RuleSettings settings)
      : Detector(kHideLeaks, settings, {403, 404}),
        forbidden_(settings.threshold, settings.window_ms(), settings.most_keys),
        missing_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& /*surroundings*/) override {
    if (event.method() != MethodKind::kGet || event.path() == 0) return;
    SlidingWindows& windows = event.status() == 403 ? forbidden_ : missing_;
    windows.Add(KeyOfPath(event), event).SetEntity(event.text(Field::kPath), event.text(Field::kHost));
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    forbidden_.Flush();
    missing_.Flush();
    forbidden_.ForEachReached([&](uint64_t key, const SlidingWindow& window) {
      const SlidingWindow* other = missing_.Find(key);
      if (other == nullptr || !other->reached()) return;
      const Evidence& forbidden = window.evidence();
      const Evidence& missing = other->evidence();
      if (forbidden.first_ms() > missing.last_ms() || missing.first_ms() > forbidden.last_ms()) return;
      const std::vector<EvidenceCount> refused = forbidden.clients().Top(32);
      const std::vector<EvidenceCount> misled = missing.clients().Top(32);
      const auto is_refused = [&](const EvidenceCount& client) {
        return std::any_of(refused.begin(), refused.end(), [&](const EvidenceCount& c) { return c.key == client.key; });
      };
      const auto only_missing = std::find_if_not(misled.begin(), misled.end(), is_refused);
      if (only_missing == misled.end()) return;
      Finding finding = StartPathFinding(window.entity(), window.host());
      Evidence both = forbidden;
      both.Merge(missing);
      both.Fill(context.inputs, &finding);
      finding.code = 403;
      finding.facts.push_back(NumberFact("forbidden", forbidden.count()));
      finding.facts.push_back(NumberFact("missing", missing.count()));
      finding.facts.push_back(TextFact("client_forbidden", refused[0].key));
      finding.facts.push_back(TextFact("client_missing", only_missing->key));
      finding.sentence = fmt::format("{} is forbidden (403) to some and missing (404) to others",
                                     PathTitle(window.entity(), window.host()));
      findings.push_back(std::move(finding));
    });
  }

 private:
  SlidingWindows forbidden_;  // by path and host
  SlidingWindows missing_;
};

}  // namespace

constexpr DetectorEntry kHideLeaksEntry{&kHideLeaks, MakeDetector<HideLeaks>};

}  // namespace logstat
