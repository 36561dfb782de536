// auth-rejected: passwords and tokens that are tried, and whether one of them was right.
//
// Four verdicts: `force` (one client, many tries), `spray` (many users or many clients), `form-login` (login pages),
// `token` (a client that never proves who it is).
#include <fmt/format.h>

#include "src/detect/credential_tries.h"
#include "src/detect/entries.h"
#include "src/detect/login_forms.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kAuthRejected = {
    .id = "auth-rejected",
    .title = "Credentials refused",
    .severity = Severity::kMedium,
    .threshold = 5,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kClient},
    .needs_all_statuses = true,
    .statements = "S35 S36",
    .meaning = "Somebody sends one login after another, as one does who guesses passwords.",
    .rule =
        "force: 5 passwords of one client refused (401 with a user) within 10 min. spray: one client tries 5 users, or "
        "5 clients try one user, within 10 min. form-login: 10 POSTs of one client to a login page within 60 s, "
        "or 5 within 10 min from each of 10 clients. token: 50 answers 401 without a user within 10 min that are more "
        "than four fifths of the client's requests.",
    .reason =
        "The document: 401 with credentials means that they were refused. 5 in 10 min is fail2ban's default jail; "
        "the form rule follows CrowdSec's http-generic-bf and Wazuh's CMS logins; the rest is ours. A success after "
        "30 tries, during a spray or of a client that broke in before is critical, one after fewer is information.",
    .false_positives =
        "The first 401 of every login has no user and does not count. A browser that sends a stale password with every "
        "picture counts once. Behind one gateway several people may forget passwords; jobs with an old password.",
    .advice = "If a guess was right, reset that password. Limit tries per user and client; ask for a second factor.",
};

namespace {

constexpr uint64_t kTokenTries = 50;

// A client that is refused without saying who it is, again and again, and does little else: a program whose token
// expired, or one that looks for doors. Low.
class RefusedTokens {
 public:
  explicit RefusedTokens(RuleSettings settings)
      : window_ms_(settings.window_ms()),
        windows_(kTokenTries, settings.window_ms(), settings.most_keys),
        mostly_(settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) {
    if (event.status() != 401 || event.shadow.has_user != 0 || event.client() == 0) return;
    SlidingWindow& window = windows_.Add(event.client(), event);
    window.SetEntity(event.text(Field::kClient));
    // A look at all of a client's lines is dear, so one in fifty events pays for it.
    if (window.in_window() < kTokenTries || window.current().count() % kTokenTries != 0) return;
    uint64_t all = 0;
    surroundings.history.ForEachOf(event.client(), event.time_ms - window_ms_, event.time_ms,
                                   [&](const Shadow& /*shadow*/, int64_t /*time_ms*/) { ++all; });
    if (window.in_window() * 5 > all * 4) mostly_.At(event.client(), event.time_ms) = true;
  }

  void Finish(const FindingContext& context, const FindingStarter& start, std::vector<Finding>& findings) {
    windows_.Flush();
    windows_.ForEachReached([&](uint64_t client, const SlidingWindow& window) {
      if (mostly_.Find(client) == nullptr) return;
      Finding finding = start(EntityKind::kClient, window.entity());
      window.evidence().Fill(context.inputs, &finding);
      finding.verdict = "token";
      finding.is_apart_by_verdict = true;
      finding.severity = Severity::kLow;
      finding.threshold = kTokenTries;
      finding.code = 401;
      finding.sentence =
          fmt::format("{} was refused {} times and never said who it was", window.entity(), finding.count);
      finding.advice = "Find out whose program it is: its token has run out, or it never had one.";
      findings.push_back(std::move(finding));
    });
  }

 private:
  const int64_t window_ms_;
  SlidingWindows windows_;
  KeyMap<bool> mostly_;
};

class AuthRejected : public Detector {
 public:
  explicit AuthRejected(RuleSettings settings)
      : Detector(kAuthRejected, settings), credentials_(settings), forms_(settings), tokens_(settings) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    credentials_.OnEvent(event, surroundings);
    forms_.OnEvent(event, surroundings);
    tokens_.OnEvent(event, surroundings);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    const auto start = [this](EntityKind kind, std::string_view entity) { return StartFinding(kind, entity); };
    credentials_.Finish(context, start, findings);
    forms_.Finish(context, start, findings);
    tokens_.Finish(context, start, findings);
  }

 private:
  CredentialTries credentials_;
  LoginForms forms_;
  RefusedTokens tokens_;
};

}  // namespace

constexpr DetectorEntry kAuthRejectedEntry{&kAuthRejected, MakeDetector<AuthRejected>};

}  // namespace logstat
