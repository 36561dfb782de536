// Counts the newlines of a file and does nothing else: the floor under every program that reads a log (N in
// bench/compare). It reads through the same mapping, in the same cells, with the same kernel as logstat.
//
//   count_newlines access.log
#include <cinttypes>
#include <cstdio>
#include <memory>
#include <optional>

#include "src/base/status.h"
#include "src/input/source.h"
#include "src/scan/kernels.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: count_newlines FILE\n");
    return 2;
  }
  const logstat::Kernels& kernels = logstat::BestKernels();
  auto source = logstat::OpenSource(argv[1], logstat::SourceSettings{});
  if (!source.ok()) {
    std::fprintf(stderr, "%s: %s\n", argv[1], logstat::Message(source.status()).c_str());
    return 3;
  }
  uint64_t newlines = 0;
  while (true) {
    auto block = (*source)->Next();
    if (!block.ok()) {
      std::fprintf(stderr, "%s: %s\n", argv[1], logstat::Message(block.status()).c_str());
      return 3;
    }
    if (!block->has_value()) break;
    newlines += kernels.count_newlines((*block)->bytes, (*block)->cell_bytes);
  }
  std::printf("%" PRIu64 "\n", newlines);
}
