// Labelled tab-separated values (ltsv.org): `host:192.0.2.7<TAB>status:200<TAB>…`, labels in any order.
//
//   auto format = std::make_shared<LtsvFormat>(*ParseKeyMap("status=status,client=host,time=time"));
//
// Values stand as the server wrote them: LTSV has no escapes. A line counts if a label of the status has a status; if
// the line has labels, but none with a status, it is `no_status`; if it has no label at all, `too_few_fields`. A status
// in the last field of a line counts only if it is whole, which three digits are.
#ifndef LOGSTAT_SRC_FORMAT_LTSV_FORMAT_H_
#define LOGSTAT_SRC_FORMAT_LTSV_FORMAT_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "src/format/key_map.h"
#include "src/format/line_format.h"

namespace logstat {

class LtsvFormat final : public LineFormat {
 public:
  explicit LtsvFormat(std::span<const NamedKey> keys) : table_(keys, {}) {}

  std::unique_ptr<LineReader> MakeReader() const override;
  // Exact: at least three fields, every one has a label, and values are well-formed. Tolerant: the line counts and has
  // three fields.
  size_t CountFits(std::span<const std::string_view> lines, Fit fit) const override;
  size_t fields() const override { return 1; }
  ColumnSet columns() const override { return table_.columns() | ColumnSet{Field::kStatus}; }

 private:
  NameTable table_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_LTSV_FORMAT_H_
