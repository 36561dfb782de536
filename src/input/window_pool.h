// Buffers that streams read into, used again when the last block of one is released.
//
//   auto pool = std::make_shared<WindowPool>(size_t{2} << 20);
//   std::shared_ptr<Window> window = WindowPool::Take(pool, wanted);
//   read(descriptor, window->bytes(), wanted);
#ifndef LOGSTAT_SRC_INPUT_WINDOW_POOL_H_
#define LOGSTAT_SRC_INPUT_WINDOW_POOL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace logstat {

// Bytes, not initialised, with kPaddingBytes behind them that may be read (Block's promise).
class Window {
 public:
  static constexpr size_t kPaddingBytes = 64;

  explicit Window(size_t capacity) : capacity_(capacity), bytes_(new uint8_t[capacity + kPaddingBytes]) {}

  uint8_t* bytes() { return bytes_.get(); }
  const uint8_t* bytes() const { return bytes_.get(); }
  size_t capacity() const { return capacity_; }

 private:
  size_t capacity_;
  std::unique_ptr<uint8_t[]> bytes_;
};

// Windows of one capacity. Thread-safe. The pool lives as long as any window of it, and frees them all at its end.
class WindowPool {
 public:
  explicit WindowPool(size_t capacity) : capacity_(capacity) {}

  // A window of at least `wanted` bytes: one of the pool's, or, if `wanted` is more than these hold, one of its own.
  static std::shared_ptr<Window> Take(const std::shared_ptr<WindowPool>& pool, size_t wanted);

  // How many windows were made, which in a long stream is how many were in use at once.
  size_t made() const;

 private:
  const size_t capacity_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Window>> free_;
  size_t made_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_WINDOW_POOL_H_
