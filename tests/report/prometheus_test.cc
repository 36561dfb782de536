// Metrics: valid by the text exposition format, judged by a reader of our own and, where it is installed, by promtool;
// and bounded whatever the log holds.
#include "src/report/prometheus.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "tests/report/torture_report.h"

namespace logstat {
namespace {

using ::logstat::testing::EmptyReport;
using ::logstat::testing::Key;
using ::logstat::testing::OverBudgetReport;
using ::logstat::testing::SampleReport;
using ::logstat::testing::TortureReport;

std::string MetricsText(const Report& report) { return Render(report, OutputKind::kPrometheus, {}); }

// Samples by their name and labels; reports what the format does not allow.
std::map<std::string, double> ParseMetrics(const std::string& text) {
  static const std::regex kSample(
      R"re(^([a-z][a-z0-9_]*)(\{[a-z_]+="((?:[^"\\\n]|\\["\\n])*)"\})? (-?[0-9.]+(?:e[-+][0-9]+)?)$)re");
  static const std::regex kHead(R"re(^# (HELP|TYPE) (logstat_[a-z0-9_]+) (.+)$)re");
  std::map<std::string, double> samples;
  std::set<std::string> families;
  std::string family;
  std::string awaited = "HELP";
  std::istringstream lines(text);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, match, kHead)) {
      EXPECT_EQ(match[1], awaited) << line;
      if (match[1] == "HELP") {
        family = match[2];
        EXPECT_TRUE(families.insert(family).second) << family << " comes twice";
        awaited = "TYPE";
      } else {
        EXPECT_EQ(match[2], family);
        EXPECT_EQ(match[3], "gauge");
        awaited = "HELP";
      }
    } else if (std::regex_match(line, match, kSample)) {
      EXPECT_EQ(match[1], family) << line;
      EXPECT_TRUE(samples.emplace(match[1].str() + match[2].str(), std::stod(match[4])).second) << "twice: " << line;
    } else {
      ADD_FAILURE() << "not a line of the format: " << line;
    }
  }
  EXPECT_TRUE(text.ends_with("\n"));
  for (const std::string& name : families) EXPECT_FALSE(name.ends_with("_total")) << name;
  return samples;
}

TEST(Prometheus, ValuesAreThoseOfTheReport) {
  std::map<std::string, double> samples = ParseMetrics(MetricsText(SampleReport()));
  EXPECT_EQ(samples["logstat_read_lines"], 2'104'551);
  EXPECT_EQ(samples["logstat_lines{outcome=\"rejected\"}"], 391);
  EXPECT_EQ(samples["logstat_code_requests{code=\"502\"}"], 2'907);
  EXPECT_EQ(samples["logstat_class_requests{class=\"5xx\"}"], 3'928);
  EXPECT_EQ(samples["logstat_error_requests{kind=\"server\"}"], 3'928);
  EXPECT_EQ(samples["logstat_path_server_errors{path=\"/api/cart\"}"], 1'811) << "in both lists, counted once";
  EXPECT_EQ(samples["logstat_path_requests{path=\"(no request)\"}"], 34);
  EXPECT_EQ(samples["logstat_last_line_timestamp_seconds"], 1795305599);
  EXPECT_EQ(samples["logstat_complete"], 1);
}

TEST(Prometheus, LinesAddUp) {
  for (const Report& report : {SampleReport(), EmptyReport(), TortureReport()}) {
    std::map<std::string, double> samples = ParseMetrics(MetricsText(report));
    double sum = 0;
    for (const char* outcome : {"counted", "filtered", "rejected", "ignored"}) {
      sum += samples.at(std::string("logstat_lines{outcome=\"") + outcome + "\"}");
    }
    EXPECT_EQ(sum, samples.at("logstat_read_lines"));
  }
}

TEST(Prometheus, HostileTextStaysInsideItsLabel) {
  const std::string text = MetricsText(TortureReport());
  const std::map<std::string, double> samples = ParseMetrics(text);
  EXPECT_EQ(text.find("\nlogstat_owned"), std::string::npos);
  EXPECT_EQ(text.find("TOPSECRET"), std::string::npos);
}

TEST(Prometheus, LabelsAreBoundedWhateverTheLists) {
  Report report = SampleReport();
  report.paths.clear();
  report.failing_paths.clear();
  for (int i = 0; i < 5'000; ++i) {
    report.paths.push_back(Key("/" + std::to_string(i) + std::string(500, 'x'), 10, 0, 0, 0));
    report.failing_paths.push_back(Key("/f" + std::to_string(i), 10, 5, 0, 0));
  }
  const std::map<std::string, double> samples = ParseMetrics(MetricsText(report));
  EXPECT_LT(samples.size(), 400u);
  for (const auto& [name, value] : samples) EXPECT_LT(name.size(), 200u) << name;
}

// Keys that differ behind the cut, or only by their secrets.
TEST(Prometheus, KeysThatLookTheSameAreOneSeries) {
  Report report = SampleReport();
  report.failing_paths.clear();
  const std::string head = "/" + std::string(400, 'x');
  report.paths = {Key(head + "1", 10, 0, 0, 0), Key(head + "2", 5, 0, 0, 0), Key("/a?token=1", 3, 0, 0, 0),
                  Key("/a?token=2", 4, 0, 0, 0)};
  std::map<std::string, double> samples = ParseMetrics(MetricsText(report));
  EXPECT_EQ(samples["logstat_path_requests{path=\"/a?token=***\"}"], 7);
  double long_ones = 0;
  for (const auto& [name, value] : samples) {
    if (name.find("logstat_path_requests{path=\"/xxx") == 0) long_ones = value;
  }
  EXPECT_EQ(long_ones, 15);
}

TEST(Prometheus, SectionsNotAskedForAreAbsent) {
  Report report = SampleReport();
  report.options.sections = SectionSet{Section::kClasses};
  const std::string text = MetricsText(report);
  EXPECT_EQ(text.find("logstat_code_"), std::string::npos);
  EXPECT_EQ(text.find("logstat_path_"), std::string::npos);
  EXPECT_NE(text.find("logstat_class_requests"), std::string::npos);
}

TEST(Prometheus, PromtoolFindsNothing) {
  if (std::system("promtool --version >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "promtool is not installed: scripts/install-packages servers";
  }
  const std::string path = ::testing::TempDir() + "/logstat_" + std::to_string(getpid()) + ".prom";
  for (const Report& report : {SampleReport(), EmptyReport(), OverBudgetReport(), TortureReport()}) {
    std::ofstream(path, std::ios::binary) << MetricsText(report);
    FILE* pipe = popen(("promtool check metrics < " + path + " 2>&1").c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string said;
    char buffer[4096];
    while (size_t n = fread(buffer, 1, sizeof(buffer), pipe)) said.append(buffer, n);
    EXPECT_EQ(pclose(pipe), 0) << said;
    EXPECT_EQ(said, "");
  }
  std::remove(path.c_str());
}

}  // namespace
}  // namespace logstat
