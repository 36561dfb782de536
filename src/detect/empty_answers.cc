// empty-200: successful answers without the body that their path usually has.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <string>
#include <vector>

#include "src/detect/entries.h"
#include "src/detect/key_map.h"
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
        "answers 200 then, while most of these have a body, or while most of those in the ten minutes before the first "
        "had one (of five at least) and three clients or more now get none. The share is looked at when the threshold "
        "is reached and whenever the number has doubled since.",
    .reason =
        "The document: 200 brings what was asked for. A path that usually has a body and sometimes none has lost it on "
        "the way. The numbers are ours, to be tuned.",
    .false_positives = "Beacons and interfaces whose answers may be empty.",
    .advice = "Look at the application: it said that all is well before it failed, or it wrote no output.",
};

namespace {

// A page that goes blank has no body in most answers, but it had one before, and it goes blank for everybody.
constexpr size_t kEnoughBefore = 5;
constexpr size_t kEverybody = 3;  // clients

// 0: there are none.
uint32_t MedianOf(std::vector<uint32_t> sizes) {
  if (sizes.empty()) return 0;
  const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>((sizes.size() - 1) / 2);
  std::nth_element(sizes.begin(), middle, sizes.end());
  return *middle;
}

// Of the path's answers 200, in the window that ends with the event.
std::vector<uint32_t> SizesOfPath(const Event& event, const History& history, int64_t window_ms) {
  std::vector<uint32_t> sizes;
  history.ForEachOfPath(event.path(), event.time_ms - window_ms, event.time_ms,
                        [&](const Shadow& shadow, int64_t /*time_ms*/) {
                          if (shadow.host != event.shadow.host) return;
                          if (shadow.status != 200 || shadow.method != event.shadow.method) return;
                          if (shadow.bytes != kNoShadowBytes) sizes.push_back(shadow.bytes);
                        });
  return sizes;
}

class EmptyAnswers : public Detector {
 public:
  explicit EmptyAnswers(RuleSettings settings)
      : Detector(kEmptyAnswers, settings, {200}),
        windows_(settings.threshold, settings.window_ms(), settings.most_keys),
        before_(settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.bytes != 0 || event.method() != MethodKind::kGet || event.path() == 0) return;
    const uint64_t key = KeyOfPath(event);
    SlidingWindow& window = windows_.Add(key, event);
    window.SetEntity(event.text(Field::kPath), event.text(Field::kHost));
    const uint64_t count = window.current().count();
    if (count == 1) NoteBefore(key, event, surroundings.history);
    if (!window.current_reached() || unusual_.count(key) != 0 || unusual_.size() >= most_keys()) return;
    if (count % settings().threshold != 0 || !std::has_single_bit(count / settings().threshold)) return;
    const std::vector<uint32_t> sizes = SizesOfPath(event, surroundings.history, settings().window_ms());
    uint32_t median = MedianOf(sizes);
    const uint32_t* before = before_.Find(key);
    if (median == 0 && before != nullptr && window.current().clients().size() >= kEverybody) median = *before;
    if (median > 0 && window.in_window() * 20 >= sizes.size()) unusual_[key] = {median, sizes.size()};
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    windows_.Flush();
    windows_.ForEachReached([&](uint64_t key, const SlidingWindow& window) {
      const auto usual = unusual_.find(key);
      if (usual == unusual_.end()) return;
      Finding finding = StartPathFinding(window.entity(), window.host());
      window.evidence().Fill(context.inputs, &finding);
      finding.code = 200;
      finding.facts.push_back(NumberFact("median_bytes", usual->second.median));
      finding.facts.push_back(NumberFact("answers_200_in_window", usual->second.answers));
      finding.sentence = fmt::format("{} was answered {} times with success and no body; usually it has {} bytes",
                                     PathTitle(window.entity(), window.host()), finding.count, usual->second.median);
      findings.push_back(std::move(finding));
    });
  }

 private:
  struct Usual {
    uint32_t median = 0;
    size_t answers = 0;
  };
  // The usual size of the path when its first answer without a body comes: later most may have none.
  void NoteBefore(uint64_t key, const Event& event, const History& history) {
    const std::vector<uint32_t> sizes = SizesOfPath(event, history, settings().window_ms());
    const uint32_t median = sizes.size() > kEnoughBefore ? MedianOf(sizes) : 0;  // the event is among them
    if (median > 0 || before_.Find(key) != nullptr) before_.At(key, event.time_ms) = median;
  }

  SlidingWindows windows_;             // by path and host
  KeyMap<uint32_t> before_;            // median sizes, by path and host
  std::map<uint64_t, Usual> unusual_;  // where empty answers are not the rule
};

}  // namespace

constexpr DetectorEntry kEmptyAnswersEntry{&kEmptyAnswers, MakeDetector<EmptyAnswers>};

}  // namespace logstat
