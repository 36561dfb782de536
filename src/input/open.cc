#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "src/input/compression.h"
#include "src/input/descriptor.h"
#include "src/input/input_reader.h"
#include "src/input/mapped_file.h"
#include "src/input/source.h"
#include "src/input/stream.h"
#include "src/input/wait.h"

namespace logstat {
namespace {

// The size to map, or 0: not a regular file, too small to be worth it, compressed, or partly read already (`{ read
// line; logstat; } < access.log` must not see the first line again).
uint64_t SizeToMap(int descriptor, const struct stat& info, const SourceSettings& settings) {
  if (!S_ISREG(info.st_mode) || info.st_size <= 0) return 0;
  const uint64_t size_bytes = static_cast<uint64_t>(info.st_size);
  if (size_bytes < settings.map_from_bytes || lseek(descriptor, 0, SEEK_CUR) != 0) return 0;
  if (CompressionOfFile(descriptor) != Compression::kNone) return 0;
  return std::min(size_bytes, settings.most_bytes);
}

// open() itself would wait for the writer of a FIFO, and a signal that another thread gets would not end that: it is
// opened without waiting, and waited for here. Asked to stop meanwhile, it is an empty stream.
Status OpenPath(const std::string& path, const std::stop_token& stop, Descriptor& descriptor, struct stat& info) {
  if (path == "-") {
    descriptor = Descriptor(STDIN_FILENO);
    return fstat(STDIN_FILENO, &info) == 0 ? OkStatus() : ErrnoStatus(errno, "cannot open");
  }
  // O_NOCTTY: a path that is a terminal must not become ours.
  descriptor = Descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (descriptor.get() < 0 && errno == ENXIO && stat(path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode)) {
    return EnvironmentError("is a socket, which has no lines to read");
  }
  if (descriptor.get() < 0 || fstat(descriptor.get(), &info) != 0) return ErrnoStatus(errno, "cannot open");
  if (S_ISFIFO(info.st_mode)) WaitForInput(descriptor.get(), stop);
  const int flags = fcntl(descriptor.get(), F_GETFL);
  if (flags < 0 || fcntl(descriptor.get(), F_SETFL, flags & ~O_NONBLOCK) != 0) return ErrnoStatus(errno, "cannot open");
  return OkStatus();
}

std::optional<uint64_t> SizeFromHere(int descriptor) {
  struct stat info;
  if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  const off_t here = lseek(descriptor, 0, SEEK_CUR);
  if (here < 0 || CompressionOfFile(descriptor) != Compression::kNone) return std::nullopt;
  return here < info.st_size ? static_cast<uint64_t>(info.st_size - here) : 0;
}

}  // namespace

StatusOr<std::unique_ptr<Source>> OpenSource(const std::string& path, const SourceSettings& settings) {
  Descriptor descriptor;
  struct stat info;
  if (Status status = OpenPath(path, settings.stop, descriptor, info); !status.ok()) return status;
  if (S_ISDIR(info.st_mode)) return EnvironmentError("is a directory");

  if (const uint64_t size_bytes = SizeToMap(descriptor.get(), info, settings); size_bytes > 0) {
    if (std::unique_ptr<Source> source = MappedSource::Open(descriptor, size_bytes, settings)) return source;
  }
  return OpenStream(descriptor.release(), settings);
}

std::unique_ptr<Source> OpenStream(int descriptor, const SourceSettings& settings) {
  const std::optional<uint64_t> known_size = SizeFromHere(descriptor);
  return std::make_unique<StreamSource>(std::make_unique<InputReader>(Descriptor(descriptor), settings), known_size,
                                        settings);
}

}  // namespace logstat
