// client-abort: clients that hang up before they have their answer (499, 460, no code at all).
#include <fmt/format.h>

#include <algorithm>

#include "src/detect/entries.h"
#include "src/detect/failure_share.h"

namespace logstat {

constexpr Rule kClientAborts = {
    .id = "client-abort",
    .title = "Clients give up waiting",
    .severity = Severity::kHigh,
    .threshold = 20,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kStatus},
    .needs_all_statuses = true,
    .statements = "S66",
    .meaning =
        "Clients close the connection before the answer comes, because it takes too long or is not wanted any more.",
    .rule =
        "Twenty requests of one host within 60 s whose client hung up (499, 460 or no code at all), if they are 2 % of "
        "its requests; medium if fewer, but five times the share of the hour before; critical where half of at least "
        "ten requests of five minutes ended so. Where one client alone hung up while others waited, it is info.",
    .reason =
        "nginx writes 499, AWS balancers 460 and several proxies 0 for a client that left before the answer. Some "
        "always do; many at once did not want to wait, so the server was slow before it failed. Count and share are "
        "those of the other failures.",
    .false_positives =
        "Suggestions while somebody types, which the page cancels; video players; a client program with a short time "
        "limit.",
    .advice = "Look at how long these requests took and at the upstream that they waited for.",
};

namespace {

class ClientAborts : public FailureShare {
 public:
  explicit ClientAborts(RuleSettings settings) : FailureShare(kClientAborts, settings, {0, 460, 499}) {}

 protected:
  void Describe(const HostFailures& host, bool is_of_one_client, Finding* finding) const override {
    if (finding->code == 0) finding->code = -1;
    finding->sentence =
        fmt::format("clients of {} hung up before the answer of {} of {} requests ({:.1f} %)", host.Title(),
                    finding->count, std::max(host.requests, finding->count), host.Share() * 100);
    if (!is_of_one_client) return;
    finding->verdict = kOneClient;
    finding->severity = Severity::kInfo;
    finding->sentence += OfOneClient(*finding);
  }
};

}  // namespace

constexpr DetectorEntry kClientAbortsEntry{&kClientAborts, MakeDetector<ClientAborts>};

}  // namespace logstat
