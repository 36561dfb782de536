// Attempts with 2xx that wait for the end of the log, when it is known which sizes are harmless (answers.h).
//
//   PendingAnswers pending(settings.most_keys);
//   pending.Add(event, label, surroundings);                      // OnEvent()
//   pending.ForEach([&](const PendingAnswer& attempt) {           // Finish()
//     if (!WasAnswered(context, attempt, ProbeFamily::kSecret)) return;
//     …
//   });
//
// Alike are attempts of one client on one path with one label and as many bytes: they are kept as one. At most
// kMost different ones are kept, the first that came. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_PENDING_ANSWERS_H_
#define LOGSTAT_SRC_DETECT_PENDING_ANSWERS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "src/detect/detector.h"

namespace logstat {

struct PendingAnswer {
  Shadow request;  // the first of them
  std::string client;
  std::string path;
  std::string method;
  std::string_view label;  // lives for ever
  std::string part;
  Evidence all;
  WaitingEvents waiting;  // the same, for the background if nothing answered
  int64_t order = 0;      // by which they came, from 1
};

// Whether the site answered the attempt. If it did not, that was probing: it is added to the background.
bool WasAnswered(const FindingContext& context, const PendingAnswer& attempt, ProbeFamily family);

class PendingAnswers {
 public:
  static constexpr size_t kMost = 16'384;  // or as many keys as a table may have, if these are fewer

  explicit PendingAnswers(size_t most_keys) : most_(std::min(most_keys, kMost)) {}

  // `label` must live for ever. Null if there is no more room.
  PendingAnswer* Add(const Event& event, std::string_view label, Surroundings& surroundings);

  // In the order in which they came.
  template <typename Function>
  void ForEach(Function function) const {
    std::map<int64_t, const PendingAnswer*> by_order;
    for (const auto& [key, pending] : pending_) by_order.emplace(pending.order, &pending);
    for (const auto& [order, pending] : by_order) function(*pending);
  }

 private:
  const size_t most_;
  std::unordered_map<uint64_t, PendingAnswer> pending_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_PENDING_ANSWERS_H_
