#include "src/format/shape.h"

#include <gtest/gtest.h>

#include "src/format/presets.h"

namespace logstat {
namespace {

constexpr ColumnSet kRequestAndNumbers{Field::kStatus, Field::kBytes, Field::kMethod,  Field::kTarget,
                                       Field::kPath,   Field::kQuery, Field::kProtocol};
constexpr ColumnSet kHead{Field::kTime, Field::kClient, Field::kUser, Field::kHost};

Shape ShapeOf(std::string_view format) { return MakeShape(*CompileFormat(format)); }

TEST(MakeShape, EveryPresetIsReadFast) {
  for (const Preset& preset : Presets()) {
    if (preset.format->shape() == nullptr) continue;  // not of this family
    const Shape& shape = *preset.format->shape();
    EXPECT_TRUE(shape.known_anchor) << preset.definition;
    EXPECT_EQ(shape.fast_columns, kRequestAndNumbers | kHead) << preset.definition;
    EXPECT_EQ(shape.host_first, preset.name.substr(0, 5) == "vhost") << preset.definition;
    EXPECT_EQ(shape.quotes, preset.name.find("combined") != std::string_view::npos ? 6u : 2u) << preset.definition;
  }
}

TEST(MakeShape, AStringOfOnesOwnIsReadAsFastAsAPreset) {
  const Shape shape =
      ShapeOf(R"($remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent $request_time "$http_x")");
  EXPECT_EQ(shape.fast_columns, kRequestAndNumbers | kHead);
  EXPECT_EQ(shape.quotes, 4u);
}

TEST(MakeShape, OfAnotherHeadOnlyTheRequestAndTheNumbersAreReadFast) {
  for (const char* format : {R"([$time_local] $host $remote_addr "$request" $status $bytes_sent)",
                             R"(h $remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent)",
                             R"($host [$time_local] "$request" $status $bytes_sent)"}) {
    const Shape shape = ShapeOf(format);
    EXPECT_TRUE(shape.known_anchor) << format;
    EXPECT_FALSE(shape.host_first) << format;
    EXPECT_EQ(shape.fast_columns, kRequestAndNumbers) << format;
  }
}

TEST(MakeShape, QuotesInFrontOfTheRequestLeaveEveryLineToTheCarefulPath) {
  const Shape shape = ShapeOf(R"("$http_host" $remote_addr "$request" $status $bytes_sent)");
  EXPECT_FALSE(shape.known_anchor);
  EXPECT_EQ(shape.quotes, 4u);
}

}  // namespace
}  // namespace logstat
