// What is remembered of one event: its place, the begin of its line, and the texts that findings list. Made once and
// shared by all rules that keep the event, because most of what they keep comes to nothing.
//
//   const KeptEvent::Ref kept = event.Keep();        // the same for every rule that asks
//   kept->text(KeptEvent::kPath)
//
// Owned by its references; one allocation. Never changes, and rules on several threads may share it; a single Ref is as
// thread-safe as a pointer.
#ifndef LOGSTAT_SRC_DELIVER_KEPT_EVENT_H_
#define LOGSTAT_SRC_DELIVER_KEPT_EVENT_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace logstat {

inline constexpr size_t kMostEvidenceBytes = 200;  // of a text or a line that a finding shows

class KeptEvent {
 public:
  enum Text : uint8_t { kLine, kPath, kClient, kAgent, kUser };
  static constexpr size_t kTextCount = 5;

  // Counts how many share the event.
  class Ref {
   public:
    Ref() = default;
    explicit Ref(KeptEvent* event) : event_(event) {
      if (event_ != nullptr) event_->references_.fetch_add(1, std::memory_order_relaxed);
    }
    Ref(const Ref& other) : Ref(other.event_) {}
    Ref(Ref&& other) noexcept : event_(std::exchange(other.event_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
      std::swap(event_, other.event_);
      return *this;
    }
    ~Ref() { Drop(event_); }
    const KeptEvent* operator->() const { return event_; }
    const KeptEvent& operator*() const { return *event_; }
    bool empty() const { return event_ == nullptr; }

   private:
    friend class KeptEvent;
    KeptEvent* event_ = nullptr;
  };

  // Where an event has what is kept of it, once somebody asked. Get() and Settle() are thread-safe.
  class Slot {
   public:
    Slot() = default;
    Slot(Slot&& other) noexcept : event_(other.event_.exchange(nullptr, std::memory_order_relaxed)) {}
    Slot& operator=(Slot&&) = delete;
    ~Slot() { Drop(event_.load(std::memory_order_relaxed)); }

    // Empty if nobody has settled it.
    Ref Get() const { return Ref(event_.load(std::memory_order_acquire)); }
    // For who found it empty: `made`, or what another one settled meanwhile.
    Ref Settle(Ref made);

   private:
    std::atomic<KeptEvent*> event_ = nullptr;  // one reference is its own
  };

  struct Place {
    int64_t time_ms = 0;
    uint32_t input = 0;
    uint64_t line = 0;    // 1-based
    uint64_t offset = 0;  // in the input, decoded
  };

  // Texts are cut to kMostEvidenceBytes.
  static Ref Make(const Place& place, const std::array<std::string_view, kTextCount>& texts);

  const Place& place() const { return place_; }
  bool is_cut() const { return is_cut_; }  // the line went on
  std::string_view text(Text text) const;

 private:
  KeptEvent() = default;
  ~KeptEvent() = default;
  // One reference less.
  static void Drop(KeptEvent* event) {
    if (event != nullptr && event->references_.fetch_sub(1, std::memory_order_acq_rel) == 1) Free(event);
  }
  static void Free(KeptEvent* event);

  Place place_;
  std::atomic<uint32_t> references_ = 0;
  std::array<uint8_t, kTextCount> sizes_{};  // of the texts, which stand behind this object one after the other
  bool is_cut_ = false;
};

static_assert(kMostEvidenceBytes <= UINT8_MAX);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_KEPT_EVENT_H_
