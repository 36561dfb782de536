// One test on one field: the leaves of a filter.
//
//   NumberPredicate slow(Field::kDuration, {{1'500'001, INT64_MAX}});   // duration > 1.5
//   slow.Narrow(batch, rows);
//   slow.Negate();                                                      // duration <= 1.5
//
// Logic is three-valued: a field that is absent or unreadable makes a test unknown, and the negation of unknown is
// unknown. A predicate keeps the rows for which it is true; it is negated as a whole, so that "not true" never has to
// be told from "unknown" (see expression.h). Immutable but for Negate(); const calls are thread-safe.
#ifndef LOGSTAT_SRC_FILTER_PREDICATE_H_
#define LOGSTAT_SRC_FILTER_PREDICATE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/filter/cidr.h"
#include "src/record/record_batch.h"

namespace re2 {
class RE2;
}

namespace logstat {

class Predicate {
 public:
  explicit Predicate(Field field) : field_(field) {}
  virtual ~Predicate() = default;

  Field field() const { return field_; }
  // What a row costs, roughly in nanoseconds: cheap ones are asked first.
  virtual int cost() const = 0;
  // From now on true for rows for which it was false, and the other way round.
  virtual void Negate() = 0;
  // Keeps the rows for which it is true.
  virtual void Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const = 0;

 private:
  Field field_;
};

// Both ends included, in the unit of the column.
struct Interval {
  int64_t first;
  int64_t last;
  friend bool operator==(const Interval&, const Interval&) = default;
};

// What the values of a number column (or the status) can be; what is absent or unreadable lies outside.
Interval DomainOf(Field field);

// The value lies in one of some intervals. All comparisons of numbers and times come down to that.
class NumberPredicate final : public Predicate {
 public:
  // In any order; parts outside of the domain are cut off.
  NumberPredicate(Field field, std::vector<Interval> accepted);

  int cost() const override { return 1; }
  void Negate() override;
  void Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const override;

  // Ascending, without overlaps.
  const std::vector<Interval>& accepted() const { return accepted_; }

 private:
  std::vector<Interval> accepted_;
};

// The text is one of some, or is an address in one of some blocks. A text that is none of these and no address is
// unknown where there are blocks.
class TextPredicate final : public Predicate {
 public:
  TextPredicate(Field field, std::vector<std::string> texts, AddressSet blocks)
      : Predicate(field), texts_(std::move(texts)), blocks_(std::move(blocks)) {}

  int cost() const override { return blocks_.empty() ? 5 : 20; }
  void Negate() override { negated_ = !negated_; }
  void Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const override;

 private:
  std::vector<std::string> texts_;
  AddressSet blocks_;
  bool negated_ = false;
};

// Some part of the text matches a regular expression of RE2's syntax. Texts are bytes, of any encoding.
class PatternPredicate final : public Predicate {
 public:
  // An error is RE2's word for what is wrong with the pattern, or that it is too large.
  static StatusOr<std::unique_ptr<PatternPredicate>> Make(Field field, std::string_view pattern);
  ~PatternPredicate() override;

  int cost() const override { return 100; }
  void Negate() override { negated_ = !negated_; }
  void Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const override;

 private:
  PatternPredicate(Field field, std::unique_ptr<const re2::RE2> pattern);

  std::unique_ptr<const re2::RE2> pattern_;
  bool negated_ = false;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FILTER_PREDICATE_H_
