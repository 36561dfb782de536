#include "src/deliver/target_facts.h"

#include <cstring>

#include "src/base/hash.h"
#include "src/catalog/random_targets.h"
#include "src/catalog/sensitive_paths.h"
#include "src/catalog/static_files.h"
#include "src/catalog/target_signs.h"

namespace logstat {
namespace {

constexpr size_t kLongTarget = 7500;  // near the limits of common servers (8 KiB)

}  // namespace

TargetFacts TargetFacts::Compute(std::string_view target, std::string_view path, std::string_view query) {
  TargetFacts facts;
  facts.path = path.empty() ? 0 : SketchHash(path);
  facts.is_static = IsStaticFile(path);
  facts.is_odd = target.size() >= kLongTarget || MayBeSensitivePath(path) || HasOddSigns(target);
  facts.has_digit_query = !facts.is_static && IsDigitQuery(query);
  return facts;
}

const TargetFacts& TargetMemory::Of(std::string_view target, std::string_view path, std::string_view query) {
  // Path and query are then parts of the target that their sizes tell.
  const bool is_plain = path.data() == target.data() && path.size() <= target.size() &&
                        (query.empty() || query.data() + query.size() == target.data() + target.size());
  if (target.empty() || target.size() > kMostBytes || !is_plain) {
    computed_ = TargetFacts::Compute(target, path, query);
    return computed_;
  }
  Slot& slot = slots_[SketchHash(target) % kSlots];
  if (slot.size != target.size() || slot.path_size != path.size() || slot.query_size != query.size() ||
      std::memcmp(slot.target.data(), target.data(), target.size()) != 0) {
    slot.facts = TargetFacts::Compute(target, path, query);
    slot.size = static_cast<uint8_t>(target.size());
    slot.path_size = static_cast<uint8_t>(path.size());
    slot.query_size = static_cast<uint8_t>(query.size());
    std::memcpy(slot.target.data(), target.data(), target.size());
  }
  return slot.facts;
}

}  // namespace logstat
