// proxy-misuse: the server is used, or tried, as a proxy.
#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "src/detect/entries.h"
#include "src/detect/pending_answers.h"
#include "src/detect/referrers.h"
#include "src/detect/room.h"

namespace logstat {

constexpr Rule kProxyMisuse = {
    .id = "proxy-misuse",
    .title = "Used as a proxy",
    .severity = Severity::kMedium,
    .threshold = 1,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kClient, Field::kMethod, Field::kTarget},
    .verdicts_are_apart = true,
    .statements = "S29 S45",
    .meaning = "Somebody wants to reach other servers through this one, as through an open proxy.",
    .rule =
        "An answer 305 (high) or 407; a request for an address of another site (`GET http://...`) that was answered "
        "2xx with a body that is not the own page; a CONNECT that was answered 2xx (critical), unless with the body of "
        "the own page: a tunnel is logged with no bytes or those that went through it. The own site is the host that "
        "the line names, if most of its lines are no such addresses, and the one that browsers name as their "
        "referrer. Refused ones are background-probing. Off for logs of proxies: where the format is that of one that "
        "logs whole addresses (Squid, AWS and Google balancers), where requests of these forms that were served are "
        "more than a fifth of all lines, or where the server's reason is that of Squid.",
    .reason =
        "The document: only an origin may answer 305, else with serious effects on security, and 407 comes from "
        "proxies. One request is enough, as in CrowdSec's http-open-proxy.",
    .false_positives = "A proxy that is meant to be one and does not say so in its log.",
    .advice = "Close the proxy function, or let only own clients use it.",
};

namespace {

bool IsAbsolute(std::string_view target) { return target.starts_with("http://") || target.starts_with("https://"); }

// A tunnel's bytes are the client's and the other side's: Apache logs none, or those of its own answer.
bool IsWithoutBytes(const Shadow& request) { return request.bytes == 0 || request.bytes == kNoShadowBytes; }

bool IsOfSquid(std::string_view reason) { return reason.starts_with("TCP_") || reason.starts_with("NONE"); }

class ProxyMisuse : public Detector {
 public:
  explicit ProxyMisuse(RuleSettings settings) : Detector(kProxyMisuse, settings) {}

  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    lines_ += epoch.shadows.size();
    for (const History::HostMinute& minute : surroundings.history.NewestHosts()) {
      HostLines* host = minute.host != 0 ? AtIfRoom(hosts_, minute.host, kMostHosts) : nullptr;
      if (host != nullptr) host->lines += minute.total;
    }
  }

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    const int status = event.status();
    const bool is_tunnel = event.text(Field::kMethod) == "CONNECT";
    const bool is_proxied = is_tunnel || IsAbsolute(event.text(Field::kTarget));
    if (!is_proxied && status != 305 && status != 407) return;
    if (event.is_in_proxy_log || IsOfSquid(event.text(Field::kReason))) return;
    if (is_proxied && IsServed(status)) ++served_;
    if (status == 305 || status == 407) {
      AddCode(event, status);
    } else if (is_tunnel) {
      OnTunnel(event, surroundings);
    } else {
      OnAddress(event, surroundings);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    if (served_ * 5 > lines_ && served_ > 1) return;
    for (const auto& [key, evidence] : codes_) {
      if (evidence.count() >= settings().threshold) ReportCode(context, key.first, key.second, evidence, findings);
    }
    for (const auto& [key, refused] : refused_) {
      if (IsOwn(context, key.second, refused.host)) continue;
      context.errands.AddToBackground(refused.events, key.first, ProbeFamily::kProxy);
    }
    std::map<std::pair<std::string, std::string_view>, Used> uses;
    pending_.ForEach([&](const PendingAnswer& request) {
      const bool is_tunnel = request.label == kTunnel;
      if (request.label == kNamedHost && IsOwn(context, ParseReferrer(request.part).host, request.request.host)) return;
      const bool is_open = is_tunnel && IsWithoutBytes(request.request);
      if (!is_open && !WasAnswered(context, request, ProbeFamily::kProxy)) return;
      Used& used = uses[{request.client, is_tunnel ? kTunnel : kRelay}];
      if (used.first.empty()) used.first = is_tunnel ? request.path : request.part;
      used.evidence.Merge(request.all);
    });
    for (const auto& [key, used] : uses) {
      if (used.evidence.count() >= settings().threshold) ReportUse(context, key.first, key.second, used, findings);
    }
  }

