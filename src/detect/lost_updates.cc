// lost-update: writes that conflict (409, 412, 423, 424) and are never settled.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

#include "src/base/hash.h"
#include "src/detect/entries.h"
#include "src/detect/repeats.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kLostUpdates = {
    .id = "lost-update",
    .title = "Conflicts that nobody settles",
    .severity = Severity::kLow,
    .threshold = 5,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kClient, Field::kMethod, Field::kPath},
    .needs_all_statuses = true,
    .verdicts_are_apart = true,
    .statements = "S47 S51 S63 S64",
    .rule =
        "Five writes of one user (else client) to one path refused within ten minutes with 409 or 412, or with 423 or "
        "424 (info), without a write that succeeded before the run of refusals ended.",
    .reason =
        "The document: 409 is for conflicts that the user can settle and send again, 412 protects what another one "
        "changed, 423 is a lock, 424 a failure that follows from another one. Who only repeats does not settle. The "
        "numbers are ours, to be tuned.",
    .false_positives = "Programs that retry by themselves; sign-up forms that answer 409 for a taken name.",
    .advice =
        "Show the user what changed, let the client read again before it writes, release locks that nobody holds.",
};

namespace {

uint64_t WriterOf(const Event& event) {
  return event.shadow.has_user != 0 ? SketchHash(event.text(Field::kUser)) : event.client();
}
std::string_view WriterText(const Event& event) {
  return event.shadow.has_user != 0 ? event.text(Field::kUser) : event.text(Field::kClient);
}

class LostUpdates : public Detector {
 public:
  explicit LostUpdates(RuleSettings settings)
      : Detector(kLostUpdates, settings),
        conflicts_(settings.threshold, settings.window_ms(), settings.most_keys),
        locks_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (!IsWrite(event) || event.path() == 0) return;
    const uint64_t path = KeyOfPath(event);
    const uint64_t key = JoinKeys(WriterOf(event), path);
    if (IsSuccess(event.status())) {
      conflicts_.DropRun(key);
      locks_.DropRun(key);
      std::string* writer = AtIfRoom(writers_, path, most_keys());
      if (writer != nullptr) *writer = WriterText(event).substr(0, kMostEvidenceBytes);
      return;
    }
    const bool is_conflict = event.status() == 409 || event.status() == 412;
    if (!is_conflict && event.status() != 423 && event.status() != 424) return;
    SlidingWindows& windows = is_conflict ? conflicts_ : locks_;
    SlidingWindow& window = windows.Add(key, event);
    window.SetEntity(event.text(Field::kPath), event.text(Field::kHost));
    const PathOfHost where(window.entity(), window.host());
    if (window.in_window() == settings().threshold && IsSettled(event, surroundings.history)) windows.DropRun(key);
    const auto writer = writers_.find(path);
    if (writer != writers_.end() && writer->second != WriterText(event)) others_[where] = writer->second;
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    Report(context, "conflict", conflicts_, kLostUpdates.severity, findings);
    Report(context, "lock", locks_, Severity::kInfo, findings);
  }

 private:
  using PathOfHost = std::pair<std::string, std::string>;
  struct Path {
    Evidence evidence;
    uint64_t writers = 0;
  };

  // A POST that succeeded is no event.
  bool IsSettled(const Event& event, const History& history) const {
    bool settled = false;
    if (event.method() != MethodKind::kPost) return settled;
    history.ForEachOf(event.client(), event.time_ms - settings().window_ms(), event.time_ms,
                      [&](const Shadow& shadow, int64_t /*time_ms*/) {
                        settled =
                            settled || (shadow.path == event.path() && IsSuccess(static_cast<int>(shadow.status)) &&
                                        shadow.method == event.shadow.method);
                      });
    return settled;
  }

  void Report(const FindingContext& context, std::string_view verdict, SlidingWindows& windows, Severity severity,
              std::vector<Finding>& findings) const {
    std::map<PathOfHost, Path> paths;
    windows.Flush();
    windows.ForEachReached([&](uint64_t /*key*/, const SlidingWindow& window) {
      Path& path = paths[PathOfHost(window.entity(), window.host())];
      path.evidence.Merge(window.evidence());
      ++path.writers;
    });
    for (const auto& [where, path] : paths) {
      Finding finding = StartPathFinding(where.first, where.second);
      path.evidence.Fill(context.inputs, &finding);
      finding.verdict = verdict;
      finding.severity = severity;
      finding.code = verdict == "conflict" ? 409 : 423;
      finding.facts.push_back(NumberFact("writers", path.writers));
      finding.sentence =
          fmt::format("{} writes to {} were refused ({}) and never settled", finding.count,
                      PathTitle(where.first, where.second), verdict == "conflict" ? "409, 412" : "423, 424");
      const auto other = others_.find(where);
      if (other != others_.end()) finding.facts.push_back(TextFact("other_writer", other->second));
      findings.push_back(std::move(finding));
    }
  }

  SlidingWindows conflicts_;
  SlidingWindows locks_;
  std::unordered_map<uint64_t, std::string> writers_;  // who wrote last, by path
  std::map<PathOfHost, std::string> others_;           // who wrote where somebody else was refused
};

}  // namespace

constexpr DetectorEntry kLostUpdatesEntry{&kLostUpdates, MakeDetector<LostUpdates>};

}  // namespace logstat
