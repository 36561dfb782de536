// neg-fail: an agent that no variant of a resource fits (406).
#include <array>

#include "src/detect/entries.h"
#include "src/detect/repeats.h"

namespace logstat {

constexpr Rule kNegotiationFailures = {
    .id = "neg-fail",
    .title = "No variant fits",
    .severity = Severity::kInfo,
    .threshold = 20,
    .window_seconds = 3600,
    .columns = {Field::kTime, Field::kPath, Field::kAgent},
    .statements = "S44",
    .rule = "Twenty answers 406 within an hour for one path to one agent.",
    .reason =
        "The document: with 406 the server has no variant that the request's Accept headers allow. If it is always the "
        "same agent on the same path, one of them is wrong. The numbers are ours, to be tuned.",
    .false_positives = "Odd clients that ask for types which nobody serves; firewalls that refuse agents with 406.",
    .advice = "Give the resource a default variant, or answer with the nearest one instead of 406.",
};

namespace {

constexpr std::array kNegotiationRows = {
    RepeatRow{.verdict = "",
              .code = 406,
              .key = KeyOfPathAgent,
              .kind = EntityKind::kPath,
              .severity = Severity::kInfo,
              .did = "had no variant for an agent (406)"},
};

}  // namespace

constexpr DetectorEntry kNegotiationFailuresEntry{&kNegotiationFailures,
                                                  MakeRepeats<kNegotiationFailures, kNegotiationRows>};

}  // namespace logstat
