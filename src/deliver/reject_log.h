// Rejected lines: counted by reason, and the first few of each input kept with their place and a shortened copy.
//
// Sees the cells of each input in their order, one at a time; the copies are made while the cell's lease lives. Not
// thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_REJECT_LOG_H_
#define LOGSTAT_SRC_DELIVER_REJECT_LOG_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "logstat/report.h"
#include "src/deliver/cell.h"

namespace logstat {

class RejectLog {
 public:
  static constexpr size_t kSamples = 5;  // per reason
  static constexpr size_t kSampleBytes = 200;

  // `first_line` is the number, from 1, that the cell's first row has in its input.
  void Add(const Cell& cell, uint64_t first_line);

  // Rows by count descending, then reason; samples by input and line. `paths` names the inputs.
  std::vector<RejectRow> Rows(const std::vector<std::string>& paths) const;

 private:
  struct Sample {
    uint64_t line;
    uint64_t offset;
    std::string text;
    bool cut;
  };
  void Keep(const Cell& cell, size_t row, uint64_t line, std::vector<Sample>& samples) const;

  KindCounts counts_{};
  std::map<size_t, std::array<std::vector<Sample>, kLineKindCount>> samples_;  // by input
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_REJECT_LOG_H_
