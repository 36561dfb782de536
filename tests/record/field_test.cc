#include "src/record/field.h"

#include <gtest/gtest.h>

#include <set>

namespace logstat {
namespace {

TEST(FieldName, EveryFieldHasOneOfItsOwnAndIsFoundByIt) {
  std::set<std::string_view> names;
  for (size_t i = 0; i < kFieldCount; ++i) {
    const Field field = static_cast<Field>(i);
    EXPECT_TRUE(names.insert(FieldName(field)).second) << FieldName(field);
    EXPECT_EQ(FindField(FieldName(field)), field);
  }
  EXPECT_EQ(FieldName(Field::kStatus), "status");
  EXPECT_EQ(FieldName(Field::kUpstreamTime), "upstream_time");
  EXPECT_EQ(FieldName(Field::kClient), "client");
  EXPECT_EQ(FieldName(Field::kReason), "reason");
  EXPECT_EQ(FindField("stat"), std::nullopt);
  EXPECT_EQ(FindField(""), std::nullopt);
}

}  // namespace
}  // namespace logstat
