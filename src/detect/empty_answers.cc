// empty-200: successful answers without the body that their path usually has.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <string>
#include <vector>

#include "src/detect/entries.h"
#include "src/detect/repeats.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kEmptyAnswers = {
    .id = "empty-200",
    .title = "Success without a body",
    .severity = Severity::kLow,
    .threshold = 20,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kMethod, Field::kPath, Field::kBytes},
    .needs_all_statuses = true,
    .statements = "S07",
    .rule =
        "Twenty answers 200 without a body to GET of one path within ten minutes, which are at least 5 % of its "
        "answers "
        "200 then, while most of these have a body. The share is looked at when the threshold is reached and whenever "
        "the number has doubled since.",
    .reason =
        "The document: 200 brings what was asked for. A path that usually has a body and sometimes none has lost it on "
        "the way. The numbers are ours, to be tuned.",
    .false_positives = "Beacons and interfaces whose answers may be empty.",
    .advice = "Look at the application: it said that all is well before it failed, or it wrote no output.",
};

namespace {

class EmptyAnswers : public Detector {
 public:
  explicit EmptyAnswers(RuleSettings settings)
      : Detector(kEmptyAnswers, settings, {200}),
        windows_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.bytes != 0 || event.method() != MethodKind::kGet || event.path() == 0) return;
    const uint64_t key = KeyOfPath(event);
    SlidingWindow& window = windows_.Add(key, event);
    window.SetEntity(event.text(Field::kPath));
    const uint64_t count = window.current().count();
    if (!window.current_reached() || unusual_.count(key) != 0 || unusual_.size() >= most_keys()) return;
    if (count % settings().threshold != 0 || !std::has_single_bit(count / settings().threshold)) return;
    std::vector<uint32_t> sizes;
    surroundings.history.ForEachOfPath(event.path(), event.time_ms - settings().window_ms(), event.time_ms,
                                       [&](const Shadow& shadow, int64_t /*time_ms*/) {
                                         if (shadow.host != event.shadow.host) return;
                                         if (shadow.status != 200 || shadow.method != event.shadow.method) return;
                                         if (shadow.bytes != kNoShadowBytes) sizes.push_back(shadow.bytes);
                                       });
    if (sizes.empty()) return;
    const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>((sizes.size() - 1) / 2);
    std::nth_element(sizes.begin(), middle, sizes.end());
    if (*middle > 0 && window.in_window() * 20 >= sizes.size()) unusual_[key] = {*middle, sizes.size()};
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    windows_.Flush();
    windows_.ForEachReached([&](uint64_t key, const SlidingWindow& window) {
      const auto usual = unusual_.find(key);
      if (usual == unusual_.end()) return;
      Finding finding = StartFinding(EntityKind::kPath, window.entity());
      window.evidence().Fill(context.inputs, &finding);
      finding.code = 200;
      finding.facts.push_back(NumberFact("median_bytes", usual->second.median));
      finding.facts.push_back(NumberFact("answers_200_in_window", usual->second.answers));
      finding.sentence = fmt::format("{} was answered {} times with success and no body; usually it has {} bytes",
                                     window.entity(), finding.count, usual->second.median);
      findings.push_back(std::move(finding));
    });
  }

 private:
  struct Usual {
    uint32_t median = 0;
    size_t answers = 0;
  };
  SlidingWindows windows_;             // by path and host
  std::map<uint64_t, Usual> unusual_;  // where empty answers are not the rule
};

}  // namespace

constexpr DetectorEntry kEmptyAnswersEntry{&kEmptyAnswers, MakeDetector<EmptyAnswers>};

}  // namespace logstat
