// Failures of a host by count and share: the machine behind srv-500, 503-overload, upstream and client-abort.
//
//   class ServerErrors : public FailureShare {
//     explicit ServerErrors(RuleSettings settings) : FailureShare(kServerErrors, settings, {500}) {}
//     void Describe(const HostFailures& host, bool is_of_one_client, Finding* finding) const override { … }
//   };
//
// A count alone fires on every busy site, a share alone on every quiet one. So at each failure both are asked (S66 of
// docs/findings.md), over windows that end with it, ends included:
//   critical  half of the host's requests of the last 5 minutes failed, of at least ten
//   high      `threshold` failures in the window, which are 2 % of its requests
//   medium    `threshold` failures in the window, and five times the share of the hour before it, of which ten minutes
//             are known at least
// Failures are counted exactly; requests by whole seconds, which is as exact as most logs are. Failures that belong to
// no such window are forgotten, so strays through the day neither fire nor move the begin of what does. What comes
// after its last window belongs to it while gaps stay under `window` and the share is twice that of the hour before the
// first one, if that is known. One finding for each host: its count, times and evidence are those of all episodes,
// which five quiet minutes part.
// Memory: kMostHosts hosts, of which half go where it is full, those that never fired and have the oldest failure
// first; of a host's failures that have not fired the last kMostWaiting (an episode then begins with these).
#ifndef LOGSTAT_SRC_DETECT_FAILURE_SHARE_H_
#define LOGSTAT_SRC_DETECT_FAILURE_SHARE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "src/detect/detector.h"
#include "src/detect/failure_evidence.h"

namespace logstat {

// How many events lie in the window that ends with the newest. Those of one time take one entry.
class TimedCount {
 public:
  void Add(int64_t time_ms, int64_t window_ms);
  uint64_t count() const { return count_; }

 private:
  std::deque<std::pair<int64_t, uint64_t>> times_;
  uint64_t count_ = 0;
};

// What is known of the failures of one host.
struct HostFailures {
  static constexpr int64_t kMinutes = 64;
  struct Minute {
    int64_t at = INT64_MIN;
    uint64_t failures = 0;
  };
  // The host's requests around a second, which all failures of that second share.
  struct Requests {
    int64_t second = INT64_MIN;
    uint64_t in_window = 0;
    uint64_t in_five_minutes = 0;
    uint64_t in_hour = 0;  // the hour before the window
    int64_t minutes = 0;   // of it that are known
  };

  uint32_t hash = 0;
  std::string name;  // empty: the log has no host
  int64_t last_ms = 0;
  TimedCount window;
  TimedCount five_minutes;
  std::array<Minute, kMinutes> minutes;
  Requests around;
  std::deque<FailureEvidence> waiting;  // of one failure each, which have not fired

  // Of the episodes, if there were any.
  std::optional<Severity> worst;
  FailureEvidence evidence;
  uint64_t episodes = 0;
  uint64_t requests = 0;      // the host's, while they lasted
  double peak_share = 0;      // of a window
  double share_before = 0;    // in the hour before the first
  double load_before = 0;     // requests a minute there
  uint64_t peak_load = 0;     // requests in a window of an episode
  bool knows_before = false;  // ten minutes of it at least
  int64_t fired_ms = 0;       // the last failure that belongs to one
  int64_t counted_second = 0;

  // "shop.example" or "the site".
  std::string_view Title() const { return HostTitle(name); }
  double Share() const;
  // "shop.example answered 40 of 120 requests with 503 (33.3 %)": how the sentence of a finding about it begins.
  std::string Sentence(std::string_view statuses) const;
};

class FailureShare : public Detector {
 public:
  // `failures`: the statuses that count.
  FailureShare(const Rule& rule, RuleSettings settings, const StatusSet& failures)
      : Detector(rule, settings, failures) {}

  void OnEvent(const Event& event, Surroundings& surroundings) final;
  void Finish(const FindingContext& context, std::vector<Finding>& findings) final;

 protected:
  // Another reason to fire; called for every failure, before its share is looked at.
  virtual std::optional<Severity> Judge(const Event& /*event*/, const Surroundings& /*surroundings*/) {
    return std::nullopt;
  }
  // Fills verdict, sentence, code and facts of its own, and may change the severity.
  // Of one client: the share would not have fired without the one that has most of the failures, and which is no proxy;
  // so they are its own affair.
  virtual void Describe(const HostFailures& host, bool is_of_one_client, Finding* finding) const = 0;

  static constexpr std::string_view kOneClient = "one-client";  // a verdict
  // ", 150 of them of 203.0.113.9 alone": how the sentence goes on then.
  static std::string OfOneClient(const Finding& finding);

 private:
  static constexpr size_t kMostWaiting = 512;
  // Fired: how bad, and since when.
  struct Verdict {
    Severity severity;
    int64_t from_ms;
    double share;
  };

  bool IsOfOneClient(const HostFailures& host, const Finding& finding, const std::vector<uint64_t>& proxies) const;
  int64_t window_ms() const;
  HostFailures& HostOf(const Event& event);
  void LookAround(HostFailures& host, int64_t time_ms, const History& history) const;
  std::optional<Verdict> ByShare(const HostFailures& host, int64_t time_ms) const;
  static uint64_t FailuresBefore(const HostFailures& host, int64_t epoch, int64_t minutes);
  double ShareBefore(const HostFailures& host, int64_t time_ms) const;
  bool GoesOn(const HostFailures& host, int64_t time_ms) const;
  static void NoteBefore(HostFailures& host, int64_t first_ms, const History& history);
  void Extend(HostFailures& host, const Event& event, const Verdict& verdict, const History& history) const;

  std::map<uint32_t, HostFailures> hosts_;  // by hash
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_FAILURE_SHARE_H_
