// method-fit: answers that do not belong to the method of their request.
#include <array>

#include "src/detect/entries.h"
#include "src/detect/repeats.h"

namespace logstat {

constexpr Rule kMethodFit = {
    .id = "method-fit",
    .title = "Answers that do not fit the method",
    .severity = Severity::kLow,
    .threshold = 1,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kMethod, Field::kPath},
    .statements = "S08 S14",
    .rule = "Any 201 to GET, HEAD or DELETE; any 206 to a method other than GET and HEAD.",
    .reason =
        "The document: 201 says that the request created a resource, which these methods do not do; 206 answers a "
        "partial GET. HEAD is left out because some content networks log it so.",
    .false_positives = "Interfaces that take 201 for a better 200.",
    .advice = "Answer 200, or 202 if the work is not done yet; answer ranges of GET only.",
};

namespace {

constexpr std::array kMethodRows = {
    RepeatRow{.verdict = "created",
              .code = 201,
              .matches =
                  [](const Event& event) {
                    return event.method() == MethodKind::kHead || event.text(Field::kMethod) == "GET" ||
                           event.text(Field::kMethod) == "DELETE";
                  },
              .key = KeyOfPath,
              .kind = EntityKind::kPath,
              .did = "answered 201 to a method that creates nothing,"},
    RepeatRow{.verdict = "partial",
              .code = 206,
              .matches =
                  [](const Event& event) {
                    return event.has(Field::kMethod) && event.method() != MethodKind::kGet &&
                           event.method() != MethodKind::kHead;
                  },
              .key = KeyOfPath,
              .kind = EntityKind::kPath,
              .did = "answered 206 to a method that is not GET,"},
};

}  // namespace

constexpr DetectorEntry kMethodFitEntry{&kMethodFit, MakeRepeats<kMethodFit, kMethodRows>};

}  // namespace logstat
