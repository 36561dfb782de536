// sensitive-hit: a file that nobody should get, delivered.
#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "src/detect/entries.h"
#include "src/detect/key_map.h"
#include "src/detect/pending_answers.h"
#include "src/detect/room.h"
#include "src/filter/cidr.h"

namespace logstat {

constexpr Rule kSensitiveHit = {
    .id = "sensitive-hit",
    .title = "Secret file delivered",
    .severity = Severity::kCritical,
    .threshold = 1,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kPath},
    .statements = "",
    .rule =
        "One answer 2xx with a body to a GET of a file that nobody should get (.env, a repository, keys, dumps, "
        "backups, settings), by its decoded name, whose size is not that of the page that the site sends for "
        "everything. High for pages of diagnostics, which private addresses may ask for; medium for .DS_Store, which "
        "only names files.",
    .reason =
        "Names are those of CrowdSec's hub (http-sensitive-files), of the OWASP Core Rule Set (930130) and of nuclei's "
        "templates (exposures). One delivery is enough: what was read cannot be called back.",
    .false_positives =
        "Dumps and archives that are meant for visitors: low, once three browsers came to them by a link. "
        "A site that answers everything with pages of different sizes.",
    .advice = "Move the file out of the document root, then change every password and key that was in it.",
};

namespace {

constexpr size_t kLinkedClients = 3;

bool IsPrivate(std::string_view client) {
  static const AddressSet* const kPrivate = [] {
    auto* set = new AddressSet();
    for (const std::string_view block : {"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
                                         "169.254.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"}) {
      if (const std::optional<Cidr> cidr = ParseCidr(std::string(block))) set->Insert(*cidr);
    }
    return set;
  }();
  const std::optional<Address> address = ParseHost(client.substr(0, client.find('/')));
  return address.has_value() && kPrivate->Contains(*address);
}

// All files of one repository are one leak.
std::string EntityOf(const PendingAnswer& attempt) {
  if (attempt.label != "repository") return attempt.path;
  for (const std::string_view folder : {"/.git/", "/.svn/", "/.hg/", "/.bzr/"}) {
    const size_t at = attempt.path.find(folder);
    if (at != std::string::npos) return attempt.path.substr(0, at + folder.size());
  }
  return attempt.path;
}

class SensitiveHit : public Detector {
 public:
  explicit SensitiveHit(RuleSettings settings) : Detector(kSensitiveHit, settings) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    const std::string_view kind = event.attempt().secret;
    if (kind.empty()) return;
    if (event.method() == MethodKind::kHead || event.method() == MethodKind::kOther) return;
    if (!IsSuccess(event.status())) {
      surroundings.errands.AddToBackground(event, ProbeFamily::kSecret);
      return;
    }
    if (kind == "diagnostics" && IsPrivate(event.text(Field::kClient))) return;
    if (event.shadow.is_person != 0 && event.has(Field::kReferrer)) {
      InsertIfRoom(linked_.At(event.path(), event.time_ms), event.client(), kLinkedClients);
    }
    pending_.Add(event, kind, surroundings);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    std::map<std::string, Delivered> by_path;
    pending_.ForEach([&](const PendingAnswer& attempt) {
      if (!WasAnswered(context, attempt, ProbeFamily::kSecret)) return;
      Delivered& delivered = by_path[EntityOf(attempt)];
      if (delivered.first == nullptr) delivered.first = &attempt;
      delivered.evidence.Merge(attempt.all);
      delivered.clients.insert(attempt.request.client);
    });
    for (const auto& [path, delivered] : by_path) {
      if (delivered.evidence.count() >= settings().threshold) Report(context, path, delivered, findings);
    }
  }

 private:
  struct Delivered {
    const PendingAnswer* first = nullptr;
    Evidence evidence;
    std::set<uint64_t> clients;
  };

  void Report(const FindingContext& context, const std::string& path, const Delivered& delivered,
              std::vector<Finding>& findings) const {
    const PendingAnswer& first = *delivered.first;
    Finding finding = StartFinding(EntityKind::kPath, path);
    delivered.evidence.Fill(context.inputs, &finding);
    finding.verdict = first.label;
    finding.code = static_cast<int>(first.request.status);
    finding.facts.push_back(NumberFact("bytes", first.request.bytes));
    finding.facts.push_back(NumberFact("clients", delivered.clients.size()));
    if (first.label == "diagnostics") finding.severity = Severity::kHigh;
    if (first.label == "listing") finding.severity = Severity::kMedium;
    const std::set<uint64_t>* linked = linked_.Find(first.request.path);
    const bool may_be_public = first.label == "dump" || first.label == "backup" || first.label == "log";
    if (may_be_public && linked != nullptr && linked->size() == kLinkedClients) {
      finding.severity = Severity::kLow;
      finding.facts.push_back(TextFact("linked", "visitors come to it by a link"));
    }
    finding.sentence = fmt::format(
        "{} ({}) was delivered {} to {}, first {} bytes to {}", path, first.label,
        delivered.evidence.count() == 1 ? std::string("once") : fmt::format("{} times", delivered.evidence.count()),
        delivered.clients.size() == 1 ? std::string("one client") : fmt::format("{} clients", delivered.clients.size()),
        first.request.bytes, first.client);
    findings.push_back(std::move(finding));
  }

  PendingAnswers pending_{most_keys()};
  KeyMap<std::set<uint64_t>> linked_{most_keys()};  // by path: browsers that came by a link
};

}  // namespace

constexpr DetectorEntry kSensitiveHitEntry{&kSensitiveHit, MakeDetector<SensitiveHit>};

}  // namespace logstat
