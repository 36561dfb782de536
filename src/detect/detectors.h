// All detectors of a run: fed epoch by epoch, then asked once.
//
//   Detectors detectors(settings, rules, budget_bytes, crew);
//   detectors.OnEpoch(std::move(epoch));                 // in order, from EpochQueue
//   detectors.Want(texts);
//   Findings findings = detectors.Finish(inputs, texts, byte_meaning, columns);
//   detectors.wishes()                                   // lines that would still be their samples
//
// OnEpoch() shows an epoch to every rule, and the rules work side by side, as many as the crew has workers that wait: a
// log in which one line in six is an event keeps one thread busy 4 us for each of them, which would be the time of the
// whole run with any number of threads. What they find does not depend on it (errands.h).
// Finish() gathers what the detectors found, makes one finding of a campaign (see Campaigns in campaigns.h), ranks, and
// keeps five of an id. Not thread-safe: called in delivery.
#ifndef LOGSTAT_SRC_DETECT_DETECTORS_H_
#define LOGSTAT_SRC_DETECT_DETECTORS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "logstat/findings.h"
#include "src/deliver/crew.h"
#include "src/detect/detector.h"
#include "src/detect/errands.h"
#include "src/detect/history.h"
#include "src/detect/proxy_clients.h"
#include "src/detect/rule.h"
#include "src/detect/shared_addresses.h"
#include "src/record/field.h"

namespace logstat {

class Detectors {
 public:
  static constexpr size_t kMostOfAnId = 5;

  // `rules` are what the user set, by id; ids that are not there have their defaults. `budget_bytes`: for the lines
  // that they may look up; how many keys they may hold follows from it.
  Detectors(DetectSettings settings, const std::map<std::string, RuleSettings>& rules, uint64_t budget_bytes,
            Crew& crew);

  void OnEpoch(Epoch epoch);

  // The hashes whose texts Finish() will ask for.
  void Want(KeyTexts& texts) const;

  // `columns` are the fields that at least one input has. Called once, as the last: it frees what the rules kept.
  Findings Finish(const std::vector<std::string>& inputs, const KeyTexts& texts, ByteMeaning byte_meaning,
                  ColumnSet columns);

  // Of the findings that Finish() returned with fewer samples than they should have, as far as their rules know.
  const std::vector<LineWish>& wishes() const { return wishes_; }

 private:
  struct RunningRule {
    std::unique_ptr<Detector> detector;
    Errands errands;
  };

  bool IsAllowed(const Event& event) const;
  bool IsAboutAllowed(const Finding& finding) const;
  void Prepare(const Epoch& newest);
  void ShowTo(RunningRule& rule, const Epoch& newest);
  void RunErrands(const std::vector<const Event*>& events);
  template <typename ContextOf>
  std::vector<Finding> FindAll(const std::vector<RunningRule*>& running, ContextOf context_of);
  void WishLines(const Findings& findings);
  static void LeaveOutProxies(const ProxyClients::Found& found, const KeyTexts& texts, ColumnSet columns,
                              std::vector<Finding>& all, Findings& findings);

  const DetectSettings settings_;
  Crew& crew_;
  History history_;
  ClientSlots slots_;
  SharedAddresses shared_;
  ProxyClients proxies_;
  Answers answers_;
  Background background_;
  OwnSite own_;
  std::vector<const Event*> events_;  // of the newest epoch, but those that are allowed: no finding may rest on them
  std::vector<uint16_t> statuses_;    // of events_
  std::vector<RunningRule> rules_;    // those that are on, and may run
  std::vector<DetectorRow> not_run_;
  std::vector<LineWish> wishes_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_DETECTORS_H_
