#include "src/plan/columns.h"

namespace logstat {
namespace {

// What a row by key shows beside its key.
constexpr ColumnSet kOfEveryKey{Field::kStatus, Field::kTime, Field::kBytes};

}  // namespace

ColumnSet ColumnsOf(Section section) {
  switch (section) {
    case Section::kTimeline:
      return {Field::kStatus, Field::kTime};
    case Section::kFindings:  // lines that are no events are known by hashes of these, which key tables turn to texts
      return {Field::kStatus, Field::kTime, Field::kPath, Field::kHost};
    case Section::kPaths:
      return kOfEveryKey | ColumnSet{Field::kPath, Field::kDuration};
    case Section::kClients:
      return kOfEveryKey | ColumnSet{Field::kClient};
    case Section::kUpstreams:
      return kOfEveryKey | ColumnSet{Field::kUpstream, Field::kReason};
    case Section::kMethods:
      return kOfEveryKey | ColumnSet{Field::kMethod};
    case Section::kHosts:
      return kOfEveryKey | ColumnSet{Field::kHost};
    case Section::kReferrers:
      return kOfEveryKey | ColumnSet{Field::kReferrer};
    case Section::kAgents:
      return kOfEveryKey | ColumnSet{Field::kAgent};
    case Section::kDurations:
      return {Field::kStatus, Field::kPath, Field::kDuration};
    case Section::kSummary:  // what changed most is of the summary, and the same whatever else is asked for
    case Section::kChanges:
      return {Field::kStatus, Field::kTime, Field::kPath, Field::kClient, Field::kHost, Field::kUpstream};
    case Section::kClasses:
    case Section::kCodes:
    case Section::kRejects:
      break;
  }
  return {Field::kStatus};
}

ColumnSet ColumnsOf(SectionSet sections) {
  ColumnSet columns{Field::kStatus};
  for (size_t i = 0; i < kSectionCount; ++i) {
    const Section section = static_cast<Section>(i);
    if (sections.Contains(section)) columns = columns | ColumnsOf(section);
  }
  if (sections.Contains(Section::kCodes) && !(columns == ColumnSet{Field::kStatus})) columns.Insert(Field::kReason);
  return columns;
}

}  // namespace logstat
