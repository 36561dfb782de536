// upload-misfit: bodies that a server does not take (411, 413, 415, 417, 422), again and again.
#include <array>

#include "src/detect/entries.h"
#include "src/detect/repeats.h"

namespace logstat {

constexpr Rule kUploadMisfits = {
    .id = "upload-misfit",
    .title = "Bodies that the server does not take",
    .severity = Severity::kLow,
    .threshold = 5,
    .window_seconds = 600,
    .columns = {Field::kTime, Field::kClient, Field::kMethod, Field::kPath},
    .statements = "S50 S52 S57 S59 S62",
    .rule =
        "Writes (POST, PUT, PATCH, DELETE) of a client: five 411 in ten minutes; on one path three 413, ten 415 or "
        "twenty 422 in ten minutes; ten 417 of one agent in an hour. Ten clients that meet 413 on one path within a "
        "day are medium.",
    .reason =
        "The document says of each code what the request should change: send its length, a smaller body, another type, "
        "no Expect, other values. A client that meets it again and again does not. The numbers are ours, to be tuned.",
    .false_positives =
        "Forms that answer every typing mistake with 422; old curl and .NET, which send Expect by themselves.",
    .advice = "State limits and types on the form or in the interface's description; raise the limit if it is too low.",
};

namespace {

constexpr std::array kUploadRows = {
    RepeatRow{.verdict = "no-length",
              .code = 411,
              .matches = IsWrite,
              .key = KeyOfClient,
              .kind = EntityKind::kClient,
              .did = "sent a body without its length (411)"},
    RepeatRow{.verdict = "too-large",
              .code = 413,
              .matches = IsWrite,
              .key = KeyOfClientPath,
              .kind = EntityKind::kClient,
              .threshold = 3,
              .window_seconds = 600,
              .did = "sent a body that is too large (413)"},
    RepeatRow{.verdict = "too-large-for-many",
              .code = 413,
              .matches = IsWrite,
              .key = KeyOfPath,
              .kind = EntityKind::kPath,
              .threshold = 10,
              .window_seconds = 86'400,
              .severity = Severity::kMedium,
              .counts_clients = true,
              .did = "sent a body that is too large (413)"},
    RepeatRow{.verdict = "wrong-type",
              .code = 415,
              .matches = IsWrite,
              .key = KeyOfClientPath,
              .kind = EntityKind::kClient,
              .threshold = 10,
              .window_seconds = 600,
              .did = "sent a body of a type that is not supported (415)"},
    RepeatRow{.verdict = "expectation",
              .code = 417,
              .matches = IsWrite,
              .key = KeyOfAgent,
              .kind = EntityKind::kAgent,
              .threshold = 10,
              .window_seconds = 3600,
              .severity = Severity::kInfo,
              .did = "expected what the server does not do (417)"},
    RepeatRow{.verdict = "wrong-values",
              .code = 422,
              .matches = IsWrite,
              .key = KeyOfClientPath,
              .kind = EntityKind::kClient,
              .threshold = 20,
              .window_seconds = 600,
              .severity = Severity::kInfo,
              .did = "sent well-formed bodies with wrong values (422)"},
};

}  // namespace

constexpr DetectorEntry kUploadMisfitsEntry{&kUploadMisfits, MakeRepeats<kUploadMisfits, kUploadRows>};

}  // namespace logstat
