#include "src/aggregate/distinct.h"

#include <gtest/gtest.h>

#include <string>

#include "src/base/hash.h"

namespace logstat {
namespace {

uint64_t HashOf(uint64_t number) {
  const std::string key = "client-" + std::to_string(number);
  return SketchHash(reinterpret_cast<const uint8_t*>(key.data()), key.size());
}

TEST(DistinctCounter, EstimatesWithinFourStandardErrors) {
  DistinctCounter distinct;
  EXPECT_EQ(distinct.Estimate(), 0u);
  uint64_t added = 0;
  for (const uint64_t size : {1u, 2u, 100u, 1000u, 20000u, 40000u, 60000u, 300000u, 1000000u}) {
    while (added < size) distinct.Add(HashOf(added++));
    const double allowed = std::max(0.5, 4 * DistinctCounter::kStandardError * static_cast<double>(size));
    EXPECT_NEAR(static_cast<double>(distinct.Estimate()), static_cast<double>(size), allowed);
  }
}

TEST(DistinctCounter, RepetitionsAndOrderChangeNothing) {
  DistinctCounter once, often;
  for (uint64_t i = 0; i < 5000; ++i) once.Add(HashOf(i));
  for (uint64_t round = 0; round < 3; ++round) {
    for (uint64_t i = 5000; i > 0; --i) often.Add(HashOf(i - 1));
  }
  EXPECT_EQ(once.Estimate(), often.Estimate());
}

TEST(DistinctCounter, MergeIsTheUnion) {
  DistinctCounter all, left, right;
  for (uint64_t i = 0; i < 30000; ++i) {
    all.Add(HashOf(i));
    if (i < 20000) left.Add(HashOf(i));
    if (i >= 10000) right.Add(HashOf(i));
  }
  left.Merge(right);
  EXPECT_EQ(left.Estimate(), all.Estimate());
}

TEST(DistinctCounter, ExtremeHashes) {
  DistinctCounter distinct;
  distinct.Add(0);
  distinct.Add(UINT64_MAX);
  EXPECT_EQ(distinct.Estimate(), 2u);
}

}  // namespace
}  // namespace logstat
