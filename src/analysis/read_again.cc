#include "src/analysis/read_again.h"

#include "src/input/file_mark.h"

namespace logstat {

bool WasRead(const Pass& first, size_t input) { return first.ledger.account(input).bytes > 0; }

bool IsFile(const Pass& first, size_t input) { return first.cursor.outcomes()[input].mark.is_regular; }

bool IsAsItWas(const Pass& first, size_t input) {
  return !first.ledger.account(input).lost_bytes &&
         IsStillThere(first.cursor.outcomes()[input].mark, MarkFile(first.plan.inputs.inputs[input].path));
}

bool PutBack(const Pass& first, size_t input) {
  return Rewind(first.plan.inputs.inputs[input].path, first.cursor.outcomes()[input].mark);
}

PlannedInput SamePart(const Pass& first, size_t input) {
  PlannedInput part = first.plan.inputs.inputs[input];
  part.most_bytes = first.ledger.account(input).bytes;
  return part;
}

}  // namespace logstat
