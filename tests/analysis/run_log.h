// Runs of Analyze() for the tests of src/analysis/.
//
//   const Report report = RunAnalysis(options);
//   EXPECT_EQ(RunJson(options), RunJson(other_options));
#ifndef LOGSTAT_TESTS_ANALYSIS_RUN_LOG_H_
#define LOGSTAT_TESTS_ANALYSIS_RUN_LOG_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "logstat/analyze.h"
#include "src/report/writer.h"
#include "tests/input/pipe_writer.h"

namespace logstat {

// What holds for every report, complete or not.
inline void ExpectAccountsHold(const Report& report) {
  const Totals& totals = report.totals;
  EXPECT_EQ(totals.lines, totals.counted + totals.filtered + totals.rejected + totals.ignored);
  uint64_t lines = 0, bytes = 0, of_codes = 0, of_classes = 0, rejects = 0;
  for (const InputReport& input : report.inputs) {
    lines += input.lines;
    bytes += input.bytes;
  }
  for (const CodeRow& row : report.codes) of_codes += row.count;
  for (const ClassRow& row : report.classes) of_classes += row.count;
  for (const RejectRow& row : report.rejects) rejects += row.count;
  EXPECT_EQ(lines, totals.lines);
  EXPECT_EQ(bytes, totals.bytes_read);
  const SectionSet& sections = report.options.sections;
  if (sections.Contains(Section::kCodes)) {
    EXPECT_EQ(of_codes, totals.counted);
  }
  if (sections.Contains(Section::kClasses)) {
    EXPECT_EQ(of_classes, totals.counted);
  }
  if (sections.Contains(Section::kRejects)) {
    EXPECT_EQ(rejects, totals.rejected);
  }
}

inline Report RunAnalysis(const Options& options) {
  RunControl control;
  Report report = Analyze(options, control);
  ExpectAccountsHold(report);
  return report;
}

inline std::string ToJson(const Report& report) { return Render(report, OutputKind::kJson, WriterSettings{}); }

inline std::string RunJson(const Options& options) { return ToJson(RunAnalysis(options)); }

// A report as of an input that cannot be read twice: rules that go by lines that are no events have no samples.
inline Report WithoutFetchedLines(Report report) {
  for (Finding& finding : report.findings.rows) {
    for (const std::string_view id : {"rate-flood", "ua-rotation", "cache-stale", "traffic-gap", "slow-shift"}) {
      if (finding.id == id) finding.samples.clear();
    }
  }
  return report;
}

// A named pipe through which a thread of its own writes the content, once.
class FifoWriter {
 public:
  FifoWriter(const std::string& path, std::string_view content) {
    if (mkfifo(path.c_str(), 0600) != 0) throw std::runtime_error("cannot make " + path);
    thread_ = std::thread([path, content] {
      const int out = open(path.c_str(), O_WRONLY);  // waits for the reader
      WriteAll(out, content);
      close(out);
      unlink(path.c_str());
    });
  }
  // The reader must have read to the end.
  ~FifoWriter() { thread_.join(); }
  FifoWriter(const FifoWriter&) = delete;
  FifoWriter& operator=(const FifoWriter&) = delete;

 private:
  std::thread thread_;
};

}  // namespace logstat

#endif  // LOGSTAT_TESTS_ANALYSIS_RUN_LOG_H_
