// The HTML reports in a real browser: they render, sort, fit a phone, and ask for nothing.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "src/report/writer.h"
#include "tests/report/torture_report.h"

namespace logstat {
namespace {

TEST(HtmlInChromium, RendersWithoutErrorsAndWithoutRequests) {
  std::vector<std::string> paths;
  std::string command = "python3 -B " LOGSTAT_SOURCE_DIR "/tests/html/in_chromium.py";
  for (const Report& report : {testing::SampleReport(), testing::EmptyReport(), testing::TortureReport()}) {
    paths.push_back(::testing::TempDir() + "/logstat_" + std::to_string(getpid()) + "_" + std::to_string(paths.size()) +
                    ".html");
    std::ofstream(paths.back(), std::ios::binary) << Render(report, OutputKind::kHtml, {});
    command += " " + paths.back();
  }
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string said;
  char buffer[4096];
  while (size_t n = fread(buffer, 1, sizeof(buffer), pipe)) said.append(buffer, n);
  const int status = pclose(pipe);
  for (const std::string& path : paths) std::remove(path.c_str());
  if (WIFEXITED(status) && WEXITSTATUS(status) == 77) GTEST_SKIP() << said;
  EXPECT_EQ(status, 0) << said;
  EXPECT_EQ(said, "renders\n");
}

}  // namespace
}  // namespace logstat
