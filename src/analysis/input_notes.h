// What the workers of a pass note of an input, beside its rows. Thread-safe.
#ifndef LOGSTAT_SRC_ANALYSIS_INPUT_NOTES_H_
#define LOGSTAT_SRC_ANALYSIS_INPUT_NOTES_H_

#include <atomic>
#include <cstdint>

namespace logstat {

struct InputNotes {
  std::atomic<uint64_t> holes{0};      // lines that begin with NULs
  std::atomic<uint64_t> shrunk_to{0};  // bytes that are left of a file that was truncated while it was read
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_ANALYSIS_INPUT_NOTES_H_
