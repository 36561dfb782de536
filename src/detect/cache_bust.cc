// cache-bust: random queries and names that no cache can answer.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "src/base/hash.h"
#include "src/catalog/random_targets.h"
#include "src/detect/distinct_runs.h"
#include "src/detect/entries.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kCacheBust = {
    .id = "cache-bust",
    .title = "Random addresses that no cache can answer",
    .severity = Severity::kMedium,
    .threshold = 30,
    .window_seconds = 1,
    .columns = {Field::kTime, Field::kClient, Field::kTarget},
    .statements = "",
    .meaning = "The requests are made so that no cache can answer them and the application has to work for each.",
    .rule =
        "A bucket per client takes a drop for each different request that is no static file and whose whole query is 7 "
        "to 12 digits, or whose file is six letters and digits mixed that was not served; it holds `threshold` drops "
        "and loses one in `window`.",
    .reason = "The bucket and both forms are those of CrowdSec's http-dos-bypass-cache.",
    .false_positives = "A page that asks an interface with the time as its query, faster than once a second.",
    .advice = "Let the cache leave such queries out of its key, or refuse them; limit the client.",
};

namespace {

class CacheBust : public Detector {
 public:
  explicit CacheBust(RuleSettings settings)
      : Detector(kCacheBust, settings),
        runs_(DistinctRuns::Bucket(settings.threshold, settings.window_ms(), settings.most_keys)) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.client() == 0 || event.shadow.is_static != 0) return;
    const bool has_random_query = IsDigitQuery(event.text(Field::kQuery));
    const bool has_random_name = !IsServed(event.status()) && HasRandomName(event.text(Field::kPath));
    if (!has_random_query && !has_random_name) return;
    const std::string_view target = event.text(Field::kTarget);
    const uint64_t value = SketchHash(target);
    DistinctRun& run = runs_.Add(event.client(), value, event);
    run.SetEntity(event.text(Field::kClient));
    if (run.reached()) surroundings.errands.WatchClient(event.client());
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    runs_.Flush();
    runs_.ForEachReached([&](uint64_t client, const DistinctRun& run) {
      Finding finding = StartFinding(EntityKind::kClient, run.entity());
      run.evidence().Fill(context.inputs, &finding);
      NoteShared(context, client, finding);
      finding.facts.push_back(NumberFact("different_at_once", run.peak()));
      finding.sentence = fmt::format("{} asked {} times for random addresses, so that no cache could answer",
                                     run.entity(), finding.count);
      findings.push_back(std::move(finding));
    });
  }

 private:
  DistinctRuns runs_;
};

}  // namespace

constexpr DetectorEntry kCacheBustEntry{&kCacheBust, MakeDetector<CacheBust>};

}  // namespace logstat
