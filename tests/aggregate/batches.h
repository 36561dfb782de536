// Rows by value and the batches made of them, for the tests of src/aggregate/.
#ifndef LOGSTAT_TESTS_AGGREGATE_BATCHES_H_
#define LOGSTAT_TESTS_AGGREGATE_BATCHES_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "src/record/record_batch.h"
#include "src/record/selection.h"

namespace logstat {

struct TestRow {
  uint16_t status = 200;
  int64_t time_ms = 0;
  int64_t bytes = 0;
  int64_t duration_us = kNoNumber;
  std::optional<std::string> client;
  std::optional<std::string> path;
  std::optional<std::string> method;
  std::optional<std::string> host;
  std::optional<std::string> reason;
  std::optional<std::string> agent;
  std::optional<std::string> upstream;
  std::optional<std::string> user;

  const std::optional<std::string>& text(Field field) const {
    switch (field) {
      case Field::kClient:
        return client;
      case Field::kPath:
        return path;
      case Field::kMethod:
        return method;
      case Field::kReason:
        return reason;
      case Field::kAgent:
        return agent;
      case Field::kUpstream:
        return upstream;
      case Field::kUser:
        return user;
      default:
        return host;
    }
  }
};

inline constexpr ColumnSet kAllColumns{Field::kStatus, Field::kTime,   Field::kBytes, Field::kDuration, Field::kClient,
                                       Field::kPath,   Field::kMethod, Field::kHost,  Field::kReason};

// A batch with the memory that it views: a block with 64 readable bytes behind it, as Block promises. Every
// `spill_every`-th text goes to the spill arena; 0: none.
struct TestBatch {
  std::unique_ptr<std::vector<uint8_t>> block = std::make_unique<std::vector<uint8_t>>();
  RecordBatch batch;
  Selection selection;
};

inline TestBatch MakeBatch(const std::vector<TestRow>& rows, ColumnSet columns = kAllColumns, size_t spill_every = 0) {
  constexpr Field kTexts[] = {Field::kClient, Field::kPath,  Field::kMethod,   Field::kHost,
                              Field::kReason, Field::kAgent, Field::kUpstream, Field::kUser};
  TestBatch made;
  std::vector<uint8_t>& block = *made.block;
  size_t size = 64;
  for (const TestRow& row : rows) {
    for (Field field : kTexts) size += row.text(field).value_or("").size();
  }
  block.reserve(size);
  made.batch.Reset(block.data(), columns);
  size_t texts = 0;
  for (const TestRow& from : rows) {
    const size_t row = made.batch.AppendRow(static_cast<uint32_t>(block.size()));
    made.batch.status(row) = from.status;
    if (columns.Contains(Field::kTime)) made.batch.time_ms(row) = from.time_ms;
    if (columns.Contains(Field::kBytes)) made.batch.bytes(row) = from.bytes;
    if (columns.Contains(Field::kDuration)) made.batch.number(Field::kDuration, row) = from.duration_us;
    for (Field field : kTexts) {
      if (!columns.Contains(field) || !from.text(field)) continue;
      const std::string& text = *from.text(field);
      if (spill_every != 0 && ++texts % spill_every == 0) {
        made.batch.SetText(field, row, made.batch.Spill(text));
        continue;
      }
      made.batch.SetText(field, row, Text{static_cast<uint32_t>(block.size()), static_cast<uint32_t>(text.size())});
      block.insert(block.end(), text.begin(), text.end());
    }
  }
  made.batch.Close(static_cast<uint32_t>(block.size()));
  block.insert(block.end(), 64, 0xAA);
  made.selection.SelectCounted(made.batch);
  return made;
}

// Rows as an honest log has them: few methods and hosts, many clients and paths, mostly 200, time going forward.
inline std::vector<TestRow> RandomRows(size_t count, uint64_t seed, size_t clients = 300, size_t paths = 200) {
  constexpr uint16_t kStatuses[] = {200, 200, 200, 200, 200, 301, 304, 404, 404, 403, 500, 502, 499, 0, 414, 600, 999};
  const std::string methods[] = {"GET", "GET", "GET", "POST", "HEAD", "PROPFIND", "AN-UNUSUALLY-LONG-METHOD-NAME-1"};
  const std::string kReasons[] = {"-", "----", "----", "sH--", "UF,URX", "A_REASON_THAT_IS_LONGER_THAN_AN_ENTRY"};
  std::mt19937_64 random(seed);
  std::vector<TestRow> rows(count);
  int64_t time = 1700000000000;
  for (TestRow& row : rows) {
    time += static_cast<int64_t>(random() % 20);
    row.status = kStatuses[random() % std::size(kStatuses)];
    row.time_ms = random() % 50 == 0 ? kNoTime : random() % 60 == 0 ? kOutlierTime : time;
    row.bytes = random() % 20 == 0 ? kNoBytes : static_cast<int64_t>(random() % 100000);
    // From 0 to some days, and absent for one row in eleven.
    const int64_t odd = std::max<int64_t>(row.bytes, 0);
    row.duration_us = odd % 11 == 3 ? kNoNumber : odd * 0x9E3779B1 >> odd % 48;
    row.client = "10.0." + std::to_string(random() % clients);
    const size_t number = std::min(random() % paths, random() % paths);
    if (random() % 30 != 0) {
      row.path = "/" + std::string(number % 60, static_cast<char>('a' + number % 26)) + std::to_string(number);
      if (number % 97 == 5) *row.path += std::to_string(random() % 3) + std::string(1100, 'x');
    }
    if (row.path) row.method = methods[random() % std::size(methods)];
    if (random() % 3 != 0) row.host = "host" + std::to_string(random() % 5);
    if (random() % 4 != 0) row.reason = kReasons[random() % std::size(kReasons)];
  }
  return rows;
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_AGGREGATE_BATCHES_H_
