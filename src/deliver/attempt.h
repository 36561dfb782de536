// What one request tries: an attack on a program, a secret file, something else that visitors do not. Judged once for
// each event, by the worker that made it, for all detectors.
//
//   if (event.attempt().attack.kind != AttackKind::kNone) …
//
// Looks at the target, and for JNDI lookups and Shellshock at the agent. Pure; thread-safe.
#ifndef LOGSTAT_SRC_DELIVER_ATTEMPT_H_
#define LOGSTAT_SRC_DELIVER_ATTEMPT_H_

#include <cstdint>
#include <string_view>

#include "src/catalog/attack_patterns.h"

namespace logstat {

class Event;

struct Attempt {
  Attack attack;
  std::string_view secret;  // the kind of a secret file (secret_files.h); empty: none
  bool is_probe = false;    // a console, a method that writes, an address of another site
  // What was asked for, whatever stands in front: the hash of the last segment of the decoded target. Two attempts with
  // the same aim are related; the same answer to unrelated ones is no answer.
  uint64_t aim = 0;

  bool any() const { return is_probe || attack.kind != AttackKind::kNone || !secret.empty(); }
};

Attempt ClassifyAttempt(const Event& event);

}  // namespace logstat

#endif  // LOGSTAT_SRC_DELIVER_ATTEMPT_H_
