#include "src/analysis/sample_lines.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "src/analysis/read_again.h"
#include "src/analysis/row_selector.h"
#include "src/deliver/cell.h"
#include "src/deliver/clock.h"
#include "src/deliver/compact_duration.h"
#include "src/deliver/event.h"
#include "src/deliver/kept_event.h"
#include "src/deliver/line_index.h"
#include "src/deliver/tags.h"
#include "src/detect/evidence.h"
#include "src/detect/join_keys.h"
#include "src/plan/cursor.h"

namespace logstat {
namespace {

struct FoundLine {
  int64_t time_ms = 0;
  size_t input = 0;
  uint32_t agent = 0;
  LineSample sample;
};

bool Before(const FoundLine& a, const FoundLine& b) {
  return std::tie(a.time_ms, a.input, a.sample.offset) < std::tie(b.time_ms, b.input, b.sample.offset);
}

// What wishes ask of a row. Texts are looked at when somebody asks, because most rows are of another time.
class Row {
 public:
  Row(const Cell& cell, size_t row) : cell_(cell), row_(row) {}

  int64_t time_ms() const { return cell_.batch.time_ms(row_); }

  bool Fits(const LineWish& wish) const {
    if (time_ms() < wish.from_ms || time_ms() > wish.until_ms) return false;
    if (wish.status >= 0 && cell_.batch.status(row_) != wish.status) return false;
    if (wish.least_duration > CompactDuration(cell_.batch.number(Field::kDuration, row_))) return false;
    if (wish.only_answer_times && !IsAnswerTime(cell_.batch.status(row_), path())) return false;
    if (wish.client.has_value() && client() != *wish.client) return false;
    if (wish.path.has_value() && path() != *wish.path) return false;
    if (wish.host.has_value() && static_cast<uint32_t>(HostTag(text(Field::kHost))) != *wish.host) return false;
    if (wish.client_and_path.has_value() && JoinKeys(client(), path()) != *wish.client_and_path) return false;
    return !wish.without_static_files || (PathTag(text(Field::kPath)) & kStaticPath) == 0;
  }

  uint32_t agent() const { return static_cast<uint32_t>(SketchHash(text(Field::kAgent))); }

 private:
  uint64_t client() const { return ClientTag(text(Field::kClient)); }
  uint64_t path() const { return IsMissingText(text(Field::kPath)) ? 0 : PathHash(text(Field::kPath)); }
  std::string_view text(Field field) const {
    return cell_.batch.IsEntirelyMissing(field) ? std::string_view() : cell_.batch.View(field, row_);
  }

  const Cell& cell_;
  const size_t row_;
};

// A wish and the lines that it has got so far, the earliest.
class Search {
 public:
  explicit Search(const LineWish& wish) : wish_(wish) {}

  const LineWish& wish() const { return wish_; }
  const std::vector<FoundLine>& found() const { return found_; }

  bool MayBeIn(const LineIndex::Span& cell) const {
    const int64_t until_ms = found_.size() < wish_.most ? wish_.until_ms : found_.back().time_ms;
    return cell.from_ms <= until_ms && cell.until_ms >= wish_.from_ms;
  }

  void Add(FoundLine line) {
    if (wish_.one_of_each_agent) {
      const auto same =
          std::find_if(found_.begin(), found_.end(), [&](const FoundLine& other) { return other.agent == line.agent; });
      if (same != found_.end() && Before(*same, line)) return;
      if (same != found_.end()) found_.erase(same);
    }
    const auto place = std::upper_bound(found_.begin(), found_.end(), line, Before);
    found_.insert(place, std::move(line));
    if (found_.size() > wish_.most) found_.pop_back();
  }

 private:
  const LineWish& wish_;
  std::vector<FoundLine> found_;
};

bool MayHaveOne(const std::vector<Search>& searches, const LineIndex::Span& cell) {
  return std::any_of(searches.begin(), searches.end(), [&](const Search& search) { return search.MayBeIn(cell); });
}

// Goes through one input after the other.
class SecondLook {
 public:
  SecondLook(const Pass& first, const std::vector<LineWish>& wishes)
      : first_(first), plan_(first.plan), selector_(plan_), searches_(wishes.begin(), wishes.end()) {
    plan_.in_time_order = false;
    plan_.threads = 1;
  }

  void LookInto(size_t input) {
    const std::vector<LineIndex::Span>& spans = first_.lines->cells(input);
    uint64_t next = NextOf(spans, 0);
    if (next == spans.size() || !IsFile(first_, input) || !IsAsItWas(first_, input) || !PutBack(first_, input)) return;
    plan_.inputs.inputs = {SamePart(first_, input)};
    Cursor cursor(plan_);
    while (next < spans.size() && !first_.control.stop.stop_requested()) {
      std::optional<CellTask> task = cursor.Next();
      if (!task.has_value()) return;
      if (task->block.cell < next) continue;
      Read(*task, input, spans[next].first_line);
      next = NextOf(spans, next + 1);
    }
  }

  // Of every finding that got any the first lines.
  void Fill(Findings* findings) const {
    for (size_t row = 0; row < findings->rows.size(); ++row) {
      std::vector<FoundLine> lines;
      for (const Search& search : searches_) {
        if (search.wish().finding == row) lines.insert(lines.end(), search.found().begin(), search.found().end());
      }
      std::sort(lines.begin(), lines.end(), Before);
      const auto is_same = [](const FoundLine& a, const FoundLine& b) { return !Before(a, b) && !Before(b, a); };
      lines.erase(std::unique(lines.begin(), lines.end(), is_same), lines.end());
      if (lines.empty()) continue;
      std::vector<LineSample>& samples = findings->rows[row].samples;
      samples.clear();
      for (size_t i = 0; i < std::min(lines.size(), kMostSamples); ++i) samples.push_back(lines[i].sample);
    }
  }

 private:
  // The first cell from `from` on that may have a wished line.
  uint64_t NextOf(const std::vector<LineIndex::Span>& spans, uint64_t from) const {
    while (from < spans.size() && !MayHaveOne(searches_, spans[from])) ++from;
    return from;
  }

  void Read(CellTask& task, size_t input, uint64_t first_line) {
    selector_.Read(task, cell_);
    const Selection selected = cell_.selection;  // the edges, too, whose clocks are judged elsewhere
    MarkClockOutliers(cell_.batch, selector_.counted(), cell_.selection, cell_.edges);
    selected.ForEach([&](size_t number) {
      const Row row(cell_, number);
      if (!IsTime(row.time_ms())) return;
      for (Search& search : searches_) {
        if (row.Fits(search.wish())) search.Add(MakeLine(number, row, input, first_line));
      }
    });
  }

  FoundLine MakeLine(size_t number, const Row& row, size_t input, uint64_t first_line) const {
    const CellLine line = LineOf(cell_, number);
    return {row.time_ms(),
            input,
            row.agent(),
            {first_.plan.inputs.inputs[input].path, first_line + number - line.lines_back, line.offset,
             std::string(line.text.substr(0, kMostEvidenceBytes)), line.text.size() > kMostEvidenceBytes}};
  }

  const Pass& first_;
  Plan plan_;
  RowSelector selector_;
  Cell cell_;
  std::vector<Search> searches_;
};

}  // namespace

void AddSampleLines(const Pass& first, const std::vector<LineWish>& wishes, Findings* findings) {
  if (wishes.empty()) return;
  SecondLook look(first, wishes);
  for (size_t input = 0; input < first.plan.inputs.inputs.size(); ++input) look.LookInto(input);
  look.Fill(findings);
}

}  // namespace logstat
