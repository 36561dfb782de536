// retry-storm: clients that ask again at once where a server said 503.
#include <array>

#include "src/detect/entries.h"
#include "src/detect/repeats.h"

namespace logstat {

constexpr Rule kRetryStorms = {
    .id = "retry-storm",
    .title = "Clients that do not back off",
    .severity = Severity::kLow,
    .threshold = 10,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kClient, Field::kPath},
    .statements = "S70",
    .rule = "Ten answers 503 within a minute to one client for one path.",
    .reason =
        "The document: 503 is temporary, the client comes back later; without Retry-After it treats the answer like "
        "500. A client that asks every few seconds makes an overload last. The number is ours, to be tuned.",
    .false_positives = "Health checks, and pages that poll.",
    .advice = "Send Retry-After with 503, and slow such clients down before they reach the application.",
};

namespace {

constexpr std::array kStormRows = {
    RepeatRow{.verdict = "",
              .code = 503,
              .key = KeyOfClientPath,
              .kind = EntityKind::kClient,
              .did = "asked again after 503,"},
};

}  // namespace

constexpr DetectorEntry kRetryStormsEntry{&kRetryStorms, MakeRepeats<kRetryStorms, kStormRows>};

}  // namespace logstat
