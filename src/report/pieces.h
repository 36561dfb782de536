// Collects what a writer says and hands it to the sink in large pieces.
//
//   Pieces out(sink);
//   out.Add("<td>").Add(QuoteForHtml(text)).Add("</td>");     // the rest goes to the sink at the end of its life
//
// Not copyable, not thread-safe.
#ifndef LOGSTAT_SRC_REPORT_PIECES_H_
#define LOGSTAT_SRC_REPORT_PIECES_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "src/report/writer.h"

namespace logstat {

class Pieces {
 public:
  explicit Pieces(const Sink& sink) : sink_(sink) {}
  ~Pieces() {
    if (!buffer_.empty()) sink_(buffer_);
  }
  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;

  Pieces& Add(std::string_view text) {
    buffer_ += text;
    if (buffer_.size() < kPieceBytes) return *this;
    sink_(buffer_);
    buffer_.clear();
    return *this;
  }

 private:
  static constexpr size_t kPieceBytes = 64 * 1024;

  const Sink& sink_;
  std::string buffer_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_PIECES_H_
