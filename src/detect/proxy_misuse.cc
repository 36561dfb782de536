// proxy-misuse: the server is used, or tried, as a proxy.
#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "src/detect/entries.h"
#include "src/detect/pending_answers.h"

namespace logstat {

constexpr Rule kProxyMisuse = {
    .id = "proxy-misuse",
    .title = "Used as a proxy",
    .severity = Severity::kMedium,
    .threshold = 1,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kClient, Field::kMethod, Field::kTarget},
    .statements = "S29 S45",
    .rule =
        "An answer 305 (high) or 407; a request for an address of another site (`GET http://...`) that was answered "
        "2xx "
        "with a body that is not the own page; a CONNECT that was answered 2xx (critical). Refused ones are "
        "background-probing. Off for logs of proxies: where requests of these forms that were served are more than a "
        "fifth of all lines, or the server's reason is that of Squid.",
    .reason =
        "The document: only an origin may answer 305, else with serious effects on security, and 407 comes from "
        "proxies. "
        "One request is enough, as in CrowdSec's http-open-proxy.",
    .false_positives = "A proxy that is meant to be one and does not say so in its log.",
    .advice = "Close the proxy function, or let only own clients use it.",
};

namespace {

bool IsAbsolute(std::string_view target) { return target.starts_with("http://") || target.starts_with("https://"); }

bool IsOfSquid(std::string_view reason) { return reason.starts_with("TCP_") || reason.starts_with("NONE"); }

class ProxyMisuse : public Detector {
 public:
  explicit ProxyMisuse(RuleSettings settings) : Detector(kProxyMisuse, settings) {}

  void OnEpoch(const Epoch& epoch, Surroundings& /*surroundings*/) override { lines_ += epoch.shadows.size(); }

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    const int status = event.status();
    const bool is_tunnel = event.text(Field::kMethod) == "CONNECT";
    const bool is_proxied = is_tunnel || IsAbsolute(event.text(Field::kTarget));
    if (!is_proxied && status != 305 && status != 407) return;
    if (event.is_in_proxy_log || IsOfSquid(event.text(Field::kReason))) return;
    if (is_proxied && IsServed(status)) ++served_;
    if (status == 305 || status == 407) {
      AddCode(event, status);
    } else if (IsSuccess(status)) {
      pending_.Add(event, is_tunnel ? "tunnel" : "relay", surroundings);
    } else {
      surroundings.errands.AddToBackground(event, ProbeFamily::kProxy);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    if (served_ * 5 > lines_ && served_ > 1) return;
    for (const auto& [key, evidence] : codes_) {
      if (evidence.count() >= settings().threshold) ReportCode(context, key.first, key.second, evidence, findings);
    }
    std::map<std::pair<std::string, std::string_view>, std::pair<Evidence, std::string>> relayed;
    pending_.ForEach([&](const PendingAnswer& request) {
      if (context.answers.Judge(request.request) != Answer::kAnswered) {
        context.errands.AddToBackground(request.waiting, request.request.client, ProbeFamily::kProxy);
        return;
      }
      auto& [evidence, first] = relayed[{request.client, request.label}];
      if (first.empty()) first = request.path;
      evidence.Merge(request.all);
    });
    for (const auto& [key, relay] : relayed) {
      if (relay.first.count() < settings().threshold) continue;
      Finding finding = StartFinding(EntityKind::kClient, key.first);
      relay.first.Fill(context.inputs, &finding);
      finding.verdict = key.second;
      if (key.second == "tunnel") finding.severity = Severity::kCritical;
      finding.facts.push_back(TextFact("target", relay.second));
      finding.sentence =
          fmt::format("{} used the server as a proxy, {} times, first for {}", key.first, finding.count, relay.second);
      findings.push_back(std::move(finding));
    }
  }

 private:
  static constexpr size_t kMostHosts = 4096;

  void AddCode(const Event& event, int status) {
    const std::pair<int, std::string> key(status, event.text(Field::kHost).substr(0, kMostEvidenceBytes));
    if (codes_.size() < kMostHosts || codes_.contains(key)) codes_[key].Add(event);
  }

  void ReportCode(const FindingContext& context, int status, const std::string& host, const Evidence& evidence,
                  std::vector<Finding>& findings) const {
    Finding finding = StartHostFinding(host);
    evidence.Fill(context.inputs, &finding);
    finding.code = status;
    finding.verdict = status == 305 ? "use-proxy" : "proxy-login";
    if (status == 305) finding.severity = Severity::kHigh;
    finding.sentence =
        fmt::format("{}{} {} times, as {}", HostTitle(host),
                    status == 305 ? " sent clients to a proxy (305)" : " asked for a proxy's login (407)",
                    finding.count, status == 305 ? "no server should" : "only a proxy does");
    findings.push_back(std::move(finding));
  }

  uint64_t lines_ = 0;
  uint64_t served_ = 0;  // in a proxy's form, with 2xx or 3xx
  std::map<std::pair<int, std::string>, Evidence> codes_;
  PendingAnswers pending_{most_keys()};
};

}  // namespace

constexpr DetectorEntry kProxyMisuseEntry{&kProxyMisuse, MakeDetector<ProxyMisuse>};

}  // namespace logstat
