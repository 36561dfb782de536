// range-abuse: many ranges of one file at once, the same bytes again and again, ranges behind the end (416).
#include <absl/container/node_hash_map.h>
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "src/base/hash.h"
#include "src/base/milliseconds.h"
#include "src/detect/entries.h"
#include "src/detect/repeats.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kRanges = {
    .id = "range-abuse",
    .title = "Many parts of one file",
    .severity = Severity::kLow,
    .threshold = 8,
    .window_seconds = 10,
    .columns = {Field::kTime, Field::kClient, Field::kPath, Field::kBytes},
    .statements = "S15 S58",
    .rule =
        "Eight answers 206 within 10 s to one client for one path (segments); or eight within ten minutes whose bytes "
        "add up to more than three times the file's size (bytes), which is high over ten times if they come as fast as "
        "segments; or five 416 in ten minutes (past-end). The size is that of a whole answer (200) for the path within "
        "the same ten minutes; without one there is no such verdict. Segments for a browser are info.",
    .reason =
        "The document: tools that resume downloads, or split them into parallel parts, ask for ranges, which is no "
        "fault. RFC 9110, section 17.15, counts many small or overlapping ranges as an attack (CVE-2011-3192). The "
        "catalogue had the largest part in place of the size: a player that reads a film in small parts then looked "
        "like an attack. The numbers are ours, to be tuned.",
    .false_positives = "Players of films, readers of PDF, updaters, download managers.",
    .advice =
        "Limit connections per client for large files; if the answer is 416, see whether the file became smaller.",
};

namespace {

constexpr uint64_t kPastEndThreshold = 5;
// Ratios are in tenths.
constexpr uint64_t kLowRatio = 30;
constexpr uint64_t kHighRatio = 100;

class Ranges : public Detector {
 public:
  explicit Ranges(RuleSettings settings)
      : Detector(kRanges, settings, {206, 416}),
        segments_(settings.threshold, settings.window_ms(), settings.most_keys),
        transfers_(settings.threshold, kTenMinutesMs, settings.most_keys),
        past_end_(kPastEndThreshold, kTenMinutesMs, settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.client() == 0 || event.path() == 0) return;
    const uint64_t key = KeyOfClientPath(event);
    if (event.status() == 416) Note(past_end_.Add(key, event), event, surroundings);
    if (event.status() != 206 || (event.method() != MethodKind::kGet && event.has(Field::kMethod))) return;
    Note(segments_.Add(key, event), event, surroundings);
    SlidingWindow& transfer = transfers_.Add(key, event);
    Note(transfer, event, surroundings);
    CountBytes(key, transfer, event, surroundings);
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    std::map<std::string, Client> clients;
    segments_.Flush();
    past_end_.Flush();
    transfers_.Flush();
    segments_.ForEachReached([&](uint64_t key, const SlidingWindow& window) {
      Client& client = clients[window.entity()];
      client.segments.Merge(window.evidence());
      client.peak = std::max(client.peak, window.peak());
      client.fast.push_back(key);
    });
    transfers_.ForEachReached([&](uint64_t key, const SlidingWindow& window) {
      const auto bytes = bytes_.find(key);
      if (bytes == bytes_.end() || bytes->second.ratio <= kLowRatio) return;
      Client& client = clients[window.entity()];
      client.bytes.Merge(window.evidence());
      client.ratio = std::max(client.ratio, bytes->second.ratio);
      const bool is_fast = std::find(client.fast.begin(), client.fast.end(), key) != client.fast.end();
      if (is_fast) client.fast_ratio = std::max(client.fast_ratio, bytes->second.ratio);
    });
    past_end_.ForEachReached([&](uint64_t /*key*/, const SlidingWindow& window) {
      clients[window.entity()].past_end.Merge(window.evidence());
    });
    for (const auto& [text, client] : clients) findings.push_back(Describe(context, text, client));
  }

 private:
  struct Bytes {
    uint64_t sum = 0;    // of the current run
    uint64_t size = 0;   // of the file; 0: not known
    uint64_t ratio = 0;  // the most that any run had
  };
  struct Client {
    Evidence segments, bytes, past_end;
    std::vector<uint64_t> fast;  // keys with segments
    uint64_t peak = 0;
    uint64_t ratio = 0;
    uint64_t fast_ratio = 0;  // of those with segments
  };

