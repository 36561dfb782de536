#include "src/scan/cpu.h"

#include <cstdint>

#if defined(__x86_64__) || defined(__i386__)
#define LOGSTAT_CPU_X86 1
#include <cpuid.h>
#else
#define LOGSTAT_CPU_X86 0
#endif

namespace logstat {

#if LOGSTAT_CPU_X86
namespace {

// CPUID is asked directly: clang 14's __builtin_cpu_supports knows neither F16C nor VAES.
struct CpuidWords {
  uint32_t ecx1 = 0;  // leaf 1
  uint32_t ebx7 = 0;  // leaf 7, sub-leaf 0
  uint32_t ecx7 = 0;
  uint32_t state = 0;  // XCR0, low half: the registers that the system saves when it switches threads
};

// Bits as numbered in Intel's Software Developer's Manual, volume 2A, CPUID.
constexpr uint32_t Bit(int index) { return uint32_t{1} << index; }

constexpr uint32_t kEcx1Ssse3 = Bit(9);
constexpr uint32_t kEcx1Sse4 = Bit(19) | Bit(20) | Bit(23) | Bit(1) | Bit(25);  // SSE4.1, 4.2, POPCNT, PCLMUL, AES
constexpr uint32_t kEcx1Avx = Bit(28) | Bit(12) | Bit(29);                      // AVX, FMA, F16C
constexpr uint32_t kEcx1Osxsave = Bit(27);
constexpr uint32_t kEbx7Avx2 = Bit(5) | Bit(3) | Bit(8);               // AVX2, BMI1, BMI2
constexpr uint32_t kEbx7Avx3 = Bit(16) | Bit(17) | Bit(30) | Bit(31);  // AVX-512 F, DQ, BW, VL
constexpr uint32_t kEcx7Avx3Dl = Bit(1) | Bit(6) | Bit(9) | Bit(10) | Bit(11) | Bit(12) |
                                 Bit(14);        // VBMI, VBMI2, VAES, VPCLMULQDQ, VNNI, BITALG, VPOPCNTDQ
constexpr uint32_t kStateYmm = Bit(1) | Bit(2);  // XMM, YMM
constexpr uint32_t kStateZmm = kStateYmm | Bit(5) | Bit(6) | Bit(7);  // mask registers, ZMM_Hi256, Hi16_ZMM

bool HasAll(uint32_t word, uint32_t bits) { return (word & bits) == bits; }

CpuidWords AskCpu() {
  CpuidWords words;
  uint32_t eax = 0;
  uint32_t ebx = 0;
  uint32_t edx = 0;
  if (!__get_cpuid(1, &eax, &ebx, &words.ecx1, &edx)) return words;
  if (!__get_cpuid_count(7, 0, &eax, &words.ebx7, &words.ecx7, &edx)) {
    words.ebx7 = 0;
    words.ecx7 = 0;
  }
  if (HasAll(words.ecx1, kEcx1Osxsave)) {
    // XGETBV by its name in assembly: the intrinsic wants the whole file compiled with -mxsave.
    uint32_t high = 0;
    __asm__ volatile("xgetbv" : "=a"(words.state), "=d"(high) : "c"(0));
  }
  return words;
}

const CpuidWords& Cpu() {
  static const CpuidWords words = AskCpu();
  return words;
}

}  // namespace

bool CpuRunsSsse3() { return HasAll(Cpu().ecx1, kEcx1Ssse3); }

bool CpuRunsSse4() { return CpuRunsSsse3() && HasAll(Cpu().ecx1, kEcx1Sse4); }

bool CpuRunsAvx2() {
  return CpuRunsSse4() && HasAll(Cpu().state, kStateYmm) && HasAll(Cpu().ecx1, kEcx1Avx) &&
         HasAll(Cpu().ebx7, kEbx7Avx2);
}

bool CpuRunsAvx3() { return CpuRunsAvx2() && HasAll(Cpu().state, kStateZmm) && HasAll(Cpu().ebx7, kEbx7Avx3); }

// Highway also lets the compiler use AVX-VNNI here, which Zen 4 and Ice Lake lack. It has dot products and nothing
// else, and no kernel has one.
bool CpuRunsAvx3Dl() { return CpuRunsAvx3() && HasAll(Cpu().ecx7, kEcx7Avx3Dl); }

#else

bool CpuRunsSsse3() { return false; }
bool CpuRunsSse4() { return false; }
bool CpuRunsAvx2() { return false; }
bool CpuRunsAvx3() { return false; }
bool CpuRunsAvx3Dl() { return false; }

#endif  // LOGSTAT_CPU_X86

bool CpuRunsNeon() {
#if defined(__aarch64__)
  return true;
#else
  return false;
#endif
}

}  // namespace logstat
