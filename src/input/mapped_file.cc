#include "src/input/mapped_file.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "src/input/sample.h"
#include "src/scan/kernels.h"

namespace logstat {
namespace {

constexpr size_t kLargePageBytes = size_t{2} << 20;

constexpr uintptr_t RoundUp(uintptr_t value, uintptr_t step) { return (value + step - 1) / step * step; }

}  // namespace

// No madvise: on a warm file (415 MB, ext4, Linux 6.18, one thread, 22.4 ms) MADV_SEQUENTIAL and MADV_HUGEPAGE change
// nothing (22.4, 22.0 ms), MADV_POPULATE_READ cell by cell costs (23.7 ms); on a cold one SEQUENTIAL and WILLNEED read
// no faster than the kernel does by itself (200 ms each).
std::shared_ptr<const MappedFile> MappedFile::Map(int descriptor, size_t size_bytes, bool guarded) {
  const size_t page_bytes = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  if (size_bytes == 0 || size_bytes > std::numeric_limits<size_t>::max() / 2) return nullptr;
  std::shared_ptr<MappedFile> file(new MappedFile);
  const size_t reserve_bytes = kLargePageBytes + RoundUp(size_bytes, page_bytes) + page_bytes;
  void* reserve = mmap(nullptr, reserve_bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (reserve == MAP_FAILED) return nullptr;
  file->reserve_ = reserve;
  file->reserve_bytes_ = reserve_bytes;

  void* aligned = reinterpret_cast<void*>(RoundUp(reinterpret_cast<uintptr_t>(reserve), kLargePageBytes));
  void* mapping = mmap(aligned, size_bytes, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0);
  if (mapping == MAP_FAILED) return nullptr;
  file->bytes_ = static_cast<const uint8_t*>(mapping);

  if (guarded) {
    file->guard_ = MappingGuard::Watch(mapping, size_bytes);
    if (file->guard_ == nullptr) return nullptr;
  }
  return file;
}

MappedFile::~MappedFile() {
  guard_.reset();  // first: another thread may get the same addresses as soon as they are free
  if (reserve_ != nullptr) munmap(reserve_, reserve_bytes_);
}

std::unique_ptr<MappedSource> MappedSource::Open(Descriptor& descriptor, uint64_t size_bytes,
                                                 const SourceSettings& settings) {
  std::shared_ptr<const MappedFile> file = MappedFile::Map(descriptor.get(), size_bytes, settings.guard_mapped_files);
  if (file == nullptr) return nullptr;
  return std::unique_ptr<MappedSource>(
      new MappedSource(std::move(descriptor), std::move(file), size_bytes, settings.cell_bytes));
}

MappedSource::MappedSource(Descriptor descriptor, std::shared_ptr<const MappedFile> file, uint64_t size_bytes,
                           size_t cell_bytes)
    : descriptor_(std::move(descriptor)),
      file_(std::move(file)),
      size_bytes_(size_bytes),
      cell_bytes_(cell_bytes),
      cells_(size_bytes / cell_bytes + (size_bytes % cell_bytes != 0)) {}

std::string_view MappedSource::Sample() {
  if (sample_.empty()) {
    const std::string_view all(reinterpret_cast<const char*>(file_->bytes()), size_bytes_);
    sample_ = all.substr(0, SampleEnd(all).value_or(all.size()));
    sample_.append(kOverread, '\0');
  }
  return std::string_view(sample_).substr(0, sample_.size() - kOverread);
}

StatusOr<std::optional<Block>> MappedSource::Next() {
  // Callers that come after the end add to the cursor too: 2^64 calls away from an overflow.
  const uint64_t cell = next_cell_.fetch_add(1, std::memory_order_relaxed);
  if (cell >= cells_) return std::optional<Block>();
  if (cell == 0) std::string().swap(sample_);
  Block block;
  block.offset = cell * cell_bytes_;
  const uint64_t rest = size_bytes_ - block.offset;
  block.lease = file_;
  block.bytes = file_->bytes() + block.offset;
  block.cell_bytes = std::min(cell_bytes_, rest);
  block.readable_bytes = std::min<uint64_t>(block.cell_bytes + kMaxLineBytes + 2, rest);
  block.cell = cell;
  block.starts_line = cell == 0 || block.bytes[-1] == '\n';
  block.ends_input = block.readable_bytes == rest;
  return std::optional<Block>(std::move(block));
}

uint64_t MappedSource::IntactBytes() const {
  const uint64_t intact = std::min(size_bytes_, file_->LostFrom());
  struct stat now;
  if (fstat(descriptor_.get(), &now) != 0) return intact;
  return std::min(intact, static_cast<uint64_t>(std::max<off_t>(now.st_size, 0)));
}

}  // namespace logstat
