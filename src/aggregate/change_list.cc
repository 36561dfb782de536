#include "src/aggregate/change_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "src/aggregate/failing_rows.h"
#include "src/aggregate/key_text.h"
#include "src/aggregate/top_list.h"

namespace logstat {
namespace {

struct MoreRows {
  template <typename Candidate>
  bool operator()(const Candidate& a, const Candidate& b) const {
    return a.rows != b.rows ? a.rows > b.rows : a.stored_key < b.stored_key;
  }
};

// The same series with longer steps.
std::vector<KeySeries::Point> Coarsened(const std::vector<KeySeries::Point>& points, uint64_t ratio) {
  if (ratio == 1) return points;
  std::vector<KeySeries::Point> coarse;
  for (const KeySeries::Point& point : points) {
    const uint64_t step = point.step / ratio;
    if (coarse.empty() || coarse.back().step != step) coarse.push_back({step, 0});
    coarse.back().count += point.count;
  }
  return coarse;
}

uint64_t RowsOf(const KeySeries& series) {
  uint64_t rows = 0;
  for (const KeySeries::Point& point : series.points) rows += point.count;
  return rows;
}

bool SharesItsPlace(const KeySeries& series, uint64_t rows) { return RowsOf(series) > rows + rows / 10; }

}  // namespace

ChangeLister::ChangeLister(const MinuteCounts& minutes, TimeMs last_time)
    : own_step_(minutes.step_minutes()), steps_(minutes.Rows()), last_time_(last_time) {}

void ChangeLister::AddCodes(const StatusCounts& statuses, const FailingMinutes& failing) {
  TopList<Candidate, MoreRows> top(kMostKeys);
  std::vector<std::string> texts(StatusCounts::kCodes);
  for (size_t code = 0; code < StatusCounts::kCodes; ++code) {
    const uint64_t rows = statuses.of(code).count;
    if (rows < kLeastRows || !KeyTable::IsFailing(static_cast<uint16_t>(code))) continue;
    texts[code] = fmt::format("{}", code);  // those that fail have three digits, or are 0
    top.Add(Candidate{rows, texts[code], FailingRows::HashOfCode(static_cast<uint16_t>(code))});
  }
  Look(ChangeField::kCode, top.Sorted(), failing);
}

void ChangeLister::AddKeys(ChangeField field, const KeyTable& table, const FailingMinutes& failing) {
  TopList<Candidate, MoreRows> top(kMostKeys);
  table.ForEachFailingKey([&](std::string_view key, uint64_t rows) {
    if (rows >= kLeastRows) top.Add(Candidate{rows, key, 0});
  });
  std::vector<Candidate> candidates = top.Sorted();
  for (Candidate& candidate : candidates) candidate.hash = FailingMinutes::HashOf(candidate.stored_key);
  Look(field, candidates, failing);
}

const TrafficSeries& ChangeLister::Traffic(uint64_t step_minutes) {
  const auto found = traffic_.find(step_minutes);
  if (found != traffic_.end()) return found->second;
  return traffic_.emplace(step_minutes, TrafficSeries(steps_, step_minutes / own_step_)).first->second;
}

void ChangeLister::Look(ChangeField field, const std::vector<Candidate>& candidates, const FailingMinutes& failing) {
  if (steps_.empty() || (steps_.back().step - steps_.front().step + 1) * own_step_ < kLeastMinutes) return;
  std::vector<uint64_t> hashes;
  for (const Candidate& candidate : candidates) hashes.push_back(candidate.hash);
  const std::vector<KeySeries> all = failing.Series(hashes);
  for (size_t i = 0; i < candidates.size(); ++i) {
    const KeySeries& series = all[i];
    if (SharesItsPlace(series, candidates[i].rows)) continue;
    const uint64_t step_minutes = std::max(series.step_minutes, own_step_);
    const std::optional<FoundChange> found =
        FindChange(Coarsened(series.points, step_minutes / series.step_minutes), Traffic(step_minutes));
    if (!found) continue;
    Change change;
    change.field = field;
    change.key = std::string(PrintedKey(candidates[i].stored_key));
    change.key_bytes = KeyBytes(candidates[i].stored_key);
    change.before = found->before;
    change.after = found->after;
    change.count = found->count;
    change.since = BeginOfMinute(found->first_step * step_minutes);
    change.until = BeginOfMinute((found->last_step + 1) * step_minutes);
    change.ongoing = change.until > last_time_ - kOngoingMs;
    change.evidence = found->evidence;
    changes_.push_back(std::move(change));
  }
}

std::vector<Change> ChangeLister::TakeChanges(size_t top) {
  std::sort(changes_.begin(), changes_.end(), [](const Change& a, const Change& b) {
    if (a.evidence != b.evidence) return a.evidence > b.evidence;
    return a.field != b.field ? a.field < b.field : a.key < b.key;
  });
  if (top != 0 && changes_.size() > top) changes_.resize(top);
  return std::move(changes_);
}

}  // namespace logstat
