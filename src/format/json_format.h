// Logs of one JSON object per line: a table of key names, and JsonScanner, which finds their values.
//
//   auto format = std::make_shared<JsonFormat>(*ParseKeyMap("status=.resp.code,client=.ip,time=.t"));
//   auto format = std::make_shared<JsonFormat>(std::vector<NamedKey>{{"status", {Field::kStatus, Reading::kStatus}}});
//
// Keys may stand in any order, nested or flat with dots; unknown ones are skipped. A line counts if it begins with an
// object and its status can be read, whatever else is broken in it, before or behind (json_scanner.h says what is
// forgiven; named_fields.h, which of several keys of a field wins). Otherwise it is `no_status` if its object is
// closed, as an application's own lines between are, else `not_json`. A status that is null, "", "-" or 0 was not sent.
#ifndef LOGSTAT_SRC_FORMAT_JSON_FORMAT_H_
#define LOGSTAT_SRC_FORMAT_JSON_FORMAT_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "src/format/key_map.h"
#include "src/format/line_format.h"

namespace logstat {

class JsonFormat final : public LineFormat {
 public:
  // By `marks` detection tells formats apart: paths that lines of this format have. Those with one of `foreign_marks`
  // are another's. At most 32 in all.
  // `whole_addresses`: see has_whole_addresses().
  explicit JsonFormat(std::span<const NamedKey> keys, std::span<const std::string_view> marks = {},
                      std::span<const std::string_view> foreign_marks = {}, bool whole_addresses = false);

  std::unique_ptr<LineReader> MakeReader() const override;
  // Exact: all marks, complete JSON, well-formed values. Tolerant: all marks, and the line counts.
  size_t CountFits(std::span<const std::string_view> lines, Fit fit) const override;
  size_t fields() const override { return 1 + mark_count_; }
  ColumnSet columns() const override { return table_.columns() | ColumnSet{Field::kStatus}; }
  bool has_whole_addresses() const override { return whole_addresses_; }

 private:
  NameTable table_;
  size_t mark_count_;
  bool whole_addresses_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_JSON_FORMAT_H_
