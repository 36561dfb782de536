#include "src/filter/predicate.h"

#include <re2/re2.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "logstat/report.h"

namespace logstat {
namespace {

// For the compiled pattern and what a match remembers. Beyond it RE2 matches slower, not wrong; a pattern that does not
// fit is refused. A quarter of it is the pattern's, some 30,000 instructions.
constexpr int64_t kPatternBytes = int64_t{8} << 20;

// Without a branch: which rows pass is what the processor cannot guess.
template <typename Test>
void Keep(std::vector<uint32_t>& rows, Test test) {
  size_t kept = 0;
  for (const uint32_t row : rows) {
    rows[kept] = row;
    kept += test(row) ? 1 : 0;
  }
  rows.resize(kept);
}

template <typename Value>
void KeepNumbers(const Value* values, const std::vector<Interval>& accepted, std::vector<uint32_t>& rows) {
  if (accepted.size() == 1) {
    const uint64_t first = static_cast<uint64_t>(accepted[0].first);
    const uint64_t width = static_cast<uint64_t>(accepted[0].last) - first;
    Keep(rows, [=](uint32_t row) { return static_cast<uint64_t>(static_cast<int64_t>(values[row])) - first <= width; });
    return;
  }
  Keep(rows, [&](uint32_t row) {
    const int64_t value = values[row];
    return std::any_of(accepted.begin(), accepted.end(),
                       [value](const Interval& part) { return value >= part.first && value <= part.last; });
  });
}

// Rows whose field is missing are unknown, and go.
template <typename Test>
void KeepTexts(Field field, const RecordBatch& batch, std::vector<uint32_t>& rows, Test test) {
  if (batch.IsEntirelyMissing(field)) return rows.clear();
  const Text* texts = batch.texts(field);
  Keep(rows, [&](uint32_t row) { return !batch.IsMissing(field, row) && test(batch.View(texts[row])); });
}

}  // namespace

Interval DomainOf(Field field) {
  if (field == Field::kStatus || field == Field::kUpstreamStatus) return {0, 999};
  if (field == Field::kTime) return {kEarliestTime, kLatestTime};
  return {0, std::numeric_limits<int64_t>::max()};
}

NumberPredicate::NumberPredicate(Field field, std::vector<Interval> accepted) : Predicate(field) {
  const Interval domain = DomainOf(field);
  std::sort(accepted.begin(), accepted.end(), [](const Interval& a, const Interval& b) { return a.first < b.first; });
  for (Interval part : accepted) {
    part.first = std::max(part.first, domain.first);
    part.last = std::min(part.last, domain.last);
    if (part.first > part.last) continue;
    // `first - 1` does not overflow: no domain begins at the least number.
    if (!accepted_.empty() && part.first - 1 <= accepted_.back().last) {
      accepted_.back().last = std::max(accepted_.back().last, part.last);
    } else {
      accepted_.push_back(part);
    }
  }
}

void NumberPredicate::Negate() {
  const Interval domain = DomainOf(field());
  std::vector<Interval> gaps;
  int64_t first = domain.first;
  for (const Interval& part : accepted_) {
    if (part.first > first) gaps.push_back({first, part.first - 1});
    if (part.last == domain.last) {
      accepted_ = std::move(gaps);
      return;
    }
    first = part.last + 1;
  }
  gaps.push_back({first, domain.last});
  accepted_ = std::move(gaps);
}

void NumberPredicate::Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const {
  if (field() == Field::kStatus) {
    KeepNumbers(batch.statuses(), accepted_, rows);
  } else {
    KeepNumbers(batch.numbers(field()), accepted_, rows);
  }
}

void TextPredicate::Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const {
  KeepTexts(field(), batch, rows, [&](std::string_view text) {
    bool found = std::any_of(texts_.begin(), texts_.end(), [text](const std::string& one) { return text == one; });
    if (!found && !blocks_.empty()) {
      const std::optional<Address> address = ParseHost(text);
      if (!address.has_value()) return false;
      found = blocks_.Contains(*address);
    }
    return found != negated_;
  });
}

PatternPredicate::PatternPredicate(Field field, std::unique_ptr<const re2::RE2> pattern)
    : Predicate(field), pattern_(std::move(pattern)) {}
PatternPredicate::~PatternPredicate() = default;

StatusOr<std::unique_ptr<PatternPredicate>> PatternPredicate::Make(Field field, std::string_view pattern) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);  // a byte is a character, so every text can be matched
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_max_mem(kPatternBytes);
  auto compiled = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!compiled->ok()) return UsageError(compiled->error());
  return std::unique_ptr<PatternPredicate>(new PatternPredicate(field, std::move(compiled)));
}

void PatternPredicate::Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const {
  KeepTexts(field(), batch, rows, [&](std::string_view text) {
    const re2::StringPiece piece(text.data(), text.size());
    return pattern_->Match(piece, 0, text.size(), re2::RE2::UNANCHORED, nullptr, 0) != negated_;
  });
}

}  // namespace logstat
