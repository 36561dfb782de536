// Lines that a finding would show if somebody read the input once more.
//
// Most rules go by events, whose lines are kept. Some go by lines that are no events, of which only shadows were kept,
// so their texts are gone when the rule knows that they matter (Detector::WishLines). A wish says which lines these
// were; of all that it fits, the earliest are shown.
#ifndef LOGSTAT_SRC_DETECT_LINE_WISH_H_
#define LOGSTAT_SRC_DETECT_LINE_WISH_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "logstat/findings.h"
#include "src/catalog/text_tags.h"
#include "src/deliver/tags.h"
#include "src/detect/evidence.h"

namespace logstat {

struct LineWish {
  size_t finding = 0;  // the row of Findings::rows that shows the lines
  // Both ends are wished for, too.
  int64_t from_ms = 0;
  int64_t until_ms = 0;
  // Hashes, as in shadows.
  std::optional<uint64_t> client{};
  std::optional<uint64_t> path{};
  std::optional<uint32_t> host{};
  std::optional<uint64_t> client_and_path{};  // JoinKeys() of both
  int status = -1;                            // -1: any
  uint16_t least_duration = 0;                // compact (compact_duration.h)
  bool only_answer_times = false;             // IsAnswerTime()
  bool without_static_files = false;
  bool one_of_each_agent = false;
  size_t most = kMostSamples;
};

// The lines of whom the finding is about, from its first to its last time.
inline LineWish LinesOfEntity(const Finding& finding) {
  LineWish wish{.from_ms = finding.first_time, .until_ms = finding.last_time};
  if (finding.entity_kind == EntityKind::kClient) wish.client = ClientHash(finding.entity);
  if (finding.entity_kind == EntityKind::kPath) wish.path = PathHash(finding.entity);
  const std::string& host = finding.entity_kind == EntityKind::kHost ? finding.entity : finding.host;
  if (!host.empty()) wish.host = static_cast<uint32_t>(HostTag(host));
  return wish;
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_LINE_WISH_H_
