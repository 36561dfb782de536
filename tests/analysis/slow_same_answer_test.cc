// The full product of all ways to run.
#include <gtest/gtest.h>

#include "tests/analysis/same_answer.h"

namespace logstat {
namespace {

void CheckEverything(const AnswerLogs& logs) {
  for (const unsigned threads : kThreadCounts) {
    for (const size_t cell_bytes : kCellSizes) {
      for (const How::Source source : {How::kMapped, How::kRead, How::kPipe}) {
        for (const uint64_t seed : {uint64_t{0}, uint64_t{0x9e3779b97f4a7c15}}) {
          for (const std::string& kernel : SupportedKernels()) {
            logs.Check(How{threads, cell_bytes, source, seed, (threads + seed) % 2 == 0, kernel});
          }
        }
      }
    }
  }
}

TEST(SlowSameAnswerTest, GeneratedLogsInEveryWay) { CheckEverything(AnswerLogs(GeneratedLogs(2000))); }

TEST(SlowSameAnswerTest, AllSampleLogsInEveryGrid) { CheckEveryGrid(AnswerLogs(SampleLogs())); }

TEST(SlowSameAnswerTest, AMillionLines) {
  const AnswerLogs logs(LogTexts{{"a.log", Generated(1'000'000, 9, 10'000)}});
  for (const unsigned threads : {2u, 7u}) {
    for (const How::Source source : {How::kMapped, How::kRead, How::kPipe}) {
      logs.Check(How{threads, 65536, source, threads, false, std::string(BestKernels().name)});
      logs.Check(How{threads, size_t{1} << 20, source, threads, false, std::string(BestKernels().name)});
    }
  }
}

}  // namespace
}  // namespace logstat
