#include "src/input/mapping_guard.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <optional>

namespace logstat {
namespace {

static_assert(std::atomic<uintptr_t>::is_always_lock_free && std::atomic<uint64_t>::is_always_lock_free,
              "the handler may not wait for a lock");

// One watched mapping. Written under `table_mutex`, read by the handler without it: `version` is odd while the slot is
// free or being changed, so a handler that sees the same even number before and after has read one mapping's values.
// The mapping that holds a faulting address cannot go away, because its reader is the thread that waits in the handler.
struct Slot {
  std::atomic<uint64_t> version{1};
  std::atomic<uintptr_t> begin{0};
  std::atomic<uintptr_t> end{0};
  std::atomic<uint64_t> lost_from{MappingGuard::kNothingLost};
};

std::array<Slot, kMaxWatchedMappings> table;
std::mutex table_mutex;  // never taken by the handler
size_t watched = 0;
bool installed = false;
struct sigaction previous_action;
const uintptr_t page_bytes = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));

void LowerTo(std::atomic<uint64_t>& value, uint64_t candidate) {
  uint64_t current = value.load();
  while (candidate < current && !value.compare_exchange_weak(current, candidate)) {
  }
}

// Puts zeros over the rest of the watched mapping that holds `address`. False: no mapping of ours, or no memory.
bool ReplaceLostPages(uintptr_t address) {
  for (Slot& slot : table) {
    const uint64_t version = slot.version.load();
    if (version % 2 != 0) continue;
    const uintptr_t begin = slot.begin.load();
    const uintptr_t end = slot.end.load();
    if (slot.version.load() != version || address < begin || address >= end) continue;
    const uintptr_t page = address & ~(page_bytes - 1);
    // Noted before the zeros can be seen: whoever reads one without faulting itself finds the note.
    LowerTo(slot.lost_from, page - begin);
    // The system call itself: the C library's mmap is not promised to be safe here, nor are sanitizers' wrappers.
    const long mapped =
        syscall(SYS_mmap, page, end - page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
    return mapped == static_cast<long>(page);
  }
  return false;
}

// What would have happened without us.
void PassOn(int signal, siginfo_t* info, void* context) {
  const bool is_fault = info->si_code > 0;  // the kernel's, not kill() or raise()
  if ((previous_action.sa_flags & SA_SIGINFO) != 0) {
    previous_action.sa_sigaction(signal, info, context);
  } else if (previous_action.sa_handler == SIG_DFL || previous_action.sa_handler == SIG_IGN) {
    if (!is_fault && previous_action.sa_handler == SIG_IGN) return;
    // The access that faulted is done again and ends the process with the true address in its core; a signal that was
    // sent is sent again and delivered when this handler returns.
    sigaction(SIGBUS, &previous_action, nullptr);
    if (!is_fault) raise(signal);
  } else {
    previous_action.sa_handler(signal);
  }
}

void OnBusError(int signal, siginfo_t* info, void* context) {
  const int saved_errno = errno;
  const bool is_lost_page = info->si_code == BUS_ADRERR && ReplaceLostPages(reinterpret_cast<uintptr_t>(info->si_addr));
  if (!is_lost_page) PassOn(signal, info, context);
  errno = saved_errno;
}

// Both under table_mutex.
bool InstallHandler() {
  if (installed) return true;
  if (sigaction(SIGBUS, nullptr, &previous_action) != 0) return false;
  struct sigaction action = {};
  action.sa_sigaction = OnBusError;
  action.sa_mask = previous_action.sa_mask;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  installed = sigaction(SIGBUS, &action, nullptr) == 0;
  return installed;
}

void RemoveHandler() {
  struct sigaction current = {};
  if (sigaction(SIGBUS, nullptr, &current) != 0) return;
  if ((current.sa_flags & SA_SIGINFO) == 0 || current.sa_sigaction != OnBusError) return;
  installed = sigaction(SIGBUS, &previous_action, nullptr) != 0;
}

std::optional<size_t> FreeSlot() {
  for (size_t i = 0; i < table.size(); ++i) {
    if (table[i].begin.load() == 0) return i;
  }
  return std::nullopt;
}

}  // namespace

std::unique_ptr<MappingGuard> MappingGuard::Watch(const void* begin, size_t size_bytes) {
  const std::lock_guard<std::mutex> lock(table_mutex);
  const std::optional<size_t> index = FreeSlot();
  if (!index.has_value() || !InstallHandler()) return nullptr;
  std::unique_ptr<MappingGuard> guard(new MappingGuard(*index));
  Slot& slot = table[*index];
  slot.begin.store(reinterpret_cast<uintptr_t>(begin));
  slot.end.store((reinterpret_cast<uintptr_t>(begin) + size_bytes + page_bytes - 1) & ~(page_bytes - 1));
  slot.lost_from.store(kNothingLost);
  slot.version.fetch_add(1);
  ++watched;
  return guard;
}

MappingGuard::~MappingGuard() {
  const std::lock_guard<std::mutex> lock(table_mutex);
  Slot& slot = table[slot_];
  slot.version.fetch_add(1);
  slot.begin.store(0);
  slot.end.store(0);
  if (--watched == 0) RemoveHandler();
}

uint64_t MappingGuard::LostFrom() const { return table[slot_].lost_from.load(); }

}  // namespace logstat
