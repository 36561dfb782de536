#include "tests/analysis/same_answer.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "src/input/block.h"

namespace logstat {
namespace {

TEST(SameAnswerTest, GeneratedLogsWithDirtyLines) {
  const AnswerLogs logs(GeneratedLogs(800));
  CheckEveryGrid(logs);
}

// A log of `text`'s lines in CRI, cut into parts of `part` bytes, the streams in turn.
std::string InCriParts(const std::string& text, size_t part) {
  std::istringstream lines(text);
  std::string wrapped;
  size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const std::string head = std::string("2026-11-22T13:00:00Z ") + (count % 3 == 0 ? "stderr " : "stdout ");
    for (; line.size() > part; line.erase(0, part)) wrapped += head + "P " + line.substr(0, part) + "\n";
    wrapped += head + "F " + line + "\n";
  }
  return wrapped;
}

TEST(SameAnswerTest, LogsWhoseLinesDependOnLinesBefore) {
  LogTexts texts;
  texts["cri"] = InCriParts(Generated(200, 5, 50'000), 100);
  for (int i = 0; i < 300; ++i) {
    if (i % 40 == 5) texts["w3c"] += "#Fields: date time sc-status cs-uri-stem\n";
    if (i % 40 == 25) texts["w3c"] += "#Date: 2026-11-22 00:00:00\n#Fields: cs-uri-stem sc-status time\n";
    const bool second = i % 40 < 5 || i % 40 >= 25;
    texts["w3c"] += second ? "/b 503 13:00:0" + std::to_string(i % 10) + "\n" : "2026-11-22 13:01:00 404 /a\n";
  }
  CheckEveryGrid(AnswerLogs(texts));
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
