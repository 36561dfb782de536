// The lists by key of a report (paths, clients, hosts, …) as one table, for everything that prints all of them.
//
//   for (const KeySection& keys : KeySections(report)) {
//     if (keys.exists) Print(SectionName(keys.section), *keys.busiest, keys.kind);
//   }
//
// A new list is a row of the table in key_sections.cc. Refers to its report, which must outlive it. Thread-safe.
#ifndef LOGSTAT_SRC_REPORT_KEY_SECTIONS_H_
#define LOGSTAT_SRC_REPORT_KEY_SECTIONS_H_

#include <string_view>
#include <vector>

#include "logstat/report.h"
#include "src/report/keys.h"

namespace logstat {

struct KeySection {
  Section section = Section::kPaths;
  std::string_view key;            // what its keys are: "path"
  std::string_view busiest_title;  // "Busiest paths"
  std::string_view failing_title;  // "Failing paths"
  KeyKind kind = KeyKind::kOther;
  const std::vector<KeyRow>* busiest = nullptr;
  const std::vector<KeyRow>* failing = nullptr;  // null: it has no such list
  ListBounds bounds;
  bool exists = false;  // it was asked for and an input has its column
};

// Whether a list of paths has a static file, so that a column about it is worth its place.
bool AnyStatic(const std::vector<KeyRow>& rows);

// All of them, in the order of every output.
std::vector<KeySection> KeySections(const Report& report);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_KEY_SECTIONS_H_
