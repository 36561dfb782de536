// The text of `logstat explain`: what a status code or a class means, as a block for a terminal or a mail.
//
//   logstat::ExplainTopic topic;
//   if (logstat::ParseExplainTopic("4xx", &topic)) out += logstat::Explain(topic, 80);
//
// Two voices stand one below the other, each under its heading: "The document" (its facts are in docs/status-codes.md)
// and "Today", the standard: RFC 9110 and the IANA registry. Advice that is neither's has the heading "In practice".
// `width` is in columns and counts from the left edge; it is taken as at least 40 and at most 100, 0 as 80. Lines end
// in '\n', hold printable ASCII only and have no trailing spaces. Thread-safe; nothing here fails.
#ifndef LOGSTAT_SRC_REPORT_EXPLAIN_H_
#define LOGSTAT_SRC_REPORT_EXPLAIN_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "src/report/text_layout.h"

namespace logstat {

struct ExplainTopic {
  enum class Kind { kCode, kClass };
  Kind kind = Kind::kCode;
  int value = 0;  // the code, 0 to 999, or the first digit of the class, 0 to 9
};

// Reads "421", "4xx" or "4XX". "0", "-" and "-1" are, as in logs, code 0: no status sent. False, and `*topic` as it
// was, for anything else.
bool ParseExplainTopic(std::string_view text, ExplainTopic* topic);

// How its lines are laid out; `logstat explain RULE` has the same width.
Look ExplainLook(size_t width);

// A code that the catalogue lacks gets a text too: it says so, and explains the code by its class.
std::string ExplainCode(int code, size_t width);

// A digit outside 0 to 9 is explained like 9xx, which has no meaning either.
std::string ExplainClass(int digit, size_t width);

std::string Explain(const ExplainTopic& topic, size_t width);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_EXPLAIN_H_
