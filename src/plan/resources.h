// What this process may use: processors and memory, as processor affinity and control groups allow them.
//
//   unsigned threads = options.threads != 0 ? options.threads : AllowedThreads();
//   uint64_t budget = options.max_memory_bytes != 0 ? options.max_memory_bytes : DefaultMemoryBudget();
//
// A container that may use 2 of 64 processors gets 2 threads: 64 threads under a quota of 2 are stopped by the
// scheduler for most of each period. All functions are thread-safe and read the system anew at each call; a limit
// that cannot be read is no limit, never an error.
#ifndef LOGSTAT_SRC_PLAN_RESOURCES_H_
#define LOGSTAT_SRC_PLAN_RESOURCES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstat {

// Processors in the affinity mask of this process, or the control group's quota (rounded up) if that is less; never 0.
unsigned AllowedThreads();

// The smaller of 1 GiB and a quarter of the control group's memory limit, in bytes; never 0.
uint64_t DefaultMemoryBudget();

// ---- The parts of the above that tests feed with text ---------------------------------------------------------

struct ControlGroupLimits {
  std::optional<double> processors;      // absent: no limit
  std::optional<uint64_t> memory_bytes;  // absent: no limit
};

// `proc_cgroup` is the text of /proc/self/cgroup, `mount` the directory where the hierarchies are mounted
// (/sys/fs/cgroup). A group is limited by each of its ancestors, so the least limit on the way up counts. Reads
// version 2 (cpu.max, memory.max) and version 1 (cpu.cfs_quota_us, memory.limit_in_bytes).
ControlGroupLimits ReadControlGroupLimits(std::string_view proc_cgroup, const std::string& mount);

// The path of this process in the hierarchy of `controller`; an empty controller names version 2. Absent: none.
std::optional<std::string> FindControlGroup(std::string_view proc_cgroup, std::string_view controller);

// "150000 100000" is 1.5 processors; "max 100000" and whatever cannot be read are no limit.
std::optional<double> ParseCpuMax(std::string_view text);

// "536870912" is that many bytes; "max", and the huge number by which version 1 says so, are no limit.
std::optional<uint64_t> ParseMemoryLimit(std::string_view text);

// The rules of AllowedThreads and DefaultMemoryBudget for given limits.
unsigned ThreadsWithin(unsigned affinity_processors, const ControlGroupLimits& limits);
uint64_t MemoryBudgetWithin(const ControlGroupLimits& limits);

}  // namespace logstat

#endif  // LOGSTAT_SRC_PLAN_RESOURCES_H_
