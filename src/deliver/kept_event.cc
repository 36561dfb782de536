#include "src/deliver/kept_event.h"

#include <cstring>
#include <new>

namespace logstat {

KeptEvent::Ref KeptEvent::Make(const Place& place, const std::array<std::string_view, kTextCount>& texts) {
  size_t bytes = sizeof(KeptEvent);
  for (const std::string_view text : texts) bytes += text.substr(0, kMostEvidenceBytes).size();
  auto* memory = static_cast<char*>(::operator new(bytes));
  auto* kept = new (memory) KeptEvent();
  kept->place_ = place;
  kept->is_cut_ = texts[kLine].size() > kMostEvidenceBytes;
  char* end = memory + sizeof(KeptEvent);
  for (size_t i = 0; i < kTextCount; ++i) {
    const std::string_view text = texts[i].substr(0, kMostEvidenceBytes);
    if (!text.empty()) std::memcpy(end, text.data(), text.size());
    kept->sizes_[i] = static_cast<uint8_t>(text.size());
    end += text.size();
  }
  return Ref(kept);
}

KeptEvent::Ref KeptEvent::Slot::Settle(Ref made) {
  KeptEvent* settled = nullptr;
  made.event_->references_.fetch_add(1, std::memory_order_relaxed);  // the slot's
  if (event_.compare_exchange_strong(settled, made.event_, std::memory_order_acq_rel)) return made;
  made.event_->references_.fetch_sub(1, std::memory_order_relaxed);
  return Ref(settled);
}

std::string_view KeptEvent::text(Text text) const {
  const char* begin = reinterpret_cast<const char*>(this) + sizeof(KeptEvent);
  for (size_t i = 0; i < text; ++i) begin += sizes_[i];
  return {begin, sizes_[text]};
}

void KeptEvent::Free(KeptEvent* event) {
  event->~KeptEvent();
  ::operator delete(event);
}

}  // namespace logstat
