#include "src/detect/evidence.h"

#include <algorithm>

#include "src/base/hash.h"

namespace logstat {

void TextCounts::Add(std::string_view text, uint64_t count) {
  text = text.substr(0, kMostEvidenceBytes);
  if (text.empty()) return;
  const uint64_t hash = SketchHash(text);
  for (size_t i = 0; i < hashes_.size(); ++i) {
    if (hashes_[i] != hash || entries_[i].text != text) continue;
    entries_[i].count += count;
    return;
  }
  if (entries_.size() == kMost) return;
  hashes_.push_back(hash);
  entries_.push_back({std::string(text), count});
}

void TextCounts::Merge(const TextCounts& other) {
  for (const Entry& entry : other.entries_) Add(entry.text, entry.count);
}

std::vector<EvidenceCount> TextCounts::Top(size_t most) const {
  std::vector<EvidenceCount> top;
  for (const Entry& entry : entries_) top.push_back({entry.text, entry.count});
  std::sort(top.begin(), top.end(), [](const EvidenceCount& a, const EvidenceCount& b) {
    return a.count != b.count ? a.count > b.count : a.key < b.key;
  });
  if (top.size() > most) top.resize(most);
  return top;
}

void Evidence::CountKept(const KeptEvent& event) {
  for (const KeptEvent::Text text : {KeptEvent::kPath, KeptEvent::kClient, KeptEvent::kAgent, KeptEvent::kUser}) {
    counts_[text].Add(event.text(text));
  }
}

void Evidence::Fold() {
  if (is_folded()) return;
  counts_.resize(KeptEvent::kTextCount);
  for (const KeptEvent::Ref& kept : kept_) CountKept(*kept);
  if (kept_.size() > kSamples) kept_.resize(kSamples);
}

void Evidence::Add(const Event& event) {
  if (count_++ == 0) first_ms_ = event.time_ms;
  last_ms_ = event.time_ms;
  if (!is_folded() && kept_.size() < kMostKept) {
    kept_.push_back(event.Keep());
    return;
  }
  Fold();
  counts_[KeptEvent::kPath].Add(event.text(Field::kPath));
  counts_[KeptEvent::kClient].Add(event.text(Field::kClient));
  counts_[KeptEvent::kAgent].Add(event.text(Field::kAgent));
  counts_[KeptEvent::kUser].Add(event.text(Field::kUser));
}

void Evidence::Merge(const Evidence& later) {
  if (later.count_ == 0) return;
  if (count_ == 0) first_ms_ = later.first_ms_;
  first_ms_ = std::min(first_ms_, later.first_ms_);
  last_ms_ = count_ == 0 ? later.last_ms_ : std::max(last_ms_, later.last_ms_);
  count_ += later.count_;
  const bool is_small = !is_folded() && !later.is_folded() && kept_.size() + later.kept_.size() <= kMostKept;
  if (!is_small) {
    Fold();
    if (!later.is_folded()) {
      for (const KeptEvent::Ref& kept : later.kept_) CountKept(*kept);
    } else {
      for (size_t i = 0; i < counts_.size(); ++i) counts_[i].Merge(later.counts_[i]);
    }
  }
  for (const KeptEvent::Ref& kept : later.kept_) {
    if (is_small || kept_.size() < kSamples) kept_.push_back(kept);
  }
}

TextCounts Evidence::CountsOf(KeptEvent::Text text) const {
  if (is_folded()) return counts_[text];
  TextCounts counts;
  for (const KeptEvent::Ref& kept : kept_) counts.Add(kept->text(text));
  return counts;
}

void Evidence::Fill(const std::vector<std::string>& inputs, Finding* finding) const {
  constexpr size_t kTop = 5;
  finding->count = count_;
  finding->first_time = first_ms_;
  finding->last_time = last_ms_;
  finding->top_paths = CountsOf(KeptEvent::kPath).Top(kTop);
  finding->top_clients = CountsOf(KeptEvent::kClient).Top(kTop);
  finding->top_agents = CountsOf(KeptEvent::kAgent).Top(kTop);
  finding->top_users = CountsOf(KeptEvent::kUser).Top(kTop);
  for (size_t i = 0; i < std::min(kept_.size(), kSamples); ++i) {
    const KeptEvent& kept = *kept_[i];
    const KeptEvent::Place& place = kept.place();
    finding->samples.push_back(
        {inputs[place.input], place.line, place.offset, std::string(kept.text(KeptEvent::kLine)), kept.is_cut()});
  }
}

}  // namespace logstat
