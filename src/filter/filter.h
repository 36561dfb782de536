// Which rows a run counts: --since, --until and --where as one.
//
//   StatusOr<Filter> filter = MakeFilter(options);
//   reader.Read(block, format, columns, filter->early(), batch);   // no further in rows that fail the first tests
//   filter->NarrowEarly(batch, selection);                         // these go; the others have all their columns
//   filter->Narrow(batch, selection);                              // the rest of the tests
//
// The tests that must all be true are taken apart: those on the status, the time and the byte count come first, because
// a reader has these before it looks for anything else, and a row that fails them needs no other column.
//
// A clock outlier has no readable time (clock.h), but whether a line is one is known only when its neighbours are. Time
// tests are therefore made on the times as read, and made again on the rows that turned out to be outliers: a value
// that becomes unknown can make a row fail that passed, never the other way round. Immutable; shared by any number of
// threads.
#ifndef LOGSTAT_SRC_FILTER_FILTER_H_
#define LOGSTAT_SRC_FILTER_FILTER_H_

#include <vector>

#include "logstat/options.h"
#include "src/base/status.h"
#include "src/filter/expression.h"
#include "src/record/row_filter.h"
#include "src/record/selection.h"

namespace logstat {

class Filter {
 public:
  // Lets every row pass.
  Filter() = default;

  // False if there is nothing to test.
  bool active() const { return !early_.empty() || !late_.empty(); }

  // The tests of NarrowEarly() for whoever fills a batch; null if there are none.
  const RowFilter* early() const { return early_.empty() ? nullptr : &early_; }

  // Every column that is tested, and those that --where names.
  ColumnSet columns() const { return early_.columns() | late_.columns(); }
  ColumnSet named() const { return named_; }

  // Looks at status, time and bytes only.
  void NarrowEarly(const RecordBatch& batch, Selection& selection) const { early_.Narrow(batch, selection); }
  // All tests of rows that passed those of NarrowEarly().
  void Narrow(const RecordBatch& batch, Selection& selection) const { late_.Narrow(batch, selection); }

 private:
  friend StatusOr<Filter> MakeFilter(const Options& options);

  // Expressions that must all be true.
  class Conjuncts final : public RowFilter {
   public:
    bool empty() const { return parts_.empty(); }
    void Add(Expression part) { parts_.push_back(std::move(part)); }
    void Narrow(const RecordBatch& batch, Selection& selection) const;

    ColumnSet columns() const override;
    void Narrow(const RecordBatch& batch, std::vector<uint32_t>& rows) const override;

   private:
    std::vector<Expression> parts_;
  };

  Conjuncts early_;
  Conjuncts late_;
  ColumnSet named_;
};

// Errors are the user's: an expression that cannot be read (with a mark), or a range that holds nothing.
StatusOr<Filter> MakeFilter(const Options& options);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FILTER_FILTER_H_
