#include "src/deliver/event.h"

namespace logstat {

const KeptEvent::Ref& Event::Keep() const {
  if (kept_.empty()) {
    kept_ = KeptEvent::Make({time_ms, input, line, offset}, {line_text(), text(Field::kPath), text(Field::kClient),
                                                             text(Field::kAgent), text(Field::kUser)});
  }
  return kept_;
}

}  // namespace logstat
