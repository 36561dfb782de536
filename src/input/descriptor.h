// A file descriptor that is closed by its owner, and standard input, which is not ours to close.
//
//   Descriptor descriptor(open(path, O_RDONLY | O_CLOEXEC));
//   if (descriptor.get() < 0) return ErrnoStatus(errno, "cannot open");
#ifndef LOGSTAT_SRC_INPUT_DESCRIPTOR_H_
#define LOGSTAT_SRC_INPUT_DESCRIPTOR_H_

#include <unistd.h>

#include <utility>

namespace logstat {

// Move-only; a negative number is "none". Not thread-safe.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0 && number_ != STDIN_FILENO) close(number_);
  }

  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_DESCRIPTOR_H_
