// retry-4xx: clients that send again, unchanged, what was refused with 400 or 403.
#include <array>

#include "src/detect/entries.h"
#include "src/detect/repeats.h"

namespace logstat {

constexpr Rule kRepeatedRefusals = {
    .id = "retry-4xx",
    .title = "Refused, and sent again unchanged",
    .severity = Severity::kLow,
    .threshold = 3,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kClient, Field::kMethod, Field::kPath},
    .statements = "S34 S38",
    .rule =
        "Three answers 400, or three answers 403, within ten minutes to the same request (method, path, query) of the "
        "same client; or six POSTs of a client refused with 403 within a minute. Fifty in one window are medium.",
    .reason =
        "The document: a request that got 400 should not be repeated unchanged, and one that got 403 should not be "
        "repeated, since logging in does not help. Six refused POSTs are what CrowdSec calls brute force (bucket of "
        "5, leak of 10 s); the other numbers are ours, to be tuned.",
    .false_positives = "Monitoring jobs, and images that other sites embed and this one refuses.",
    .advice = "Tell the owner of the client which part of the request is refused, or repair the link that leads here.",
};

namespace {

bool HasMethod(const Event& event) { return event.has(Field::kMethod); }

constexpr std::array kRefusalRows = {
    RepeatRow{.verdict = "bad-request",
              .code = 400,
              .matches = HasMethod,
              .key = KeyOfRequest,
              .kind = EntityKind::kClient,
              .medium_at = 50,
              .did = "repeated a request that was answered 400,"},
    RepeatRow{.verdict = "forbidden",
              .code = 403,
              .matches = HasMethod,
              .key = KeyOfRequest,
              .kind = EntityKind::kClient,
              .medium_at = 50,
              .did = "repeated a request that was forbidden (403),"},
    RepeatRow{.verdict = "forbidden-posts",
              .code = 403,
              .matches = [](const Event& event) { return event.method() == MethodKind::kPost; },
              .key = KeyOfClient,
              .kind = EntityKind::kClient,
              .threshold = 6,
              .window_seconds = 60,
              .medium_at = 50,
              .did = "sent POSTs that were forbidden (403),"},
};

}  // namespace

constexpr DetectorEntry kRepeatedRefusalsEntry{&kRepeatedRefusals, MakeRepeats<kRepeatedRefusals, kRefusalRows>};

}  // namespace logstat
