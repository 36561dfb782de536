// Tests joined by and, or, not: what --where means, evaluated on columns.
//
//   Expression expression = *ParseWhere(R"(status >= 500 and not client in 10.0.0.0/8)", "UTC");
//   expression.Narrow(batch, rows);       // keeps the rows for which it is true
//
// Why there is no third value here: a negation is pushed down to the tests when it is made (`not (a or b)` is `not a
// and not b`, in three-valued logic too), and of what then remains, `a and b` is true where both are and `a or b` where
// one is. So it is enough that each test knows where it is true, and where its negation is. Immutable once made; const
// calls are thread-safe.
#ifndef LOGSTAT_SRC_FILTER_EXPRESSION_H_
#define LOGSTAT_SRC_FILTER_EXPRESSION_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "src/filter/predicate.h"
#include "src/record/record_batch.h"

namespace logstat {

class Expression {
 public:
  // True for every row.
  Expression() = default;
  explicit Expression(std::unique_ptr<Predicate> test) : test_(std::move(test)) {}
  static Expression All(std::vector<Expression> parts) { return Expression(/*any=*/false, std::move(parts)); }
  static Expression Any(std::vector<Expression> parts) { return Expression(/*any=*/true, std::move(parts)); }

  void Negate();

  // The expressions that all must be true, cheapest first; the expression itself is empty afterwards.
  std::vector<Expression> TakeConjuncts();

  // Orders the parts so that the cheapest comes first. Changes no answer.
  void Optimize();

  ColumnSet columns() const;
  int cost() const;
  void Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const;

 private:
  Expression(bool any, std::vector<Expression> parts) : any_(any), parts_(std::move(parts)) {}
  void NarrowToAny(const RecordBatch& batch, std::vector<uint32_t>& rows) const;

  std::shared_ptr<Predicate> test_;  // null: the parts; copies share it, they are made when it changes no more
  bool any_ = false;                 // one of the parts must be true; else all
  std::vector<Expression> parts_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FILTER_EXPRESSION_H_
