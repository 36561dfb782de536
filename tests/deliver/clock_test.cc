// Clock outliers, against an oracle that is the sentence of the specification and sees the whole input at once.
#include "src/deliver/clock.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace logstat {
namespace {

constexpr int64_t kDay = int64_t{24} * 3600 * 1000;
constexpr ColumnSet kClockColumns{Field::kStatus, Field::kTime, Field::kBytes, Field::kPath};

// A line of an input: counted with a time or without one (kNoTime), or not counted at all.
struct TimedLine {
  int64_t time_ms = kNoTime;
  LineKind kind = LineKind::kCounted;
};

enum class Verdict { kNormal, kOutlier, kTimeless };

// By the number of the line; lines that are not counted have none.
using Verdicts = std::map<size_t, Verdict>;

bool Within24Hours(int64_t a, int64_t b) { return std::abs(a - b) <= kDay; }

Verdicts Oracle(const std::vector<TimedLine>& lines) {
  Verdicts verdicts;
  std::vector<size_t> readable;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind != LineKind::kCounted) continue;
    verdicts[i] = lines[i].time_ms == kNoTime ? Verdict::kTimeless : Verdict::kNormal;
    if (lines[i].time_ms != kNoTime) readable.push_back(i);
  }
  if (readable.size() < 3) return verdicts;
  const auto time = [&](size_t place) { return lines[readable[place]].time_ms; };
  for (size_t place = 0; place < readable.size(); ++place) {
    size_t a = place - 1, b = place + 1;
    if (place == 0) a = 1, b = 2;
    if (place + 1 == readable.size()) a = place - 1, b = place - 2;
    const bool outlier =
        Within24Hours(time(a), time(b)) && !Within24Hours(time(place), time(a)) && !Within24Hours(time(place), time(b));
    if (outlier) verdicts[readable[place]] = Verdict::kOutlier;
  }
  return verdicts;
}

// What a run counts: worker and delivery together, one input or several.
class Counting {
 public:
  // Of the first 64 lines those pass the filter whose bit is set.
  explicit Counting(uint64_t passing = ~uint64_t{0}) : passing_(passing) {}

  // The next cell of `input`: lines [from, to).
  void AddCell(size_t input, const std::vector<TimedLine>& lines, size_t from, size_t to) {
    batch_.Reset(nullptr, kClockColumns);
    for (size_t i = from; i < to; ++i) {
      const size_t row = batch_.AppendRow(0);
      batch_.kind(row) = lines[i].kind;
      batch_.time_ms(row) = lines[i].time_ms;
      batch_.bytes(row) = static_cast<int64_t>(i);  // tells the lines apart afterwards
      batch_.SetText(Field::kPath, row, batch_.Spill("/" + std::to_string(input) + "/" + std::to_string(i)));
    }
    selection_.SelectCounted(batch_);
    counted_ = selection_;
    for (size_t i = from; i < std::min<size_t>(to, 64); ++i) {
      if ((passing_ >> i & 1u) == 0) selection_.Remove(i - from);
    }
    MarkClockOutliers(batch_, counted_, selection_, edges_);
    selection_.ForEach([&](size_t row) { Count(input, batch_, row); });
    settled_.Reset(nullptr, kClockColumns);
    settler_.Add(input, edges_, settled_);
    CountSettled();
  }

  void Finish() {
    settled_.Reset(nullptr, kClockColumns);
    settler_.Finish(settled_);
    CountSettled();
  }

  const Verdicts& of(size_t input) { return verdicts_[input]; }
  int64_t newest() const { return settler_.newest(); }

 private:
  void CountSettled() {
    for (size_t row = 0; row < settled_.rows(); ++row) {
      const std::string path(settled_.View(Field::kPath, row));
      Count(std::stoul(path.substr(1)), settled_, row);
    }
  }

