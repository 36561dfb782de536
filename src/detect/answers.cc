#include "src/detect/answers.h"

#include <algorithm>

#include "src/deliver/tags.h"
#include "src/detect/detector.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {
namespace {

constexpr double kWiden = 0.05;

const uint64_t kHomePath = PathHash("/");

bool HasBody(const Shadow& shadow) { return shadow.bytes != kNoShadowBytes && shadow.bytes != 0; }

bool LiesWithin(uint32_t bytes, const Answers::Sizes& sizes) {
  return bytes >= sizes.least * (1 - kWiden) && bytes <= sizes.most * (1 + kWiden);
}

uint64_t SizeKey(const Shadow& shadow) { return JoinKeys(shadow.bytes, shadow.host); }

}  // namespace

void Answers::Watch(const Shadow& request) {
  Watch(request.path, request.host);
  Watch(kHomePath, request.host);
  if (request.host == 0) return;
  Watch(request.path, 0);
  Watch(kHomePath, 0);
}

void Answers::Watch(uint64_t path, uint32_t host) {
  const uint64_t key = JoinKeys(path, host);
  if (paths_.size() >= most_keys_) return;
  const auto [place, is_new] = paths_.try_emplace(key);
  if (!is_new) return;
  const PathSizes::Sizes* known = remembered_.Find(key);
  if (known != nullptr) {
    place->second.count = known->count;
    place->second.least = known->least;
    place->second.most = known->most;
  }
  new_.push_back({key, path, known != nullptr});
  if (paths_.size() * kBitsOfAPath > bits_.size() * 64) {
    bits_.assign(bits_.size() * 2, 0);
    for (const auto& [watched, sizes] : paths_) SetBit(watched);
  }
  SetBit(key);
}

void Answers::AddAttempt(const Event& event) {
  const Attempt& attempt = event.attempt();
  InsertIfRoom(attackers_, event.client(), most_keys_);
  if (!IsSuccess(event.status())) return;
  Watch(event.shadow);
  const bool is_write = event.method() == MethodKind::kOther && attempt.attack.kind == AttackKind::kNone;
  if (!HasBody(event.shadow) || is_write) return;  // an interface answers all writes alike
  std::array<uint64_t, kUnrelated>* aims = AtIfRoom(aims_, SizeKey(event.shadow), most_keys_);
  if (aims == nullptr) return;
  const auto place =
      std::find_if(aims->begin(), aims->end(), [&](uint64_t aim) { return aim == 0 || aim == attempt.aim; });
  if (place != aims->end()) *place = attempt.aim;
}

// Of a line with 2xx and a body.
bool Answers::IsHarmless(const Shadow& shadow) const {
  if (static_cast<MethodKind>(shadow.method) == MethodKind::kHead || shadow.status == 206) return false;
  return shadow.is_event == 0 || !attackers_.contains(shadow.client);
}

void Answers::AddGet(const Shadow& shadow, int64_t time_ms, Sizes& sizes) {
  if (static_cast<MethodKind>(shadow.method) != MethodKind::kGet) return;
  sizes.first_get_ms = std::min(sizes.first_get_ms, time_ms);
  sizes.last_get_ms = std::max(sizes.last_get_ms, time_ms);
}

void Answers::AddSize(const Shadow& shadow, Sizes& sizes) {
  ++sizes.count;
  sizes.least = std::min<uint32_t>(sizes.least, shadow.bytes);
  sizes.most = std::max<uint32_t>(sizes.most, shadow.bytes);
}

