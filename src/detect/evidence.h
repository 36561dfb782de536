// What is remembered of the events that make up a finding, in bounded memory.
//
//   Evidence evidence;
//   evidence.Add(event);                   // each event, in order
//   evidence.Fill(inputs, &finding);       // count, times, tops, samples
//
// Texts are cut to kMostTextBytes; each top list knows at most 32 texts, the first that came, so its counts are exact
// and its list is whole unless there were more. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_EVIDENCE_H_
#define LOGSTAT_SRC_DETECT_EVIDENCE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "logstat/findings.h"
#include "src/deliver/event.h"

namespace logstat {

inline constexpr size_t kMostEvidenceBytes = 200;  // of a text or a line that a finding shows

// How often each of a few texts came.
class TextCounts {
 public:
  void Add(std::string_view text, uint64_t count = 1);
  void Merge(const TextCounts& other);
  // The first `most` by count, then text.
  std::vector<EvidenceCount> Top(size_t most) const;
  // Different texts, 32 at most.
  size_t size() const { return counts_.size(); }
  bool empty() const { return counts_.empty(); }

 private:
  static constexpr size_t kMost = 32;
  std::vector<std::pair<std::string, uint64_t>> counts_;
};

class Evidence {
 public:
  // Counts the event in and keeps its texts; of the first three also the line.
  void Add(const Event& event);
  // Adds what came later.
  void Merge(const Evidence& later);

  uint64_t count() const { return count_; }
  int64_t first_ms() const { return first_ms_; }
  int64_t last_ms() const { return last_ms_; }
  const TextCounts& paths() const { return paths_; }
  const TextCounts& clients() const { return clients_; }
  const TextCounts& agents() const { return agents_; }
  const TextCounts& users() const { return users_; }

  // Writes count, times, top lists and samples. `inputs` are the paths of the inputs by number.
  void Fill(const std::vector<std::string>& inputs, Finding* finding) const;

 private:
  struct Sample {
    size_t input;
    uint64_t line;
    uint64_t offset;
    std::string text;
    bool cut;
  };
  static constexpr size_t kSamples = 3;

  uint64_t count_ = 0;
  int64_t first_ms_ = 0;
  int64_t last_ms_ = 0;
  TextCounts paths_;
  TextCounts clients_;
  TextCounts agents_;
  TextCounts users_;
  std::vector<Sample> samples_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_EVIDENCE_H_