  void Count(size_t input, const RecordBatch& batch, size_t row) {
    const size_t line = static_cast<size_t>(batch.bytes(row));
    EXPECT_EQ(batch.View(Field::kPath, row), "/" + std::to_string(input) + "/" + std::to_string(line));
    const int64_t time = batch.time_ms(row);
    const Verdict verdict = time == kNoTime        ? Verdict::kTimeless
                            : time == kOutlierTime ? Verdict::kOutlier
                                                   : Verdict::kNormal;
    EXPECT_TRUE(verdicts_[input].emplace(line, verdict).second) << "line " << line << " is counted twice";
  }

  uint64_t passing_;
  RecordBatch batch_, settled_;
  Selection counted_, selection_;
  ClockEdges edges_;
  ClockSettler settler_{kClockColumns};
  std::map<size_t, Verdicts> verdicts_;
};

uint64_t CountOutliers(const Verdicts& verdicts) {
  uint64_t count = 0;
  for (const auto& [line, verdict] : verdicts) count += verdict == Verdict::kOutlier;
  return count;
}

std::string Describe(const std::vector<TimedLine>& lines, uint64_t cuts) {
  std::string text;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0 && ((cuts >> (i - 1)) & 1u) != 0) text += "| ";
    text += lines[i].kind != LineKind::kCounted ? "x "
            : lines[i].time_ms == kNoTime       ? "- "
                                                : std::to_string(lines[i].time_ms) + " ";
  }
  return text;
}

// Cuts the lines behind every line whose bit is set in `cuts`, and compares.
void CheckCut(const std::vector<TimedLine>& lines, uint64_t cuts) {
  Counting counting;
  size_t from = 0;
  for (size_t i = 1; i <= lines.size(); ++i) {
    if (i < lines.size() && ((cuts >> (i - 1)) & 1u) == 0) continue;
    counting.AddCell(0, lines, from, i);
    from = i;
  }
  counting.Finish();
  const Verdicts expected = Oracle(lines);
  ASSERT_EQ(counting.of(0), expected) << Describe(lines, cuts);
  int64_t newest = kNoTime;
  for (const auto& [line, verdict] : expected) {
    if (verdict == Verdict::kNormal) newest = std::max(newest, lines[line].time_ms);
  }
  ASSERT_EQ(counting.newest(), newest) << Describe(lines, cuts);
}

TimedLine RandomLine(std::mt19937_64& random) {
  // Both sides of the 24 hours, and far away.
  static constexpr int64_t kTimes[] = {0, 0, 1, kDay, kDay + 1, -kDay, -kDay - 1, 2 * kDay, 400 * kDay, -900 * kDay};
  TimedLine line;
  if (random() % 6 == 0) return line;
  if (random() % 6 == 0) {
    line.kind = random() % 2 == 0 ? LineKind::kIgnored : LineKind::kTooFewFields;
    return line;
  }
  line.time_ms = 1795305600000 + kTimes[random() % std::size(kTimes)];
  return line;
}

TEST(ClockTest, ShortInputsCutAtEveryPlace) {
  std::mt19937_64 random(1);
  uint64_t outliers = 0;
  for (size_t count = 1; count <= 9; ++count) {
    for (int round = 0; round < 60; ++round) {
      std::vector<TimedLine> lines(count);
      for (TimedLine& line : lines) line = RandomLine(random);
      outliers += CountOutliers(Oracle(lines));
      for (uint64_t cuts = 0; cuts < (uint64_t{1} << (count - 1)); ++cuts) {
        ASSERT_NO_FATAL_FAILURE(CheckCut(lines, cuts));
      }
    }
  }
  EXPECT_GT(outliers, 200u) << "the series hold nothing to find";
}

TEST(ClockTest, LongInputsCutAnywhere) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 300; ++round) {
    std::vector<TimedLine> lines(10 + random() % 50);
    for (TimedLine& line : lines) line = RandomLine(random);
    for (int cut = 0; cut < 10; ++cut) ASSERT_NO_FATAL_FAILURE(CheckCut(lines, random() & random()));
  }
}

