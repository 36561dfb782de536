#include "src/format/w3c_fields.h"

#include <gtest/gtest.h>

#include <set>

namespace logstat {
namespace {

// The field of a column, kStatus for one that is read over.
Field FieldOf(const W3cFields& fields, size_t column) {
  return fields.columns[column].used ? fields.columns[column].spec.field : Field::kStatus;
}

TEST(ParseFields, ColumnsThatTogetherAreAField) {
  const auto fields = ParseFields("#Fields: date time cs-uri-stem cs-uri-query sc-status sc-substatus sc-win32-status");
  EXPECT_EQ(fields->columns.size(), 7u);
  EXPECT_EQ(fields->date, 0u);
  EXPECT_EQ(fields->time, 1u);
  EXPECT_EQ(fields->stem, 2u);
  EXPECT_EQ(fields->query, 3u);
  EXPECT_EQ(fields->status, 4u);
  for (size_t i = 0; i < 7; ++i) EXPECT_FALSE(fields->columns[i].used) << i;
}

TEST(ParseFields, NamesInAnyCaseAndAnyBlanks) {
  const auto fields = ParseFields("#FIELDS:\tC-IP   CS(USER-AGENT)\tunknown \r\n sc-status ");
  ASSERT_EQ(fields->columns.size(), 4u);
  EXPECT_EQ(FieldOf(*fields, 0), Field::kClient);
  EXPECT_EQ(FieldOf(*fields, 1), Field::kAgent);
  EXPECT_FALSE(fields->columns[2].used);
  EXPECT_EQ(fields->status, 3u);
}

TEST(ParseFields, NothingIsNothing) {
  for (const char* directive : {"#Fields:", "#Fields: ", "#Fields"}) {
    const auto fields = ParseFields(directive);
    EXPECT_TRUE(fields->columns.empty());
    EXPECT_EQ(fields->status, kNoColumn);
  }
}

TEST(ParseFields, OfTwoColumnsForOneFieldTheMoreExactOneIsTaken) {
  for (const char* directive : {"#Fields: cs(Host) x-host-header", "#Fields: x-host-header cs(Host)"}) {
    const auto fields = ParseFields(directive);
    const size_t better = fields->columns[0].used ? 0 : 1;
    EXPECT_EQ(better == 1, std::string_view(directive).ends_with("x-host-header")) << directive;
    EXPECT_FALSE(fields->columns[1 - better].used);
  }
  const auto twice = ParseFields("#Fields: c-ip c-ip");
  EXPECT_TRUE(twice->columns[0].used);
  EXPECT_FALSE(twice->columns[1].used);
  EXPECT_EQ(ParseFields("#Fields: cs-uri cs-uri-stem")->stem, 1u);
  EXPECT_EQ(ParseFields("#Fields: cs-uri-stem cs-uri")->stem, 0u);
  EXPECT_EQ(ParseFields("#Fields: date-local time-local date time")->date, 2u);
}

TEST(ParseFields, CloudFrontCountsInSecondsAndIisInMilliseconds) {
  EXPECT_EQ(ParseFields("#Fields: time-taken")->columns[0].spec.reading, Reading::kMilliseconds);
  EXPECT_EQ(ParseFields("#Fields: time-taken x-edge-location")->columns[0].spec.reading, Reading::kSeconds);
}

TEST(IsDirective, InAnyCase) {
  EXPECT_TRUE(IsDirective("#Fields: a", "#Fields:"));
  EXPECT_TRUE(IsDirective("#fields:", "#Fields:"));
  EXPECT_TRUE(IsDirective("#FIELDS:a", "#Fields:"));
  EXPECT_FALSE(IsDirective("#Fields", "#Fields:"));
  EXPECT_FALSE(IsDirective("Fields:", "#Fields:"));
  EXPECT_FALSE(IsDirective("#Field:s", "#Fields:"));
  EXPECT_FALSE(IsDirective("#Fields\x1a", "#Fields:")) << "not a colon in another case";
  EXPECT_FALSE(IsDirective("", "#Fields:"));
}

}  // namespace
}  // namespace logstat
