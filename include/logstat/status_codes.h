// What a status code means: the catalogue that stands beside every count.
//
//   if (const logstat::StatusCode* found = logstat::FindStatusCode(421)) Print(found->name, found->gloss);
//
// Two voices are kept apart: what the project's source document says (docs/status-codes.md lists its facts), and
// what today's standard says (RFC 9110 and the IANA registry of HTTP status codes) where that is something else.
// All data is constant; every function here is thread-safe and the views live as long as the program.
#ifndef LOGSTAT_STATUS_CODES_H_
#define LOGSTAT_STATUS_CODES_H_

#include <span>
#include <string_view>

namespace logstat {

// Text is one line of printable ASCII: no tabs, no line ends, nothing to escape for a terminal.
// For a code that is not in the document, meaning and advice are those of the standard or of the vendor.
struct StatusCode {
  int code = 0;                        // 100 to 999; 0 is "no status sent"
  std::string_view name{};             // as the document has it, repaired; else as the registry or the vendor has it
  std::string_view gloss{};            // at most 50 characters, for one line of text
  std::string_view meaning{};          // a few sentences, ours; faithful to the document if `in_document`
  std::string_view client_advice{};    // what the document says that the client should do; empty: nothing
  std::string_view operator_advice{};  // what the document (else common practice) says that the operator should do
  std::string_view practice{};         // more advice of ours, where `operator_advice` is the document's; empty: none
  std::string_view rules{};            // which method, header or body rules the document states; empty: none
  std::string_view standard_note{};    // what today's standard says, where it differs or the document lacks the code
  std::string_view vendor{};  // whose code it is ("nginx", ...; "private use": nobody's); empty: not a vendor's
  bool in_document = false;
  bool advice_from_document = false;  // `operator_advice` is the document's; otherwise it is common practice
};

struct StatusClass {
  int digit = 0;             // 0 to 9
  std::string_view label{};  // "4xx"
  std::string_view name{};   // "Request error"
  std::string_view gloss{};  // at most 50 characters
  std::string_view meaning{};
  std::string_view advice{};         // what the document asks of clients and servers; empty: none
  std::string_view standard_note{};  // empty: none
  bool in_document = false;
};

// The entry of a code, or null if the catalogue does not know it.
const StatusCode* FindStatusCode(int code);

// The entry of a class by its first digit, 0 to 9; digits without a meaning have an entry that says so. Any other
// number gives the entry of 9, which has no meaning either.
const StatusClass& FindStatusClass(int digit);

// All entries, ascending by code.
std::span<const StatusCode> AllStatusCodes();

// All ten classes, ascending.
std::span<const StatusClass> AllStatusClasses();

}  // namespace logstat

#endif  // LOGSTAT_STATUS_CODES_H_
