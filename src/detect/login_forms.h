// Passwords that are tried on login pages: the verdict `form-login` of auth-rejected.
//
//   LoginForms forms;
//   forms.OnEvent(event, surroundings);
//   forms.Finish(context, start, findings);
//
// A try is a POST to a path where people log in (kLoginPath) that was answered 401, 403 or 422, or 200: the page with
// the form once more. An interface for programs (a path with "api", "token" or "session" in it) answers 200 to the
// right password, so 200 is no try there but a success, as 302 and 303 are everywhere.
// Two patterns: kPerMinute tries of one client in a minute, or kOfEach tries in ten minutes from each of kClients
// clients on one path. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_LOGIN_FORMS_H_
#define LOGSTAT_SRC_DETECT_LOGIN_FORMS_H_

#include <cstdint>
#include <vector>

#include "src/detect/credential_tries.h"
#include "src/detect/distinct_runs.h"
#include "src/detect/windows.h"

namespace logstat {

class LoginForms {
 public:
  static constexpr uint64_t kPerMinute = 10;
  static constexpr uint64_t kOfEach = 5;
  static constexpr uint64_t kClients = 10;

  explicit LoginForms(RuleSettings settings);

  void OnEvent(const Event& event, Surroundings& surroundings);
  void Finish(const FindingContext& context, const FindingStarter& start, std::vector<Finding>& findings);

 private:
  struct Success {
    uint64_t tries = 0;  // before the first that counts
    uint64_t count = 0;
    Evidence line;  // of the first
  };

  void OnSuccess(const Event& event);
  void AddSuccess(const FindingContext& context, uint64_t client, Finding* finding) const;

  SlidingWindows fast_;        // by client
  SlidingWindows slow_;        // by client, few tries
  DistinctRuns crowds_;        // clients by path
  KeyMap<Success> successes_;  // by client: those after many tries, or if there is none all
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_LOGIN_FORMS_H_
