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
    EXPECT_EQ(shape.fast_columns, kRequestAndNumbers | kHead | shape.rest_columns) << preset.definition;
    EXPECT_EQ(shape.host_first, preset.name.substr(0, 5) == "vhost") << preset.definition;
  }
}

TEST(MakeShape, AStringOfOnesOwnIsReadAsFastAsAPreset) {
  const Shape shape =
      ShapeOf(R"($remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent $request_time "$http_x")");
  EXPECT_EQ(shape.fast_columns, kRequestAndNumbers | kHead | ColumnSet{Field::kDuration});
  EXPECT_EQ(shape.quotes, 4u);
  EXPECT_TRUE(shape.quoted_rest.empty()) << "a number stands in front of the quotes";
}

TEST(MakeShape, FieldsInQuotesBehindTheByteCount) {
  const Shape combined = ShapeOf(R"(%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\")");
  EXPECT_EQ(combined.rest_columns, (ColumnSet{Field::kReferrer, Field::kAgent}));
  ASSERT_EQ(combined.quoted_rest.size(), 2u);
  EXPECT_FALSE(combined.has_more_rest);
  const Shape timed = ShapeOf(R"(%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\" %D)");
  EXPECT_EQ(timed.quoted_rest.size(), 2u);
  EXPECT_TRUE(timed.has_more_rest);
  EXPECT_TRUE(timed.fast_columns.Contains(Field::kDuration));
  // Quotes further on: their number alone does not tell where the first ones close.
  const Shape more = ShapeOf(R"(%h %l %u %t \"%r\" %>s %b \"%{User-agent}i\" %D \"%{X-Forwarded-For}i\")");
  EXPECT_TRUE(more.quoted_rest.empty());
  EXPECT_EQ(more.rest_columns, (ColumnSet{Field::kAgent, Field::kDuration, Field::kXff}));
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
