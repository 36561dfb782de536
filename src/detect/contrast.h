// What stands out among the events of a burst: the path and the client whose share of them is most surprising against
// all lines of the host in the ten minutes before.
//
//   const Contrast contrast = ContrastWith(history, host, burst_begin_ms, evidence);
//   contrast.Fill(&finding);        // facts contrast_path, contrast_path_share, contrast_path_share_before, …
//
// Ranked by the log-likelihood ratio (Dunning's G2), among the five paths and clients that came most. Plain data.
#ifndef LOGSTAT_SRC_DETECT_CONTRAST_H_
#define LOGSTAT_SRC_DETECT_CONTRAST_H_

#include <cstdint>
#include <string>

#include "logstat/findings.h"
#include "src/detect/evidence.h"
#include "src/detect/history.h"

namespace logstat {

struct Contrast {
  struct Standing {
    std::string text;     // empty: nothing stands out
    double surprise = 0;  // log-likelihood ratio
    double share = 0;
    double share_before = 0;
  };
  Standing path, client;

  void Fill(Finding* finding) const;
};

Contrast ContrastWith(const History& history, uint32_t host, int64_t burst_begin_ms, const Evidence& burst);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_CONTRAST_H_
