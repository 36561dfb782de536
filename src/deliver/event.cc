#include "src/deliver/event.h"

namespace logstat {

KeptEvent::Ref Event::Keep() const {
  KeptEvent::Ref kept = kept_.Get();
  if (!kept.empty()) return kept;
  return kept_.Settle(KeptEvent::Make(
      {time_ms, input, line, offset},
      {line_text(), text(Field::kPath), text(Field::kClient), text(Field::kAgent), text(Field::kUser)}));
}

}  // namespace logstat
