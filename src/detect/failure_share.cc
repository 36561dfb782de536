#include "src/detect/failure_share.h"

#include <fmt/format.h>

#include <algorithm>

#include "src/base/milliseconds.h"
#include "src/base/ratio.h"
#include "src/base/ring.h"
#include "src/deliver/tags.h"
#include "src/detect/history.h"
#include "src/detect/room.h"

namespace logstat {
namespace {

constexpr uint64_t kLeastRequests = 10;  // for critical
constexpr uint64_t kHighPercent = 2;
constexpr double kTimesBefore = 5;
constexpr int64_t kLeastMinutesBefore = 10;
constexpr double kTimesStrays = 2;

}  // namespace

void TimedCount::Add(int64_t time_ms, int64_t window_ms) {
  while (!times_.empty() && time_ms - times_.front().first > window_ms) {
    count_ -= times_.front().second;
    times_.pop_front();
  }
  if (times_.empty() || times_.back().first != time_ms) times_.emplace_back(time_ms, 0);
  ++times_.back().second;
  ++count_;
}

double HostFailures::Share() const { return Ratio(evidence.count(), std::max(requests, evidence.count())); }

std::string HostFailures::Sentence(std::string_view statuses) const {
  return fmt::format("{} answered {} of {} requests with {} ({:.1f} %)", Title(), evidence.count(),
                     std::max(requests, evidence.count()), statuses, Share() * 100);
}

int64_t FailureShare::window_ms() const { return std::min(settings().window_ms(), History::kReachMs); }

HostFailures& FailureShare::HostOf(const Event& event) {
  const uint32_t hash = event.shadow.host;
  const auto age = [](const HostFailures& host) { return std::pair(host.worst.has_value(), host.last_ms); };
  HostFailures& host = AtForgettingHalf(hosts_, hash, History::kMostHosts, age);
  host.hash = hash;
  if (host.name.empty()) host.name = event.text(Field::kHost).substr(0, kMostEvidenceBytes);
  return host;
}

// A second has one answer, and a host at its end has thousands of failures in it.
void FailureShare::LookAround(HostFailures& host, int64_t time_ms, const History& history) const {
  HostFailures::Requests& around = host.around;
  if (around.second == SecondOf(time_ms)) return;
  around.second = SecondOf(time_ms);
  around.in_window = history.Requests(host.hash, time_ms, window_ms() / 1000 + 1).total;
  around.in_five_minutes = history.Requests(host.hash, time_ms, kFiveMinutesMs / 1000 + 1).total;
  around.in_hour = history.TrailingHour(host.hash, time_ms - window_ms(), &around.minutes).total;
}

// In the `minutes` epochs before `epoch`.
uint64_t FailureShare::FailuresBefore(const HostFailures& host, int64_t epoch, int64_t minutes) {
  uint64_t failures = 0;
  for (int64_t at = epoch - minutes; at < epoch; ++at) {
    const HostFailures::Minute& minute = host.minutes[RingPlace(at, HostFailures::kMinutes)];
    if (minute.at == at) failures += minute.failures;
  }
  return failures;
}

double FailureShare::ShareBefore(const HostFailures& host, int64_t time_ms) const {
  return Ratio(FailuresBefore(host, EpochOf(time_ms - window_ms()), host.around.minutes), host.around.in_hour);
}

std::optional<FailureShare::Verdict> FailureShare::ByShare(const HostFailures& host, int64_t time_ms) const {
  const uint64_t long_requests = std::max(host.around.in_five_minutes, host.five_minutes.count());
  const uint64_t requests = std::max(host.around.in_window, host.window.count());
  const double share = Ratio(host.window.count(), requests);
  if (long_requests >= kLeastRequests && host.five_minutes.count() * 2 >= long_requests) {
    return Verdict{Severity::kCritical, time_ms - kFiveMinutesMs, Ratio(host.five_minutes.count(), long_requests)};
  }
  if (host.window.count() < settings().threshold) return std::nullopt;
  if (host.window.count() * 100 >= requests * kHighPercent) {
    return Verdict{Severity::kHigh, time_ms - window_ms(), share};
  }
  if (host.around.minutes >= kLeastMinutesBefore && share >= kTimesBefore * ShareBefore(host, time_ms)) {
    return Verdict{Severity::kMedium, time_ms - window_ms(), share};
  }
  return std::nullopt;
}

// What was usual before the first failure, which may lie minutes before the one that fired.
void FailureShare::NoteBefore(HostFailures& host, int64_t first_ms, const History& history) {
  int64_t minutes = 0;
  const uint64_t requests = history.TrailingHour(host.hash, first_ms, &minutes).total;
  host.share_before = Ratio(FailuresBefore(host, EpochOf(first_ms), minutes), requests);
  host.load_before = Ratio(requests, static_cast<uint64_t>(minutes));
  host.knows_before = minutes >= kLeastMinutesBefore && requests > 0;
}

// What comes after a window that fired is of the same episode while gaps stay under the window, as everywhere; but a
// busy host has a stray now and then all day, and its episode would last as long. Where it is known how many are usual,
// twice as many are needed.
bool FailureShare::GoesOn(const HostFailures& host, int64_t time_ms) const {
  if (!host.worst.has_value() || time_ms - host.fired_ms > window_ms()) return false;
  const double share = Ratio(host.window.count(), std::max(host.around.in_window, host.window.count()));
  return !host.knows_before || share >= kTimesStrays * host.share_before;
}

// An episode begins with the first failure of the window that fired.
void FailureShare::Extend(HostFailures& host, const Event& event, const Verdict& verdict,
                          const History& history) const {
  int64_t first_ms = event.time_ms;
  for (const FailureEvidence& failure : host.waiting) {
    if (failure.evidence().first_ms() < verdict.from_ms) continue;
    first_ms = std::min(first_ms, failure.evidence().first_ms());
    host.evidence.Merge(failure);
  }
  host.waiting.clear();
  if (host.episodes == 0 || event.time_ms - host.fired_ms > kFiveMinutesMs) {
    if (++host.episodes == 1) NoteBefore(host, first_ms, history);
    host.counted_second = std::max(host.counted_second, SecondOf(first_ms) - 1);
  }
  host.evidence.Add(event);
  if (const int64_t second = SecondOf(event.time_ms); second > host.counted_second) {
    host.requests += history.Requests(host.hash, event.time_ms, second - host.counted_second).total;
    host.counted_second = second;
  }
  host.fired_ms = event.time_ms;
  host.peak_load = std::max(host.peak_load, host.around.in_window);
  host.peak_share = std::max(host.peak_share, verdict.share);
  host.worst = std::max(host.worst.value_or(verdict.severity), verdict.severity);
}

void FailureShare::OnEvent(const Event& event, Surroundings& surroundings) {
  HostFailures& host = HostOf(event);
  host.last_ms = event.time_ms;
  host.window.Add(event.time_ms, window_ms());
  host.five_minutes.Add(event.time_ms, kFiveMinutesMs);
  const int64_t epoch = EpochOf(event.time_ms);
  HostFailures::Minute& minute = host.minutes[RingPlace(epoch, HostFailures::kMinutes)];
  if (minute.at != epoch) minute = {epoch, 0};
  ++minute.failures;
  LookAround(host, event.time_ms, surroundings.history);
  std::optional<Verdict> verdict = ByShare(host, event.time_ms);
  if (const std::optional<Severity> other = Judge(event, surroundings); other.has_value()) {
    if (!verdict.has_value()) verdict = Verdict{*other, event.time_ms - kFiveMinutesMs, 0};
    verdict->severity = std::max(verdict->severity, *other);
  }
  if (!verdict.has_value() && GoesOn(host, event.time_ms)) verdict = Verdict{*host.worst, host.fired_ms, 0};
  if (verdict.has_value()) {
    Extend(host, event, *verdict, surroundings.history);
    return;
  }
  const int64_t longest = std::max(kFiveMinutesMs, window_ms());
  while (!host.waiting.empty() && (host.waiting.size() == kMostWaiting ||
                                   event.time_ms - host.waiting.front().evidence().first_ms() > longest)) {
    host.waiting.pop_front();
  }
  host.waiting.emplace_back().Add(event);
}

bool FailureShare::IsOfOneClient(const HostFailures& host, const Finding& finding,
                                 const std::vector<uint64_t>& proxies) const {
  if (finding.top_clients.empty() || host.requests <= finding.top_clients[0].count) return false;
  if (std::find(proxies.begin(), proxies.end(), ClientHash(finding.top_clients[0].key)) != proxies.end()) return false;
  const uint64_t others = finding.count - finding.top_clients[0].count;
  if (others > finding.top_clients[0].count) return false;
  const uint64_t requests = host.requests - finding.top_clients[0].count;
  return requests >= settings().threshold && others * 50 < requests;
}

std::string FailureShare::OfOneClient(const Finding& finding) {
  return fmt::format(", {} of them of {} alone", finding.top_clients[0].count, finding.top_clients[0].key);
}

void FailureShare::Finish(const FindingContext& context, std::vector<Finding>& findings) {
  for (const auto& [hash, host] : hosts_) {
    if (!host.worst.has_value()) continue;
    Finding finding = StartHostFinding(host.name);
    finding.severity = *host.worst;
    finding.facts.push_back(ShareFact("share", host.Share()));
    finding.facts.push_back(ShareFact("peak_share", host.peak_share));
    if (host.knows_before) {
      finding.facts.push_back(ShareFact("share_before", host.share_before));
      finding.facts.push_back(NumberFact("requests_a_minute_before", static_cast<uint64_t>(host.load_before + 0.5)));
    }
    finding.facts.push_back(
        NumberFact("requests_a_minute", host.peak_load * uint64_t{kMinuteMs} / static_cast<uint64_t>(window_ms())));
    finding.facts.push_back(NumberFact("requests", host.requests));
    finding.facts.push_back(NumberFact("episodes", host.episodes));
    host.evidence.Fill(context.inputs, &finding);
    finding.code = host.evidence.TopStatus();
    Describe(host, IsOfOneClient(host, finding, context.proxies), &finding);
    findings.push_back(std::move(finding));
  }
}

}  // namespace logstat
