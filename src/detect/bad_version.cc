// bad-version: versions of HTTP that do not exist, and requests that are none.
#include <fmt/format.h>

#include <string>
#include <utility>

#include "src/base/milliseconds.h"
#include "src/detect/background_runs.h"
#include "src/detect/entries.h"
#include "src/detect/key_map.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kBadVersion = {
    .id = "bad-version",
    .title = "A version of HTTP that does not exist was served",
    .severity = Severity::kLow,
    .threshold = 1,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kClient, Field::kProtocol},
    .statements = "S33 S72",
    .rule =
        "`threshold` requests of a client with another version than 0.9, 1.0, 1.1, 2 or 3 that were served (2xx or "
        "3xx). Refused ones, and requests that are none (bytes of other protocols; 5 within 10 min, or what was set), "
        "are background-probing.",
    .reason =
        "The document: 505 refuses a version. CrowdSec's http-dos-invalid-http-versions takes one such request, "
        "fail2ban's nginx-bad-request 5 bad ones in 10 min.",
    .false_positives = "Requests that were cut and lost their version are not counted. TLS sent to a port without it.",
    .advice =
        "Nothing if it was refused; a server that serves it takes requests that a proxy in front may read otherwise.",
};

namespace {

constexpr uint64_t kManyBad = 5;

// A number at which no version stands. What has no number at all was cut or is of 0.9.
bool IsOdd(std::string_view protocol) {
  for (const std::string_view known :
       {"HTTP/0.9", "HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3", "HTTP/3.0"}) {
    if (protocol == known) return false;
  }
  return protocol.starts_with("HTTP/");
}

// Bytes came, and no request was read out of them. Without bytes (408, a closed connection) nobody tried anything.
bool IsNoRequest(const Event& event) {
  return event.status() == 400 && !event.has(Field::kMethod) &&
         event.line_text().find("\"\" ") == std::string_view::npos &&
         event.line_text().find("\"-\" 400") == std::string_view::npos;
}

class BadVersion : public Detector {
 public:
  explicit BadVersion(RuleSettings settings)
      : Detector(kBadVersion, settings),
        garbage_(ChosenOr(kManyBad, settings.threshold, kBadVersion.threshold),
                 ChosenOr(kTenMinutesMs, settings.window_ms(), kBadVersion.window_seconds * 1000), settings.most_keys),
        served_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.client() == 0) return;
    if (IsNoRequest(event)) {
      const SlidingWindow& window = garbage_.Add(event.client(), event);
      background_.Add(event, window.current().count() == 1, window.current_reached(), surroundings.errands);
      return;
    }
    const std::string_view version = event.text(Field::kProtocol);
    if (!IsOdd(version)) return;
    if (!IsServed(event.status())) {
      surroundings.errands.AddToBackground(event, ProbeFamily::kVersion);
      return;
    }
    served_.Add(event.client(), event).SetEntity(event.text(Field::kClient));
    std::string& first = versions_.At(event.client(), event.time_ms);
    if (first.empty()) first = version.substr(0, kMostVersionBytes);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    served_.Flush();
    served_.ForEachReached([&](uint64_t client, const SlidingWindow& window) {
      const std::string* known = versions_.Find(client);
      const std::string version = known != nullptr ? *known : "";
      Finding finding = StartFinding(EntityKind::kClient, window.entity());
      window.evidence().Fill(context.inputs, &finding);
      finding.code = 505;
      finding.facts.push_back(TextFact("version", version));
      finding.sentence =
          fmt::format("{} sent {} requests of version {} and was served", window.entity(), finding.count, version);
      findings.push_back(std::move(finding));
    });
  }

 private:
  static constexpr size_t kMostVersionBytes = 32;

  SlidingWindows garbage_;
  BackgroundRuns background_{ProbeFamily::kVersion, most_keys()};
  SlidingWindows served_;
  KeyMap<std::string> versions_{most_keys()};  // the first of a client
};

}  // namespace

constexpr DetectorEntry kBadVersionEntry{&kBadVersion, MakeDetector<BadVersion>};

}  // namespace logstat
