#include "src/report/choices.h"

#include <fmt/format.h>

#include "src/report/escape.h"

namespace logstat {
namespace {

// Milliseconds only if they were asked for, as everywhere.
std::string Point(const TimeFormatter& times, TimeMs time) {
  const int64_t milliseconds = (time % 1000 + 1000) % 1000;
  const std::string fraction = milliseconds == 0 ? "" : fmt::format(".{:03}", milliseconds);
  return fmt::format("{}{} {}", times.DateAndTime(time), fraction, times.Zone(time));
}

}  // namespace

Choices MakeChoices(const ReportOptions& options, const TimeFormatter& times) {
  Choices choices;
  // What may be long stands last, so that a narrow line cuts nothing else.
  if (options.since) choices.filters.push_back({.words = "since " + Point(times, *options.since)});
  if (options.until) choices.filters.push_back({.words = "until " + Point(times, *options.until)});
  if (!options.where.empty()) choices.filters.push_back({.words = "", .given = EscapeForTerminal(options.where)});
  if (!options.client_field.empty()) {
    choices.settings.push_back({.words = "client from", .given = EscapeForTerminal(options.client_field)});
  }
  for (const std::string& proxy : options.trusted_proxies) {
    choices.settings.push_back({.words = "trusted proxy", .given = EscapeForTerminal(proxy)});
  }
  if (options.format != "auto") {
    choices.settings.push_back({.words = "format", .given = EscapeForTerminal(options.format)});
  }
  return choices;
}

std::string JoinChoices(const std::vector<Choice>& choices) {
  std::string text;
  for (const Choice& choice : choices) {
    if (!text.empty()) text += ", ";
    text += choice.words;
    if (!choice.words.empty() && !choice.given.empty()) text += ' ';
    text += choice.given;
  }
  return text;
}

}  // namespace logstat
