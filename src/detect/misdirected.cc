#include "src/detect/misdirected.h"

#include <fmt/format.h>

#include <utility>

namespace logstat {
namespace {

constexpr int64_t kRetryMs = 2000;
constexpr uint64_t kFewestMisdirected = 3;  // clients
constexpr size_t kMisdirectedOfAKey = 4;    // that are counted, of those that a table may have

}  // namespace

MisdirectedRequests::MisdirectedRequests(RuleSettings settings)
    : most_keys_(settings.most_keys),
      windows_(settings.threshold, settings.window_ms(), settings.most_keys),
      marks_(settings.most_keys),
      clients_(kMisdirectedOfAKey * settings.most_keys) {}

void MisdirectedRequests::Add(const Event& event) {
  windows_.Add(event.shadow.host, event).SetEntity(event.text(Field::kHost));
  Marks& marks = marks_.At(event.shadow.host, event.time_ms);
  ++marks.events;
  const std::string_view protocol = event.text(Field::kProtocol);
  marks.multiplexed += protocol.starts_with("HTTP/2") || protocol.starts_with("HTTP/3") ? 1 : 0;
  clients_.Add(event.shadow.host, event.client(), marks.clients);
  if (retries_.size() < most_keys_) retries_.push_back({event.client(), event.shadow.host, event.time_ms});
}

// The history reaches to the end of the newest epoch, and those that wait are of the epoch before.
void MisdirectedRequests::Settle(const History& history) {
  for (const Retry& retry : retries_) {
    bool served = false;
    history.ForEachOf(retry.client, retry.time_ms, retry.time_ms + kRetryMs, [&](const Shadow& shadow, int64_t) {
      served = served || IsSuccess(static_cast<int>(shadow.status));
    });
    if (Marks* marks = marks_.Find(retry.host)) marks->retried += served ? 1 : 0;
  }
  retries_.clear();
}

std::set<uint32_t> MisdirectedRequests::Finish(const FindingContext& context,
                                               const std::function<Finding(std::string_view host)>& start,
                                               std::vector<Finding>& findings) {
  Settle(context.history);
  windows_.Flush();
  std::set<uint32_t> hosts;
  windows_.ForEachReached([&](uint64_t host, const SlidingWindow& window) {
    const Marks* marks = marks_.Find(host);
    const bool is_misdirected = marks != nullptr && marks->clients.clients >= kFewestMisdirected &&
                                marks->multiplexed * 5 >= marks->events * 4 && marks->retried * 2 >= marks->events;
    if (!is_misdirected) return;
    hosts.insert(static_cast<uint32_t>(host));
    Finding finding = start(window.entity());
    window.evidence().Fill(context.inputs, &finding);
    finding.code = 421;
    finding.verdict = "misdirected";
    finding.facts = {marks->clients.Fact(), NumberFact("over_http2_or_3", marks->multiplexed),
                     NumberFact("served_within_2_s", marks->retried)};
    finding.sentence =
        fmt::format("{} requests over HTTP/2 or 3 came on connections of another host; most were served again at once",
                    finding.count);
    finding.advice =
        "Give hosts that do not share a configuration certificates of their own, or serve both on the same connection.";
    finding.advice_is_whole = true;  // the code's is about limits
    findings.push_back(std::move(finding));
  });
  return hosts;
}

}  // namespace logstat