// In rounds, so that what each look needs was asked for in the one before: between two epochs neither tables nor, of
// many paths, bits stay in the core's caches.
void Answers::LookAtLines(const std::vector<Shadow>& shadows) {
  constexpr size_t kRound = 16;
  lines_.clear();
  const bool is_watching = !paths_.empty();
  for (size_t begin = 0; begin < shadows.size(); begin += kRound) {
    const size_t end = std::min(begin + kRound, shadows.size());
    std::array<Line, kRound> round;
    size_t size = 0;
    for (size_t row = begin; row < end; ++row) {
      if (!IsSuccess(static_cast<int>(shadows[row].status)) || !HasBody(shadows[row])) continue;
      const uint64_t key = PathKey(shadows[row]);
      remembered_.Prefetch(key);
      if (is_watching) __builtin_prefetch(&bits_[WordOf(key)]);
      round[size++] = {key, row};
    }
    for (size_t i = 0; i < size; ++i) {
      const Line& line = round[i];
      if (IsHarmless(shadows[line.row])) remembered_.Add(line.key, shadows[line.row].bytes);
      if (!is_watching || !MayBeWatched(line.key)) continue;
      paths_.prefetch(line.key);
      lines_.push_back(line);
    }
  }
  remembered_.EndEpoch();
}

void Answers::OnEpoch(const Epoch& epoch, const std::vector<const Event*>& events, const History& history) {
  for (const Event* event : events) {
    if (event->attempt().any()) AddAttempt(*event);
  }
  Catch(history, epoch.number);
  LookAtLines(epoch.shadows);
  for (const Line& line : lines_) {
    const Shadow& shadow = epoch.shadows[line.row];
    const auto found = paths_.find(line.key);
    if (found == paths_.end()) continue;
    AddGet(shadow, epoch.TimeOf(shadow), found->second);
    if (IsHarmless(shadow)) AddSize(shadow, found->second);
  }
}

// Lines before a path was watched. What is remembered has the sizes of all of them already.
void Answers::Catch(const History& history, int64_t but_epoch) {
  if (new_.empty()) return;
  std::vector<uint64_t> paths;
  for (const New& watched : new_) paths.push_back(watched.path);
  history.ForEachOfPaths(paths, [&](size_t i, const Shadow& shadow, int64_t time_ms) {
    const New& watched = new_[i];
    if (PathKey(shadow) != watched.key || EpochOf(time_ms) == but_epoch) return;
    if (!IsSuccess(static_cast<int>(shadow.status)) || !HasBody(shadow)) return;
    Sizes& sizes = paths_.at(watched.key);
    AddGet(shadow, time_ms, sizes);
    if (!watched.is_remembered && IsHarmless(shadow)) AddSize(shadow, sizes);
  });
  new_.clear();
}

void Answers::Finish(const History& history) { Catch(history, INT64_MIN); }

// A target with an address in it (`GET http://other/`) has a host where the log's other lines have none: they are its
// comparison.
const Answers::Sizes* Answers::SizesOf(const Shadow& request) const {
  const auto own = paths_.find(PathKey(request));
  if (own != paths_.end() && own->second.count != 0) return &own->second;
  const auto without = paths_.find(JoinKeys(request.path, 0));
  if (without != paths_.end() && without->second.count != 0) return &without->second;
  return own == paths_.end() ? nullptr : &own->second;
}

bool Answers::IsFallback(const Shadow& request) const {
  const auto aims = aims_.find(SizeKey(request));
  if (aims != aims_.end() && aims->second.back() != 0) return true;
  Shadow home = request;
  home.path = kHomePath;
  const Sizes* sizes = SizesOf(home);
  const bool is_constant = sizes != nullptr && sizes->count != 0 && sizes->least >= sizes->most * (1 - kWiden);
  return is_constant && request.bytes >= sizes->least && request.bytes <= sizes->most;
}

Answer Answers::Judge(const Shadow& request) const {
  if (!IsSuccess(static_cast<int>(request.status)) || request.bytes == 0) return Answer::kUnanswered;
  if (static_cast<MethodKind>(request.method) == MethodKind::kHead) return Answer::kUnanswered;
  const Sizes* sizes = SizesOf(request);
  if (request.bytes == kNoShadowBytes || sizes == nullptr) return Answer::kUndecided;
  if (IsFallback(request)) return Answer::kUnanswered;
  if (sizes->count == 0) return Answer::kAnswered;
  if (LiesWithin(request.bytes, *sizes)) return Answer::kUnanswered;
  return sizes->count >= kEnough ? Answer::kAnswered : Answer::kUndecided;
}

}  // namespace logstat
