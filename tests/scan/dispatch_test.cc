#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>

#include "src/scan/cpu.h"
#include "src/scan/kernels.h"

namespace logstat {
namespace {

TEST(AllKernels, EndsWithTheScalarOneAndNamesAreUnique) {
  ASSERT_FALSE(AllKernels().empty());
  EXPECT_EQ(AllKernels().back().name, "scalar");
  EXPECT_TRUE(AllKernels().back().supported());
  std::set<std::string> names;
  for (const Kernels& kernels : AllKernels()) EXPECT_TRUE(names.insert(std::string(kernels.name)).second);
}

TEST(AllKernels, VectorTargetsOfThisArchitectureAreCompiledIn) {
  std::set<std::string> names;
  for (const Kernels& kernels : AllKernels()) names.insert(std::string(kernels.name));
#if defined(__x86_64__)
  // Whatever the compiler's baseline is, the best ones are there.
  EXPECT_TRUE(names.count("AVX3_DL"));
#elif defined(__aarch64__)
  EXPECT_TRUE(names.count("NEON"));
#endif
}

TEST(FindKernels, UnknownAndEmptyNamesAreNull) {
  EXPECT_EQ(FindKernels("MMX"), nullptr);
  EXPECT_EQ(FindKernels(""), nullptr);
  EXPECT_EQ(FindKernels("avx2"), nullptr);
}

TEST(FindKernels, UnsupportedIsNullAndSupportedIsItself) {
  for (const Kernels& kernels : AllKernels()) {
    EXPECT_EQ(FindKernels(kernels.name), kernels.supported() ? &kernels : nullptr) << kernels.name;
  }
}

// BestKernels chooses once per process, so each case gets a process of its own.
class BestKernelsDeathTest : public testing::Test {
 protected:
  void SetUp() override { testing::FLAGS_gtest_death_test_style = "threadsafe"; }

  static void ExitWithWhetherBestIs(const char* environment, std::string_view expected) {
    if (environment == nullptr) {
      unsetenv("LOGSTAT_KERNEL");
    } else {
      setenv("LOGSTAT_KERNEL", environment, 1);
    }
    std::_Exit(BestKernels().name == expected ? 0 : 1);
  }

  static std::string_view FirstSupported() {
    for (const Kernels& kernels : AllKernels()) {
      if (kernels.supported()) return kernels.name;
    }
    return "";
  }
};

TEST_F(BestKernelsDeathTest, FirstSupportedWithoutTheVariable) {
  EXPECT_EXIT(ExitWithWhetherBestIs(nullptr, FirstSupported()), testing::ExitedWithCode(0), "");
}

TEST_F(BestKernelsDeathTest, VariableOverrides) {
  EXPECT_EXIT(ExitWithWhetherBestIs("scalar", "scalar"), testing::ExitedWithCode(0), "");
}

TEST_F(BestKernelsDeathTest, WrongNameInTheVariableIsIgnored) {
  EXPECT_EXIT(ExitWithWhetherBestIs("nonsense", FirstSupported()), testing::ExitedWithCode(0), "");
}

#if defined(__x86_64__)
// The compiler's run-time library asks CPUID in its own way.
TEST(Cpu, AgreesWithTheCompilersAnswer) {
  EXPECT_EQ(CpuRunsSsse3(), __builtin_cpu_supports("ssse3") != 0);
  EXPECT_EQ(CpuRunsSse4(), __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt") &&
                               __builtin_cpu_supports("aes") && __builtin_cpu_supports("pclmul"));
  EXPECT_EQ(CpuRunsAvx2(), __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                               __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma"));
  EXPECT_EQ(CpuRunsAvx3(), __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"));
  EXPECT_EQ(CpuRunsAvx3Dl(), CpuRunsAvx3() && __builtin_cpu_supports("avx512vbmi2") &&
                                 __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("avx512vnni") &&
                                 __builtin_cpu_supports("vpclmulqdq"));
}
#endif

}  // namespace
}  // namespace logstat
