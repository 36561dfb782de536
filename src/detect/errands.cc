#include "src/detect/errands.h"

namespace logstat {
namespace {

template <typename... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace

void Errands::RunUntil(size_t moment, const SharedByRules& shared) {
  const Overloaded run = {
      [&](const Client& wish) { shared.addresses.Watch(wish.client, shared.history); },
      [&](const Path& wish) { shared.answers.Watch(wish.request); },
      [&](const Probe& wish) { shared.background.Add(*wish.event, wish.family); },
      [&](const Run& wish) { shared.background.AddRun(*wish.events, wish.client, wish.family, wish.answer); },
  };
  for (; next_ < wishes_.size() && wishes_[next_].first <= moment; ++next_) std::visit(run, wishes_[next_].second);
}

void Errands::Clear() {
  constexpr size_t kMostKept = 4096;  // an epoch in which each of a million events is probing is rare
  wishes_.clear();
  if (wishes_.capacity() > kMostKept) wishes_.shrink_to_fit();
  next_ = 0;
  moment_ = 0;
}

}  // namespace logstat
