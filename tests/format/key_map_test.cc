#include "src/format/key_map.h"

#include <gtest/gtest.h>

#include <array>

namespace logstat {
namespace {

TEST(ParseKeyMap, FieldsPathsAndUnits) {
  const std::vector<NamedKey> keys = *ParseKeyMap(
      "status=.resp.code,client?=ip,time=.@t,duration=.took(ms),upstream_time=u(ns),request=.r,target=.uri");
  ASSERT_EQ(keys.size(), 7u);
  EXPECT_EQ(keys[0].path, "resp.code");
  EXPECT_EQ(keys[0].spec, (FieldSpec{Field::kStatus, Reading::kStatus}));
  EXPECT_FALSE(keys[0].weak);
  EXPECT_EQ(keys[1].path, "ip");
  EXPECT_TRUE(keys[1].weak);
  EXPECT_EQ(keys[2].spec, (FieldSpec{Field::kTime, Reading::kTime}));
  EXPECT_EQ(keys[3].path, "took");
  EXPECT_EQ(keys[3].spec, (FieldSpec{Field::kDuration, Reading::kMilliseconds}));
  EXPECT_EQ(keys[4].spec, (FieldSpec{Field::kUpstreamTime, Reading::kNanoseconds}));
  EXPECT_EQ(keys[5].spec, (FieldSpec{Field::kTarget, Reading::kRequest}));
  EXPECT_EQ(keys[6].spec, (FieldSpec{Field::kTarget, Reading::kTarget}));
}

TEST(ParseKeyMap, ErrorsNameTheEntry) {
  for (const auto& [map, said] : std::initializer_list<std::pair<const char*, const char*>>{
           {"", "write FIELD=PATH"},
           {"status=.s,", "write FIELD=PATH"},
           {"status=.s,nonsense=.x", "'nonsense=.x'"},
           {"status=.s,=x", "is no field"},
           {"status=", "empty key"},
           {"status=.a..b", "empty key"},
           {"status=.a.", "empty key"},
           {"status=.s,duration=.d(min)", "use s, ms, us or ns"},
           {"status=.s,duration=ms)", "no opening bracket"},
           {"status=.s,bytes=.b(ms)", "only duration and upstream_time"},
           {"client=.ip", "names no status"},
       }) {
    const auto keys = ParseKeyMap(map);
    ASSERT_FALSE(keys.ok()) << map;
    EXPECT_NE(Message(keys.status()).find(said), std::string::npos) << Message(keys.status());
  }
}

TEST(NameTable, PathsAndWhatLiesBelow) {
  const std::vector<NamedKey> keys = *ParseKeyMap("status=.a.b.code,client=.a.ip,client=.ip,host=.a.ip");
  const NameTable table(keys, std::array{std::string_view("a.x")});
  EXPECT_EQ(table.Find("b"), nullptr);
  EXPECT_EQ(table.Find(""), nullptr);
  ASSERT_NE(table.Find("a"), nullptr);
  EXPECT_FALSE(table.Find("a")->is_field);
  EXPECT_EQ(table.Find("a")->columns_below, (ColumnSet{Field::kStatus, Field::kClient}));
  EXPECT_EQ(table.Find("a")->marks_below, 1u);
  EXPECT_EQ(table.Find("a.x")->mark, 1u);
  EXPECT_EQ(table.Find("a.ip")->spec.field, Field::kClient);  // the first of two
  EXPECT_EQ(table.columns(), (ColumnSet{Field::kStatus, Field::kClient}));
}

}  // namespace
}  // namespace logstat
