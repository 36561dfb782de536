// upstream: servers behind this one give no valid answer (502) or none in time (504).
#include <fmt/format.h>

#include "src/detect/entries.h"
#include "src/detect/failure_share.h"

namespace logstat {

constexpr Rule kUpstreamFailures = {
    .id = "upstream",
    .title = "Upstream fails",
    .severity = Severity::kHigh,
    .threshold = 20,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kStatus},
    .needs_all_statuses = true,
    .statements = "S66 S68 S71",
    .rule =
        "Twenty answers 502 or 504 of one host within 60 s that are 2 % of its requests; medium if fewer, but five "
        "times the share of the hour before; critical where half of at least ten requests of five minutes failed so.",
    .reason =
        "The document: with 502 the server got an invalid answer from one behind it, with 504 none in time. Count and "
        "share are those of all failures; they are ours.",
    .false_positives = "A restart of the upstream that takes a minute.",
    .advice =
        "Inspect the upstream, not this server. Durations at a plateau are the time limit: the upstream is too slow or "
        "does not answer, or its name is not resolved. Fast 502s mean that it refuses connections or breaks them.",
};

namespace {

class UpstreamFailures : public FailureShare {
 public:
  explicit UpstreamFailures(RuleSettings settings) : FailureShare(kUpstreamFailures, settings, {502, 504}) {}

 protected:
  void Describe(const HostFailures& host, bool /*is_of_one_client*/, Finding* finding) const override {
    const bool is_late = finding->code == 504;
    finding->verdict = is_late ? "no-answer" : "bad-answer";
    finding->sentence = host.Sentence(Codes(host.evidence));
    if (const int64_t plateau_ms = host.evidence.PlateauMs(); is_late && plateau_ms >= 0) {
      finding->facts.push_back(NumberFact("plateau_ms", static_cast<uint64_t>(plateau_ms)));
      finding->sentence += fmt::format(", each after {:.1f} s", static_cast<double>(plateau_ms) / 1000);
    }
  }

 private:
  static std::string_view Codes(const FailureEvidence& evidence) {
    if (evidence.CountOf(504) == 0) return "502";
    return evidence.CountOf(502) == 0 ? "504" : "502 or 504";
  }
};

}  // namespace

constexpr DetectorEntry kUpstreamFailuresEntry{&kUpstreamFailures, MakeDetector<UpstreamFailures>};

}  // namespace logstat
