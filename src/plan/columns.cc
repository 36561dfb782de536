#include "src/plan/columns.h"

namespace logstat {

ColumnSet ColumnsOf(Section section) {
  switch (section) {
    case Section::kSummary:
    case Section::kTimeline:
      return {Field::kStatus, Field::kTime};
    case Section::kPaths:
      return {Field::kStatus, Field::kTime, Field::kBytes, Field::kPath};
    case Section::kClients:
      return {Field::kStatus, Field::kTime, Field::kBytes, Field::kClient};
    case Section::kMethods:
      return {Field::kStatus, Field::kTime, Field::kBytes, Field::kMethod};
    case Section::kHosts:
      return {Field::kStatus, Field::kTime, Field::kBytes, Field::kHost};
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
