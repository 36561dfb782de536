// Writes an ordinary day of an ordinary site in the combined format: what findings cost where nothing is wrong.
//
//   genday --visits 8000 >day.log          # about 1.3 million lines
//
// The traffic is that of the tests of findings (tests/detect/clean_traffic.h): people who revalidate, follow redirects,
// watch videos in parts and mistype, crawlers, monitors and background noise. One line in eight is not a plain success,
// as in logs of real sites; a log of plain successes alone is what bench/compare makes of genlog's.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <string>

#include "tests/detect/clean_traffic.h"
#include "tests/detect/woven_log.h"

int main(int argc, char** argv) {
  int64_t visits = 8000;
  uint64_t seed = 77;
  CLI::App app("Writes an ordinary day of an ordinary site in the combined format to standard output");
  app.add_option("--visits", visits, "visits by people in the busiest hour")->capture_default_str();
  app.add_option("--seed", seed, "the same log for the same seed")->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  logstat::Dice dice(seed);
  logstat::WovenLog log;
  logstat::AddCleanTraffic(dice, {.from = 0, .to = 86'400, .visits = visits}, log);
  const std::string text = log.Text(logstat::WovenLog::Hosts::kWithout);
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0 ? 0 : 1;
}
