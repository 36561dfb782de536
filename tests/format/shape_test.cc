#include "src/format/shape.h"

#include <gtest/gtest.h>

#include "src/format/presets.h"

namespace logstat {
namespace {

constexpr ColumnSet kRequestAndNumbers{Field::kStatus, Field::kBytes, Field::kMethod,  Field::kTarget,
                                       Field::kPath,   Field::kQuery, Field::kProtocol};
constexpr ColumnSet kHead{Field::kTime, Field::kClient, Field::kUser, Field::kHost};

Shape ShapeOf(std::string_view format) { return MakeShape(*CompileFormat(format)); }

TEST(MakeShape, EveryAnchoredPresetIsReadFast) {
  for (const Preset& preset : Presets()) {
    if (preset.format->shape() == nullptr) continue;  // not of this family
    const Shape& shape = *preset.format->shape();
    EXPECT_TRUE(shape.known_anchor) << preset.definition;
    if (preset.name == "lighttpd" || preset.name == "s3" || preset.name == "envoy") continue;  // another head
    EXPECT_EQ(shape.fast_columns, kRequestAndNumbers | kHead) << preset.definition;
    EXPECT_EQ(shape.host_first, preset.name.substr(0, 5) == "vhost") << preset.definition;
  }
}

TEST(MakeShape, AStringOfOnesOwnIsReadAsFastAsAPreset) {
  const Shape shape =
      ShapeOf(R"($remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent $request_time "$http_x")");
  EXPECT_EQ(shape.fast_columns, kRequestAndNumbers | kHead);
  EXPECT_EQ(shape.quotes, 4u);
}

TEST(MakeShape, WhatNoLineHasIsAbsentAndWhatSomeLineMayHaveIsNot) {
  const ColumnSet common = ShapeOf("%h %l %u %t \"%r\" %>s %b").absent_columns;
  for (Field field : {Field::kReason, Field::kAgent, Field::kDuration, Field::kUpstreamStatus}) {
    EXPECT_TRUE(common.Contains(field)) << FieldName(field);
  }
  for (Field field : {Field::kHost, Field::kScheme, Field::kUser, Field::kBytes, Field::kStatus}) {
    EXPECT_FALSE(common.Contains(field)) << FieldName(field) << ": a target may be absolute, a line may have a host";
  }
  const Shape timed =
      ShapeOf(R"($remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent $request_time)");
  EXPECT_FALSE(timed.absent_columns.Contains(Field::kDuration));
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
