// storage: the server cannot store what it was sent (507).
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "src/base/milliseconds.h"
#include "src/detect/entries.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kStorage = {
    .id = "storage",
    .title = "No room to store",
    .severity = Severity::kHigh,
    .threshold = 1,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kStatus},
    .statements = "S74",
    .rule =
        "Any answer 507 of a host; verdict stuck where they went on for more than an hour without a pause of ten "
        "minutes.",
    .reason =
        "The document: with 507 the server cannot store what it was sent, and that is temporary. So one is enough to "
        "look, and what lasts longer than an hour is not temporary; the hour is ours.",
    .false_positives = "A quota of one user that is full, which some file servers report by 507.",
    .advice = "Free space, or raise the quota; look for what fills it.",
};

namespace {

class Storage : public Detector {
 public:
  explicit Storage(RuleSettings settings)
      : Detector(kStorage, settings, {507}), windows_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& /*surroundings*/) override {
    SlidingWindow& window = windows_.Add(event.shadow.host, event);
    window.SetEntity(event.text(Field::kHost));
    Host& host = hosts_[event.shadow.host];
    if (window.current_reached()) {
      host.longest_ms = std::max(host.longest_ms, window.current().last_ms() - window.current().first_ms());
    }
    host.largest_request = std::max(host.largest_request, event.request_bytes);
    if (hosts_.size() > most_keys()) hosts_.erase(hosts_.begin());
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    windows_.Flush();
    windows_.ForEachReached([&](uint64_t hash, const SlidingWindow& window) {
      Finding finding = StartHostFinding(window.entity());
      window.evidence().Fill(context.inputs, &finding);
      finding.code = 507;
      const auto found = hosts_.find(hash);
      const Host host = found == hosts_.end() ? Host() : found->second;
      finding.facts.push_back(NumberFact("longest_seconds", static_cast<uint64_t>(host.longest_ms / 1000)));
      if (host.largest_request >= 0) {
        finding.facts.push_back(NumberFact("largest_request_bytes", static_cast<uint64_t>(host.largest_request)));
      }
      finding.sentence = fmt::format("{} could not store {} request{} (507)", HostTitle(window.entity()), finding.count,
                                     finding.count == 1 ? "" : "s");
      if (host.longest_ms > kHourMs) {
        finding.verdict = "stuck";
        finding.sentence += fmt::format(", for {} minutes", host.longest_ms / kMinuteMs);
      }
      findings.push_back(std::move(finding));
    });
  }

 private:
  struct Host {
    int64_t longest_ms = 0;
    int64_t largest_request = kNoNumber;
  };

  SlidingWindows windows_;  // by host
  std::map<uint32_t, Host> hosts_;
};

}  // namespace

constexpr DetectorEntry kStorageEntry{&kStorage, MakeDetector<Storage>};

}  // namespace logstat
