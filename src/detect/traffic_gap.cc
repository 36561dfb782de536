// traffic-gap: requests stopped for a while, or nearly.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "src/detect/entries.h"
#include "src/detect/gap_finder.h"
#include "src/detect/room.h"

namespace logstat {

constexpr Rule kTrafficGap = {
    .id = "traffic-gap",
    .title = "Requests stopped",
    .severity = Severity::kHigh,
    .threshold = 200,
    .window_seconds = 300,
    .columns = {Field::kTime},
    .needs_all_statuses = true,
    .statements = "",
    .meaning =
        "Requests stopped, or nearly, where the hour before had many: nobody gets through, or nothing is logged.",
    .rule =
        "Silence of five minutes in which each half of the hour before would have brought 200 requests, and three "
        "times as long as any silence of the day before; or five minutes in a row, each below a tenth of the mean of "
        "the hour before (60 requests a minute at least), and together below any five minutes of the day before. Both "
        "need an hour of log before them; the end of a log is never a gap.",
    .reason =
        "A server that is down logs nothing, so no status tells of it. Operators look for the hole in the graph; the "
        "numbers are ours.",
    .false_positives = "A log file that is missing among those given; a site that sleeps at night, on its first day.",
    .advice =
        "Look at what happened at the first edge: a crash, a restart, a network or name server that failed, or a disk "
        "that was too full to log.",
};

namespace {

constexpr std::string_view kStopped = "stopped";

class TrafficGap : public Detector {
 public:
  explicit TrafficGap(RuleSettings settings)
      : Detector(kTrafficGap, settings, StatusSet::None()), site_(settings.window_ms(), settings.threshold) {}

  void OnEpoch(const Epoch& epoch, Surroundings& surroundings) override {
    History::HostMinute site;
    for (const History::HostMinute& minute : surroundings.history.NewestHosts()) {
      site.total += minute.total;
      site.first_ms = std::min(site.first_ms, minute.first_ms);
      site.last_ms = std::max(site.last_ms, minute.last_ms);
      GapFinder* finder =
          AtIfRoom(hosts_, minute.host, History::kMostHosts, settings().window_ms(), settings().threshold);
      if (finder != nullptr) finder->Add(epoch.number, minute.total, minute.first_ms, minute.last_ms);
    }
    site_.Add(epoch.number, site.total, site.first_ms, site.last_ms);
  }

  void Want(KeyTexts& texts) override {
    for (const auto& [hash, finder] : hosts_) {
      if (!OwnGaps(finder).empty()) texts.Want(Field::kHost, hash);
    }
  }

  // What stopped everywhere is one finding, about the site.
  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    if (!site_.gaps().empty()) findings.push_back(Describe(EntityKind::kSite, "", site_.gaps()));
    for (const auto& [hash, finder] : hosts_) {
      const std::vector<Gap> gaps = OwnGaps(finder);
      const std::string_view name = context.texts.Find(Field::kHost, hash);
      if (!gaps.empty() && !name.empty()) findings.push_back(Describe(EntityKind::kHost, name, gaps));
    }
  }

  // The last before and the first behind a silence; of a dip what still came.
  std::vector<LineWish> WishLines(const Finding& finding) const override {
    LineWish wish = LinesOfEntity(finding);
    if (finding.verdict != kStopped) return {wish};
    LineWish before = wish;
    before.until_ms = before.from_ms;
    before.most = 1;
    LineWish behind = wish;
    behind.from_ms = behind.until_ms;
    behind.until_ms += kEpochMs;
    behind.most = 2;
    return {before, behind};
  }

 private:
  // Those of a host that are not the whole site's.
  std::vector<Gap> OwnGaps(const GapFinder& finder) const {
    std::vector<Gap> gaps;
    for (const Gap& gap : finder.gaps()) {
      const bool is_of_site = std::any_of(site_.gaps().begin(), site_.gaps().end(), [&](const Gap& other) {
        return gap.from_ms <= other.to_ms && other.from_ms <= gap.to_ms;
      });
      if (!is_of_site) gaps.push_back(gap);
    }
    return gaps;
  }

  // The finding is about the longest gap; its count is how many there were.
  Finding Describe(EntityKind kind, std::string_view name, const std::vector<Gap>& gaps) const {
    const Gap& longest = *std::max_element(gaps.begin(), gaps.end(),
                                           [](const Gap& a, const Gap& b) { return a.length_ms() < b.length_ms(); });
    Finding finding = StartFinding(kind, name);
    finding.count = gaps.size();
    finding.first_time = longest.from_ms;
    finding.last_time = longest.to_ms;
    finding.verdict = longest.is_silent ? kStopped : "dropped";
    const int64_t seconds = longest.length_ms() / 1000;
    const auto usual = static_cast<uint64_t>(longest.usual + 0.5);
    finding.facts.push_back(NumberFact("gap_seconds", static_cast<uint64_t>(seconds)));
    finding.facts.push_back(NumberFact("requests", longest.requests));
    finding.facts.push_back(NumberFact("requests_a_minute_before", usual));
    const std::string got = longest.is_silent ? "no request" : fmt::format("{} requests", longest.requests);
    const std::string before =
        longest.usual < 1 ? fmt::format("{:.0f}", longest.usual * 60) : fmt::format("{} a minute", usual);
    finding.sentence =
        fmt::format("{} got {} in {} s, after {} in the hour before", HostTitle(name), got, seconds, before);
    if (gaps.size() > 1) finding.sentence += fmt::format(", and {} shorter gaps", gaps.size() - 1);
    return finding;
  }

  GapFinder site_;
  std::map<uint32_t, GapFinder> hosts_;
};

}  // namespace

constexpr DetectorEntry kTrafficGapEntry{&kTrafficGap, MakeDetector<TrafficGap>};

}  // namespace logstat
