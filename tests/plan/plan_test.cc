#include "src/plan/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "logstat/analyze.h"
#include "src/format/shape.h"
#include "src/plan/resources.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// The message of the error that these options are.
std::string ErrorOf(const Options& options) {
  const StatusOr<Plan> plan = MakePlan(options);
  return plan.ok() ? "no error" : Message(plan.status());
}

Plan PlanOf(const Options& options) {
  StatusOr<Plan> plan = MakePlan(options);
  EXPECT_TRUE(plan.ok()) << Message(plan.status());
  return *std::move(plan);
}

TEST(PlanTest, DefaultsAreUsable) {
  const Plan plan = PlanOf(Options{});
  EXPECT_EQ(plan.format.format, nullptr) << "auto: per input";
  EXPECT_EQ(plan.threads, AllowedThreads());
  EXPECT_EQ(plan.table_bytes, DefaultMemoryBudget() / 4 * 3);
  EXPECT_EQ(plan.kernels, &BestKernels());
  EXPECT_TRUE(plan.inputs.inputs.empty());
}

TEST(PlanTest, APresetByName) {
  Options options;
  options.format = "vhost_combined";
  const Plan plan = PlanOf(options);
  ASSERT_NE(plan.format.format, nullptr);
  EXPECT_EQ(plan.format.name, "vhost_combined");
  EXPECT_TRUE(plan.format.format->shape()->host_first);
}

TEST(PlanTest, AnNginxAndAnApacheStringAreCustomFormats) {
  for (const char* text : {"$remote_addr [$time_local] \"$request\" $status $body_bytes_sent", "%h %t \"%r\" %>s %b"}) {
    Options options;
    options.format = text;
    const Plan plan = PlanOf(options);
    ASSERT_NE(plan.format.format, nullptr);
    EXPECT_EQ(plan.format.name, "custom");
    EXPECT_FALSE(plan.format.format->shape()->host_first);
  }
}

TEST(PlanTest, BlocksOfFindingsThatAreNone) {
  Options options;
  options.finding_crawlers = {"66.249.64.0/19", "Googlebot"};
  EXPECT_EQ(ErrorOf(options), "'Googlebot' is no address and no block of them (10.0.0.0/8)");
  options = {};
  options.finding_clients = {"10.0.0.0/33"};
  EXPECT_EQ(ErrorOf(options), "'10.0.0.0/33' is no address and no block of them (10.0.0.0/8)");
}

TEST(PlanTest, AnUnknownFormatNamesTheKnownOnesEachOnce) {
  Options options;
  options.format = "combind";
  const std::string error = ErrorOf(options);
  EXPECT_THAT(error, AllOf(HasSubstr("'combind'"), HasSubstr("auto, combined, common, vhost_combined, vhost_common")));
}

TEST(PlanTest, AFormatStringWithoutAStatusIsRefused) {
  Options options;
  options.format = "%h %t \"%r\" %b";
  EXPECT_NE(ErrorOf(options), "no error");
}

TEST(PlanTest, AFormatFromAConfiguration) {
  const TempDir dir;
  Options options;
  options.from_conf =
      dir.Write("nginx.conf", "log_format x '$remote_addr \"$request\" $status $body_bytes_sent';") + ":x";
  const Plan plan = PlanOf(options);
  EXPECT_EQ(plan.format.name, "x");
  EXPECT_EQ(plan.format.definition, "$remote_addr \"$request\" $status $body_bytes_sent");
  EXPECT_NE(plan.format.format, nullptr);
  options.format = "combined";
  EXPECT_EQ(ErrorOf(options), "-f and --from-conf exclude each other; give one of them");
}

TEST(PlanTest, AStringFromAConfigurationThatIsWrongHasItsPlaceAndAMark) {
  const TempDir dir;
  Options options;
  options.from_conf = dir.Write("httpd.conf", "\nLogFormat \"%h %{x\" x") + ":x";
  const StatusOr<Plan> plan = MakePlan(options);
  ASSERT_FALSE(plan.ok());
  EXPECT_THAT(Message(plan.status()), HasSubstr("httpd.conf:2: 'x': format string, character 5"));
  ASSERT_TRUE(MarkOf(plan.status()).has_value());
  EXPECT_EQ(MarkOf(plan.status())->text, "%h %{x");
  EXPECT_EQ(MarkOf(plan.status())->at, 4u);
}

