#include "src/input/descriptor_reader.h"

#include <unistd.h>

#include <cerrno>

#include "src/input/wait.h"

namespace logstat {

StatusOr<size_t> DescriptorReader::Read(uint8_t* to, size_t most) {
  while (true) {
    if (stop_.stop_possible() && !WaitForInput(descriptor_.get(), stop_)) return 0;
    const ssize_t got = read(descriptor_.get(), to, most);
    if (got >= 0) return static_cast<size_t>(got);
    const bool would_block = errno == EAGAIN || errno == EWOULDBLOCK;
    if (!would_block && errno != EINTR) return ErrnoStatus(errno, "cannot read");
    if (would_block) WaitForInput(descriptor_.get(), stop_);
  }
}

Status DescriptorReader::Skip(uint64_t bytes) {
  if (lseek(descriptor_.get(), static_cast<off_t>(bytes), SEEK_CUR) >= 0) return OkStatus();
  return ErrnoStatus(errno, "cannot seek");
}

}  // namespace logstat
