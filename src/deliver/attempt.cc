#include "src/deliver/attempt.h"

#include <cstddef>
#include <string>

#include "src/base/hash.h"
#include "src/catalog/secret_files.h"
#include "src/catalog/target_signs.h"
#include "src/deliver/event.h"
#include "src/deliver/tags.h"

namespace logstat {
namespace {

uint64_t AimOf(std::string_view target) {
  int depth = 0;
  const std::string text = DecodeTarget(target, &depth);
  const std::string_view last = std::string_view(text).substr(text.find_last_of("/\\") + 1);
  return SketchHash(last);
}

}  // namespace

Attempt ClassifyAttempt(const Event& event) {
  Attempt attempt;
  const std::string_view target = event.text(Field::kTarget);
  if (event.is_odd_target) attempt.attack = FindAttack(target);
  if (attempt.attack.kind == AttackKind::kNone && event.is_attacking_agent) {
    Attack attack = FindAttack(event.text(Field::kAgent));
    if (attack.kind == AttackKind::kLookup || attack.kind == AttackKind::kCommand) attempt.attack = attack;
  }
  const bool is_daily_work = event.is_in_proxy_log && event.text(Field::kMethod) == "CONNECT";
  attempt.is_probe = (event.method() == MethodKind::kOther && !is_daily_work) || target.starts_with("http");
  if ((event.path_bits & kSensitivePath) != 0) {  // all secret files and consoles are
    attempt.secret = SecretFileKind(event.text(Field::kPath));
    attempt.is_probe = attempt.is_probe || IsConsolePath(event.text(Field::kPath));
  }
  if (attempt.any()) attempt.aim = AimOf(target);
  return attempt;
}

}  // namespace logstat
