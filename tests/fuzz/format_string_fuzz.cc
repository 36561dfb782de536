// A format string of any bytes: it is refused with a message, or compiles to a program by which lines can be read.
// The first line of the input is the format string, the rest a log.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "src/format/clf_format.h"
#include "src/format/detect.h"
#include "src/format/json_definition.h"
#include "src/format/string_format.h"
#include "tests/format/read_cells.h"

namespace {

void Fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace logstat;  // NOLINT(google-build-using-namespace): one function
  if (size > 5000) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t newline = std::min(input.find('\n'), input.size());
  if (IsJsonDefinition(input.substr(0, newline))) {
    const StatusOr<std::vector<NamedKey>> keys = CompileJsonDefinition(input.substr(0, newline));
    if (!keys.ok() && Message(keys.status()).empty()) Fail("refused without a message");
  }
  StatusOr<FieldProgram> program = CompileFormat(input.substr(0, newline));
  if (!program.ok()) {
    if (Message(program.status()).empty()) Fail("refused without a message");
    return 0;
  }
  if (program->status >= program->steps.size() || !program->steps[program->status].IsStatus()) Fail("no status");
  if (program->anchored && !program->steps[program->request].IsRequest()) Fail("the request is elsewhere");
  const std::string_view text = input.substr(std::min(newline + 1, input.size()));
  const std::shared_ptr<const LineFormat> made = MakeStringFormat(*program);
  const LineFormat& format = *made;
  const std::vector<ReadRow> careful = ReadText(text, format, kEveryColumn, {&ScalarKernels(), false});
  if (ReadText(text, format, kEveryColumn, {}) != careful) Fail("fast and careful path differ on every column");
  if (ReadText(text, format, kFastColumns, {}) != ReadText(text, format, kFastColumns, {&ScalarKernels(), false})) {
    Fail("fast and careful path differ");
  }
  const std::vector<ReadRow> statuses = ReadText(text, format, kStatusOnly, {});
  for (size_t i = 0; i < careful.size(); ++i) {
    if (statuses[i].kind != careful[i].kind || statuses[i].status != careful[i].status)
      Fail("columns change the count");
  }
  for (const ReadRow& row : careful) LineFits(text.substr(row.begin), *program);
  return 0;
}
