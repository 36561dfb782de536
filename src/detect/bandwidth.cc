// bandwidth: a site's allowance of bytes is used up (509).
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "src/base/milliseconds.h"
#include "src/base/ratio.h"
#include "src/detect/entries.h"
#include "src/detect/failure_evidence.h"
#include "src/detect/heavy_keys.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kBandwidth = {
    .id = "bandwidth",
    .title = "Bandwidth used up",
    .severity = Severity::kMedium,
    .threshold = 1,
    .window_seconds = 3600,
    .columns = {Field::kTime, Field::kStatus},
    .needs_all_statuses = true,
    .statements = "S75",
    .rule =
        "Any answer 509 of a host, with the bytes that the host sent in the hour before, and the paths and clients "
        "that took most of them in the ten minutes before. Bytes far over those of the same hour of other days are not "
        "looked for: that needs a history that outlives a run.",
    .reason =
        "The document: with 509 the bandwidth of the site is used up; not official, but common. Servers write it for "
        "nothing else, so one is enough to look.",
    .false_positives = "A quota that is planned to end before the month does.",
    .advice = "Find the path or client that takes the bytes, and cache it, limit it, or raise the allowance.",
};

namespace {

constexpr size_t kTopClients = 5;

class Bandwidth : public Detector {
 public:
  explicit Bandwidth(RuleSettings settings)
      : Detector(kBandwidth, settings, {509}), windows_(settings.threshold, settings.window_ms(), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    const uint32_t hash = event.shadow.host;
    SlidingWindow& window = windows_.Add(hash, event);
    window.SetEntity(event.text(Field::kHost));
    const auto found = hosts_.find(hash);
    if (found != hosts_.end() || hosts_.size() >= kMostHosts) return;
    LookBefore(hash, event.time_ms, surroundings.history, hosts_[hash]);
  }

  void Want(KeyTexts& texts) override {
    for (const auto& [hash, host] : hosts_) {
      for (const auto& [path, bytes] : host.paths) texts.Want(Field::kPath, path);
      for (const auto& [client, bytes] : host.clients) texts.Want(Field::kClient, client);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    windows_.Flush();
    windows_.ForEachReached([&](uint64_t hash, const SlidingWindow& window) {
      Finding finding = StartHostFinding(window.entity());
      window.evidence().Fill(context.inputs, &finding);
      finding.code = 509;
      finding.sentence = fmt::format("{} refused {} request{} because its bandwidth is used up (509)",
                                     HostTitle(window.entity()), finding.count, finding.count == 1 ? "" : "s");
      if (const auto found = hosts_.find(static_cast<uint32_t>(hash)); found != hosts_.end()) {
        AddBytes(found->second, context.texts, &finding);
      }
      findings.push_back(std::move(finding));
    });
  }

 private:
  static constexpr size_t kMostHosts = 1024;  // with a 509
  // Before the first 509 of a host.
  struct Host {
    uint64_t in_hour = 0;
    uint64_t in_ten_minutes = 0;
    std::vector<HeavyKeys::Sum> paths, clients;  // in ten minutes
  };

  // The hour ends with the whole minute of the 509: where it is the first, that minute brought it about.
  static void LookBefore(uint32_t hash, int64_t time_ms, const History& history, Host& host) {
    int64_t minutes = 0;
    host.in_hour = history.TrailingHour(hash, time_ms + kEpochMs, &minutes).bytes;
    HeavyKeys paths(kMostKeys);
    HeavyKeys clients(kMostKeys);
    history.ForEach(time_ms - kTenMinutesMs, time_ms, [&](const Shadow& shadow, int64_t) {
      if (shadow.host != hash || shadow.bytes == kNoShadowBytes) return;
      host.in_ten_minutes += shadow.bytes;
      paths.Add(shadow.path, shadow.bytes);
      clients.Add(shadow.client, shadow.bytes);
    });
    host.paths = paths.Top(kTopClients);
    host.clients = clients.Top(kTopClients);
  }

  static void AddTop(std::string_view name, const std::vector<EvidenceCount>& top, uint64_t all, Finding* finding) {
    std::string list;
    for (const EvidenceCount& row : top) {
      if (row.count == 0) continue;
      list += fmt::format("{}{} ({:.1f} %)", list.empty() ? "" : ", ", row.key, Ratio(row.count, all) * 100);
    }
    if (!list.empty()) finding->facts.push_back(TextFact(name, list));
  }

  static void AddBytes(const Host& host, const KeyTexts& texts, Finding* finding) {
    finding->facts.push_back(NumberFact("bytes_in_hour_before", host.in_hour));
    finding->facts.push_back(NumberFact("bytes_in_ten_minutes_before", host.in_ten_minutes));
    AddTop("paths_by_bytes", NamedSums(host.paths, Field::kPath, texts), host.in_ten_minutes, finding);
    AddTop("clients_by_bytes", NamedSums(host.clients, Field::kClient, texts), host.in_ten_minutes, finding);
    finding->sentence += fmt::format("; {:.1f} MB in the hour before", static_cast<double>(host.in_hour) / 1e6);
  }

  SlidingWindows windows_;          // by host
  std::map<uint32_t, Host> hosts_;  // the first that came
};

}  // namespace

constexpr DetectorEntry kBandwidthEntry{&kBandwidth, MakeDetector<Bandwidth>};

}  // namespace logstat
