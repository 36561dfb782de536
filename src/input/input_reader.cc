#include "src/input/input_reader.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "src/input/archive_reader.h"
#include "src/input/descriptor_reader.h"

namespace logstat {

InputReader::InputReader(Descriptor descriptor, const SourceSettings& settings)
    : settings_(settings),
      descriptor_(descriptor.get()),
      reader_(std::make_unique<DescriptorReader>(std::move(descriptor), settings.stop)),
      room_bytes_(settings.max_expand_bytes),
      left_bytes_(settings.most_bytes) {}

// What was read beyond the end is forgotten: to read less would leave no room for magic numbers.
StatusOr<size_t> InputReader::Read(uint8_t* to, size_t most) {
  if (left_bytes_ == 0) return size_t{0};
  StatusOr<size_t> got = ReadOn(to, most);
  if (!got.ok()) return got;
  *got = std::min<uint64_t>(*got, left_bytes_);
  left_bytes_ -= *got;
  return got;
}

StatusOr<size_t> InputReader::ReadOn(uint8_t* to, size_t most) {
  if (!recognized_) return ReadFirst(to, most);
  return is_archive_ ? ReadDecoded(to, most) : reader_->Read(to, most);
}

// The first bytes are read to where they belong if they are not compressed, which is known as soon as they differ from
// every magic number: with the first byte of nearly every log.
StatusOr<size_t> InputReader::ReadFirst(uint8_t* to, size_t most) {
  recognized_ = true;
  size_t filled = 0;
  bool is_all = false;
  std::optional<Compression> compression;
  while (!compression.has_value()) {
    const StatusOr<size_t> got = reader_->Read(to + filled, most - filled);
    if (!got.ok() && filled == 0) return got;
    filled += got.value_or(0);
    is_all = got.value_or(0) == 0 || filled == most;
    compression = RecognizeCompression(std::string_view(reinterpret_cast<const char*>(to), filled), is_all);
  }
  if (*compression == Compression::kNone) return filled;
  is_archive_ = true;
  std::unique_ptr<MemberSplit> split = SplitOf(*compression, filled);
  reader_ = std::make_unique<ArchiveReader>(*compression, std::move(reader_), std::vector<uint8_t>(to, to + filled),
                                            settings_, std::move(split));
  return ReadDecoded(to, most);
}

// Null if only one worker can decode it.
std::unique_ptr<MemberSplit> InputReader::SplitOf(Compression compression, size_t already_read) const {
  struct stat info;
  if (!MemberSplit::CanSplit(compression) || fstat(descriptor_, &info) != 0 || !S_ISREG(info.st_mode)) return nullptr;
  const off_t here = lseek(descriptor_, 0, SEEK_CUR);
  if (here < static_cast<off_t>(already_read)) return nullptr;
  return std::make_unique<MemberSplit>(compression, descriptor_, static_cast<uint64_t>(here) - already_read, settings_);
}

StatusOr<size_t> InputReader::ReadDecoded(uint8_t* to, size_t most) {
  uint8_t beyond;
  const bool is_full = room_bytes_ == 0;
  const StatusOr<size_t> got =
      is_full ? reader_->Read(&beyond, 1) : reader_->Read(to, std::min<uint64_t>(most, room_bytes_));
  if (!got.ok() || *got == 0) return got;
  if (is_full) {
    is_archive_ = false;
    return EnvironmentError(fmt::format(
        "expands to more than {} bytes, of which the first were counted: if it is no bomb, give a larger --max-expand",
        settings_.max_expand_bytes));
  }
  room_bytes_ -= *got;
  return got;
}

}  // namespace logstat
