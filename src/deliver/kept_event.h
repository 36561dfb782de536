// What is remembered of one event: its place, the begin of its line, and the texts that findings list. Made once and
// shared by all rules that keep the event, because most of what they keep comes to nothing.
//
//   const KeptEvent::Ref kept = event.Keep();        // the same for every rule that asks
//   kept->text(KeptEvent::kPath)
//
// Owned by its references; one allocation. Not thread-safe: events, and what is kept of them, belong to the detectors.
#ifndef LOGSTAT_SRC_DELIVER_KEPT_EVENT_H_
#define LOGSTAT_SRC_DELIVER_KEPT_EVENT_H_

#include <array>
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
      if (event_ != nullptr) ++event_->references_;
    }
    Ref(const Ref& other) : Ref(other.event_) {}
    Ref(Ref&& other) noexcept : event_(std::exchange(other.event_, nullptr)) {}
    Ref& operator=(Ref other) noexcept {
      std::swap(event_, other.event_);
      return *this;
    }
    ~Ref() {
      if (event_ != nullptr && --event_->references_ == 0) Free(event_);
    }
    const KeptEvent* operator->() const { return event_; }
    const KeptEvent& operator*() const { return *event_; }
    bool empty() const { return event_ == nullptr; }

   private:
    KeptEvent* event_ = nullptr;
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
  static void Free(KeptEvent* event);

  Place place_;
  uint32_t references_ = 0;
  std::array<uint8_t, kTextCount> sizes_{};  // of the texts, which stand behind this object one after the other
  bool is_cut_ = false;
};

static_assert(kMostEvidenceBytes <= UINT8_MAX);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_KEPT_EVENT_H_
