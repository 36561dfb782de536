#include "src/deliver/kept_event.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace logstat {
namespace {

TEST(KeptEventTest, KeepsPlaceAndTexts) {
  const KeptEvent::Ref kept = KeptEvent::Make({1234, 2, 17, 4096}, {"the line", "/a", "192.0.2.7", "", "alice"});
  EXPECT_EQ(kept->place().time_ms, 1234);
  EXPECT_EQ(kept->place().input, 2U);
  EXPECT_EQ(kept->place().line, 17U);
  EXPECT_EQ(kept->place().offset, 4096U);
  EXPECT_EQ(kept->text(KeptEvent::kLine), "the line");
  EXPECT_EQ(kept->text(KeptEvent::kPath), "/a");
  EXPECT_EQ(kept->text(KeptEvent::kClient), "192.0.2.7");
  EXPECT_EQ(kept->text(KeptEvent::kAgent), "");
  EXPECT_EQ(kept->text(KeptEvent::kUser), "alice");
  EXPECT_FALSE(kept->is_cut());
}

TEST(KeptEventTest, CutsLongTextsAndSaysSoOfTheLine) {
  const std::string longest(kMostEvidenceBytes, 'l');
  EXPECT_FALSE(KeptEvent::Make({}, {longest, "", "", "", ""})->is_cut());
  const KeptEvent::Ref kept = KeptEvent::Make({}, {longest + "l", longest + "p", "c", "", ""});
  EXPECT_TRUE(kept->is_cut());
  EXPECT_EQ(kept->text(KeptEvent::kLine), longest);
  EXPECT_EQ(kept->text(KeptEvent::kPath).size(), kMostEvidenceBytes);
  EXPECT_EQ(kept->text(KeptEvent::kClient), "c");
}

TEST(KeptEventTest, LivesAsLongAsItsLastReference) {
  std::vector<KeptEvent::Ref> references(3, KeptEvent::Make({}, {"line", "", "", "", ""}));
  KeptEvent::Ref moved = std::move(references[0]);
  EXPECT_TRUE(references[0].empty());
  references.clear();
  EXPECT_EQ(moved->text(KeptEvent::kLine), "line");
  KeptEvent::Ref copy = moved;
  moved = KeptEvent::Ref();
  EXPECT_EQ(copy->text(KeptEvent::kLine), "line");
}

}  // namespace
}  // namespace logstat
