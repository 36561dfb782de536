// Every kernel that this processor runs, against the scalar one and against small known answers.
#include "src/scan/kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <tuple>
#include <vector>

#include "tests/scan/kernel_checks.h"

namespace logstat {
namespace {

std::vector<const Kernels*> SupportedKernels() {
  std::vector<const Kernels*> supported;
  for (const Kernels& kernels : AllKernels()) {
    if (kernels.supported()) supported.push_back(&kernels);
  }
  return supported;
}

using KernelAndPattern = std::tuple<const Kernels*, Pattern>;

class HostileBytes : public testing::TestWithParam<KernelAndPattern> {
 protected:
  const Kernels& kernels() const { return *std::get<0>(GetParam()); }
  const Pattern& pattern() const { return std::get<1>(GetParam()); }
};

TEST_P(HostileBytes, SizesTo200AtEveryAlignment) { EXPECT_EQ(CheckAtEveryAlignment(kernels(), pattern()), ""); }

TEST_P(HostileBytes, ReadAndScribbledNoFurtherThanAllowed) { EXPECT_EQ(CheckAtGuardPages(kernels(), pattern()), ""); }

TEST_P(HostileBytes, FirstOfRandomRowsAndAliases) { EXPECT_EQ(CheckFirstOf(kernels(), pattern()), ""); }

INSTANTIATE_TEST_SUITE_P(All, HostileBytes,
                         testing::Combine(testing::ValuesIn(SupportedKernels()), testing::ValuesIn(HostilePatterns())),
                         [](const testing::TestParamInfo<KernelAndPattern>& info) {
                           return std::string(std::get<0>(info.param)->name) + "_" + std::get<1>(info.param).name;
                         });

// Known answers, independent of the scalar kernel.
class KernelsTest : public testing::TestWithParam<const Kernels*> {
 protected:
  const Kernels& kernels() const { return *GetParam(); }

  // The text with the over-read behind it, filled with what must not be found.
  const uint8_t* Padded(const std::string& text) {
    padded_ = text + std::string(kOverread, '\n');
    return reinterpret_cast<const uint8_t*>(padded_.data());
  }

  uint32_t FirstOf(const std::string& text, uint32_t from, uint32_t limit, uint8_t a, uint8_t b) {
    uint32_t found = 0xdeadbeef;
    kernels().first_of(Padded(text), &from, &limit, 1, a, b, &found);
    return found;
  }

