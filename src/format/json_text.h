// Strings and numbers of JSON as plain text.
//
//   std::string scratch;
//   std::string_view text = UnescapeJson(R"(a\u0022b)", scratch);   // a"b, in scratch; without an escape in place
#ifndef LOGSTAT_SRC_FORMAT_JSON_TEXT_H_
#define LOGSTAT_SRC_FORMAT_JSON_TEXT_H_

#include <string>
#include <string_view>

namespace logstat {

// What a string means, given what is between its quotes. Besides JSON's escapes `\xNN` is a byte, which nginx writes
// where a log_format has no escape=json. What is no escape (`\q`, half a surrogate pair) stays as it is.
std::string_view UnescapeJson(std::string_view text, std::string& scratch);

// "7.2e-05" as "0.000072": the readers of numbers know no exponent. Cut off behind nine decimals; anything else as it
// is.
std::string_view WithoutExponent(std::string_view text, std::string& scratch);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_JSON_TEXT_H_
