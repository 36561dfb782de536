#include "src/cli/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

namespace logstat {
namespace {

// umask can only be read by setting it. Files are opened before any thread starts.
mode_t CreationMode() {
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

std::string DirectoryOf(const std::string& path) {
  size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Status CannotWrite(const std::string& name, int error) {
  return ErrnoStatus(error, fmt::format("{}: cannot write", name));
}

}  // namespace

StatusOr<Output> Output::Open(const std::string& path) {
  Output output;
  if (path.empty()) {
    output.descriptor_ = STDOUT_FILENO;
    output.name_ = "standard output";
    return output;
  }
  output.name_ = path;
  struct stat info;
  bool exists = stat(path.c_str(), &info) == 0;
  Status status = exists && !S_ISREG(info.st_mode) ? output.OpenInPlace(path) : output.OpenReplacement(path);
  if (!status.ok()) return status;
  return output;
}

Status Output::OpenInPlace(const std::string& path) {
  descriptor_ = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);  // a directory fails with EISDIR
  if (descriptor_ < 0) return CannotWrite(name_, errno);
  owned_ = true;
  return OkStatus();
}

Status Output::OpenReplacement(const std::string& path) {
  target_ = path;
  mode_t mode = CreationMode();
  struct stat info;
  if (stat(path.c_str(), &info) == 0) {
    mode = info.st_mode & 07777;
    // A file that may not be written is not replaced either, though the directory would allow it.
    if (access(path.c_str(), W_OK) != 0) return CannotWrite(name_, errno);
    if (char* resolved = realpath(path.c_str(), nullptr)) {
      target_ = resolved;
      std::free(resolved);
    }
  }
  // Hidden, because the directory may be an input of this run.
  std::string pattern = fmt::format("{}/.{}.XXXXXX", DirectoryOf(target_), target_.substr(target_.rfind('/') + 1));
  descriptor_ = mkostemp(pattern.data(), O_CLOEXEC);
  if (descriptor_ < 0) return CannotWrite(name_, errno);
  owned_ = true;
  temporary_ = pattern;
  if (fchmod(descriptor_, mode) != 0) return CannotWrite(name_, errno);
  return OkStatus();
}

Output::Output(Output&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      error_(other.error_),
      flushed_(other.flushed_),
      owned_(std::exchange(other.owned_, false)),
      name_(std::move(other.name_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})) {}

Output::~Output() {
  if (owned_) close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void Output::Write(std::string_view text) {
  while (error_ == 0 && !text.empty()) {
    ssize_t written = write(descriptor_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

// A reader that went away has what it wanted. Only regular files can be synced.
Status Output::Flush() {
  flushed_ = true;
  if (error_ == 0 && !temporary_.empty() && fsync(descriptor_) != 0) error_ = errno;
  if (owned_ && close(descriptor_) != 0 && error_ == 0) error_ = errno;
  owned_ = false;
  if (error_ == 0 || error_ == EPIPE) return OkStatus();
  return CannotWrite(name_, error_);
}

Status Output::Finish() {
  if (!flushed_) {
    Status status = Flush();
    if (!status.ok()) return status;
  }
  return temporary_.empty() || error_ != 0 ? OkStatus() : Rename();
}

// The new name becomes durable when its directory is synced.
Status Output::Rename() {
  if (rename(temporary_.c_str(), target_.c_str()) != 0) return CannotWrite(name_, errno);
  temporary_.clear();
  int directory = open(DirectoryOf(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return OkStatus();  // a directory that may be written but not read: the file itself is safe
  fsync(directory);
  close(directory);
  return OkStatus();
}

Status WriteToStandardOutput(std::string_view text) {
  StatusOr<Output> output = Output::Open("");
  if (!output.ok()) return output.status();
  output->Write(text);
  return output->Finish();
}

}  // namespace logstat
