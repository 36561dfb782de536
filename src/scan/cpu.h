// What this processor, and the operating system on it, can run: one question per vector target.
//
//   if (CpuRunsAvx2()) return avx2_kernels;
//
// The questions follow what the compiler may emit for a target of Highway 1.0.3 (HWY_TARGET_STR in
// hwy/ops/set_macros-inl.h), not only what the kernels use: a function compiled for AVX2 may contain BMI2 or F16C.
// Highway's own answer lives in libhwy.so, which costs 4-5 ms at start-up. Pure and thread-safe; on a processor of
// another family the answer is false.
#ifndef LOGSTAT_SRC_SCAN_CPU_H_
#define LOGSTAT_SRC_SCAN_CPU_H_

namespace logstat {

bool CpuRunsSsse3();
bool CpuRunsSse4();    // and POPCNT, PCLMUL, AES
bool CpuRunsAvx2();    // and BMI1, BMI2, FMA, F16C; the system saves YMM registers
bool CpuRunsAvx3();    // AVX-512 F, VL, DQ, BW: Skylake-X; the system saves ZMM and mask registers
bool CpuRunsAvx3Dl();  // and VBMI, VBMI2, VNNI, BITALG, VPOPCNTDQ, VPCLMULQDQ, VAES: Ice Lake, Zen 4
bool CpuRunsNeon();    // always true on AArch64, whose base instruction set has it

}  // namespace logstat

#endif  // LOGSTAT_SRC_SCAN_CPU_H_
