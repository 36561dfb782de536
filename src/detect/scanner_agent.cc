// scanner-ua: clients that call themselves scanners, or nothing at all.
#include <fmt/format.h>

#include <string>
#include <utility>

#include "src/base/milliseconds.h"
#include "src/catalog/agents.h"
#include "src/detect/background_runs.h"
#include "src/detect/distinct_runs.h"
#include "src/detect/entries.h"
#include "src/detect/key_map.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kScannerAgent = {
    .id = "scanner-ua",
    .title = "A scanner that the site serves",
    .severity = Severity::kMedium,
    .threshold = 50,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kClient, Field::kAgent},
    .statements = "",
    .meaning = "A program that looks for weak spots reads the site and gets its pages.",
    .rule =
        "A client whose user agent names a known scanner and that the site served: `threshold` requests within "
        "`window` and 10 answers 2xx of different sizes within 10 min. Where it refused them, 2 within a minute are "
        "background-probing, as are 50 requests without an agent for 10 paths within 10 min; a `threshold` or "
        "`window` that was set holds for these, too. Requests without an agent that were served are none.",
    .reason =
        "2 in a minute is CrowdSec's http-bad-user-agent, 50 requests for 10 paths are Elastic's rule about unusual "
        "agents; the names are those of both and of the OWASP Core Rule Set (913100). No rule about served requests "
        "without an agent: programs of one's own, checks of health and caches that drop it ask for many paths all "
        "day, and nothing in their lines tells a scanner from them.",
    .false_positives = "Scans that you ordered. Programs of your own that send no user agent and fail.",
    .advice =
        "A name proves nothing, but who bears this one has no business here: refuse it in front of the application.",
};

namespace {

constexpr uint64_t kFewRefused = 2;  // of one that says its name
constexpr uint64_t kManyPaths = 10;

// nginx and Apache refuse these before they read the agent.
bool IsRefusedUnread(int status) {
  return status == 400 || status == 408 || status == 414 || status == 431 || status == 494 || status < 400;
}

class ScannerAgent : public Detector {
 public:
  explicit ScannerAgent(RuleSettings settings)
      : Detector(kScannerAgent, settings),
        named_(ChosenOr(kFewRefused, settings.threshold, kScannerAgent.threshold),
               ChosenOr(kMinuteMs, settings.window_ms(), kScannerAgent.window_seconds * 1000), settings.most_keys),
        requests_(settings.threshold, settings.window_ms(), settings.most_keys),
        bodies_(DistinctRuns::Window(kManyPaths, kTenMinutesMs, settings.most_keys)),
        nameless_(settings.threshold, settings.window_ms(), settings.most_keys),
        nameless_paths_(DistinctRuns::Window(kManyPaths, kTenMinutesMs, settings.most_keys)) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.client() == 0) return;
    if (event.shadow.agent == 0) {
      if (event.is_in_log_of_agents) OnNameless(event, surroundings);
      return;
    }
    const std::string_view name = ScannerOf(event);
    if (name.empty()) return;
    SlidingWindow& named = named_.Add(event.client(), event);
    if (!IsSuccess(event.status())) {
      named_background_.Add(event, named.current().count() == 1, named.current_reached(), surroundings.errands);
    }
    SlidingWindow& requests = requests_.Add(event.client(), event);
    requests.SetEntity(event.text(Field::kClient));
    const bool has_body = event.shadow.bytes != 0 && event.shadow.bytes != kNoShadowBytes;
    if (!IsSuccess(event.status()) || !has_body || event.method() == MethodKind::kHead) return;
    DistinctRun& bodies = bodies_.Add(event.client(), event.shadow.bytes, event.time_ms);
    if (!requests.current_reached() || !bodies.reached()) return;
    std::string& scanner = served_.At(event.client(), event.time_ms);
    if (scanner.empty()) scanner = name;
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    requests_.Flush();
    requests_.ForEachReached([&](uint64_t client, const SlidingWindow& window) {
      const std::string* scanner = served_.Find(client);
      if (scanner == nullptr) return;
      Finding finding = StartFinding(EntityKind::kClient, window.entity());
      window.evidence().Fill(context.inputs, &finding);
      finding.facts.push_back(TextFact("scanner", *scanner));
      finding.sentence =
          fmt::format("{} calls itself {}, sent {} requests and was served", window.entity(), *scanner, finding.count);
      findings.push_back(std::move(finding));
    });
  }

 private:
  // Its name, or its agent if it only calls itself a scanner; empty: it is none.
  std::string_view ScannerOf(const Event& event) {
    Agent& agent = agents_.At(event.shadow.agent, event.time_ms);
    if (!agent.is_known) {
      const AgentInfo info = ClassifyAgent(event.text(Field::kAgent));
      agent.is_known = true;
      if (info.kind == AgentKind::kScanner) agent.name = info.name.empty() ? "a scanner" : info.name;
    }
    return agent.name;
  }

  void OnNameless(const Event& event, Surroundings& surroundings) {
    if (IsRefusedUnread(event.status()) || !event.has(Field::kMethod)) return;
    const SlidingWindow& requests = nameless_.Add(event.client(), event);
    const bool many_paths = nameless_paths_.Add(event.client(), event.path(), event.time_ms).reached();
    nameless_background_.Add(event, requests.current().count() == 1, requests.current_reached() && many_paths,
                             surroundings.errands);
  }

  struct Agent {
    bool is_known = false;
    std::string_view name;
  };
  KeyMap<Agent> agents_{most_keys()};
  SlidingWindows named_;
  SlidingWindows requests_;
  DistinctRuns bodies_;  // different sizes of what was delivered: one for a site of one page
  KeyMap<std::string> served_{most_keys()};
  BackgroundRuns named_background_{ProbeFamily::kScanner, most_keys()};
  SlidingWindows nameless_;
  DistinctRuns nameless_paths_;
  BackgroundRuns nameless_background_{ProbeFamily::kNoAgent, most_keys()};
};

}  // namespace

constexpr DetectorEntry kScannerAgentEntry{&kScannerAgent, MakeDetector<ScannerAgent>};

}  // namespace logstat
