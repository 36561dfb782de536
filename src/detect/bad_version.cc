// bad-version: versions of HTTP that do not exist, and requests that are none.
#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "src/detect/background_runs.h"
#include "src/detect/entries.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kBadVersion = {
    .id = "bad-version",
    .title = "A version of HTTP that does not exist was served",
    .severity = Severity::kLow,
    .threshold = 5,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kClient, Field::kProtocol},
    .statements = "S33 S72",
    .rule =
        "A request with another version than 0.9, 1.0, 1.1, 2 or 3 that was served (2xx or 3xx). Refused ones, and "
        "requests that are none (bytes of other protocols; `threshold` within `window`), are background-probing.",
    .reason =
        "The document: 505 refuses a version. CrowdSec's http-dos-invalid-http-versions takes one such request, "
        "fail2ban's nginx-bad-request 5 bad ones in 10 min.",
    .false_positives = "Requests that were cut and lost their version are not counted. TLS sent to a port without it.",
    .advice =
        "Nothing if it was refused; a server that serves it takes requests that a proxy in front may read otherwise.",
};

namespace {

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
      : Detector(kBadVersion, settings), garbage_(settings.threshold, settings.window_ms(), settings.most_keys) {}

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
    const std::string client(event.text(Field::kClient).substr(0, kMostEvidenceBytes));
    if (served_.size() >= kMostServed && !served_.contains(client)) return;
    Served& served = served_[client];
    if (served.evidence.count() == 0) served.version = version.substr(0, kMostVersionBytes);
    served.evidence.Add(event);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (const auto& [client, served] : served_) {
      Finding finding = StartFinding(EntityKind::kClient, client);
      served.evidence.Fill(context.inputs, &finding);
      finding.threshold = 1;
      finding.code = 505;
      finding.facts.push_back(TextFact("version", served.version));
      finding.sentence =
          fmt::format("{} sent {} requests of version {} and was served", client, finding.count, served.version);
      findings.push_back(std::move(finding));
    }
  }

 private:
  static constexpr size_t kMostServed = 4096;
  static constexpr size_t kMostVersionBytes = 32;
  struct Served {
    std::string version;
    Evidence evidence;
  };
  SlidingWindows garbage_;
  BackgroundRuns background_{ProbeFamily::kVersion, most_keys()};
  std::map<std::string, Served> served_;  // by client
};

}  // namespace

constexpr DetectorEntry kBadVersionEntry{&kBadVersion, MakeDetector<BadVersion>};

}  // namespace logstat
