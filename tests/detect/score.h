// Findings against labels: how many campaigns were found, how many findings are of no campaign, and which verdicts were
// taken for which.
//
//   DetectionScore score;
//   score.Add(findings, log.labels(), lines);           // each log
//   score.Table()                                        // recall and precision by rule
//   score.Confusion("414-flood")
//
// A label is found by a finding of its rule about the same entity whose time overlaps its own; its verdict is compared
// only in the confusion matrix and in `wrong_verdicts`. A finding of low or worse without a label is a false alarm; one
// of info is a note, which nobody is called for. Of an id that has unlisted findings, labels that are not among the
// listed ones do not count.
#ifndef LOGSTAT_TESTS_DETECT_SCORE_H_
#define LOGSTAT_TESTS_DETECT_SCORE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/detect/woven_log.h"

namespace logstat {

class DetectionScore {
 public:
  struct Row {
    uint64_t labels = 0;
    uint64_t found = 0;
    uint64_t wrong_verdicts = 0;
    uint64_t findings = 0;
    uint64_t false_alarms = 0;
    uint64_t notes = 0;   // of no campaign
    uint64_t severe = 0;  // findings of high or worse
    uint64_t false_severe = 0;

    double recall() const { return labels == 0 ? 1 : static_cast<double>(found) / static_cast<double>(labels); }
    double precision() const {
      return findings == 0 ? 1 : 1 - static_cast<double>(false_alarms) / static_cast<double>(findings);
    }
  };

  void Add(const Findings& findings, const std::vector<CampaignLabel>& labels);

  const std::map<std::string, Row>& rows() const { return rows_; }
  Row total() const;
  // Share of the campaigns of an id whose verdict is the label's; what was not found is wrong.
  double VerdictsRight(std::string_view id) const;
  // In words, for whoever reads a failed test.
  const std::vector<std::string>& misses() const { return misses_; }

  std::string Table() const;
  std::string Confusion(std::string_view id) const;

 private:
  std::map<std::string, Row> rows_;  // by id
  std::map<std::string, std::map<std::pair<std::string, std::string>, uint64_t>, std::less<>>
      verdicts_;  // label, finding
  std::vector<std::string> misses_;
};

// "info 414-flood form-get 203.0.0.7 09:14:02 5: sentence"
std::string ToText(const Finding& finding);

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_SCORE_H_
