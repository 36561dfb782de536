#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <utility>

#include "src/input/descriptor.h"
#include "src/input/mapped_file.h"
#include "src/input/source.h"
#include "src/input/stream.h"

namespace logstat {
namespace {

// The size to map, or 0: not a regular file, too small to be worth it, or partly read already (`{ read line; logstat; }
// < access.log` must not see the first line again).
uint64_t SizeToMap(int descriptor, const struct stat& info, const SourceSettings& settings) {
  if (!S_ISREG(info.st_mode) || info.st_size <= 0) return 0;
  const uint64_t size_bytes = static_cast<uint64_t>(info.st_size);
  if (size_bytes < settings.map_from_bytes || lseek(descriptor, 0, SEEK_CUR) != 0) return 0;
  return size_bytes;
}

}  // namespace

StatusOr<std::unique_ptr<Source>> OpenSource(const std::string& path, const SourceSettings& settings) {
  // O_NOCTTY: a path that is a terminal must not become ours. A FIFO waits here for its writer, as everywhere.
  Descriptor descriptor(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (descriptor.get() < 0) return ErrnoStatus(errno, "cannot open");
  struct stat info;
  if (fstat(descriptor.get(), &info) != 0) return ErrnoStatus(errno, "cannot open");
  if (S_ISDIR(info.st_mode)) return EnvironmentError("is a directory");

  if (const uint64_t size_bytes = SizeToMap(descriptor.get(), info, settings); size_bytes > 0) {
    if (std::unique_ptr<Source> source = MappedSource::Open(descriptor, size_bytes, settings)) return source;
  }
  return OpenStream(descriptor.release(), settings);
}

}  // namespace logstat
