#include "src/cli/explain_rule.h"

#include <fmt/format.h>

#include "src/detect/registry.h"
#include "src/report/explain.h"
#include "src/report/numbers.h"
#include "src/report/text_layout.h"

namespace logstat {
namespace {

void Add(const Look& look, size_t indent, std::string_view text, std::string& out) {
  for (const Line& line : Wrap(look, indent, text)) out += line.text() + '\n';
}

void AddPart(const Look& look, std::string_view heading, std::string_view text, std::string& out) {
  if (text.empty()) return;
  out += fmt::format("\n{}\n", heading);
  Add(look, kIndent, text, out);
}

std::string Needs(const Rule& rule) {
  if (!rule.needs_all_statuses) return FieldNames(rule.columns);
  return fmt::format("{}; and all statuses: it does not run under a --where that asks for {}", FieldNames(rule.columns),
                     FieldNames(kOutcomeFields));
}

std::string OneRule(const Rule& rule, const Look& look) {
  std::string out;
  Add(look, 0, fmt::format("{}: {}", rule.id, rule.title), out);
  AddPart(look, "What it means", rule.meaning, out);
  AddPart(look, "The rule", rule.rule, out);
  AddPart(
      look, "Defaults",
      fmt::format("{} within {}; severity {}, which the evidence may raise or lower; one lower about "
                  "clients in crawlers of [finding].",
                  CountOf(rule.threshold, "event"), FormatDuration(rule.window_seconds), SeverityName(rule.severity)),
      out);
  AddPart(look, "Why", rule.reason, out);
  AddPart(look, "When it is wrong", rule.false_positives, out);
  AddPart(look, "What to do", rule.advice, out);
  AddPart(look, "What it needs", Needs(rule), out);
  out += fmt::format(
      "\nTo tune it, in a configuration file (--config)\n  [finding.{}]\n  threshold = {}\n  window = \"{}s\"\n"
      "  on = true\n",
      rule.id, rule.threshold, rule.window_seconds);
  return out;
}

}  // namespace

std::string ExplainRule(std::string_view topic, size_t width) {
  const Look look = ExplainLook(width);
  if (const Rule* rule = FindRule(topic)) return OneRule(*rule, look);
  if (topic != "findings") return "";
  std::string out;
  for (const DetectorEntry* entry : AllDetectors()) {
    out += fmt::format("{:<20}  {:<8}  {}\n", entry->rule->id, SeverityName(entry->rule->severity), entry->rule->title);
  }
  return out;
}

}  // namespace logstat
