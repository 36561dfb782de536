#include "src/detect/login_forms.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "src/base/milliseconds.h"
#include "src/catalog/text_tags.h"

namespace logstat {
namespace {

// Programs log in there, and 200 is what they hope for.
bool IsLoginInterface(std::string_view path) {
  return path.find("/api") != std::string_view::npos || path.find("token") != std::string_view::npos ||
         path.find("session") != std::string_view::npos || path.find("authenticate") != std::string_view::npos;
}

}  // namespace

LoginForms::LoginForms(RuleSettings settings)
    : fast_(kPerMinute, kMinuteMs, settings.most_keys),
      slow_(kOfEach, kTenMinutesMs, settings.most_keys),
      crowds_(DistinctRuns::Window(kClients, kTenMinutesMs, settings.most_keys)),
      successes_(settings.most_keys) {}

void LoginForms::OnEvent(const Event& event, Surroundings& surroundings) {
  if (event.method() != MethodKind::kPost || event.client() == 0 || (event.path_bits & kLoginPath) == 0) return;
  const std::string_view path = event.text(Field::kPath);
  const int status = event.status();
  const bool is_interface = IsLoginInterface(path);
  if (status == 302 || status == 303 || (is_interface && IsSuccess(status))) {
    OnSuccess(event);
    return;
  }
  if (status != 401 && status != 403 && status != 422 && status != 200) return;
  SlidingWindow& fast = fast_.Add(event.client(), event);
  fast.SetEntity(event.text(Field::kClient));
  SlidingWindow& slow = slow_.Add(event.client(), event);
  slow.SetEntity(event.text(Field::kClient));
  if (fast.reached()) surroundings.errands.WatchClient(event.client());
  if (!slow.current_reached()) return;
  if (slow.in_window() >= kOfEach) crowds_.Add(event.path(), event.client(), event.time_ms).SetEntity(path);
  DistinctRun* crowd = crowds_.Find(event.path());
  if (crowd == nullptr) return;
  if (slow.just_reached()) {
    crowd->Count(slow.current());  // what the client sent before it was one of them
  } else {
    crowd->Count(event);
  }
}

void LoginForms::OnSuccess(const Event& event) {
  const SlidingWindow* slow = slow_.Find(event.client());
  if (slow == nullptr || slow->current().count() == 0 || event.time_ms - slow->last_ms() > kTenMinutesMs) return;
  Success& success = successes_.At(event.client(), event.time_ms);
  const uint64_t tries = slow->current().count();
  const bool was_broken = success.tries >= CredentialTries::kManyTries;
  const bool is_broken = tries >= CredentialTries::kManyTries;
  if (was_broken && !is_broken) return;
  if (is_broken && !was_broken) success = Success();
  if (++success.count > 1) return;
  success.tries = tries;
  success.line.Add(event);
}

void LoginForms::AddSuccess(const FindingContext& context, uint64_t client, Finding* finding) const {
  const Success* success = successes_.Find(client);
  if (success == nullptr) return;
  success->line.ShowFirst(context.inputs, finding);
  finding->facts.push_back(NumberFact("tries_before_success", success->tries));
  finding->facts.push_back(NumberFact("successes", success->count));
  const bool broken = success->tries >= CredentialTries::kManyTries;
  finding->severity = broken ? Severity::kCritical : Severity::kInfo;
  finding->sentence += success->count == 1 ? fmt::format("; after {} of them it was let in", success->tries)
                                           : fmt::format("; it was let in {} times, first after {} of them",
                                                         success->count, success->tries);
}

void LoginForms::Finish(const FindingContext& context, const FindingStarter& start, std::vector<Finding>& findings) {
  fast_.Flush();
  crowds_.Flush();
  fast_.ForEachReached([&](uint64_t client, const SlidingWindow& window) {
    Finding finding = start(EntityKind::kClient, window.entity());
    finding.threshold = kPerMinute;
    finding.window_seconds = kMinuteMs / 1000;
    finding.sentence = fmt::format("{} sent a login form {} times, at most {} within a minute", window.entity(),
                                   window.evidence().count(), window.peak());
    window.evidence().Fill(context.inputs, &finding);
    finding.verdict = "form-login";
    finding.is_apart_by_verdict = true;
    AddSuccess(context, client, &finding);
    NoteShared(context, client, finding);
    findings.push_back(std::move(finding));
  });
  crowds_.ForEachReached([&](uint64_t /*path*/, const DistinctRun& run) {
    Finding finding = start(EntityKind::kPath, run.entity());
    finding.threshold = kClients;
    finding.facts.push_back(NumberFact("clients", run.peak()));
    finding.sentence = fmt::format(
        "up to {} clients within ten minutes each sent the login form {} at least {} times, {} times in all",
        run.peak(), run.entity(), kOfEach, run.evidence().count());
    run.evidence().Fill(context.inputs, &finding);
    finding.verdict = "form-login";
    finding.is_apart_by_verdict = true;
    findings.push_back(std::move(finding));
  });
}

}  // namespace logstat
