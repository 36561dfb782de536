// An array of zeroed plain values in large pages where the system has them.
//
//   LargeArray<Entry> entries(1 << 17);
//   entries[i].count += 1;
//
// For tables that are read at random: with 4 KiB pages a table of a few MiB misses the processor's page cache (2,048
// entries on Zen 3) at almost every access. All pages are there from the start. Movable, not copyable.
// Throws std::bad_alloc.
#ifndef LOGSTAT_SRC_BASE_LARGE_ARRAY_H_
#define LOGSTAT_SRC_BASE_LARGE_ARRAY_H_

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace logstat {

template <typename T>
class LargeArray {
  static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);

 public:
  LargeArray() = default;
  explicit LargeArray(size_t size) : size_(size) {
    if (size == 0) return;
    // Large pages need an aligned address: reserve one page more than needed.
    mapped_bytes_ = size * sizeof(T) + (size * sizeof(T) >= kLargePage ? kLargePage : 0);
    mapping_ = mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping_ == MAP_FAILED) throw std::bad_alloc();
    char* begin = static_cast<char*>(mapping_);
    if (mapped_bytes_ > kLargePage) {
      begin += (kLargePage - reinterpret_cast<size_t>(begin) % kLargePage) % kLargePage;
      madvise(begin, size * sizeof(T), MADV_HUGEPAGE);  // advice: without it everything works, slower
    }
    // Ask for writable pages at once. Tables read a slot before they write it: each page would first be mapped to the
    // common page of zeros, then replaced, which interrupts every other core to make it forget the old one (6 % of the
    // time of a run on two threads). Where the kernel is older than 5.14 nothing happens.
    madvise(begin, size * sizeof(T), MADV_POPULATE_WRITE);
    data_ = reinterpret_cast<T*>(begin);
  }
  LargeArray(LargeArray&& other) noexcept { swap(other); }
  LargeArray& operator=(LargeArray&& other) noexcept {
    LargeArray taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~LargeArray() {
    if (data_ != nullptr) munmap(mapping_, mapped_bytes_);
  }

  void swap(LargeArray& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(mapping_, other.mapping_);
    std::swap(mapped_bytes_, other.mapped_bytes_);
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }

 private:
  static constexpr size_t kLargePage = size_t{2} << 20;

  T* data_ = nullptr;
  size_t size_ = 0;
  void* mapping_ = nullptr;
  size_t mapped_bytes_ = 0;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_LARGE_ARRAY_H_
