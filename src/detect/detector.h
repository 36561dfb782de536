// The detectors: each looks at the events of the whole run in the order of their times, and says at the end what it
// found.
//
//   class SlowRequests : public Detector { … };                     // one file each, in src/detect
//   constexpr DetectorEntry kSlowRequestsEntry{&kSlowRequests, MakeDetector<SlowRequests>};   // entries.h
//
// Detectors (detectors.h) calls them: OnEpoch() before the events of an epoch, OnEvent() for each of them, Finish() and
// FinishLast() once. A detector is called by one thread at a time, but others work at the same time. So it owns its
// keys: at most most_keys(), of which the one with the oldest last event goes first (windows.h does that). No detector
// reads what another one keeps, and what all share it changes by errands.
#ifndef LOGSTAT_SRC_DETECT_DETECTOR_H_
#define LOGSTAT_SRC_DETECT_DETECTOR_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/findings.h"
#include "logstat/report.h"
#include "src/deliver/epoch_queue.h"
#include "src/deliver/event.h"
#include "src/deliver/kept_event.h"
#include "src/detect/answers.h"
#include "src/detect/background.h"
#include "src/detect/client_slots.h"
#include "src/detect/errands.h"
#include "src/detect/history.h"
#include "src/detect/key_texts.h"
#include "src/detect/line_wish.h"
#include "src/detect/referrers.h"
#include "src/detect/rule.h"
#include "src/detect/shared_addresses.h"
#include "src/detect/status_set.h"

namespace logstat {

// What a detector may look up while it works.
struct Surroundings {
  const History& history;
  const ClientSlots& slots;  // of the newest epoch
  const Answers& answers;
  const OwnSite& own;  // as far as it is known at the end of the epoch
  Errands& errands;    // of this rule
};

// What it needs to write its findings.
struct FindingContext {
  const std::vector<std::string>& inputs;  // their paths
  const History& history;                  // of the last epochs
  const SharedAddresses& shared;
  const std::vector<uint64_t>& proxies;  // clients behind which everybody stands, by hash (proxy_clients.h)
  const KeyTexts& texts;                 // of the hashes that detectors wanted
  const Answers& answers;
  const OwnSite& own;
  const Background& background;                      // whole in FinishLast()
  Errands& errands;                                  // of this rule: what nothing answered goes to the background
  ByteMeaning byte_meaning = ByteMeaning::kUnknown;  // the least certain of all inputs
};

class Detector {
 public:
  // `statuses`: of the events that it asks for.
  Detector(const Rule& rule, RuleSettings settings, const StatusSet& statuses = StatusSet::All())
      : rule_(rule), settings_(settings), statuses_(statuses) {}
  virtual ~Detector() = default;
  Detector(const Detector&) = delete;
  Detector& operator=(const Detector&) = delete;

  // An epoch of 60 s is complete: its lines are the newest in the history, its events follow one by one.
  virtual void OnEpoch(const Epoch& /*epoch*/, Surroundings& /*surroundings*/) {}
  // The events with one of its statuses, in the order (time, input, offset).
  virtual void OnEvent(const Event& /*event*/, Surroundings& /*surroundings*/) {}
  // Names the hashes of lines that were no events whose texts the findings will show. Called once, before Finish().
  virtual void Want(KeyTexts& /*texts*/) {}
  // Appends what was found, in any order; the entity, verdict, severity, facts, count and samples are the detector's to
  // fill (StartFinding helps), the rest Detectors adds.
  virtual void Finish(const FindingContext& /*context*/, std::vector<Finding>& /*findings*/) {}
  // The same for a rule that speaks of what others found: `findings` has it all. One after the other, as in registry.h.
  virtual void FinishLast(const FindingContext& /*context*/, std::vector<Finding>& /*findings*/) {}
  // Which lines would show what a finding of this rule says, if it has fewer samples than it should: those that it
  // counted were no events. The finding may be of a campaign, and then about a path. After Finish().
  virtual std::vector<LineWish> WishLines(const Finding& /*finding*/) const { return {}; }

  const Rule& rule() const { return rule_; }
  const RuleSettings& settings() const { return settings_; }
  const StatusSet& statuses() const { return statuses_; }

 protected:
  // The most keys of one of its tables.
  size_t most_keys() const { return settings_.most_keys; }

  // A finding of this rule with its title, severity, threshold and window, about an entity.
  Finding StartFinding(EntityKind kind, std::string_view entity) const {
    Finding finding;
    finding.id = rule_.id;
    finding.title = rule_.title;
    finding.severity = rule_.severity;
    finding.entity_kind = kind;
    finding.entity = entity;
    finding.threshold = settings_.threshold;
    finding.window_seconds = settings_.window_seconds;
    finding.meaning = rule_.meaning;
    finding.advice = rule_.advice;
    finding.false_positives = rule_.false_positives;
    finding.is_apart_by_verdict = rule_.verdicts_are_apart;
    return finding;
  }

  // The same about a path of a host: a path alone where the log has no hosts, because other hosts may have it, too.
  Finding StartPathFinding(std::string_view path, std::string_view host) const {
    Finding finding = StartFinding(EntityKind::kPath, path);
    if (host.empty()) return finding;
    finding.host = host.substr(0, kMostEvidenceBytes);
    finding.facts.push_back({"host", finding.host, false});
    return finding;
  }

  // The same about a host; about the site where the log has no hosts.
  Finding StartHostFinding(std::string_view host) const {
    return StartFinding(host.empty() ? EntityKind::kSite : EntityKind::kHost, host);
  }

 private:
  const Rule& rule_;
  RuleSettings settings_;
  StatusSet statuses_;
};

// One lower for a client behind which several people may stand (S61) or that is a known crawler (crawlers.h), never
// below info.
constexpr Severity Lowered(Severity severity) {
  return severity == Severity::kInfo ? severity : static_cast<Severity>(static_cast<uint8_t>(severity) - 1);
}

// Says whether several people may stand behind the client of a finding; then it weighs less. After its severity is set.
inline void NoteShared(const FindingContext& context, uint64_t client, Finding& finding) {
  finding.shared = context.shared.Of(client);
  if (finding.shared == Shared::kLikely) finding.severity = Lowered(finding.severity);
}

// A path as a sentence names it: "/cart of shop.example" where the host is known.
inline std::string PathTitle(std::string_view path, std::string_view host) {
  return std::string(path) + (host.empty() ? "" : " of ") + std::string(host);
}

// The host as a sentence names it.
constexpr std::string_view HostTitle(std::string_view host) { return host.empty() ? "the site" : host; }

inline EvidenceFact NumberFact(std::string_view name, uint64_t value) {
  return {std::string(name), std::to_string(value), true};
}
inline EvidenceFact TextFact(std::string_view name, std::string_view value) {
  return {std::string(name), std::string(value), false};
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_DETECTOR_H_
