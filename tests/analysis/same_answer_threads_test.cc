// The part of the comparison that needs threads, small enough for ThreadSanitizer.
#include <gtest/gtest.h>

#include "tests/analysis/same_answer.h"

namespace logstat {
namespace {

TEST(SameAnswerThreadsTest, AnyNumberOfThreads) {
  const AnswerLogs logs(GeneratedLogs(300));
  for (const unsigned threads : kThreadCounts) {
    for (const size_t cell_bytes : {size_t{100}, size_t{4096}}) {
      for (const How::Source source : {How::kMapped, How::kRead, How::kPipe, How::kGzip, How::kZstd}) {
        logs.Check(How{threads, cell_bytes, source, threads, threads % 2 == 0, std::string(BestKernels().name)});
      }
    }
  }
}

}  // namespace
}  // namespace logstat
