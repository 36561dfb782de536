// Keeps a process alive that reads a mapped file while another process truncates it (`copytruncate`).
//
//   std::unique_ptr<MappingGuard> guard = MappingGuard::Watch(mapping, size);
//   if (guard == nullptr) return ReadAsStream();             // the table of mappings is full
//   ParseRows(mapping, size);                                 // cannot crash: what was lost reads as zeros
//   const uint64_t intact = std::min(size_now, guard->LostFrom());
//
// A page of a mapping that lies wholly beyond the file's new end raises SIGBUS when it is touched. The handler finds
// the address in a fixed table, notes the lowest offset that was lost, puts zero pages over the rest of that mapping,
// and returns; the read that faulted is done again and sees zeros. It takes no lock, allocates nothing, never jumps,
// and keeps errno; any number of threads may fault at once. Any other SIGBUS (another address, a hardware error, kill)
// goes to the handler that was there before.
//
// What it cannot see: bytes of the last partial page of a shrunk file read as zeros without a signal, and a file that
// shrank and grew again shows its new bytes under the old offsets. So the file's size must be looked at as well.
// A disk that fails under a mapping raises the same signal and is noted in the same way.
#ifndef LOGSTAT_SRC_INPUT_MAPPING_GUARD_H_
#define LOGSTAT_SRC_INPUT_MAPPING_GUARD_H_

#include <cstddef>
#include <cstdint>
#include <memory>

namespace logstat {

// So many mappings can be watched at once in a process. A mapping lives from the opening of an input to its last row,
// and a run opens its inputs as it reaches them.
inline constexpr size_t kMaxWatchedMappings = 1024;

// Watches one mapping while it lives, and must live as long as anybody reads the mapping. The handler is installed
// with the first guard of the process and removed with the last one, unless somebody else has put a handler over it
// meanwhile: then it stays, because that one may call it. All functions are thread-safe.
class MappingGuard {
 public:
  static constexpr uint64_t kNothingLost = UINT64_MAX;

  // `begin` is the start of a page; the mapping's last page is watched to its end. Null if the table is full.
  static std::unique_ptr<MappingGuard> Watch(const void* begin, size_t size_bytes);

  ~MappingGuard();
  MappingGuard(const MappingGuard&) = delete;
  MappingGuard& operator=(const MappingGuard&) = delete;

  // The lowest offset, a multiple of the page size, from which on the mapping was replaced by zeros.
  uint64_t LostFrom() const;

 private:
  explicit MappingGuard(size_t slot) : slot_(slot) {}

  const size_t slot_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_MAPPING_GUARD_H_
