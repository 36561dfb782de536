#include "src/plan/resources.h"

#include <sched.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "gtest/gtest.h"

namespace logstat {
namespace {

// A tree of control group files in a directory of its own.
class ControlGroupTree : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "/cgroupXXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void Write(const std::string& path, const std::string& text) {
    std::filesystem::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  ControlGroupLimits Read(const std::string& proc_cgroup) {
    return ReadControlGroupLimits(proc_cgroup, root_.string());
  }

  std::filesystem::path root_;
};

TEST(CpuMax, FractionOfAProcessor) { EXPECT_EQ(ParseCpuMax("150000 100000\n"), 1.5); }
TEST(CpuMax, MaxIsNoLimit) { EXPECT_EQ(ParseCpuMax("max 100000\n"), std::nullopt); }
TEST(CpuMax, MinusOneOfVersion1IsNoLimit) { EXPECT_EQ(ParseCpuMax("-1\n 100000\n"), std::nullopt); }
TEST(CpuMax, ZeroPeriodIsNoLimit) { EXPECT_EQ(ParseCpuMax("100000 0\n"), std::nullopt); }
TEST(CpuMax, MissingPeriodIsNoLimit) { EXPECT_EQ(ParseCpuMax("100000"), std::nullopt); }
TEST(CpuMax, EmptyIsNoLimit) { EXPECT_EQ(ParseCpuMax(""), std::nullopt); }

TEST(MemoryLimit, Bytes) { EXPECT_EQ(ParseMemoryLimit("536870912\n"), 536870912u); }
TEST(MemoryLimit, MaxIsNoLimit) { EXPECT_EQ(ParseMemoryLimit("max\n"), std::nullopt); }
TEST(MemoryLimit, HugeNumberOfVersion1IsNoLimit) { EXPECT_EQ(ParseMemoryLimit("9223372036854771712\n"), std::nullopt); }

TEST(FindControlGroup, Version2HasNoController) {
  EXPECT_EQ(FindControlGroup("4:memory:/m\n0::/user.slice/a\n", ""), "/user.slice/a");
}
TEST(FindControlGroup, ControllerInAList) {
  EXPECT_EQ(FindControlGroup("3:cpu,cpuacct:/docker/1\n2:memory:/docker/2\n", "cpu"), "/docker/1");
  EXPECT_EQ(FindControlGroup("3:cpu,cpuacct:/docker/1\n", "cpuacct"), "/docker/1");
}
TEST(FindControlGroup, CpusetIsNotCpu) { EXPECT_EQ(FindControlGroup("3:cpuset:/x\n", "cpu"), std::nullopt); }
TEST(FindControlGroup, PathWithColon) { EXPECT_EQ(FindControlGroup("0::/a:b\n", ""), "/a:b"); }
TEST(FindControlGroup, BrokenLineIsSkipped) { EXPECT_EQ(FindControlGroup("nonsense\n0::/a", ""), "/a"); }

TEST_F(ControlGroupTree, LeastLimitOnTheWayUp) {
  Write("a/b/cpu.max", "400000 100000");
  Write("a/cpu.max", "200000 100000");
  Write("a/b/memory.max", "1000000");
  Write("a/memory.max", "max");
  ControlGroupLimits limits = Read("0::/a/b\n");
  EXPECT_EQ(limits.processors, 2.0);
  EXPECT_EQ(limits.memory_bytes, 1000000u);
}
TEST_F(ControlGroupTree, NamespaceRootIsRead) {
  Write("cpu.max", "100000 100000");
  EXPECT_EQ(Read("0::/\n").processors, 1.0);
}
TEST_F(ControlGroupTree, PathThatIsNotMountedHereFallsBackToTheRoot) {
  Write("memory/memory.limit_in_bytes", "8388608");
  EXPECT_EQ(Read("4:memory:/docker/0123\n").memory_bytes, 8388608u);
}
TEST_F(ControlGroupTree, Version1Quota) {
  Write("cpu,cpuacct/x/cpu.cfs_quota_us", "300000\n");
  Write("cpu,cpuacct/x/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(Read("1:cpu,cpuacct:/x\n").processors, 3.0);
}
TEST_F(ControlGroupTree, NothingMountedIsNoLimit) {
  ControlGroupLimits limits = Read("0::/\n");
  EXPECT_EQ(limits.processors, std::nullopt);
  EXPECT_EQ(limits.memory_bytes, std::nullopt);
}

TEST(ThreadsWithin, QuotaRoundsUp) { EXPECT_EQ(ThreadsWithin(64, {1.5, std::nullopt}), 2u); }
TEST(ThreadsWithin, TinyQuotaIsOneThread) { EXPECT_EQ(ThreadsWithin(64, {0.01, std::nullopt}), 1u); }
TEST(ThreadsWithin, AffinityBelowQuota) { EXPECT_EQ(ThreadsWithin(2, {8.0, std::nullopt}), 2u); }
TEST(ThreadsWithin, NeverZero) { EXPECT_EQ(ThreadsWithin(0, {}), 1u); }

TEST(MemoryBudgetWithin, QuarterOfTheLimit) { EXPECT_EQ(MemoryBudgetWithin({std::nullopt, 400u << 20}), 100u << 20); }
TEST(MemoryBudgetWithin, AtMostOneGibibyte) { EXPECT_EQ(MemoryBudgetWithin({std::nullopt, 64ull << 30}), 1u << 30); }
TEST(MemoryBudgetWithin, NoLimit) { EXPECT_EQ(MemoryBudgetWithin({}), 1u << 30); }

TEST(AllowedThreads, FollowsAffinity) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  int processor = 0;
  while (!CPU_ISSET(processor, &before)) ++processor;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(processor, &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(AllowedThreads(), 1u);
  ASSERT_EQ(sched_setaffinity(0, sizeof before, &before), 0);
  EXPECT_LE(AllowedThreads(), static_cast<unsigned>(CPU_COUNT(&before)));
}

}  // namespace
}  // namespace logstat