TEST(PlanTest, OnlyStepsOfTheTimelineAreIntervals) {
  Options options;
  for (const int64_t interval : TimelineIntervals()) {
    options.interval_seconds = interval;
    EXPECT_EQ(ErrorOf(options), "no error") << interval;
  }
  for (const int64_t interval : {int64_t{0}, int64_t{-1}, int64_t{7}, int64_t{61}, int64_t{24192000}}) {
    options.interval_seconds = interval;
    EXPECT_THAT(ErrorOf(options), AllOf(HasSubstr(std::to_string(interval) + " s"), HasSubstr("28 d")));
  }
}

TEST(PlanTest, ATimeZoneMustBeKnown) {
  Options options;
  options.time_zone = "Europe/Berlin";
  EXPECT_EQ(ErrorOf(options), "no error");
  options.time_zone = "Mars/Olympus";
  EXPECT_THAT(ErrorOf(options), AllOf(HasSubstr("'Mars/Olympus'"), HasSubstr("IANA")));
}

TEST(PlanTest, AKernelMustRunHere) {
  Options options;
  options.tuning.kernel = "scalar";
  EXPECT_EQ(PlanOf(options).kernels->name, "scalar");
  options.tuning.kernel = "MMX";
  EXPECT_THAT(ErrorOf(options), HasSubstr("'MMX'"));
}

TEST(PlanTest, ACellHasOneByteToOneGibibyte) {
  Options options;
  for (const size_t bytes : {size_t{1}, size_t{1} << 30}) {
    options.tuning.cell_bytes = bytes;
    EXPECT_EQ(ErrorOf(options), "no error") << bytes;
  }
  for (const size_t bytes : {size_t{0}, (size_t{1} << 30) + 1, SIZE_MAX}) {
    options.tuning.cell_bytes = bytes;
    EXPECT_THAT(ErrorOf(options), HasSubstr("cell")) << bytes;
  }
}

TEST(PlanTest, CheckOptionsSaysTheSame) {
  Options options;
  EXPECT_EQ(CheckOptions(options), "");
  options.time_zone = "nowhere";
  EXPECT_EQ(CheckOptions(options), ErrorOf(options));
}

TEST(PlanTest, TablesGetThreeQuartersOfTheBudget) {
  Options options;
  options.max_memory_bytes = 400 << 20;
  EXPECT_EQ(PlanOf(options).table_bytes, uint64_t{300} << 20);
}

TEST(PlanTest, WorkersRunAheadBySixteenCellsEachIfAnEighthOfTheBudgetHoldsThem) {
  Options options;
  options.threads = 3;
  options.max_memory_bytes = uint64_t{1} << 30;
  EXPECT_EQ(PlanOf(options).cells_ahead, 48u);
  options.threads = 64;  // an eighth is 128 MiB; a cell in flight is 2.5
  EXPECT_EQ(PlanOf(options).cells_ahead, 51u);
  options.tuning.cell_bytes = size_t{15} << 20;  // now 32 MiB
  EXPECT_EQ(PlanOf(options).cells_ahead, 4u);
  options.max_memory_bytes = 1;
  EXPECT_EQ(PlanOf(options).cells_ahead, 1u) << "never none";
}

TEST(PlanTest, OnlyTheColumnsOfTheSectionsAreRead) {
  Options options;
  options.sections = {Section::kCodes};
  EXPECT_EQ(PlanOf(options).columns, ColumnSet{Field::kStatus});
  options.sections = {Section::kCodes, Section::kHosts};
  EXPECT_EQ(PlanOf(options).columns,
            (ColumnSet{Field::kStatus, Field::kTime, Field::kBytes, Field::kHost, Field::kReason}));
}

TEST(PlanTest, SourcesAreOpenedAsAskedFor) {
  Options options;
  options.guard_mapped_files = true;
  options.tuning.cell_bytes = 100;
  options.tuning.map_from_bytes = 7;
  const Plan plan = PlanOf(options);
  EXPECT_TRUE(plan.source.guard_mapped_files);
  EXPECT_EQ(plan.source.cell_bytes, 100u);
  EXPECT_EQ(plan.source.map_from_bytes, 7u);
}

}  // namespace
}  // namespace logstat
