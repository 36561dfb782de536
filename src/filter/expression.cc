#include "src/filter/expression.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace logstat {

void Expression::Negate() {
  if (test_ != nullptr) return test_->Negate();
  any_ = !any_;
  for (Expression& part : parts_) part.Negate();
}

void Expression::Optimize() {
  for (Expression& part : parts_) part.Optimize();
  std::stable_sort(parts_.begin(), parts_.end(),
                   [](const Expression& a, const Expression& b) { return a.cost() < b.cost(); });
}

std::vector<Expression> Expression::TakeConjuncts() {
  std::vector<Expression> conjuncts;
  if (test_ != nullptr || any_) {
    conjuncts.push_back(std::move(*this));
  } else {
    for (Expression& part : parts_) {
      std::vector<Expression> more = part.TakeConjuncts();
      std::move(more.begin(), more.end(), std::back_inserter(conjuncts));
    }
  }
  *this = Expression();
  return conjuncts;
}

ColumnSet Expression::columns() const {
  ColumnSet columns;
  if (test_ != nullptr) columns.Insert(test_->field());
  for (const Expression& part : parts_) columns = columns | part.columns();
  return columns;
}

int Expression::cost() const {
  if (test_ != nullptr) return test_->cost();
  int sum = 0;
  for (const Expression& part : parts_) sum += part.cost();
  return sum;
}

void Expression::Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const {
  if (test_ != nullptr) return test_->Narrow(batch, rows);
  if (any_) return NarrowToAny(batch, rows);
  for (const Expression& part : parts_) {
    if (rows.empty()) return;
    part.Narrow(batch, rows);
  }
}

// Each part is asked only for the rows that no part before it has accepted.
void Expression::NarrowToAny(const RecordBatch& batch, std::vector<uint32_t>& rows) const {
  std::vector<uint32_t> rest = rows;
  std::vector<uint32_t> accepted;
  std::vector<uint32_t> still_open;
  for (const Expression& part : parts_) {
    if (rest.empty()) return;
    accepted = rest;
    part.Narrow(batch, accepted);
    still_open.clear();
    std::set_difference(rest.begin(), rest.end(), accepted.begin(), accepted.end(), std::back_inserter(still_open));
    rest.swap(still_open);
  }
  accepted.clear();
  std::set_difference(rows.begin(), rows.end(), rest.begin(), rest.end(), std::back_inserter(accepted));
  rows.swap(accepted);
}

}  // namespace logstat
