#include "src/plan/columns.h"

#include <gtest/gtest.h>

namespace logstat {
namespace {

TEST(Columns, CodesAndClassesNeedTheStatusAlone) {
  EXPECT_EQ(ColumnsOf(SectionSet{Section::kCodes}), ColumnSet{Field::kStatus});
  EXPECT_EQ(ColumnsOf(SectionSet{Section::kClasses, Section::kRejects}), ColumnSet{Field::kStatus});
  EXPECT_EQ(ColumnsOf(SectionSet{}), ColumnSet{Field::kStatus});
}

TEST(Columns, CodesHaveTheirReasonsAsSoonAsMoreThanTheStatusIsRead) {
  EXPECT_EQ(ColumnsOf(SectionSet{Section::kCodes, Section::kTimeline}),
            (ColumnSet{Field::kStatus, Field::kTime, Field::kReason}));
  EXPECT_FALSE(ColumnsOf(SectionSet{Section::kCodes, Section::kClasses}).Contains(Field::kReason));
  EXPECT_FALSE(ColumnsOf(SectionSet{Section::kPaths}).Contains(Field::kReason)) << "nobody would see them";
  EXPECT_TRUE(ColumnsOf(SectionSet{Section::kUpstreams}).Contains(Field::kReason));
}

TEST(Columns, ASetNeedsTheUnion) {
  EXPECT_EQ(ColumnsOf(SectionSet{Section::kTimeline, Section::kClients}),
            (ColumnSet{Field::kStatus, Field::kTime, Field::kBytes, Field::kClient}));
}

TEST(Columns, TheSummaryReadsWhatItsTopChangeMayBeOf) {
  EXPECT_EQ(ColumnsOf(SectionSet{Section::kSummary}), ColumnsOf(SectionSet{Section::kChanges}));
}

TEST(Columns, PathsHaveTheirDurationsAndDurationsTheirPaths) {
  EXPECT_TRUE(ColumnsOf(SectionSet{Section::kPaths}).Contains(Field::kDuration));
  EXPECT_EQ(ColumnsOf(SectionSet{Section::kDurations}), (ColumnSet{Field::kStatus, Field::kPath, Field::kDuration}));
  EXPECT_FALSE(ColumnsOf(SectionSet{Section::kClients, Section::kTimeline}).Contains(Field::kDuration));
}

TEST(Columns, AllSectionsReadNoFieldThatNoSectionShows) {
  const ColumnSet all = ColumnsOf(SectionSet::All());
  for (Field field :
       {Field::kStatus, Field::kTime, Field::kBytes, Field::kClient, Field::kPath, Field::kMethod, Field::kHost,
        Field::kReason, Field::kUpstream, Field::kReferrer, Field::kAgent, Field::kDuration}) {
    EXPECT_TRUE(all.Contains(field));
  }
  for (Field field : {Field::kUser, Field::kTarget, Field::kQuery, Field::kProtocol, Field::kXff, Field::kTls}) {
    EXPECT_FALSE(all.Contains(field));
  }
}

}  // namespace
}  // namespace logstat
