// What is remembered of the requests that failed: their evidence, and where and how slowly they did.
//
//   FailureEvidence evidence;
//   evidence.Add(event);                   // each failure, in order
//   evidence.Fill(inputs, &finding);       // count, times, tops, samples; facts top_path_share, upstream, durations
//
// Durations are those of the first kMostDurations failures that have one, in milliseconds. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_FAILURE_EVIDENCE_H_
#define LOGSTAT_SRC_DETECT_FAILURE_EVIDENCE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/findings.h"
#include "src/detect/code_tally.h"
#include "src/detect/evidence.h"

namespace logstat {

// A fraction with six decimals.
EvidenceFact ShareFact(std::string_view name, double share);

class FailureEvidence {
 public:
  void Add(const Event& event);
  // Adds what came later.
  void Merge(const FailureEvidence& later);

  uint64_t count() const { return evidence_.count(); }
  const Evidence& evidence() const { return evidence_; }
  const TextCounts& upstreams() const { return upstreams_; }
  // How many of the failures had the status.
  uint64_t CountOf(int status) const { return statuses_.Of(status); }
  // The status of most of them, the smaller of two; -1 if there are none.
  int TopStatus() const { return statuses_.Most(); }
  // The share of the path that failed most often.
  double TopPathShare() const;
  // Whether they all took as long, as requests do that wait for a limit: p90 and p10 differ by less than 5 % of p50,
  // of at least ten durations. The median in milliseconds then, else -1.
  int64_t PlateauMs() const;

  void Fill(const std::vector<std::string>& inputs, Finding* finding) const;

 private:
  static constexpr size_t kMostDurations = 1024;
  int64_t Quantile(size_t percent) const;

  Evidence evidence_;
  TextCounts upstreams_;
  TextCounts reasons_;
  CodeTally statuses_;
  std::vector<int64_t> durations_us_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_FAILURE_EVIDENCE_H_
