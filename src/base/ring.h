// Places in a ring of slots, each of which stands for the minutes or seconds that are equal modulo its size.
//
//   ring[RingPlace(minute, 60)]      // also of a minute before 1970
//
// Pure; thread-safe.
#ifndef LOGSTAT_SRC_BASE_RING_H_
#define LOGSTAT_SRC_BASE_RING_H_

#include <cstddef>
#include <cstdint>

namespace logstat {

constexpr size_t RingPlace(int64_t at, int64_t size) { return static_cast<size_t>(((at % size) + size) % size); }

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_RING_H_
