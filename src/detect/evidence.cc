#include "src/detect/evidence.h"

#include <algorithm>
#include <cstring>

#include "src/base/hash.h"
#include "src/deliver/tags.h"

namespace logstat {

namespace {

// By what a text is known: the hash that its event has anyway, if it is not cut.
uint64_t HashOf(KeptEvent::Text text, std::string_view kept) {
  if (kept.empty()) return 0;
  if (text == KeptEvent::kPath) return PathHash(kept);
  return text == KeptEvent::kAgent ? static_cast<uint32_t>(SketchHash(kept)) : SketchHash(kept);
}

uint64_t HashOf(KeptEvent::Text text, const Event& event, std::string_view whole) {
  if (whole.size() > kMostEvidenceBytes) return HashOf(text, whole.substr(0, kMostEvidenceBytes));
  switch (text) {
    case KeptEvent::kPath:
      return event.path();
    case KeptEvent::kClient:
      return event.client();
    case KeptEvent::kAgent:
      return event.shadow.agent;
    default:
      return HashOf(text, whole);
  }
}

// A byte that tells texts apart: an agent's hash has 32 bits, of a path's the last ones are 0.
uint8_t TagOf(uint64_t hash) { return static_cast<uint8_t>(hash >> 24); }

}  // namespace

size_t TextCounts::FindTag(uint8_t tag, size_t from) const {
  const void* found = std::memchr(tags_.data() + from, tag, size() - from);
  return found == nullptr ? size() : static_cast<size_t>(static_cast<const uint8_t*>(found) - tags_.data());
}

void TextCounts::Add(std::string_view text, uint64_t hash, uint64_t count) {
  if (text.empty()) return;
  const uint8_t tag = TagOf(hash);
  for (size_t i = FindTag(tag, 0); i < size(); i = FindTag(tag, i + 1)) {
    if (counts_[i].hash != hash) continue;
    counts_[i].count += count;
    return;
  }
  if (size() == kMost) return AddToFull(text, hash, count);
  tags_[size()] = tag;
  counts_.push_back({hash, count});
  texts_.emplace_back(text.substr(0, kMostEvidenceBytes));
}

void TextCounts::AddToFull(std::string_view text, uint64_t hash, uint64_t count) {
  if (spare_ < count) {
    const auto least = std::min_element(counts_.begin() + kFirst, counts_.end(),
                                        [](const Count& a, const Count& b) { return a.count < b.count; });
    spare_ = least->count - taken_;
    if (spare_ < count) {
      taken_ += spare_;
      *least = {hash, taken_ + count - spare_};
      spare_ = 0;
      const auto place = static_cast<size_t>(least - counts_.begin());
      tags_[place] = TagOf(hash);
      texts_[place] = text.substr(0, kMostEvidenceBytes);
      return;
    }
  }
  spare_ -= count;
  taken_ += count;
}

void TextCounts::Merge(const TextCounts& other) {
  for (size_t i = 0; i < other.size(); ++i) Add(other.texts_[i], other.counts_[i].hash, other.CountAt(i));
  merged_error_ += other.merged_error_ + other.taken_;
}

std::vector<EvidenceCount> TextCounts::Top(size_t most) const {
  std::vector<EvidenceCount> top;
  for (size_t i = 0; i < size(); ++i) {
    if (CountAt(i) > 0) top.push_back({texts_[i], CountAt(i), ErrorAt(i)});
  }
  std::sort(top.begin(), top.end(), [](const EvidenceCount& a, const EvidenceCount& b) {
    const bool a_is_sure = a.count > a.error;
    const bool b_is_sure = b.count > b.error;
    if (a_is_sure != b_is_sure) return a_is_sure;
    return a.count != b.count ? a.count > b.count : a.key < b.key;
  });
  if (top.size() > most) top.resize(most);
  return top;
}

void Evidence::CountKept(const KeptEvent& event) {
  for (const KeptEvent::Text text : {KeptEvent::kPath, KeptEvent::kClient, KeptEvent::kAgent, KeptEvent::kUser}) {
    counts_[text].Add(event.text(text), HashOf(text, event.text(text)), 1);
  }
}

void Evidence::Fold() {
  if (is_folded()) return;
  counts_.resize(KeptEvent::kTextCount);
  for (const KeptEvent::Ref& kept : kept_) CountKept(*kept);
  if (kept_.size() > kMostSamples) kept_.resize(kMostSamples);
}

void Evidence::Add(const Event& event) {
  if (count_++ == 0) first_ms_ = event.time_ms;
  last_ms_ = event.time_ms;
  if (!is_folded() && kept_.size() < kMostKept) {
    if (kept_.size() == 1) kept_.reserve(kMostKept);
    kept_.push_back(event.Keep());
    return;
  }
  Fold();
  const auto count = [&](KeptEvent::Text text, Field field) {
    const std::string_view whole = event.text(field);
    if (!whole.empty()) counts_[text].Add(whole, HashOf(text, event, whole), 1);
  };
  count(KeptEvent::kPath, Field::kPath);
  count(KeptEvent::kClient, Field::kClient);
  count(KeptEvent::kAgent, Field::kAgent);
  count(KeptEvent::kUser, Field::kUser);
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
    if (is_small || kept_.size() < kMostSamples) kept_.push_back(kept);
  }
}

TextCounts Evidence::CountsOf(KeptEvent::Text text) const {
  if (is_folded()) return counts_[text];
  TextCounts counts;
  for (const KeptEvent::Ref& kept : kept_) counts.Add(kept->text(text), HashOf(text, kept->text(text)), 1);
  return counts;
}

void Evidence::ShowFirst(const std::vector<std::string>& inputs, Finding* finding) const {
  Finding own;
  Fill(inputs, &own);
  std::vector<LineSample>& samples = finding->samples;
  samples.insert(samples.begin(), own.samples.begin(), own.samples.end());
  if (samples.size() > kMostSamples) samples.resize(kMostSamples);
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
  for (size_t i = 0; i < std::min(kept_.size(), kMostSamples); ++i) {
    const KeptEvent& kept = *kept_[i];
    const KeptEvent::Place& place = kept.place();
    finding->samples.push_back(
        {inputs[place.input], place.line, place.offset, std::string(kept.text(KeptEvent::kLine)), kept.is_cut()});
  }
}

}  // namespace logstat
