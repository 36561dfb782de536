#include "src/deliver/event.h"

#include <utility>

namespace logstat {

KeptEvent::Ref Event::Keep() const {
  KeptEvent::Ref kept = kept_.Get();
  if (!kept.empty()) return kept;
  return kept_.Settle(KeptEvent::Make(
      {time_ms, input, line, offset},
      {line_text(), text(Field::kPath), text(Field::kClient), text(Field::kAgent), text(Field::kUser)}));
}

void EventStore::Take(Event** taken, size_t count) {
  size_t needed = 0;
  for (size_t i = 0; i < count; ++i) needed += taken[i]->text_bytes + taken[i]->text(Field::kClient).size();
  events.reserve(count);
  bytes.reserve(needed);  // so that views stay
  for (size_t i = 0; i < count; ++i) {
    Event& event = events.emplace_back(std::move(*taken[i]));
    const char* const base = std::exchange(event.base_, bytes.data());
    const Text line = event.line_;
    const auto move = [&](Text& text) {
      const auto begin = static_cast<uint32_t>(bytes.size());
      bytes.append(base + text.offset, text.length);
      text.offset = begin;
    };
    move(event.line_);
    for (Text& text : event.texts_) {
      const bool inside = text.offset >= line.offset && text.offset + text.length <= line.offset + line.length;
      if (inside) {
        text.offset += event.line_.offset - line.offset;
      } else {
        move(text);
      }
    }
    taken[i] = &event;
  }
}

}  // namespace logstat
