// The lists that a report shows of one key table: busiest keys, failing keys, top keys of every status code.
//
//   KeyLists lists = ListKeys(table, ListOptions{.top = 10, .counted = totals.counted});
//   report.paths = std::move(lists.busiest);
//
// Order: count descending, then key; failing ones by server errors, then client errors, then key. Keys are ordered by
// their bytes, rows without the field before all keys.
//
// A table over its budget (see key_partition.h) lists only keys whose count is above its bound: each of them was
// really counted more often than that, and a key that was counted more than twice as often is never left out. After a
// second pass (key_table.h) counts are exact, every key above the bound is listed, and no order of the rows changes
// that. Pure function of the table, which must not change meanwhile.
#ifndef LOGSTAT_SRC_AGGREGATE_KEY_LISTS_H_
#define LOGSTAT_SRC_AGGREGATE_KEY_LISTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "logstat/report.h"
#include "src/aggregate/key_table.h"

namespace logstat {

struct ListOptions {
  size_t top = 10;       // rows of a list; 0: all
  uint64_t counted = 0;  // what shares are shares of
  bool busiest = true;   // which lists are wanted
  bool failing = true;
  bool of_codes = true;
  bool missing = true;     // rows without the field are a row of the lists
  bool top_codes = false;  // each row has its most frequent codes
};

struct KeyLists {
  std::vector<KeyRow> busiest;
  std::vector<KeyRow> failing;
  std::vector<std::vector<KeyCount>> of_code;  // by code, 0 to 999; empty if not wanted
  uint64_t keys = 0;                           // how many keys the table holds; rows without the field are none
  bool exact = true;                           // nothing was dropped
  bool any_key = false;                        // at least one row has the field
  ListBounds bounds;                           // of `busiest` and `failing`, also if they hold no row
  uint64_t main_bound = 0;                     // of the lists of codes 1 to 399; those of other codes: bounds.failing
};

KeyLists ListKeys(const KeyTable& table, const ListOptions& options);

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_KEY_LISTS_H_
