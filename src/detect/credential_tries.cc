#include "src/detect/credential_tries.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "src/base/hash.h"

namespace logstat {
namespace {

constexpr int64_t kResentMs = 2000;   // a browser that sends a stale password again
constexpr int64_t kChainMs = 10'000;  // but no page loads for that long
constexpr uint64_t kManyUsers = 5;
constexpr uint64_t kManyClients = 5;
constexpr uint64_t kUserSalt = 0x5573657273000001ULL;  // users and clients share a map

uint64_t UserHash(std::string_view text) { return SketchHash(text) ^ kUserSalt; }

}  // namespace

CredentialTries::CredentialTries(RuleSettings settings)
    : window_ms_(settings.window_ms()),
      pairs_(settings.most_keys),
      outcomes_(settings.most_keys),
      force_(settings.threshold, settings.window_ms(), settings.most_keys),
      users_(DistinctRuns::Window(kManyUsers, settings.window_ms(), settings.most_keys)),
      clients_(DistinctRuns::Window(kManyClients, settings.window_ms(), settings.most_keys)) {}

void CredentialTries::OnEvent(const Event& event, Surroundings& surroundings) {
  if (event.shadow.has_user == 0 || event.client() == 0) return;
  const uint64_t user = UserHash(event.text(Field::kUser));
  if (event.status() == 401) {
    ++outcomes_.At(event.client(), event.time_ms).refused;
    OnRefusal(event, user, surroundings);
  }
  if (IsSuccess(event.status())) OnSuccess(event, user);
}

void CredentialTries::OnRefusal(const Event& event, uint64_t user, Surroundings& surroundings) {
  Pair& pair = pairs_.At(JoinKeys(event.client(), user), event.time_ms);
  const int64_t pause = event.time_ms - pair.last_seen_ms;
  const int64_t since_counted = event.time_ms - pair.last_counted_ms;
  const bool is_first = pair.tries == 0 || pause > window_ms_;
  const bool is_try = is_first || pause > kResentMs || since_counted > kChainMs ||
                      (since_counted > kResentMs && event.path() == pair.counted_path);
  pair.last_seen_ms = event.time_ms;
  if (!is_try) return;
  pair.tries = is_first ? 1 : pair.tries + 1;
  pair.last_counted_ms = event.time_ms;
  pair.counted_path = event.path();
  ++outcomes_.At(event.client(), event.time_ms).tries;
  ++outcomes_.At(user, event.time_ms).tries;

  SlidingWindow& force = force_.Add(event.client(), event);
  force.SetEntity(event.text(Field::kClient));
  DistinctRun& users = users_.Add(event.client(), user, event);
  users.SetEntity(event.text(Field::kClient));
  clients_.Add(user, event.client(), event).SetEntity(event.text(Field::kUser));
  if (force.reached() || users.reached()) surroundings.errands.WatchClient(event.client());
}

void CredentialTries::OnSuccess(const Event& event, uint64_t user) {
  Pair* pair = pairs_.Find(JoinKeys(event.client(), user));
  if (pair == nullptr || pair->tries == 0 || event.time_ms - pair->last_seen_ms > window_ms_) return;
  const DistinctRun* users = users_.Find(event.client());
  const DistinctRun* clients = clients_.Find(user);
  const bool is_sprayed = (users != nullptr && users->reached()) || (clients != nullptr && clients->reached());
  const bool broken = pair->tries >= kManyTries || is_sprayed || IsBroken(event.client());
  Note(event.client(), event, pair->tries, broken);
  Note(user, event, pair->tries, broken);
  pair->tries = 0;
}

void CredentialTries::Note(uint64_t key, const Event& event, uint64_t tries, bool broken) {
  Outcome& outcome = outcomes_.At(key, event.time_ms);
  if (!broken) outcome.tries_of_forgetful += tries;
  if (!broken) return;
  Breach& breach = outcome.breach;
  if (!outcome.broken) {
    outcome.broken = true;
    breach.line.Add(event);
    breach.tries = tries;
  }
  ++breach.successes;
  const std::string_view user = event.text(Field::kUser).substr(0, kMostEvidenceBytes);
  const bool is_named = std::find(breach.users.begin(), breach.users.end(), user) != breach.users.end();
  if (!is_named && breach.users.size() <= kMostNames) breach.users.emplace_back(user);
}

bool CredentialTries::IsBroken(uint64_t key) const {
  const Outcome* outcome = outcomes_.Find(key);
  return outcome != nullptr && outcome->broken;
}

void CredentialTries::AddBreach(const FindingContext& context, const Breach& breach, Finding* finding) const {
  breach.line.ShowFirst(context.inputs, finding);
  std::string names;
  for (size_t i = 0; i < breach.users.size(); ++i) {
    names += i == 0 ? "" : ", ";
    names += i < kMostNames ? breach.users[i] : "...";
  }
  finding->facts.push_back(TextFact("succeeded_user", breach.users.front()));
  finding->facts.push_back(NumberFact("tries_before_success", breach.tries));
  finding->facts.push_back(NumberFact("successes", breach.successes));
  if (breach.users.size() > 1) finding->facts.push_back(TextFact("succeeded_users", names));
  finding->sentence += breach.successes == 1
                           ? fmt::format("; then user {} was let in", names)
                           : fmt::format("; then {} times a user was let in: {}", breach.successes, names);
  finding->severity = Severity::kCritical;
}

void CredentialTries::Judge(const FindingContext& context, uint64_t key, Finding* finding) const {
  if (finding->entity_kind == EntityKind::kClient) finding->shared = context.shared.Of(key);
  const bool is_crowd = finding->shared == Shared::kLikely;
  const Outcome* outcome = outcomes_.Find(key);
  if (outcome != nullptr && outcome->broken) {
    AddBreach(context, outcome->breach, finding);
  } else if (outcome != nullptr && outcome->tries_of_forgetful * 2 >= outcome->tries && outcome->tries > 0) {
    finding->sentence += "; then it was let in, as somebody who had forgotten a password is";
    finding->severity = Severity::kInfo;
  }
  if (is_crowd) finding->severity = Lowered(finding->severity);
  finding->code = 401;
}

void CredentialTries::Finish(const FindingContext& context, const FindingStarter& start,
                             std::vector<Finding>& findings) {
  force_.Flush();
  users_.Flush();
  clients_.Flush();
  std::set<uint64_t> sprayers;
  const auto add_spray = [&](EntityKind kind, uint64_t key, const DistinctRun& run, std::string sentence) {
    Finding finding = start(kind, run.entity());
    run.evidence().Fill(context.inputs, &finding);
    finding.verdict = "spray";
    finding.severity = Severity::kHigh;
    finding.threshold = kind == EntityKind::kClient ? kManyUsers : kManyClients;
    finding.facts.push_back(
        NumberFact(kind == EntityKind::kClient ? "users_in_window" : "clients_in_window", run.peak()));
    finding.sentence = std::move(sentence);
    Judge(context, key, &finding);
    findings.push_back(std::move(finding));
  };
  users_.ForEachReached([&](uint64_t client, const DistinctRun& run) {
    sprayers.insert(client);
    add_spray(EntityKind::kClient, client, run,
              fmt::format("{} tried passwords of up to {} users within {} s, {} times in all", run.entity(), run.peak(),
                          window_ms_ / 1000, run.evidence().count()));
  });
  clients_.ForEachReached([&](uint64_t user, const DistinctRun& run) {
    add_spray(EntityKind::kUser, user, run,
              fmt::format("up to {} clients within {} s tried passwords of the user {}, {} times in all", run.peak(),
                          window_ms_ / 1000, run.entity(), run.evidence().count()));
  });
  force_.ForEachReached([&](uint64_t client, const SlidingWindow& window) {
    if (sprayers.contains(client)) return;
    Finding finding = start(EntityKind::kClient, window.entity());
    window.evidence().Fill(context.inputs, &finding);
    finding.verdict = "force";
    finding.facts.push_back(NumberFact("peak_in_window", window.peak()));
    const Outcome* outcome = outcomes_.Find(client);
    const uint64_t refused = std::max(finding.count, outcome == nullptr ? 0 : outcome->refused);
    finding.facts.push_back(NumberFact("refused", refused));
    finding.sentence = refused == finding.count
                           ? fmt::format("{} had {} passwords refused", window.entity(), refused)
                           : fmt::format("{} was refused {} times, of which {} count as passwords (2 s apart)",
                                         window.entity(), refused, finding.count);
    Judge(context, client, &finding);
    findings.push_back(std::move(finding));
  });
}

}  // namespace logstat
