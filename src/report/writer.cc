#include "src/report/writer.h"

#include "src/report/csv.h"
#include "src/report/html.h"
#include "src/report/json.h"
#include "src/report/markdown.h"
#include "src/report/prometheus.h"
#include "src/report/text.h"

namespace logstat {

std::string_view OutputKindName(OutputKind kind) {
  switch (kind) {
    case OutputKind::kText:
      return "text";
    case OutputKind::kJson:
      return "json";
    case OutputKind::kCsv:
      return "csv";
    case OutputKind::kMarkdown:
      return "markdown";
    case OutputKind::kHtml:
      return "html";
    case OutputKind::kPrometheus:
      return "prometheus";
  }
  return "";
}

std::optional<OutputKind> FindOutputKind(std::string_view name) {
  for (OutputKind kind : kOutputKinds) {
    if (OutputKindName(kind) == name) return kind;
  }
  return std::nullopt;
}

std::unique_ptr<Writer> MakeWriter(OutputKind kind, const WriterSettings& settings) {
  switch (kind) {
    case OutputKind::kText:
      break;
    case OutputKind::kJson:
      return MakeJsonWriter();
    case OutputKind::kCsv:
      return MakeCsvWriter();
    case OutputKind::kMarkdown:
      return MakeMarkdownWriter();
    case OutputKind::kHtml:
      return MakeHtmlWriter();
    case OutputKind::kPrometheus:
      return MakePrometheusWriter();
  }
  return MakeTextWriter(settings);
}

std::string Render(const Report& report, OutputKind kind, const WriterSettings& settings) {
  std::string out;
  MakeWriter(kind, settings)->Write(report, [&out](std::string_view piece) { out += piece; });
  return out;
}

}  // namespace logstat
