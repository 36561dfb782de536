#include "src/plan/resources.h"

#include <sched.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>

namespace logstat {
namespace {

constexpr uint64_t kLargestDefaultBudget = uint64_t{1} << 30;

// Version 1 spells "no limit" as the largest multiple of the page size below 2^63; no machine has 2^60 bytes.
constexpr uint64_t kNoMemoryLimit = uint64_t{1} << 60;

std::optional<std::string> ReadText(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::optional<uint64_t> ParseNumber(std::string_view text) {
  uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return value;
}

template <typename T>
void Lower(std::optional<T>& limit, std::optional<T> candidate) {
  if (candidate && (!limit || *candidate < *limit)) limit = candidate;
}

// Calls `visit` with the directory of the group and of each of its ancestors, the root of the hierarchy last. Inside a
// container the path may name a group that is not mounted here; its files are then missing and only the root counts.
template <typename Visit>
void VisitAncestors(const std::string& hierarchy, std::string path, Visit visit) {
  while (!path.empty() && path.back() == '/') path.pop_back();
  while (!path.empty()) {
    visit(hierarchy + path);
    path.resize(path.rfind('/') == std::string::npos ? 0 : path.rfind('/'));
  }
  visit(hierarchy);
}

void ReadVersion2(const std::string& hierarchy, const std::string& path, ControlGroupLimits& limits) {
  VisitAncestors(hierarchy, path, [&](const std::string& directory) {
    if (auto text = ReadText(directory + "/cpu.max")) Lower(limits.processors, ParseCpuMax(*text));
    if (auto text = ReadText(directory + "/memory.max")) Lower(limits.memory_bytes, ParseMemoryLimit(*text));
  });
}

void ReadVersion1Cpu(const std::string& hierarchy, const std::string& path, ControlGroupLimits& limits) {
  VisitAncestors(hierarchy, path, [&](const std::string& directory) {
    auto quota = ReadText(directory + "/cpu.cfs_quota_us");
    auto period = ReadText(directory + "/cpu.cfs_period_us");
    if (quota && period) Lower(limits.processors, ParseCpuMax(*quota + " " + *period));  // quota -1: no limit
  });
}

void ReadVersion1Memory(const std::string& hierarchy, const std::string& path, ControlGroupLimits& limits) {
  VisitAncestors(hierarchy, path, [&](const std::string& directory) {
    if (auto text = ReadText(directory + "/memory.limit_in_bytes")) {
      Lower(limits.memory_bytes, ParseMemoryLimit(*text));
    }
  });
}

// The size of the affinity mask. The kernel refuses a mask that is smaller than its own, so the mask grows until the
// call succeeds: glibc's fixed cpu_set_t ends at 1,024 processors.
unsigned AffinityProcessors() {
  for (int processors = 1024; processors <= 1 << 20; processors *= 2) {
    std::unique_ptr<cpu_set_t, void (*)(cpu_set_t*)> mask(CPU_ALLOC(processors), [](cpu_set_t* set) { CPU_FREE(set); });
    size_t mask_bytes = CPU_ALLOC_SIZE(processors);
    if (mask == nullptr) break;
    if (sched_getaffinity(0, mask_bytes, mask.get()) == 0) {
      return static_cast<unsigned>(CPU_COUNT_S(mask_bytes, mask.get()));
    }
  }
  return 1;
}

ControlGroupLimits OwnLimits() {
  return ReadControlGroupLimits(ReadText("/proc/self/cgroup").value_or(""), "/sys/fs/cgroup");
}

}  // namespace

std::optional<std::string> FindControlGroup(std::string_view proc_cgroup, std::string_view controller) {
  while (!proc_cgroup.empty()) {
    std::string_view line = proc_cgroup.substr(0, proc_cgroup.find('\n'));
    proc_cgroup.remove_prefix(std::min(line.size() + 1, proc_cgroup.size()));
    size_t first = line.find(':');  // hierarchy:controller,controller:/path
    size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    std::string_view controllers = line.substr(first + 1, second - first - 1);
    bool found = controller.empty() && controllers.empty();
    while (!found && !controllers.empty()) {
      std::string_view name = controllers.substr(0, controllers.find(','));
      found = name == controller;
      controllers.remove_prefix(std::min(name.size() + 1, controllers.size()));
    }
    if (found) return std::string(line.substr(second + 1));
  }
  return std::nullopt;
}

std::optional<double> ParseCpuMax(std::string_view text) {
  std::optional<uint64_t> quota = ParseNumber(text);
  size_t blank = text.find_first_of(" \n");
  if (!quota || blank == std::string_view::npos) return std::nullopt;
  size_t digit = text.find_first_of("0123456789", blank);
  std::optional<uint64_t> period = digit == std::string_view::npos ? std::nullopt : ParseNumber(text.substr(digit));
  if (!period || *period == 0 || *quota == 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::optional<uint64_t> ParseMemoryLimit(std::string_view text) {
  std::optional<uint64_t> bytes = ParseNumber(text);
  if (!bytes || *bytes >= kNoMemoryLimit) return std::nullopt;
  return bytes;
}

ControlGroupLimits ReadControlGroupLimits(std::string_view proc_cgroup, const std::string& mount) {
  ControlGroupLimits limits;
  if (auto path = FindControlGroup(proc_cgroup, "")) {
    ReadVersion2(mount, *path, limits);
    ReadVersion2(mount + "/unified", *path, limits);  // where version 1 and 2 are both mounted
  }
  if (auto path = FindControlGroup(proc_cgroup, "cpu")) {
    ReadVersion1Cpu(mount + "/cpu", *path, limits);
    ReadVersion1Cpu(mount + "/cpu,cpuacct", *path, limits);
  }
  if (auto path = FindControlGroup(proc_cgroup, "memory")) ReadVersion1Memory(mount + "/memory", *path, limits);
  return limits;
}

unsigned ThreadsWithin(unsigned affinity_processors, const ControlGroupLimits& limits) {
  unsigned threads = std::max(affinity_processors, 1u);
  if (limits.processors && *limits.processors < threads) {
    threads = static_cast<unsigned>(std::ceil(*limits.processors));
  }
  return std::max(threads, 1u);
}

uint64_t MemoryBudgetWithin(const ControlGroupLimits& limits) {
  if (!limits.memory_bytes) return kLargestDefaultBudget;
  return std::clamp(*limits.memory_bytes / 4, uint64_t{1}, kLargestDefaultBudget);
}

unsigned AllowedThreads() { return ThreadsWithin(AffinityProcessors(), OwnLimits()); }

uint64_t DefaultMemoryBudget() { return MemoryBudgetWithin(OwnLimits()); }

}  // namespace logstat
