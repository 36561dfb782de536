// probe-scan: one client asks for many paths that are not there, and finds one.
#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "src/base/milliseconds.h"
#include "src/catalog/secret_files.h"
#include "src/detect/background_runs.h"
#include "src/detect/distinct_runs.h"
#include "src/detect/entries.h"
#include "src/detect/pending_answers.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kProbeScan = {
    .id = "probe-scan",
    .title = "Many missing or refused paths, and one that was there",
    .severity = Severity::kMedium,
    .threshold = 10,
    .window_seconds = 10,
    .columns = {Field::kTime, Field::kClient, Field::kPath},
    .statements = "S33 S38 S39 S40",
    .rule =
        "A bucket per client takes a drop for each different path that is no static file and was answered 400, 403 or "
        "404; it holds `threshold` drops and loses one in `window`. When it runs over, the client is a scanner. That "
        "is a finding only if a secret file or a console was among what it asked for and was answered; high if it sent "
        "500 such requests for 250 different paths within 10 min.",
    .reason =
        "The bucket is that of CrowdSec's http-probing (10, one in 10 s), the heavy case Elastic's rule about fuzzing. "
        "Scanners that find nothing are background-probing.",
    .false_positives = "Crawlers that follow many dead links of a site which shows a console to everybody.",
    .advice = "Look at what was answered and close it; refuse the client.",
};

namespace {

constexpr uint64_t kHeavyRequests = 500;
constexpr uint64_t kHeavyPaths = 250;
constexpr int64_t kHeavyMs = kTenMinutesMs;

class ProbeScan : public Detector {
 public:
  explicit ProbeScan(RuleSettings settings)
      : Detector(kProbeScan, settings),
        runs_(DistinctRuns::Bucket(settings.threshold, settings.window_ms(), settings.most_keys)),
        heavy_requests_(kHeavyRequests, kHeavyMs, settings.most_keys),
        heavy_paths_(DistinctRuns::Window(kHeavyPaths, kHeavyMs, settings.most_keys)) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.client() == 0) return;
    const int status = event.status();
    if (IsSuccess(status)) {
      const std::string_view path = event.text(Field::kPath);
      if (!event.attempt().secret.empty() || IsConsolePath(path)) {
        found_.Add(event, "found", surroundings);
      }
      return;
    }
    if ((status != 400 && status != 403 && status != 404) || event.shadow.is_static != 0 || event.path() == 0) return;
    DistinctRun& run = runs_.Add(event.client(), event.path(), event);
    run.SetEntity(event.text(Field::kClient));
    background_.Add(event, run.evidence().count() == 1, run.reached(), surroundings.errands);
    if (run.evidence().count() < settings().threshold) return;
    const bool is_heavy = heavy_requests_.Add(event.client(), event).current_reached();
    if (heavy_paths_.Add(event.client(), event.path(), event.time_ms).reached() && is_heavy)
      heavy_.insert(event.client());
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    runs_.Flush();
    std::map<uint64_t, std::vector<const PendingAnswer*>> found;
    found_.ForEach([&](const PendingAnswer& attempt) {
      if (runs_.WasReached(attempt.request.client) && context.answers.Judge(attempt.request) == Answer::kAnswered) {
        found[attempt.request.client].push_back(&attempt);
      }
    });
    runs_.ForEachReached([&](uint64_t client, const DistinctRun& run) {
      const auto answered = found.find(client);
      if (answered == found.end()) return;
      Finding finding = StartFinding(EntityKind::kClient, run.entity());
      Evidence evidence;
      for (const PendingAnswer* attempt : answered->second) evidence.Merge(attempt->all);
      evidence.Merge(run.evidence());
      evidence.Fill(context.inputs, &finding);
      const PendingAnswer& first = *answered->second.front();
      finding.severity = heavy_.contains(client) ? Severity::kHigh : rule().severity;
      finding.facts.push_back(NumberFact("missing_paths", run.peak()));
      finding.facts.push_back(NumberFact("answered_paths", answered->second.size()));
      finding.facts.push_back(TextFact("answered", first.path));
      finding.code = 404;
      finding.advice_is_whole = true;  // the code's is for visitors who miss a page
      finding.sentence = fmt::format("{} asked {} times for what is not there or refused, and found {} ({} bytes)",
                                     run.entity(), run.evidence().count(), first.path, first.request.bytes);
      findings.push_back(std::move(finding));
    });
  }

 private:
  DistinctRuns runs_;
  SlidingWindows heavy_requests_;
  DistinctRuns heavy_paths_;
  std::set<uint64_t> heavy_;  // clients; of those of runs_
  PendingAnswers found_{most_keys()};
  BackgroundRuns background_{ProbeFamily::kPaths, most_keys()};
};

}  // namespace

constexpr DetectorEntry kProbeScanEntry{&kProbeScan, MakeDetector<ProbeScan>};

}  // namespace logstat
