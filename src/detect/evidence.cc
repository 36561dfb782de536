#include "src/detect/evidence.h"

#include <algorithm>

namespace logstat {

void TextCounts::Add(std::string_view text, uint64_t count) {
  text = text.substr(0, kMostEvidenceBytes);
  if (text.empty()) return;
  const auto found =
      std::find_if(counts_.begin(), counts_.end(), [&](const auto& entry) { return entry.first == text; });
  if (found != counts_.end()) {
    found->second += count;
  } else if (counts_.size() < kMost) {
    counts_.emplace_back(text, count);
  }
}

void TextCounts::Merge(const TextCounts& other) {
  for (const auto& [text, count] : other.counts_) Add(text, count);
}

std::vector<EvidenceCount> TextCounts::Top(size_t most) const {
  std::vector<EvidenceCount> top;
  for (const auto& [text, count] : counts_) top.push_back({text, count});
  std::sort(top.begin(), top.end(), [](const EvidenceCount& a, const EvidenceCount& b) {
    return a.count != b.count ? a.count > b.count : a.key < b.key;
  });
  if (top.size() > most) top.resize(most);
  return top;
}

void Evidence::Add(const Event& event) {
  if (count_++ == 0) first_ms_ = event.time_ms;
  last_ms_ = event.time_ms;
  paths_.Add(event.text(Field::kPath));
  clients_.Add(event.text(Field::kClient));
  agents_.Add(event.text(Field::kAgent));
  users_.Add(event.text(Field::kUser));
  if (samples_.size() == kSamples) return;
  const std::string_view line = event.line_text();
  samples_.push_back({event.input, event.line, event.offset, std::string(line.substr(0, kMostEvidenceBytes)),
                      line.size() > kMostEvidenceBytes});
}

void Evidence::Merge(const Evidence& later) {
  if (later.count_ == 0) return;
  if (count_ == 0) first_ms_ = later.first_ms_;
  first_ms_ = std::min(first_ms_, later.first_ms_);
  last_ms_ = std::max(last_ms_, later.last_ms_);
  count_ += later.count_;
  paths_.Merge(later.paths_);
  clients_.Merge(later.clients_);
  agents_.Merge(later.agents_);
  users_.Merge(later.users_);
  for (const Sample& sample : later.samples_) {
    if (samples_.size() < kSamples) samples_.push_back(sample);
  }
}

void Evidence::Fill(const std::vector<std::string>& inputs, Finding* finding) const {
  constexpr size_t kTop = 5;
  finding->count = count_;
  finding->first_time = first_ms_;
  finding->last_time = last_ms_;
  finding->top_paths = paths_.Top(kTop);
  finding->top_clients = clients_.Top(kTop);
  finding->top_agents = agents_.Top(kTop);
  finding->top_users = users_.Top(kTop);
  for (const Sample& sample : samples_) {
    finding->samples.push_back({inputs[sample.input], sample.line, sample.offset, sample.text, sample.cut});
  }
}

}  // namespace logstat
