// code-domain: answers whose code cannot be, is reserved, or should never be the last word.
#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "logstat/status_codes.h"
#include "src/base/milliseconds.h"
#include "src/detect/entries.h"
#include "src/detect/evidence.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kCodeDomain = {
    .id = "code-domain",
    .title = "Codes that should not be here",
    .severity = Severity::kLow,
    .threshold = 1,
    .window_seconds = 86'400,
    .columns = {Field::kTime},
    .verdicts_are_apart = true,
    .statements = "S01 S02 S03 S04 S05 S30 S73 S77",
    .rule =
        "Any line whose code is an interim answer (100, 102, 103, 104), a 101 that contradicts its request (a method "
        "other than GET, or a protocol other than HTTP/1.1), 306, 506, or a number outside of 100 to 599 that no "
        "vendor is known for.",
    .reason =
        "The document: the first digit is the class; interim answers are followed by a final one; 306 is no longer "
        "used; 506 is a server configured to negotiate with itself; 600 is a body without headers. RFC 9110, section "
        "15: valid codes are 100 to 599.",
    .false_positives =
        "Servers that log interim answers on purpose; gateways that rewrite the protocol; internal codes of proxies; a "
        "log read in the wrong format.",
    .advice = "Find the program that produced the code: the upstream if there is one, else the server's own modules.",
};

namespace {

struct Kind {
  std::string_view verdict;
  std::string_view meaning;
  Severity severity;
};

constexpr Kind kInterim = {"interim", "an interim answer as the last word", Severity::kLow};
constexpr Kind kContradiction = {"contradiction", "a change of protocol that the request cannot have asked for",
                                 Severity::kLow};
constexpr Kind kUnused = {"unused", "a code that is no longer used", Severity::kMedium};
constexpr Kind kNegotiation = {"negotiation", "a server that is configured to negotiate with itself",
                               Severity::kMedium};
constexpr Kind kHeaderless = {"headerless", "an answer whose headers never came", Severity::kMedium};
constexpr Kind kOutside = {"outside", "a number that is no status code", Severity::kLow};

bool IsContradictory101(const Event& event) {
  if (event.has(Field::kMethod) && event.method() != MethodKind::kGet) return true;
  return event.has(Field::kProtocol) && event.text(Field::kProtocol) != "HTTP/1.1";
}

const Kind* KindOf(const Event& event) {
  const int status = event.status();
  switch (status) {
    case 0:
      return nullptr;  // no status was sent
    case 100:
    case 102:
    case 103:
    case 104:
      return &kInterim;
    case 101:
      return IsContradictory101(event) ? &kContradiction : nullptr;
    case 306:
      return &kUnused;
    case 506:
      return &kNegotiation;
    case 600:
      return &kHeaderless;
    default:
      break;
  }
  if (status >= 100 && status < 600) return nullptr;
  const StatusCode* known = FindStatusCode(status);
  return known != nullptr && !known->vendor.empty() ? nullptr : &kOutside;
}

// One count for each code and host: codes have three digits, so only hosts need a limit.
class CodeDomain : public Detector {
 public:
  explicit CodeDomain(RuleSettings settings) : Detector(kCodeDomain, settings) {}

  void OnEvent(const Event& event, Surroundings& /*surroundings*/) override {
    NoteRefused(event);
    const Kind* kind = KindOf(event);
    if (kind == nullptr) return;
    const auto key = std::pair(event.status(), std::string(event.text(Field::kHost)));
    Code* code = AtIfRoom(codes_, key, most_keys());
    if (code == nullptr) return;
    code->kind = kind;
    code->evidence.Add(event);
    code->upstreams.Add(event.text(Field::kUpstream));
    code->methods.Add(event.text(Field::kMethod));
    code->protocols.Add(event.text(Field::kProtocol));
    if (event.status() == 100) continued_[JoinKeys(event.client(), event.path())] = event.time_ms;
    if (continued_.size() > most_keys()) continued_.clear();
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (const auto& [key, code] : codes_) {
      if (code.evidence.count() < settings().threshold) continue;
      const auto& [number, host] = key;
      Finding finding = StartHostFinding(host);
      code.evidence.Fill(context.inputs, &finding);
      finding.severity = code.kind->severity;
      finding.verdict = fmt::format("{}-{:03}", code.kind->verdict, number);
      finding.code = number;
      AddTop("upstream", code.upstreams, finding);
      AddTop("method", code.methods, finding);
      AddTop("protocol", code.protocols, finding);
      if (number == 100 && refused_after_ > 0) finding.facts.push_back(NumberFact("refused_after", refused_after_));
      finding.sentence = fmt::format("{} answers {:03}{}: {}", finding.count, number, host.empty() ? "" : " of " + host,
                                     code.kind->meaning);
      findings.push_back(std::move(finding));
    }
  }

 private:
  struct Code {
    const Kind* kind = nullptr;
    Evidence evidence;
    TextCounts upstreams, methods, protocols;
  };

  static void AddTop(std::string_view name, const TextCounts& texts, Finding& finding) {
    if (!texts.empty()) finding.facts.push_back(TextFact(name, texts.Top(1)[0].key));
  }

  // With 100 the document says that nothing has been refused; an error for the same request within a minute says so of
  // the rest.
  void NoteRefused(const Event& event) {
    if (event.status() < 400 || continued_.empty()) return;
    const auto found = continued_.find(JoinKeys(event.client(), event.path()));
    if (found == continued_.end()) return;
    if (event.time_ms - found->second <= kMinuteMs) ++refused_after_;
    continued_.erase(found);
  }

  std::map<std::pair<int, std::string>, Code> codes_;
  std::map<uint64_t, int64_t> continued_;  // when a client's path was answered 100
  uint64_t refused_after_ = 0;
};

}  // namespace

constexpr DetectorEntry kCodeDomainEntry{&kCodeDomain, MakeDetector<CodeDomain>};

}  // namespace logstat