TEST(ClockTest, InputsThatTakeTurnsDoNotSeeEachOther) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 200; ++round) {
    constexpr size_t kInputs = 3;
    std::vector<std::vector<TimedLine>> inputs(kInputs);
    for (auto& lines : inputs) {
      lines.resize(random() % 12);
      for (TimedLine& line : lines) line = RandomLine(random);
    }
    Counting counting;
    std::vector<size_t> from(kInputs, 0);
    for (bool left = true; left;) {
      left = false;
      for (size_t input = 0; input < kInputs; ++input) {
        const size_t to = std::min(inputs[input].size(), from[input] + random() % 4);  // also cells without a line
        counting.AddCell(input, inputs[input], from[input], to);
        from[input] = to;
        left = left || to < inputs[input].size();
      }
    }
    counting.Finish();
    for (size_t input = 0; input < kInputs; ++input) ASSERT_EQ(counting.of(input), Oracle(inputs[input]));
  }
}

// Rows that a filter took out of the selection are neighbours like all others, and are counted nowhere.
TEST(ClockTest, RowsThatAFilterTookOutAreStillNeighbours) {
  std::mt19937_64 random(4);
  for (int round = 0; round < 2000; ++round) {
    std::vector<TimedLine> lines(1 + random() % 12);
    for (TimedLine& line : lines) line = RandomLine(random);
    const uint64_t passing = random();
    Counting counting(passing);
    for (size_t from = 0, to = 0; from < lines.size(); from = to) {
      to = std::min(lines.size(), from + 1 + random() % 5);
      counting.AddCell(0, lines, from, to);
    }
    counting.Finish();
    Verdicts expected = Oracle(lines);
    int64_t newest = kNoTime;
    for (const auto& [line, verdict] : expected) {
      if (verdict == Verdict::kNormal) newest = std::max(newest, lines[line].time_ms);
    }
    std::erase_if(expected, [passing](const auto& entry) { return (passing >> entry.first & 1u) == 0; });
    ASSERT_EQ(counting.of(0), expected) << Describe(lines, 0);
    ASSERT_EQ(counting.newest(), newest) << "of the lines that do not pass, too";
  }
}

TEST(ClockTest, ALoneLineOfAnotherYearIsAnOutlier) {
  const int64_t now = 1795305600000;
  Counting counting;
  counting.AddCell(0, {{now}, {now - 365 * kDay}, {now + 1000}}, 0, 3);
  counting.Finish();
  EXPECT_EQ(CountOutliers(counting.of(0)), 1u);
  EXPECT_EQ(counting.of(0).at(1), Verdict::kOutlier);
}

TEST(ClockTest, APauseOfDaysIsNotAnOutlier) {
  const int64_t now = 1795305600000;
  Counting counting;
  counting.AddCell(0, {{now}, {now + 1}, {now + 9 * kDay}, {now + 9 * kDay + 1}}, 0, 4);
  counting.Finish();
  EXPECT_EQ(CountOutliers(counting.of(0)), 0u);
}

TEST(ClockTest, YearsAtTheEndsOfTheCalendarDoNotOverflow) {
  const int64_t year1 = -62135596800000, year9999 = 253402300799000;
  ASSERT_NO_FATAL_FAILURE(CheckCut({{year1}, {year9999}, {year1}, {year9999}, {year9999}}, 0));
}

TEST(ClockTest, WithoutTimesNothingIsTakenOutOfTheSelection) {
  RecordBatch batch;
  batch.Reset(nullptr, {Field::kStatus});
  batch.AppendRow(0);
  batch.AppendRow(10);
  Selection selection;
  selection.SelectCounted(batch);
  ClockEdges edges;
  const Selection counted = selection;
  EXPECT_FALSE(MarkClockOutliers(batch, counted, selection, edges));
  EXPECT_EQ(selection.size(), 2u);
  EXPECT_TRUE(edges.entries.empty());
}

}  // namespace
}  // namespace logstat
