// The machine of all rules of the form "T events of one key within W": a table of rows, each a kind of event and its
// key.
//
//   constexpr std::array kRows = {RepeatRow{.verdict = "no-length", .code = 411, .key = KeyOfPath, .kind = …}, …};
//   constexpr DetectorEntry kUploadMisfitsEntry{&kRule, MakeRepeats<kRule, kRows>};
//
// Each row has exact sliding windows of its own (windows.h; of clients distinct_runs.h). There is one finding per
// entity, a path being one of its host: of several rows that fired for it the one with most events speaks, the others
// are facts. Rows whose threshold and window are 0 take those of the rule; if the user set others for the rule, they
// hold for every row. Memory: most_keys keys a row.
#ifndef LOGSTAT_SRC_DETECT_REPEATS_H_
#define LOGSTAT_SRC_DETECT_REPEATS_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/detect/detector.h"
#include "src/detect/distinct_runs.h"
#include "src/detect/windows.h"

namespace logstat {

struct RepeatRow {
  std::string_view verdict;
  int code;
  bool (*matches)(const Event& event) = nullptr;  // and what else holds; null: nothing
  uint64_t (*key)(const Event& event);
  EntityKind kind;
  uint64_t threshold = 0;
  int64_t window_seconds = 0;
  Severity severity = Severity::kLow;
  uint64_t medium_at = 0;       // this many in one window make it medium; 0: nothing does
  bool counts_clients = false;  // the threshold is one of clients, not of events
  std::string_view did;         // "{entity} {did} {count} times"; of clients "{clients} clients {did}: {entity}"
};

// Keys of a row.
uint64_t KeyOfClient(const Event& event);
uint64_t KeyOfPath(const Event& event);  // of its host
uint64_t KeyOfAgent(const Event& event);
uint64_t KeyOfClientPath(const Event& event);  // of its host
uint64_t KeyOfPathAgent(const Event& event);
uint64_t KeyOfRequest(const Event& event);  // client, host, method, path and query

// Whether the method may carry a body by which something is written: POST, PUT, PATCH, DELETE and WebDAV's.
bool IsWrite(const Event& event);

class Repeats : public Detector {
 public:
  Repeats(const Rule& rule, RuleSettings settings, std::span<const RepeatRow> rows);

  void OnEvent(const Event& event, Surroundings& surroundings) override;
  void Finish(const FindingContext& context, std::vector<Finding>& findings) override;

 private:
  struct State {
    const RepeatRow* row;
    uint64_t threshold;
    int64_t window_seconds;
    SlidingWindows windows;
    DistinctRuns crowds;  // clients, if they are counted
  };
  struct Reached {
    const State* state = nullptr;
    Evidence evidence;
    uint64_t peak = 0;

    template <typename Run>
    void Add(const Run& run) {
      evidence.Merge(run.evidence());
      peak = std::max(peak, run.peak());
    }
  };

  Finding Describe(const FindingContext& context, const std::string& entity, const std::string& host,
                   const std::vector<Reached>& reached) const;

  std::vector<State> states_;
};
// What makes the detector of such a rule, for its entry.
template <const Rule& kRule, const auto& kRows>
std::unique_ptr<Detector> MakeRepeats(RuleSettings settings, const DetectSettings& /*common*/) {
  return std::make_unique<Repeats>(kRule, settings, kRows);
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_REPEATS_H_
