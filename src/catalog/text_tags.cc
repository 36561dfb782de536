#include "src/catalog/text_tags.h"

#include "src/catalog/sensitive_paths.h"
#include "src/catalog/static_files.h"
#include "src/catalog/target_signs.h"

namespace logstat {

uint64_t PathTag(std::string_view path) {
  if (IsMissingText(path)) return 0;
  uint64_t tag = PathHash(path);
  if (IsStaticFile(path)) tag |= kStaticPath;
  if (MayBeSensitivePath(path)) tag |= kSensitivePath;
  const TargetSigns signs = SignsOf(path);
  if (IsOddTarget(signs, path)) tag |= kOddPath;
  if (signs == TargetSigns::kBlank) tag |= kBlankPath;
  if (IsLoginPath(path)) tag |= kLoginPath;
  if (IsAskedUnbidden(path)) tag |= kUnbiddenPath;
  return tag;
}

uint64_t AgentTag(std::string_view agent) {
  if (IsMissingText(agent)) return 0;
  // As lookups of Log4j and functions of a shell begin.
  const bool may_attack = agent.find("${") != std::string_view::npos || agent.find("() {") != std::string_view::npos;
  return static_cast<uint64_t>(ClassifyAgent(agent).kind) << 32 | static_cast<uint32_t>(SketchHash(agent)) |
         (may_attack ? kAttackingAgent : 0);
}

uint64_t HostTag(std::string_view host) { return IsMissingText(host) ? 0 : static_cast<uint32_t>(SketchHash(host)); }

}  // namespace logstat
