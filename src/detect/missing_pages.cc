// missing-page: links of the own site that lead to nothing.
#include <absl/container/node_hash_map.h>
#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "src/base/hash.h"
#include "src/deliver/tags.h"
#include "src/detect/entries.h"
#include "src/detect/referrers.h"
#include "src/detect/repeats.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kMissingPages = {
    .id = "missing-page",
    .title = "Dead links on the own site",
    .severity = Severity::kLow,
    .threshold = 3,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kClient, Field::kPath, Field::kReferrer, Field::kAgent},
    .statements = "S40",
    .rule =
        "Three browsers' requests for one path within 24 hours that were answered 404 or 410 and came from a page of "
        "this site, one of which had really got that page within the ten minutes before. Icons and files that browsers "
        "ask for by themselves do not count, nor does a path that names itself as the page.",
    .reason =
        "The document: mostly 404 means that the page is not there. If a page of the own site sent the visitor, the "
        "link is wrong. Scanners send the site's address as their referrer, so a page counts only if somebody had it. "
        "The number is ours, to be tuned.",
    .false_positives = "Pages that build addresses while they run, and pages that were repaired since.",
    .advice = "Correct the link on the page that is named here, or redirect the old address.",
};

namespace {

constexpr uint32_t kMostAsked = 16;  // a page that nobody of so many had is a lie

class MissingPages : public Detector {
 public:
  explicit MissingPages(RuleSettings settings)
      : Detector(kMissingPages, settings, {404, 410}),
        windows_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.shadow.is_person == 0 || event.is_unbidden()) return;
    const Referrer from = ParseReferrer(event.text(Field::kReferrer));
    const std::string_view path = event.text(Field::kPath);
    const std::string_view host = event.text(Field::kHost);
    if (from.host.empty() || path.empty() || from.path == path) return;
    if (!host.empty() && !surroundings.own.IsOwn(from.host, host)) return;
    const uint64_t key = JoinKeys(KeyOfPath(event), SketchHash(from.host));
    Link* link = AtIfRoom(links_, key, most_keys());
    if (link == nullptr) return;
    if (link->from.empty()) {
      link->from = from.host;
      link->host = host;
    }
    link->pages.Add(from.page);
    if (!link->is_real && link->asked++ < kMostAsked) {
      link->is_real = surroundings.history.WasServed(event.client(), PathHash(from.path));
    }
    windows_.Add(key, event).SetEntity(path, host);
  }

  // The site may have several names, so that one dead link is met on pages of several hosts.
  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    struct DeadLink {
      Evidence evidence;
      TextCounts pages;
    };
    std::map<std::pair<std::string, std::string>, DeadLink> dead;  // by path and host
    windows_.Flush();
    windows_.ForEachReached([&](uint64_t key, const SlidingWindow& window) {
      const auto found = links_.find(key);
      if (found == links_.end() || !found->second.is_real || !context.own.IsOwn(found->second.from, found->second.host))
        return;
      DeadLink& link = dead[{window.entity(), std::string(window.host())}];
      link.evidence.Merge(window.evidence());
      link.pages.Merge(found->second.pages);
    });
    for (const auto& [where, link] : dead) {
      const auto& [path, host] = where;
      Finding finding = StartPathFinding(path, host);
      link.evidence.Fill(context.inputs, &finding);
      finding.code = 404;
      const std::vector<EvidenceCount> pages = link.pages.Top(5);
      for (size_t i = 0; i < pages.size(); ++i) {
        finding.facts.push_back(TextFact(i == 0 ? "page" : fmt::format("page_{}", i + 1), pages[i].key));
      }
      finding.facts.push_back(NumberFact("pages", link.pages.size()));
      finding.sentence = fmt::format("{} links to {}, which is not there: {} visitors met it", pages[0].key,
                                     PathTitle(path, host), finding.count);
      findings.push_back(std::move(finding));
    }
  }

 private:
  struct Link {
    std::string from;  // the host of its pages
    std::string host;
    TextCounts pages;
    uint32_t asked = 0;    // how often that was looked up
    bool is_real = false;  // somebody who had the page followed it
  };

  SlidingWindows windows_;                     // by path, its host, and the host of the page
  absl::node_hash_map<uint64_t, Link> links_;  // likewise
};

}  // namespace

constexpr DetectorEntry kMissingPagesEntry{&kMissingPages, MakeDetector<MissingPages>};

}  // namespace logstat
