// Rows by hand, and what an expression keeps of them, for the tests of src/filter/.
//
//   Rows rows;
//   rows.Add({.status = 502, .client = "192.0.2.7"});
//   EXPECT_THAT(rows.Where("status >= 500"), ElementsAre(0));
#ifndef LOGSTAT_TESTS_FILTER_ROWS_H_
#define LOGSTAT_TESTS_FILTER_ROWS_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "src/filter/parser.h"
#include "src/record/record_batch.h"

namespace logstat {

struct RowValues {
  uint16_t status = 200;
  int64_t time_ms = kNoTime;
  int64_t bytes = kNoBytes;
  int64_t duration_us = kNoNumber;
  int64_t upstream_status = kNoNumber;
  std::optional<std::string> client = {};
  std::optional<std::string> method = {};
  std::optional<std::string> target = {};
  std::optional<std::string> agent = {};
};

class Rows {
 public:
  Rows() { batch_.Reset(nullptr, kEveryField); }

  size_t Add(const RowValues& values) {
    const size_t row = batch_.AppendRow(0);
    batch_.status(row) = values.status;
    batch_.time_ms(row) = values.time_ms;
    batch_.bytes(row) = values.bytes;
    batch_.number(Field::kDuration, row) = values.duration_us;
    batch_.number(Field::kUpstreamStatus, row) = values.upstream_status;
    Put(Field::kClient, row, values.client);
    Put(Field::kMethod, row, values.method);
    Put(Field::kTarget, row, values.target);
    Put(Field::kAgent, row, values.agent);
    return row;
  }

  const RecordBatch& batch() const { return batch_; }

  // The rows for which the expression is true.
  std::vector<uint32_t> Where(const std::string& text, const std::string& zone = "UTC") const {
    const StatusOr<Expression> expression = ParseWhere(text, zone);
    EXPECT_TRUE(expression.ok()) << text << ": " << (expression.ok() ? "" : Message(expression.status()));
    if (!expression.ok()) return {};
    std::vector<uint32_t> rows(batch_.rows());
    std::iota(rows.begin(), rows.end(), 0u);
    expression->Narrow(batch_, rows);
    return rows;
  }

 private:
  void Put(Field field, size_t row, const std::optional<std::string>& text) {
    if (text.has_value()) batch_.PutText(field, row, *text);
  }

  RecordBatch batch_;
};

}  // namespace logstat

#endif  // LOGSTAT_TESTS_FILTER_ROWS_H_
