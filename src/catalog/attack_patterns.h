// Whether a request target holds an attack on the program behind the server, and of which kind.
//
//   Attack attack = FindAttack("/view?file=%252e%252e%2f%252e%252e%2fetc/passwd");
//   attack.kind      // AttackKind::kTraversal
//   attack.part      // "../../etc/passwd"
//   attack.depth     // 2: it was encoded twice
//
// The text is decoded twice (percent signs, "+" in the query, overlong forms of "." and "/"), put in small letters, and
// held against all patterns at once. They are ours; the families and the marks that they look for are those of the
// OWASP Core Rule Set 4 (Apache-2.0; rules 930, 931, 932, 933, 941, 942, 944) and of CrowdSec's hub (MIT;
// http-path-traversal-probing, http-sqli-probing, http-xss-probing, http-cve-probing).
// A pattern asks for what honest addresses do not have, so that a shop that is looked for "union and select committee"
// has no attacker: words of SQL need their grammar, commands their separator.
// Clients that do not take ".." out of a relative link send it as it stands: in a path it is none while it stays under
// the root and the path leads to no secret file. Nobody has to encode one.
// Linear in the text; any bytes; thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_ATTACK_PATTERNS_H_
#define LOGSTAT_SRC_CATALOG_ATTACK_PATTERNS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace logstat {

// In ascending order of what they would do: of several the greatest counts.
enum class AttackKind : uint8_t { kNone, kScript, kSql, kTraversal, kInclusion, kCommand, kLookup };

// "script injection", "SQL injection", "path traversal", "remote inclusion", "command injection", "JNDI lookup"; ""
// for kNone.
std::string_view AttackKindName(AttackKind kind);

struct Attack {
  AttackKind kind = AttackKind::kNone;
  std::string part;  // what matched, decoded, at most 120 bytes
  int depth = 0;     // how often it was percent-encoded: 0, 1, 2
};

// At most its first 8 KiB are looked at.
Attack FindAttack(std::string_view target);

// The target decoded until nothing changes, twice at most, in small letters.
std::string DecodeTarget(std::string_view target, int* depth);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_ATTACK_PATTERNS_H_
