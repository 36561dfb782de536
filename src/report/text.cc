#include "src/report/text.h"

#include "src/report/text_full.h"
#include "src/report/text_layout.h"
#include "src/report/text_screen.h"

namespace logstat {
namespace {

class TextWriter : public Writer {
 public:
  explicit TextWriter(const WriterSettings& settings) : settings_(settings) {}

  void Write(const Report& report, const Sink& sink) const override {
    const TextContext context(report, Look{settings_.columns, settings_.colour});
    Page page(sink);
    if (settings_.one_screen) {
      PrintScreen(context, settings_.rows, page);
    } else {
      PrintFull(context, settings_.rule_ids, page);
    }
  }

 private:
  WriterSettings settings_;
};

}  // namespace

std::unique_ptr<Writer> MakeTextWriter(const WriterSettings& settings) {
  return std::make_unique<TextWriter>(settings);
}

}  // namespace logstat