  void Note(SlidingWindow& window, const Event& event, Surroundings& surroundings) {
    window.SetEntity(event.text(Field::kClient));
    if (!window.reached()) return;
    surroundings.errands.WatchClient(event.client());
    if (event.shadow.is_person == 0) InsertIfRoom(no_browsers_, window.entity(), most_keys());
  }

  // The size is looked for when the threshold is reached, and then each time the run has doubled.
  void CountBytes(uint64_t key, const SlidingWindow& transfer, const Event& event, const Surroundings& surroundings) {
    Bytes* found = AtIfRoom(bytes_, key, most_keys());
    if (found == nullptr) return;
    Bytes& bytes = *found;
    const uint64_t count = transfer.current().count();
    if (count == 1) bytes.sum = 0;
    bytes.sum += event.bytes > 0 ? static_cast<uint64_t>(event.bytes) : 0;
    if (!transfer.current_reached()) return;
    const bool is_time = count % settings().threshold == 0 && std::has_single_bit(count / settings().threshold);
    if (bytes.size == 0 && is_time) {
      surroundings.history.ForEachOfPath(event.path(), event.time_ms - kTenMinutesMs, event.time_ms,
                                         [&](const Shadow& shadow, int64_t) {
                                           if (shadow.status != 200 || shadow.host != event.shadow.host) return;
                                           if (shadow.bytes != kNoShadowBytes)
                                             bytes.size = std::max<uint64_t>(bytes.size, shadow.bytes);
                                         });
    }
    if (bytes.size > 0) bytes.ratio = std::max(bytes.ratio, bytes.sum * 10 / bytes.size);
  }

  Finding Describe(const FindingContext& context, const std::string& text, const Client& client) const {
    Finding finding = StartFinding(EntityKind::kClient, text);
    finding.code = 206;
    if (client.ratio > 0) {
      client.bytes.Fill(context.inputs, &finding);
      finding.verdict = "bytes";
      if (client.fast_ratio > kHighRatio) finding.severity = Severity::kHigh;
      finding.window_seconds = kTenMinutesMs / 1000;
      const std::string ratio = fmt::format("{}.{}", client.ratio / 10, client.ratio % 10);
      finding.facts.push_back({"times_the_size", ratio, true});
      finding.sentence =
          fmt::format("{} fetched {} parts, together {} times the size of the file", text, finding.count, ratio);
    } else if (client.segments.count() > 0) {
      client.segments.Fill(context.inputs, &finding);
      finding.verdict = "segments";
      if (no_browsers_.count(text) == 0) finding.severity = Severity::kInfo;
      finding.sentence = fmt::format("{} fetched {} parts of files, up to {} of one within {} s", text, finding.count,
                                     client.peak, settings().window_seconds);
    } else {
      client.past_end.Fill(context.inputs, &finding);
      finding.verdict = "past-end";
      finding.severity = Severity::kInfo;
      finding.code = 416;
      finding.threshold = kPastEndThreshold;
      finding.window_seconds = kTenMinutesMs / 1000;
      finding.sentence = fmt::format("{} asked {} times for a range behind the end of the file", text, finding.count);
    }
    if (client.peak > 0) finding.facts.push_back(NumberFact("peak_in_window", client.peak));
    if (finding.code != 416 && client.past_end.count() > 0) {
      finding.facts.push_back(NumberFact("also_past_end", client.past_end.count()));
    }
    if (!finding.top_paths.empty()) finding.facts.push_back(TextFact("file", finding.top_paths[0].key));
    NoteShared(context, SketchHash(text), finding);
    return finding;
  }

  SlidingWindows segments_;
  SlidingWindows transfers_;
  SlidingWindows past_end_;
  absl::node_hash_map<uint64_t, Bytes> bytes_;  // by client and path
  std::set<std::string> no_browsers_;           // clients with an agent that is none
};

}  // namespace

constexpr DetectorEntry kRangesEntry{&kRanges, MakeDetector<Ranges>};

}  // namespace logstat
