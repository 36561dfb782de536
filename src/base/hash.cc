#include "src/base/hash.h"

#include <random>

namespace logstat {

TableSeed ProcessTableSeed() {
  static const TableSeed seed = [] {
    std::random_device device;
    return TableSeed{(static_cast<uint64_t>(device()) << 32) | device()};
  }();
  return seed;
}

}  // namespace logstat
