#include "src/report/writer.h"

#include "src/report/json.h"
#include "src/report/text.h"

namespace logstat {

std::string_view OutputKindName(OutputKind kind) {
  switch (kind) {
    case OutputKind::kText:
      return "text";
    case OutputKind::kJson:
      return "json";
  }
  return "";
}

std::optional<OutputKind> FindOutputKind(std::string_view name) {
  for (OutputKind kind : {OutputKind::kText, OutputKind::kJson}) {
    if (OutputKindName(kind) == name) return kind;
  }
  return std::nullopt;
}

std::unique_ptr<Writer> MakeWriter(OutputKind kind, const WriterSettings& settings) {
  if (kind == OutputKind::kJson) return MakeJsonWriter();
  return MakeTextWriter(settings);
}

std::string Render(const Report& report, OutputKind kind, const WriterSettings& settings) {
  std::string out;
  MakeWriter(kind, settings)->Write(report, [&out](std::string_view piece) { out += piece; });
  return out;
}

}  // namespace logstat
