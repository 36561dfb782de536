// slow-request: connections that never finish their request (408), many from one client.
#include <fmt/format.h>

#include "src/detect/entries.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kUnsentRequests = {
    .id = "slow-request",
    .title = "Many requests that never came",
    .severity = Severity::kMedium,
    .threshold = 10,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kClient},
    .statements = "S46",
    .rule = "Ten answers 408 without a request line to one client within 60 s.",
    .reason =
        "The document: with 408 the client was too slow. One client that is so ten times a minute holds "
        "connections open (slowloris); the number is ours, to be tuned.",
    .false_positives =
        "Browsers open connections ahead and let them time out; load balancers check ports without a "
        "request.",
    .advice = "Set a time limit for request headers, and a limit of connections per client.",
};

namespace {

class UnsentRequests : public Detector {
 public:
  explicit UnsentRequests(RuleSettings settings)
      : Detector(kUnsentRequests, settings, {408}),
        windows_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.client() == 0 || event.has(Field::kMethod)) return;
    SlidingWindow& window = windows_.Add(event.client(), event);
    window.SetEntity(event.text(Field::kClient));
    if (window.reached()) surroundings.errands.WatchClient(event.client());
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    windows_.Flush();
    windows_.ForEachReached([&](uint64_t client, const SlidingWindow& window) {
      Finding finding = StartFinding(EntityKind::kClient, window.entity());
      window.evidence().Fill(context.inputs, &finding);
      finding.code = 408;
      NoteShared(context, client, finding);
      finding.facts.push_back(NumberFact("peak_in_window", window.peak()));
      finding.sentence = fmt::format("{} opened {} connections and sent no request", window.entity(), finding.count);
      findings.push_back(std::move(finding));
    });
  }

 private:
  SlidingWindows windows_;
};

}  // namespace

constexpr DetectorEntry kUnsentRequestsEntry{&kUnsentRequests, MakeDetector<UnsentRequests>};

}  // namespace logstat
