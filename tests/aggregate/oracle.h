// What the aggregates must say, computed with maps from rows, and reports as text that can be compared.
#ifndef LOGSTAT_TESTS_AGGREGATE_ORACLE_H_
#define LOGSTAT_TESTS_AGGREGATE_ORACLE_H_

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "logstat/report.h"
#include "tests/aggregate/batches.h"

namespace logstat {

inline void CountStatus(int code, ClassCounts* classes, Outcomes* outcomes) {
  ++(*classes)[static_cast<size_t>(code / 100)];
  const bool aborted = code == 0 || code == 444 || code == 460 || code == 499;
  if (code / 100 == 5 || code / 100 == 6) ++outcomes->server_errors;
  if (code / 100 == 4 && !aborted) ++outcomes->client_errors;
  if (aborted) ++outcomes->aborted;
}

inline void AddTime(int64_t time_ms, std::optional<TimeMs>* first, std::optional<TimeMs>* last) {
  if (time_ms == kNoTime || time_ms == kOutlierTime) return;
  if (!*first || time_ms < **first) *first = time_ms;
  if (!*last || time_ms > **last) *last = time_ms;
}

// All keys of a field, busiest first.
inline std::vector<KeyRow> OracleKeys(const std::vector<TestRow>& rows, Field field) {
  std::map<std::optional<std::string>, KeyRow> by_key;
  for (const TestRow& row : rows) {
    KeyRow& key = by_key[row.text(field)];
    key.missing = !row.text(field).has_value();
    key.count += 1;
    key.bytes += row.bytes > 0 ? static_cast<uint64_t>(row.bytes) : 0;
    CountStatus(row.status, &key.classes, &key.outcomes);
    AddTime(row.time_ms, &key.first_time, &key.last_time);
  }
  std::vector<KeyRow> keys;
  for (auto& [text, key] : by_key) {
    key.key = text.value_or("").substr(0, 1024);
    key.key_bytes = text.value_or("").size();
    key.share = static_cast<double>(key.count) / static_cast<double>(rows.size());
    keys.push_back(key);
  }
  std::stable_sort(keys.begin(), keys.end(), [](const KeyRow& a, const KeyRow& b) { return a.count > b.count; });
  return keys;
}

inline std::vector<KeyRow> OracleFailing(std::vector<KeyRow> keys) {
  std::erase_if(keys, [](const KeyRow& key) { return key.outcomes.server_errors + key.outcomes.client_errors == 0; });
  std::sort(keys.begin(), keys.end(), [](const KeyRow& a, const KeyRow& b) {
    if (a.outcomes.server_errors != b.outcomes.server_errors) {
      return a.outcomes.server_errors > b.outcomes.server_errors;
    }
    if (a.outcomes.client_errors != b.outcomes.client_errors) {
      return a.outcomes.client_errors > b.outcomes.client_errors;
    }
    return a.missing != b.missing ? a.missing : a.key < b.key;
  });
  return keys;
}

inline std::vector<CodeRow> OracleCodes(const std::vector<TestRow>& rows) {
  std::map<int, std::vector<TestRow>> by_code;
  for (const TestRow& row : rows) by_code[row.status].push_back(row);
  std::vector<CodeRow> codes;
  for (const auto& [status, of_code] : by_code) {
    CodeRow code;
    code.code = status;
    code.count = of_code.size();
    code.share = static_cast<double>(code.count) / static_cast<double>(rows.size());
    for (const TestRow& row : of_code) {
      code.bytes += row.bytes > 0 ? static_cast<uint64_t>(row.bytes) : 0;
      AddTime(row.time_ms, &code.first_time, &code.last_time);
    }
    const auto counts = [&, &of_code = of_code](Field field) {
      std::vector<KeyCount> list;
      if (std::none_of(rows.begin(), rows.end(), [&](const TestRow& row) { return row.text(field).has_value(); })) {
        return list;  // the field does not exist
      }
      for (const KeyRow& key : OracleKeys(of_code, field)) {
        if (key.missing && field == Field::kReason) continue;
        list.push_back(KeyCount{key.key, key.missing, key.count, 0});
      }
      return list;
    };
    code.top_paths = counts(Field::kPath);
    code.top_clients = counts(Field::kClient);
    code.top_reasons = counts(Field::kReason);
    codes.push_back(code);
  }
  std::stable_sort(codes.begin(), codes.end(), [](const CodeRow& a, const CodeRow& b) { return a.count > b.count; });
  return codes;
}

inline std::string Describe(const std::optional<TimeMs>& time) { return time ? std::to_string(*time) : "-"; }

inline std::vector<std::string> Describe(const std::vector<KeyRow>& rows) {
  std::vector<std::string> lines;
  for (const KeyRow& row : rows) {
    lines.push_back(fmt::format("{}{} {}: {} {:.6f} {}B [{}] {}/{}/{} {}..{} error {}", row.missing ? "missing " : "",
                                row.key, row.key_bytes, row.count, row.share, row.bytes, fmt::join(row.classes, " "),
                                row.outcomes.server_errors, row.outcomes.client_errors, row.outcomes.aborted,
                                Describe(row.first_time), Describe(row.last_time), row.error));
  }
  return lines;
}

inline std::vector<std::string> Describe(const std::vector<KeyCount>& counts) {
  std::vector<std::string> lines;
  for (const KeyCount& count : counts) {
    lines.push_back(
        fmt::format("{}{}: {} error {}", count.missing ? "missing " : "", count.key, count.count, count.error));
  }
  return lines;
}

inline std::vector<std::string> Describe(const std::vector<CodeRow>& rows) {
  std::vector<std::string> lines;
  for (const CodeRow& row : rows) {
    lines.push_back(fmt::format("{}: {} {:.6f} {}B {}..{}", row.code, row.count, row.share, row.bytes,
                                Describe(row.first_time), Describe(row.last_time)));
    for (const std::string& line : Describe(row.top_paths)) lines.push_back("  path " + line);
    for (const std::string& line : Describe(row.top_clients)) lines.push_back("  client " + line);
    for (const std::string& line : Describe(row.top_reasons)) lines.push_back("  reason " + line);
  }
  return lines;
}

inline std::vector<std::string> Describe(const Timeline& timeline) {
  std::vector<std::string> lines{fmt::format("step {} coarsened {}", timeline.interval_seconds, timeline.coarsened)};
  for (const TimelinePoint& point : timeline.points) {
    std::string codes;
    for (const CodeCount& code : point.codes) codes += fmt::format(" {}:{}", code.code, code.count);
    lines.push_back(fmt::format("{}: {} {}B [{}] {}/{}/{}{}", Describe(point.time), point.count, point.bytes,
                                fmt::join(point.classes, " "), point.outcomes.server_errors,
                                point.outcomes.client_errors, point.outcomes.aborted, codes));
  }
  return lines;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_AGGREGATE_ORACLE_H_
