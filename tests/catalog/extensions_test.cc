#include "src/catalog/extensions.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace logstat {
namespace {

constexpr auto kNames = std::to_array<std::string_view>({"cgi", "php", "pl", "phtml", "p", "asp", "aspx"});
constexpr ExtensionSet kScripts(kNames);
static_assert(kScripts.Contains("php") && !kScripts.Contains("html"));

TEST(ExtensionsTest, HasItsNamesInAnyCase) {
  for (const std::string_view name : kNames) {
    EXPECT_TRUE(kScripts.Contains(name)) << name;
    std::string upper(name);
    for (char& c : upper) c = static_cast<char>(c - 'a' + 'A');
    EXPECT_TRUE(kScripts.Contains(upper)) << upper;
  }
}

TEST(ExtensionsTest, HasNothingElse) {
  EXPECT_FALSE(kScripts.Contains(""));
  for (int first = 0; first < 256; ++first) {
    for (int last = 0; last < 256; ++last) {
      const std::string text = {static_cast<char>(first), 'h', static_cast<char>(last)};
      const bool is_php = (first == 'p' || first == 'P') && (last == 'p' || last == 'P');
      ASSERT_EQ(kScripts.Contains(text), is_php) << text;
    }
  }
}

}  // namespace
}  // namespace logstat
