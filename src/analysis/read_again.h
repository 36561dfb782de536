// Whether and how inputs of a pass that has ended can be read once more.
//
//   if (IsFile(first, i) && IsAsItWas(first, i) && PutBack(first, i)) plan.inputs.inputs[0] = SamePart(first, i);
//
// A file can, also one that is standard input; a pipe gives its bytes once. Only what the pass read is read again, so
// what was appended since is not seen. Functions of a pass whose workers have ended; they look at the file system.
#ifndef LOGSTAT_SRC_ANALYSIS_READ_AGAIN_H_
#define LOGSTAT_SRC_ANALYSIS_READ_AGAIN_H_

#include <cstddef>

#include "src/analysis/pass.h"
#include "src/plan/expand.h"

namespace logstat {

// Whether the input gave lines to the pass.
bool WasRead(const Pass& first, size_t input);

bool IsFile(const Pass& first, size_t input);

// False if its file was rewritten, replaced, or shrank.
bool IsAsItWas(const Pass& first, size_t input);

// To where standard input stood before; false if that cannot be. Other inputs need nothing.
bool PutBack(const Pass& first, size_t input);

// The input for a plan, as far as the pass read it.
PlannedInput SamePart(const Pass& first, size_t input);

}  // namespace logstat

#endif  // LOGSTAT_SRC_ANALYSIS_READ_AGAIN_H_
