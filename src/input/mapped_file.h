// A source over a mapped regular file: workers take cells with one atomic add, and nothing is copied.
//
//   Descriptor descriptor(open(path, O_RDONLY | O_CLOEXEC));
//   std::unique_ptr<Source> source = MappedSource::Open(descriptor, size_bytes, settings);
//   if (source == nullptr) source = OpenStream(descriptor.release(), settings);   // not every file can be mapped
#ifndef LOGSTAT_SRC_INPUT_MAPPED_FILE_H_
#define LOGSTAT_SRC_INPUT_MAPPED_FILE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/input/block.h"
#include "src/input/descriptor.h"
#include "src/input/mapping_guard.h"
#include "src/input/source.h"

namespace logstat {

// The mapping of one file, and the reserve around it.
//
// bytes() is 2 MiB-aligned: where the file system keeps large folios, large pages then fit (415 MB on ext4, warm,
// newline count: 22 ms aligned, 36 ms one page beside it). The reserve is readable zero pages and goes on for at least
// one page behind the file's last, so that reading 64 bytes too far is safe for every size, exact multiples of the page
// size included. Immutable; unmapped by the destructor.
class MappedFile {
 public:
  // Null if the file cannot be mapped (its file system, address space) or if `guarded` and no guard is free.
  static std::shared_ptr<const MappedFile> Map(int descriptor, size_t size_bytes, bool guarded);

  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  const uint8_t* bytes() const { return bytes_; }
  uint64_t LostFrom() const { return guard_ == nullptr ? MappingGuard::kNothingLost : guard_->LostFrom(); }

 private:
  MappedFile() = default;

  void* reserve_ = nullptr;
  size_t reserve_bytes_ = 0;
  const uint8_t* bytes_ = nullptr;
  std::unique_ptr<MappingGuard> guard_;
};

// Blocks of a mapped file. All bytes between a cell and the end of its longest possible last line are readable, so
// readable_bytes is as large as the rule of the grid allows and nobody looks for the line's end. The mapping lives as
// long as the source or any block's lease. The sample is a copy: its lines are read many times and must be the same
// each time, which those of a file that is being truncated are not.
class MappedSource final : public Source {
 public:
  // Takes `descriptor` over and returns the source, or leaves it alone and returns null if the file cannot be mapped.
  // `size_bytes` > 0 is the file's size now; what is appended later is not read.
  static std::unique_ptr<MappedSource> Open(Descriptor& descriptor, uint64_t size_bytes,
                                            const SourceSettings& settings);

  std::string_view Sample() override;
  StatusOr<std::optional<Block>> Next() override;
  uint64_t IntactBytes() const override;
  std::optional<uint64_t> KnownSize() const override { return size_bytes_; }
  bool mapped() const override { return true; }

 private:
  MappedSource(Descriptor descriptor, std::shared_ptr<const MappedFile> file, uint64_t size_bytes, size_t cell_bytes);

  const Descriptor descriptor_;
  const std::shared_ptr<const MappedFile> file_;
  const uint64_t size_bytes_;
  const uint64_t cell_bytes_;
  const uint64_t cells_;
  std::atomic<uint64_t> next_cell_{0};
  std::string sample_;  // with what may be read behind it; empty until somebody asks, and again from the first cell on
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_MAPPED_FILE_H_
