// A format whose lines stand in wrappers: combined in syslog, JSON in Docker's JSON.
//
//   std::shared_ptr<const LineFormat> format = InWrappers({&syslog}, FindPreset("combined")->format);
//
// Its reader takes the wrappers off, outermost first, and gives the payload to the reader of the inner format: as bytes
// of the line where the wrapper only stands around it, else unescaped. A line that lacks a wrapper goes on as it is, so
// that other programs' lines are rejected with the inner format's reason. A time that the payload does not have is the
// wrapper's. Lines that the outermost wrapper cut into parts are joined: each part but the last is ignored, and the
// last line of the input ends what it belongs to.
#ifndef LOGSTAT_SRC_FORMAT_WRAPPED_FORMAT_H_
#define LOGSTAT_SRC_FORMAT_WRAPPED_FORMAT_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "src/format/line_format.h"
#include "src/format/wrapper.h"

namespace logstat {

using WrapperStack = std::vector<const Wrapper*>;  // outermost first

class WrappedFormat final : public LineFormat {
 public:
  WrappedFormat(WrapperStack wrappers, std::shared_ptr<const LineFormat> inner);

  std::unique_ptr<LineReader> MakeReader() const override;
  size_t CountFits(std::span<const std::string_view> lines, Fit fit) const override;
  size_t fields() const override { return inner_->fields(); }
  ColumnSet columns() const override { return inner_->columns() | ColumnSet{Field::kTime}; }
  bool columns_vary() const override { return inner_->columns_vary(); }
  ColumnSet ColumnsUntil(const LineState* state) const override;
  ByteMeaning byte_meaning() const override { return inner_->byte_meaning(); }
  bool has_whole_addresses() const override { return inner_->has_whole_addresses(); }
  const Shape* shape() const override { return only_prefixes_ ? inner_->shape() : nullptr; }
  bool has_prefix() const override { return only_prefixes_; }
  size_t PrefixLength(std::string_view line) const override;
  bool joins_lines() const override { return wrappers_.front()->has_parts || inner_->joins_lines(); }
  bool has_state() const override { return joins_lines() || inner_->has_state(); }
  std::shared_ptr<const LineState> StateAfter(const std::shared_ptr<const LineState>& before,
                                              const Block& block) const override;

 private:
  WrapperStack wrappers_;  // at least one
  std::shared_ptr<const LineFormat> inner_;
  bool only_prefixes_;
};

// The inner format itself if there are no wrappers.
std::shared_ptr<const LineFormat> InWrappers(WrapperStack wrappers, std::shared_ptr<const LineFormat> inner);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_WRAPPED_FORMAT_H_