 private:
  std::string padded_;
};

TEST_P(KernelsTest, EmptyRangeHasNothing) {
  uint32_t newlines[64];
  uint32_t quotes[64];
  const StructureCounts counts = kernels().index_structure(Padded(""), 0, 0, '"', newlines, quotes);
  EXPECT_EQ(counts.newlines, 0u);
  EXPECT_EQ(counts.marks, 0u);
  EXPECT_EQ(kernels().count_newlines(Padded(""), 0), 0u);
}

TEST_P(KernelsTest, CombinedLineHasSixQuotesAndOneNewline) {
  const std::string line = "192.0.2.7 - - [10/Oct/2024:13:55:36 +0200] \"GET /a HTTP/1.1\" 414 0 \"-\" \"curl/8\"\n";
  std::vector<uint32_t> newlines(line.size() + 64);
  std::vector<uint32_t> quotes(line.size() + 64);
  const StructureCounts counts =
      kernels().index_structure(Padded(line), line.size(), 1000, '"', newlines.data(), quotes.data());
  ASSERT_EQ(counts.newlines, 1u);
  ASSERT_EQ(counts.marks, 6u);
  EXPECT_EQ(newlines[0], 1000 + line.size() - 1);
  size_t quote = line.find('"');
  for (size_t i = 0; i < 6; ++i, quote = line.find('"', quote + 1)) EXPECT_EQ(quotes[i], 1000 + quote);
}

TEST_P(KernelsTest, MoreQuotesInABlockThanAreWrittenAtOnce) {
  for (size_t quotes_in_block = 1; quotes_in_block <= 64; ++quotes_in_block) {
    const std::string text = std::string(64, '.') + std::string(quotes_in_block, '"') + std::string(200, '.') + '"';
    std::vector<uint32_t> newlines(text.size() + 64);
    std::vector<uint32_t> quotes(text.size() + 64);
    const StructureCounts counts =
        kernels().index_structure(Padded(text), text.size(), 0, '"', newlines.data(), quotes.data());
    ASSERT_EQ(counts.marks, quotes_in_block + 1);
    for (size_t i = 0; i < quotes_in_block; ++i) ASSERT_EQ(quotes[i], 64 + i);
    ASSERT_EQ(quotes[quotes_in_block], text.size() - 1);
  }
}

TEST_P(KernelsTest, CountsOfAMebibyteOfNewlinesDoNotOverflowALane) {
  const std::string text(size_t{1} << 20, '\n');
  EXPECT_EQ(kernels().count_newlines(Padded(text), text.size()), text.size());
}

TEST_P(KernelsTest, FirstOfFindsEitherByteWhicheverIsFirst) {
  EXPECT_EQ(FirstOf("/a?b c", 0, 6, ' ', '?'), 2u);
  EXPECT_EQ(FirstOf("/a b?c", 0, 6, ' ', '?'), 2u);
  EXPECT_EQ(FirstOf("/a b?c", 3, 6, ' ', '?'), 4u);
}

TEST_P(KernelsTest, FirstOfAtTheFirstByte) { EXPECT_EQ(FirstOf(" x", 0, 2, ' ', '?'), 0u); }

TEST_P(KernelsTest, FirstOfIgnoresAMatchAtTheLimit) {
  EXPECT_EQ(FirstOf("abc def", 0, 3, ' ', '?'), 3u);
  EXPECT_EQ(FirstOf("abcd ef", 0, 3, ' ', '?'), 3u);
}

TEST_P(KernelsTest, FirstOfWithFromAtOrBehindTheLimitIsTheLimit) {
  EXPECT_EQ(FirstOf("a b c d", 5, 5, ' ', ' '), 5u);
  EXPECT_EQ(FirstOf("a b c d", 6, 3, ' ', ' '), 3u);
  EXPECT_EQ(FirstOf("a b c d", UINT32_MAX, 3, ' ', ' '), 3u);
  EXPECT_EQ(FirstOf("a b c d", 0, 0, ' ', ' '), 0u);
}

TEST_P(KernelsTest, FirstOfAcrossBlocks) {
  for (uint32_t distance = 0; distance <= 300; ++distance) {
    const std::string text = "ab" + std::string(distance, 'x') + " yz";
    const uint32_t size = static_cast<uint32_t>(text.size());
    ASSERT_EQ(FirstOf(text, 2, size, ' ', '?'), 2 + distance);
    ASSERT_EQ(FirstOf(text, 2, 2 + distance, ' ', '?'), 2 + distance) << "limit at the match";
    ASSERT_EQ(FirstOf(text, 2, size, '?', '!'), size) << "no match";
  }
}

TEST_P(KernelsTest, FirstOfTakesBytesOfAnyValue) {
  const std::string text("\x7f\x80\x81\xfe\xff\x00\x01", 7);
  for (uint32_t i = 0; i < text.size(); ++i) {
    const uint8_t byte = static_cast<uint8_t>(text[i]);
    EXPECT_EQ(FirstOf(text, 0, 7, byte, byte), i);
  }
}

TEST_P(KernelsTest, FirstOfWithoutRowsReadsAndWritesNothing) {
  kernels().first_of(nullptr, nullptr, nullptr, 0, 'a', 'b', nullptr);
}

INSTANTIATE_TEST_SUITE_P(All, KernelsTest, testing::ValuesIn(SupportedKernels()),
                         [](const testing::TestParamInfo<const Kernels*>& info) {
                           return std::string(info.param->name);
                         });

// The guard itself: a kernel that reads one byte too many would really be seen.
TEST(GuardedMemoryDeathTest, ByteBehindTheEndIsUnreadable) {
  const GuardedMemory memory(100);
  volatile const uint8_t* const end = memory.end();
  EXPECT_EQ(end[-1], 0);
  EXPECT_DEATH(static_cast<void>(end[0]), "");
}

}  // namespace
}  // namespace logstat
