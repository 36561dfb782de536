// The count above which a key is surely kept by a partition that was short of memory, whatever the schedule.
//
//   std::vector<WeighedKey> kept = partition.Weigh(counts);          // counted exactly, in the second pass
//   uint64_t bound = BoundOf(partition.added(), partition.capacity(), statuses, std::move(kept));
//
// Which keys a partition keeps depends on the order in which they came, and so on threads, cells and files. A list that
// is the same for all of them may hold only keys that every order keeps. The bound is a property of the rows alone.
//
// **Why a key above it is always kept.** Let n_i be the rows of key i, and c_i the most bytes that it can be charged:
// entry and index, and a node for each status of the log's but one. A reduction (key_partition.h) takes some d off the
// counters of a set of keys, those that stay and the first that does not fit, each of which has at least d; by its
// rule the charges of this set are more than half of the capacity, A. A key never loses more than it was counted, so
// over all reductions r
//
//     A * sum(d_r)  <  sum over r of d_r * sum(c_i of the keys in r)  <=  sum(c_i * n_i over all keys)  =  W
//
// and offset = sum(d_r) <= W / A. A key that is not kept was counted at most offset times. W is added up as rows come:
// it is the rows' plain charges and the nodes' times the rows, and needs no key to be remembered.
//
// **Sharper.** The first bound T is far too large where one key has most of the rows, as a home page or a proxy has.
// But all keys above T are kept in every order, and after the second pass their counts and statuses are known. Let H be
// these keys, and e_i what they are charged at most with the statuses that they really have. In every reduction, keys
// that are not in H are charged more than A - sum(e_i of H), so that
//
//     offset  <=  (W - sum(c_i * n_i of H)) / (A - sum(e_i of H))
//
// which is a bound as good as T, the same for every order, and may let more keys into H; repeat while it falls. The
// divisor stays positive: a key in H has n_i > T, and sum(c_i * n_i) <= W then says that sum(c_i of H) < A.
#ifndef LOGSTAT_SRC_AGGREGATE_KEY_BOUND_H_
#define LOGSTAT_SRC_AGGREGATE_KEY_BOUND_H_

#include <cstdint>
#include <vector>

#include "src/aggregate/key_partition.h"

namespace logstat {

// `added`: all rows of the partition, whose KeyPartition::capacity() is `capacity`; `statuses`: how many different ones
// rows of its kind have at most; `kept`: its keys with their exact counts, of which only those above the bound matter.
// At least 1 for a partition that was reduced, and nothing is lost of one that was not. Pure function.
uint64_t BoundOf(const AddedRows& added, uint64_t capacity, uint64_t statuses, std::vector<WeighedKey> kept);

}  // namespace logstat

#endif  // LOGSTAT_SRC_AGGREGATE_KEY_BOUND_H_
