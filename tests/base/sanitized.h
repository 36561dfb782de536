// Whether the code under test is sanitized, and so takes several times as long. Tests that try every way to run then
// take a part of them: the release build has compared the answers, and a sanitizer needs each kind of way only once.
#ifndef LOGSTAT_TESTS_BASE_SANITIZED_H_
#define LOGSTAT_TESTS_BASE_SANITIZED_H_

namespace logstat {

#ifdef LOGSTAT_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace logstat

#endif  // LOGSTAT_TESTS_BASE_SANITIZED_H_
