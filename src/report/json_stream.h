// A JSON object that is written member by member, so that a report of millions of rows is never in memory as JSON.
//
//   ObjectStream out(sink);
//   out.Member("complete", true);
//   out.Rows("paths", report.paths, [](const KeyRow& row) { return Json{{"key", row.key}}; });
//   out.End();
//
// The sink gets pieces of some 64 KiB. For .cc files only: nlohmann-json is slow to compile. Not thread-safe.
#ifndef LOGSTAT_SRC_REPORT_JSON_STREAM_H_
#define LOGSTAT_SRC_REPORT_JSON_STREAM_H_

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "src/report/writer.h"

namespace logstat {

using Json = nlohmann::ordered_json;

// Writes the members of the top object, one after the other.
class ObjectStream {
 public:
  explicit ObjectStream(const Sink& sink) : sink_(sink) { buffer_ = "{"; }

  void Member(std::string_view key, const Json& value) {
    BeginMember(key);
    Append(value);
  }

  // A list with one row a line; `to_json` makes the row.
  template <typename Row, typename ToJson>
  void Rows(std::string_view key, const std::vector<Row>& rows, ToJson to_json) {
    BeginMember(key);
    AppendRows(rows, to_json);
  }

  // An object {first_key: first_value, rows_key: [rows]}.
  template <typename Row, typename ToJson>
  void ObjectWithRows(std::string_view key, const Json& head, std::string_view rows_key, const std::vector<Row>& rows,
                      ToJson to_json) {
    BeginMember(key);
    std::string open = Dump(head);
    open.pop_back();
    buffer_ += open;
    buffer_ += ",\"";
    buffer_ += rows_key;
    buffer_ += "\":";
    AppendRows(rows, to_json);
    buffer_ += '}';
  }

  void End() {
    buffer_ += "\n}\n";
    sink_(buffer_);
    buffer_.clear();
  }

 private:
  void BeginMember(std::string_view key) {
    buffer_ += first_ ? "\n\"" : ",\n\"";
    first_ = false;
    buffer_ += key;
    buffer_ += "\": ";
  }

  template <typename Row, typename ToJson>
  void AppendRows(const std::vector<Row>& rows, ToJson to_json) {
    buffer_ += '[';
    for (size_t i = 0; i < rows.size(); ++i) {
      buffer_ += i == 0 ? "\n  " : ",\n  ";
      Append(to_json(rows[i]));
    }
    buffer_ += ']';
  }

  void Append(const Json& value) {
    buffer_ += Dump(value);
    if (buffer_.size() < kPieceBytes) return;
    sink_(buffer_);
    buffer_.clear();
  }

  // All text is valid UTF-8 when it comes here; `replace` only says that nothing may ever throw.
  static std::string Dump(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

  static constexpr size_t kPieceBytes = size_t{64} * 1024;

  const Sink& sink_;
  std::string buffer_;
  bool first_ = true;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_JSON_STREAM_H_
