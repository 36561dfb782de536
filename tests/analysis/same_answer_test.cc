#include "tests/analysis/same_answer.h"

#include <gtest/gtest.h>

#include <string>

#include "src/input/block.h"

namespace logstat {
namespace {

TEST(SameAnswerTest, GeneratedLogsWithDirtyLines) {
  const AnswerLogs logs(GeneratedLogs(800));
  CheckEveryGrid(logs);
}

TEST(SameAnswerTest, TheAwkwardSampleLogs) {
  LogTexts texts = SampleLogs();
  ASSERT_GT(texts.size(), 10u);
  texts.erase("access.log");  // large, and has a test of its own
  const AnswerLogs logs(texts);
  CheckEveryGrid(logs);
}

TEST(SameAnswerTest, EachAwkwardSampleLogAlone) {
  for (const auto& [name, text] : SampleLogs()) {
    SCOPED_TRACE(name);
    const AnswerLogs logs(LogTexts{{name, text}});
    for (const size_t cell_bytes : {size_t{100}, size_t{4096}}) {
      for (const How::Source source : {How::kMapped, How::kPipe}) {
        logs.Check(How{3, cell_bytes, source, 7, false, std::string(BestKernels().name)});
      }
    }
  }
}

TEST(SameAnswerTest, ALineJustUnderAndJustOverTheLimit) {
  const std::string line = Generated(1, 5, 0);
  LogTexts texts;
  for (const size_t length :
       {kMaxLineBytes - 1, kMaxLineBytes, kMaxLineBytes + 1, kMaxLineBytes + 2, 3 * kMaxLineBytes}) {
    const std::string body = line.substr(0, line.size() - 2) + std::string(length - line.size() + 1, 'a') + "\"";
    texts["n" + std::to_string(length)] = line + body + "\n" + line + body + "\r\n" + line + body;
  }
  const AnswerLogs logs(texts);
  for (const size_t cell_bytes : {size_t{4096}, size_t{1} << 20}) {
    for (const How::Source source : {How::kMapped, How::kRead, How::kPipe}) {
      logs.Check(How{3, cell_bytes, source, 1, true, std::string(BestKernels().name)});
    }
  }
}

}  // namespace
}  // namespace logstat
