// background-probing: what scanners tried and nothing answered, in one low finding.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "src/detect/entries.h"

namespace logstat {

constexpr Rule kBackgroundProbing = {
    .id = "background-probing",
    .title = "Probing without effect",
    .severity = Severity::kLow,
    .threshold = 1,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kClient},
    .statements = "S33 S38 S39 S40 S42 S67 S72",
    .meaning = "Strangers tried here what they try everywhere, and got nothing for it.",
    .rule =
        "Everything that the rules probe-scan, exploit-string, sensitive-hit, write-method, scanner-ua, bad-version, "
        "proxy-misuse and webdav-surprise saw and that nothing answered, as one finding about the whole site; also "
        "what had an answer of which too little is known to tell it from the usual one.",
    .reason =
        "A site on the open Internet is probed all day. What has no effect is worth one line, so that what has an "
        "effect is not lost among it.",
    .false_positives = "Programs of your own with many dead links, and scans that you ordered.",
    .advice = "Nothing has to be done. Where it costs, refuse these clients in front of the application.",
};

namespace {

// What probing there was, the most frequent kind first.
std::vector<std::pair<uint64_t, std::string_view>> Families(const Background& background) {
  std::vector<std::pair<uint64_t, std::string_view>> families;
  for (size_t i = 0; i < kProbeFamilyCount; ++i) {
    const auto family = static_cast<ProbeFamily>(i);
    if (background.count(family) != 0) families.emplace_back(background.count(family), ProbeFamilyName(family));
  }
  std::stable_sort(families.begin(), families.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  return families;
}

std::string Outcome(const Background& background) {
  if (background.undecided() == 0) return ", and nothing answered";
  if (background.undecided() == background.requests()) return ", and it cannot be told whether anything answered";
  return fmt::format(", of which {} may have been answered, the others not", background.undecided());
}

class BackgroundProbing : public Detector {
 public:
  explicit BackgroundProbing(RuleSettings settings) : Detector(kBackgroundProbing, settings, StatusSet::None()) {}

  void FinishLast(const FindingContext& context, std::vector<Finding>& findings) override {
    const Background& background = context.background;
    const Evidence& evidence = background.evidence();
    if (background.requests() < settings().threshold) return;
    Finding finding = StartFinding(EntityKind::kSite, "");
    evidence.Fill(context.inputs, &finding);
    finding.count = background.requests();
    finding.facts.push_back(NumberFact("clients", background.clients()));
    std::string kinds;
    for (const auto& [count, name] : Families(background)) {
      kinds += fmt::format("{}{} ({})", kinds.empty() ? "" : ", ", name, count);
    }
    finding.facts.push_back(TextFact("families", kinds));
    if (background.undecided() != 0) finding.facts.push_back(NumberFact("undecided", background.undecided()));
    finding.sentence = fmt::format("{} {} sent {} probing {}{}: {}", background.clients(),
                                   background.clients() == 1 ? "client" : "clients", finding.count,
                                   finding.count == 1 ? "request" : "requests", Outcome(background), kinds);
    findings.push_back(std::move(finding));
  }
};

}  // namespace

constexpr DetectorEntry kBackgroundProbingEntry{&kBackgroundProbing, MakeDetector<BackgroundProbing>};

}  // namespace logstat