 private:
  static constexpr size_t kMostHosts = 4096;
  static constexpr size_t kMostRefused = 4096;
  static constexpr std::string_view kTunnel = "tunnel";
  static constexpr std::string_view kRelay = "relay";
  static constexpr std::string_view kNamedHost = "relay of the host that the line names";

  struct HostLines {
    uint64_t lines = 0;
    uint64_t of_addresses = 0;  // `GET http://...`
  };
  struct Refused {
    uint32_t host = 0;
    WaitingEvents events;
  };
  struct Used {
    std::string first;  // what it was used for
    Evidence evidence;
  };

  void OnTunnel(const Event& event, Surroundings& surroundings) {
    if (IsSuccess(event.status())) {
      pending_.Add(event, kTunnel, surroundings);
    } else {
      surroundings.errands.AddToBackground(event, ProbeFamily::kProxy);
    }
  }

  void OnAddress(const Event& event, Surroundings& surroundings) {
    const Referrer target = ParseReferrer(event.text(Field::kTarget));
    if (const auto host = hosts_.find(event.shadow.host); host != hosts_.end()) ++host->second.of_addresses;
    const bool is_named = surroundings.own.IsOwn(target.host, event.text(Field::kHost));
    if (IsSuccess(event.status())) {
      PendingAnswer* pending = pending_.Add(event, is_named ? kNamedHost : kRelay, surroundings);
      if (pending != nullptr && pending->part.empty()) pending->part = target.page.substr(0, kMostEvidenceBytes);
      return;
    }
    Refused* refused = is_named ? AtIfRoom(refused_, {event.client(), target.host}, kMostRefused) : nullptr;
    if (refused == nullptr) {
      surroundings.errands.AddToBackground(event, ProbeFamily::kProxy);
      return;
    }
    refused->host = event.shadow.host;
    refused->events.Add(event);
  }

  // Of an address whose host is the one that its line names. That alone proves nothing: some logs have the host from
  // the request, so that a proxy's lines name the sites that it was used for.
  bool IsOwn(const FindingContext& context, const std::string& name, uint32_t host) const {
    const auto found = hosts_.find(host);
    if (found != hosts_.end() && found->second.of_addresses * 2 < found->second.lines) return true;
    return context.own.IsOwn(name, "");
  }

  void ReportUse(const FindingContext& context, const std::string& client, std::string_view verdict, const Used& used,
                 std::vector<Finding>& findings) const {
    Finding finding = StartFinding(EntityKind::kClient, client);
    used.evidence.Fill(context.inputs, &finding);
    finding.verdict = verdict;
    if (verdict == kTunnel) finding.severity = Severity::kCritical;
    finding.facts.push_back(TextFact("target", used.first));
    finding.sentence =
        fmt::format("{} used the server as a proxy, {} times, first for {}", client, finding.count, used.first);
    findings.push_back(std::move(finding));
  }

  void AddCode(const Event& event, int status) {
    const std::pair<int, std::string> key(status, event.text(Field::kHost).substr(0, kMostEvidenceBytes));
    if (Evidence* evidence = AtIfRoom(codes_, key, kMostHosts)) evidence->Add(event);
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
  std::unordered_map<uint32_t, HostLines> hosts_;
  PendingAnswers pending_{most_keys()};
  std::map<std::pair<uint64_t, std::string>, Refused> refused_;  // by client and name: whose may be the own site's
};

}  // namespace

constexpr DetectorEntry kProxyMisuseEntry{&kProxyMisuse, MakeDetector<ProxyMisuse>};

}  // namespace logstat
