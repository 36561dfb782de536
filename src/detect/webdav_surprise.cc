// webdav-surprise: WebDAV answers on a site that has none.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "src/detect/entries.h"
#include "src/detect/room.h"

namespace logstat {

constexpr Rule kWebdavSurprise = {
    .id = "webdav-surprise",
    .title = "WebDAV answers on a plain site",
    .severity = Severity::kMedium,
    .threshold = 1,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kClient, Field::kMethod},
    .statements = "S16",
    .rule =
        "An answer 207 on a host of which no user, and fewer than 3 clients, got one. Where it is in use it is a "
        "share: information. Methods of WebDAV that were refused are background-probing.",
    .reason =
        "The document: 207 carries several results of WebDAV. A server that lists its folders to strangers was "
        "not meant to; the counts are ours.",
    .false_positives = "A share that one or two people use without a login; calendars and address books.",
    .advice = "Switch WebDAV off if nobody uses it.",
};

namespace {

constexpr size_t kShareClients = 3;
constexpr size_t kMostDavHosts = 4096;

bool IsDavMethod(std::string_view method) {
  constexpr std::array<std::string_view, 7> kMethods = {"PROPFIND", "PROPPATCH", "MKCOL", "LOCK",
                                                        "UNLOCK",   "SEARCH",    "REPORT"};
  return std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
}

class WebdavSurprise : public Detector {
 public:
  explicit WebdavSurprise(RuleSettings settings) : Detector(kWebdavSurprise, settings) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    const int status = event.status();
    if (status != 207) {
      const bool is_refused = status >= 400 && status != 401;  // 401: the first answer to each client of a share
      if (is_refused && event.method() == MethodKind::kOther && IsDavMethod(event.text(Field::kMethod)) &&
          event.shadow.has_user == 0) {
        surroundings.errands.AddToBackground(event, ProbeFamily::kDav);
      }
      return;
    }
    const std::string host(event.text(Field::kHost).substr(0, kMostEvidenceBytes));
    Host* found = AtIfRoom(hosts_, host, kMostDavHosts);
    if (found == nullptr) return;
    Host& entry = *found;
    entry.evidence.Add(event);
    entry.has_user = entry.has_user || event.shadow.has_user != 0;
    InsertIfRoom(entry.clients, event.client(), kShareClients);
    if (entry.first.empty()) {
      entry.first = fmt::format("{} {}", event.text(Field::kMethod).substr(0, kMostEvidenceBytes),
                                event.text(Field::kPath).substr(0, kMostEvidenceBytes));
      entry.first_client = event.text(Field::kClient).substr(0, kMostEvidenceBytes);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (const auto& [host, entry] : hosts_) {
      if (entry.evidence.count() < settings().threshold) continue;
      const bool is_share = entry.has_user || entry.clients.size() == kShareClients;
      Finding finding = StartHostFinding(host);
      entry.evidence.Fill(context.inputs, &finding);
      finding.code = 207;
      finding.verdict = is_share ? "share" : "surprise";
      if (is_share) finding.severity = Severity::kInfo;
      finding.facts.push_back(NumberFact("clients", entry.clients.size()));
      finding.sentence = is_share ? fmt::format("WebDAV is in use: {} answers 207", finding.count)
                                  : fmt::format("WebDAV answered {} {} times, first to {}", entry.first_client,
                                                finding.count, entry.first);
      findings.push_back(std::move(finding));
    }
  }

 private:
  struct Host {
    Evidence evidence;
    std::set<uint64_t> clients;  // kShareClients at most
    bool has_user = false;
    std::string first;
    std::string first_client;
  };
  std::map<std::string, Host> hosts_;
};

}  // namespace

constexpr DetectorEntry kWebdavSurpriseEntry{&kWebdavSurprise, MakeDetector<WebdavSurprise>};

}  // namespace logstat
