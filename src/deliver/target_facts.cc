#include "src/deliver/target_facts.h"

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
  facts.path_bytes = static_cast<uint32_t>(path.size());
  facts.query_bytes = static_cast<uint32_t>(query.size());
  facts.is_static = IsStaticFile(path);
  facts.is_odd = target.size() >= kLongTarget || MayBeSensitivePath(path) || HasOddSigns(target);
  facts.has_digit_query = !facts.is_static && IsDigitQuery(query);
  return facts;
}

}  // namespace logstat
