// What is remembered of the events that make up a finding, in bounded memory.
//
//   Evidence evidence;
//   evidence.Add(event);                   // each event, in order
//   evidence.Fill(inputs, &finding);       // count, times, tops, samples
//
// Texts are cut to kMostEvidenceBytes. Of a top list up to 32 different texts are counted exactly, of more those that
// came often (TextCounts).
// Most evidence is of keys that never make a finding and have an event or two. So the first kMostKept events stand here
// as they were kept, shared with all other rules, and only what has more counts its texts: that took a third off the
// time of a log of which one line in seven is an event. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_EVIDENCE_H_
#define LOGSTAT_SRC_DETECT_EVIDENCE_H_

#include <absl/container/inlined_vector.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/findings.h"
#include "src/base/hash.h"
#include "src/deliver/event.h"
#include "src/deliver/kept_event.h"

namespace logstat {

inline constexpr size_t kMostSamples = 3;  // lines that a finding shows

// How often each of a few texts came, in the memory of 32.
//
// Up to 32 different texts are counted exactly. From the 33rd on only the first five still are, and the other places go
// to what comes often, by the algorithm of Misra and Gries ("Finding repeated elements", 1982): a text that finds no
// place takes one from every count, and a count that is zero gives its place away. So whoever has more than one in 28
// of all has a place, whenever it came, and its count is too low by EvidenceCount::error at most. The first five are
// kept because in a scan, where every path is another one, they are the only examples that can be counted. A list that
// kept the first 32 that came took 400 failures of one page for none if 32 other pages had failed once before.
class TextCounts {
 public:
  void Add(std::string_view text) { Add(text, text.empty() ? 0 : SketchHash(text.substr(0, kMostEvidenceBytes)), 1); }
  // Texts with the same hash are taken for the same; one list must not mix hashes of two kinds.
  void Add(std::string_view text, uint64_t hash, uint64_t count);
  void Merge(const TextCounts& other);
  // The first `most` by count, then text; behind them texts whose counts are not larger than their error.
  std::vector<EvidenceCount> Top(size_t most) const;
  // Different texts, 32 at most.
  size_t size() const { return counts_.size(); }
  bool empty() const { return counts_.empty(); }

 private:
  static constexpr size_t kMost = 32;
  static constexpr size_t kFirst = 5;
  struct Count {
    uint64_t hash;
    uint64_t count;  // of all but the first five with what was taken from them, so that to take is to add to taken_
  };
  // The first text from `from` on with this tag; as many as there are: none.
  size_t FindTag(uint8_t tag, size_t from) const;
  void AddToFull(std::string_view text, uint64_t hash, uint64_t count);
  uint64_t CountAt(size_t i) const { return i < kFirst ? counts_[i].count : counts_[i].count - taken_; }
  uint64_t ErrorAt(size_t i) const { return merged_error_ + (i < kFirst ? 0 : taken_); }

  // A byte of each text's hash: of a text that is not on a full list, which most are, one line of cache says so. The
  // texts themselves are apart, because they are looked at once.
  std::array<uint8_t, kMost> tags_{};
  absl::InlinedVector<Count, 2> counts_;
  std::vector<std::string> texts_;
  uint64_t taken_ = 0;         // from each count but the first five
  uint64_t spare_ = 0;         // may be taken before a count can be zero
  uint64_t merged_error_ = 0;  // of lists that were merged into this one
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
  TextCounts paths() const { return CountsOf(KeptEvent::kPath); }
  TextCounts clients() const { return CountsOf(KeptEvent::kClient); }

  // Writes count, times, top lists and samples. `inputs` are the paths of the inputs by number.
  void Fill(const std::vector<std::string>& inputs, Finding* finding) const;
  // Shows its lines before those that the finding has.
  void ShowFirst(const std::vector<std::string>& inputs, Finding* finding) const;

 private:
  static constexpr size_t kMostKept = 8;

  bool is_folded() const { return !counts_.empty(); }
  TextCounts CountsOf(KeptEvent::Text text) const;
  void CountKept(const KeptEvent& event);
  void Fold();

  uint64_t count_ = 0;
  int64_t first_ms_ = 0;
  int64_t last_ms_ = 0;
  absl::InlinedVector<KeptEvent::Ref, 1> kept_;  // all of them; once folded, the samples
  std::vector<TextCounts> counts_;               // by KeptEvent::Text, once folded (none of lines)
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_EVIDENCE_H_
