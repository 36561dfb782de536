// srv-500: the program behind a host fails (500), in one place or everywhere.
#include <fmt/format.h>

#include "src/detect/entries.h"
#include "src/detect/failure_share.h"

namespace logstat {

constexpr Rule kServerErrors = {
    .id = "srv-500",
    .title = "Internal server errors",
    .severity = Severity::kHigh,
    .threshold = 20,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kStatus},
    .needs_all_statuses = true,
    .statements = "S65 S66",
    .rule =
        "Twenty answers 500 of one host within 60 s that are 2 % of its requests; medium if fewer, but five times the "
        "share of the hour before; critical where half of at least ten requests of five minutes failed so. One lower "
        "where one client alone got them while others were served.",
    .reason =
        "The document: a 500 is in general a fault of the program's source code. Count and share must both be out of "
        "the usual: a busy site always has some, and on a quiet one a single one is a large share. The numbers are "
        "ours.",
    .false_positives = "A load test, or a scanner whose odd requests the program answers with 500 in place of 400.",
    .advice =
        "Where one path has most of them (verdict code), look at the program behind it and at what was deployed "
        "before the first; where they are everywhere (verdict spread), look at what all paths share: database, disk, "
        "configuration.",
};

namespace {

constexpr double kOnePath = 0.6;

class ServerErrors : public FailureShare {
 public:
  explicit ServerErrors(RuleSettings settings) : FailureShare(kServerErrors, settings, {500}) {}

 protected:
  void Describe(const HostFailures& host, bool is_of_one_client, Finding* finding) const override {
    const bool is_code = host.evidence.TopPathShare() >= kOnePath;
    finding->verdict = is_code ? "code" : "spread";
    finding->sentence = host.Sentence("500");
    if (is_code) {
      finding->sentence += fmt::format(", {} of them for {}", finding->top_paths[0].count, finding->top_paths[0].key);
    }
    if (!is_of_one_client) return;
    finding->severity = Lowered(finding->severity);
    finding->sentence += OfOneClient(*finding);
  }
};

}  // namespace

constexpr DetectorEntry kServerErrorsEntry{&kServerErrors, MakeDetector<ServerErrors>};

}  // namespace logstat
