// One log dealt out over three files like cards, and that what is found in them is what was found in the whole.
//
//   ExpectSame(OfRule(Find(DealtOut(text)), "rate-flood"), OfRule(Find(text), "rate-flood"));
#ifndef LOGSTAT_TESTS_DETECT_DEALT_OUT_H_
#define LOGSTAT_TESTS_DETECT_DEALT_OUT_H_

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "logstat/findings.h"

namespace logstat {

inline std::vector<std::string> DealtOut(const std::string& text) {
  std::vector<std::string> parts(3);
  std::istringstream lines(text);
  size_t next = 2;
  for (std::string line; std::getline(lines, line); next = (next + 2) % 3) parts[next] += line + "\n";
  return parts;
}

// One finding each; their samples stand elsewhere.
inline void ExpectSame(const std::vector<Finding>& dealt, const std::vector<Finding>& whole) {
  ASSERT_EQ(whole.size(), 1u);
  ASSERT_EQ(dealt.size(), 1u);
  EXPECT_EQ(dealt[0].sentence, whole[0].sentence);
  EXPECT_EQ(dealt[0].count, whole[0].count);
  EXPECT_EQ(dealt[0].first_time, whole[0].first_time);
  EXPECT_EQ(dealt[0].last_time, whole[0].last_time);
  ASSERT_EQ(dealt[0].facts.size(), whole[0].facts.size());
  for (size_t i = 0; i < whole[0].facts.size(); ++i) EXPECT_EQ(dealt[0].facts[i].value, whole[0].facts[i].value);
  ASSERT_EQ(dealt[0].top_paths.size(), whole[0].top_paths.size());
  for (size_t i = 0; i < whole[0].top_paths.size(); ++i) {
    EXPECT_EQ(dealt[0].top_paths[i].key, whole[0].top_paths[i].key);
  }
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_DETECT_DEALT_OUT_H_
