#include <fmt/format.h>

#include <array>

#include "tests/detect/campaigns.h"

namespace logstat {
namespace {

void UseStrangeCode(CampaignStage& stage) {
  const std::string host = stage.NewHost(60);
  const int code = stage.dice().Pick(std::array{100, 102, 103, 306, 506, 600, 799});
  stage.Send(0, host, stage.NewClient(), "GET /page/2 HTTP/1.1", code, 80);
  stage.Expect(host);
}

void ContradictUpgrade(CampaignStage& stage) {
  const std::string host = stage.NewHost(60);
  stage.Send(0, host, stage.NewClient(), "POST /page/2 HTTP/1.1", 101, 0);
  stage.Expect(host);
}

// `count` requests of one client within `window` seconds, each for what `request` makes of its number.
template <typename MakeRequest>
std::string Repeat(CampaignStage& stage, int64_t threshold, int64_t window, int status, MakeRequest request) {
  const std::string client = stage.NewClient();
  const int64_t count = stage.Count(threshold);
  for (int64_t i = 0; i < count; ++i) {
    stage.Send(stage.Spread(i, count, window), "api.example.org", client, request(i), status, 210).agent =
        "python-requests/2.32.3";
  }
  return client;
}

void RepeatBadRequest(CampaignStage& stage) {
  stage.Expect(Repeat(stage, 3, 600, 400, [](int64_t) { return "GET /v1/items?since=yesterday HTTP/1.1"; }));
}
void RepeatForbidden(CampaignStage& stage) {
  stage.Expect(Repeat(stage, 3, 600, 403, [](int64_t) { return "GET /v1/admin/users HTTP/1.1"; }));
}
void PostForbidden(CampaignStage& stage) {
  stage.Expect(Repeat(stage, 6, 60, 403, [](int64_t i) { return fmt::format("POST /v1/items/{} HTTP/1.1", i); }));
}

void SendNoLength(CampaignStage& stage) {
  stage.Expect(Repeat(stage, 5, 600, 411, [](int64_t) { return "POST /v1/files HTTP/1.1"; }));
}
void SendTooLarge(CampaignStage& stage) {
  stage.Expect(Repeat(stage, 3, 600, 413, [](int64_t) { return "POST /v1/files HTTP/1.1"; }));
}
void SendWrongType(CampaignStage& stage) {
  stage.Expect(Repeat(stage, 10, 600, 415, [](int64_t) { return "POST /v1/files HTTP/1.1"; }));
}
void SendWrongValues(CampaignStage& stage) {
  stage.Expect(Repeat(stage, 20, 600, 422, [](int64_t) { return "POST /v1/files HTTP/1.1"; }));
}
void SendTooLargeFromMany(CampaignStage& stage) {
  const std::string path = fmt::format("/form{}/attachment", stage.NewNumber());
  const int64_t count = stage.Count(10);
  for (int64_t i = 0; i < count; ++i) {
    stage.Send(stage.Spread(i, count, 600), "www.example.org", stage.NewClient(), fmt::format("POST {} HTTP/1.1", path),
               413, 180);
  }
  stage.Expect(path);
}

void RedirectInCircles(CampaignStage& stage) {
  const int64_t number = stage.NewNumber();
  const std::array<std::string, 2> paths = {fmt::format("/basket{}/", number), fmt::format("/signin{}/", number)};
  const std::string client = stage.NewClient();
  const int64_t hops = stage.Count(6);
  for (int64_t i = 0; i < hops; ++i) {
    stage.Send(i, "shop.example.org", client, fmt::format("GET {} HTTP/1.1", paths[static_cast<size_t>(i % 2)]), 302,
               0);
  }
  stage.Expect(paths[0]);
}

void RedirectIntoItself(CampaignStage& stage) {
  const std::string folder = fmt::format("/de{}", stage.NewNumber());
  const std::string client = stage.NewClient();
  const int64_t hops = stage.Count(6);
  std::string target = folder;
  for (int64_t i = 0; i < hops; ++i) {
    stage.Send(i, "shop.example.org", client, fmt::format("GET {} HTTP/1.1", target), 301, 169);
    target += folder;
  }
  stage.Expect(folder);
}

void FetchInSegments(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t parts = stage.Count(8);
  for (int64_t i = 0; i < parts; ++i) {
    stage.Send(stage.Spread(i, parts, 10), "media.example.org", client, "GET /images/disk.iso HTTP/1.1", 206, 4'000'000)
        .agent = "aria2/1.37.0";
  }
  stage.Expect(client);
}

void FetchTooOften(CampaignStage& stage) {
  const std::string path = fmt::format("/images/{}.iso", stage.NewNumber());
  stage.Send(0, "media.example.org", stage.NewClient(), fmt::format("GET {} HTTP/1.1", path), 200, 8'000'000);
  const std::string client = stage.NewClient();
  const int64_t parts = stage.Count(8);
  for (int64_t i = 0; i < parts; ++i) {
    stage
        .Send(2 + stage.Spread(i, parts, 500), "media.example.org", client, fmt::format("GET {} HTTP/1.1", path), 206,
              4'000'000)
        .agent = "Wget/1.21.4";
  }
  stage.Expect(client);
}

void AskBehindTheEnd(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t count = stage.Count(5);
  for (int64_t i = 0; i < count; ++i) {
    stage.Send(stage.Spread(i, count, 600), "media.example.org", client, "GET /images/disk.iso HTTP/1.1", 416, 190)
        .agent = "Wget/1.21.4";
  }
  stage.Expect(client);
}

void LoseUpdates(CampaignStage& stage, int status) {
  const std::string path = fmt::format("/v1/documents/{}", stage.NewNumber());
  const std::string client = stage.NewClient();
  const int64_t count = stage.Count(5);
  for (int64_t i = 0; i < count; ++i) {
    stage.Send(stage.Spread(i, count, 600), "api.example.org", client, fmt::format("PUT {} HTTP/1.1", path), status, 90)
        .agent = "okhttp/4.12.0";
  }
  stage.Expect(path);
}
void MeetConflict(CampaignStage& stage) { LoseUpdates(stage, stage.dice().Percent(50) ? 409 : 412); }
void MeetLock(CampaignStage& stage) { LoseUpdates(stage, stage.dice().Percent(50) ? 423 : 424); }

void SendBodyWhereNoneMayBe(CampaignStage& stage) {
  struct Way {
    std::string_view verdict, request;
    int status;
  };
  const Way way = stage.dice().Pick(std::array<Way, 4>{Way{"body-of-204", "POST /page/4 HTTP/1.1", 204},
                                                       {"body-of-304", "GET /page/4 HTTP/1.1", 304},
                                                       {"body-of-head", "HEAD /page/4 HTTP/1.1", 200},
                                                       {"body-of-205", "POST /page/4 HTTP/1.1", 205}});
  const std::string host = stage.NewHost(60);
  stage.Send(0, host, stage.NewClient(), way.request, way.status, 733);
  stage.Expect(host, "body-rule", way.verdict);
}

void SendErrorsWithoutBody(CampaignStage& stage) {
  const std::string host = stage.NewHost(600);
  const int64_t count = stage.Count(20);
  for (int64_t i = 0; i < count; ++i) {
    stage.Send(stage.Spread(i, count, 600), host, stage.NewClient(), fmt::format("GET /page/{}.html HTTP/1.1", i), 404,
               0);
  }
  stage.Expect(host);
}

constexpr std::array kProtocolCampaigns = {
    CampaignKind{"code-domain", "", false, UseStrangeCode},
    CampaignKind{"code-domain", "contradiction-101", false, ContradictUpgrade},
    CampaignKind{"retry-4xx", "bad-request", true, RepeatBadRequest},
    CampaignKind{"retry-4xx", "forbidden", true, RepeatForbidden},
    CampaignKind{"retry-4xx", "forbidden-posts", true, PostForbidden},
    CampaignKind{"upload-misfit", "no-length", true, SendNoLength},
    CampaignKind{"upload-misfit", "too-large", true, SendTooLarge},
    CampaignKind{"upload-misfit", "wrong-type", true, SendWrongType},
    CampaignKind{"upload-misfit", "wrong-values", true, SendWrongValues},
    CampaignKind{"upload-misfit", "too-large-for-many", true, SendTooLargeFromMany},
    CampaignKind{"redirect-run", "cycle", true, RedirectInCircles},
    CampaignKind{"redirect-run", "growth", true, RedirectIntoItself},
    CampaignKind{"range-abuse", "segments", true, FetchInSegments},
    CampaignKind{"range-abuse", "bytes", true, FetchTooOften},
    CampaignKind{"range-abuse", "past-end", true, AskBehindTheEnd},
    CampaignKind{"lost-update", "conflict", true, MeetConflict},
    CampaignKind{"lost-update", "lock", true, MeetLock},
    CampaignKind{"body-rule", "", false, SendBodyWhereNoneMayBe},
    CampaignKind{"body-rule", "no-body-of-404", true, SendErrorsWithoutBody},
};

}  // namespace

std::span<const CampaignKind> ProtocolCampaigns() { return kProtocolCampaigns; }

}  // namespace logstat
