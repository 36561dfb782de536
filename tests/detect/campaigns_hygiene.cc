#include <fmt/format.h>

#include <array>

#include "tests/detect/campaigns.h"

namespace logstat {
namespace {

void FollowDeadLink(CampaignStage& stage) {
  const int64_t number = stage.NewNumber();
  const std::string page = fmt::format("/guides/{}.html", number);
  const std::string missing = fmt::format("/guides/missing{}.html", number);
  const int64_t visitors = stage.Count(3);
  for (int64_t i = 0; i < visitors; ++i) {
    const std::string client = stage.NewClient();
    const int64_t after = stage.Spread(i, visitors, 1200);
    stage.Send(after, "www.example.org", client, fmt::format("GET {} HTTP/1.1", page), 200, 7000 + i);
    stage.Send(after + 9, "www.example.org", client, fmt::format("GET {} HTTP/1.1", missing), 404, 1530).referrer =
        "https://www.example.org" + page;
  }
  stage.Expect(missing);
}

void ReviveGonePage(CampaignStage& stage) {
  const std::string path = fmt::format("/offers/{}", stage.NewNumber());
  for (int64_t i = 0; i < 6; ++i) {
    stage.Send(i * 50, "www.example.org", stage.NewClient(), fmt::format("GET {} HTTP/1.1", path), i < 3 ? 410 : 200,
               i < 3 ? 180 : 6000);
  }
  stage.Expect(path);
}

void SendVisitorsToNothing(CampaignStage& stage) {
  const std::string page = fmt::format("https://forum.example.net/topic/{}", stage.NewNumber());
  const int64_t visitors = stage.Count(50);
  for (int64_t i = 0; i < visitors; ++i) {
    stage
        .Send(stage.Spread(i, visitors, 3000), "www.example.org", stage.NewClient(),
              fmt::format("GET /archive/{}.html HTTP/1.1", i % 4), 404, 1530)
        .referrer = page;
  }
  stage.Expect(page);
}

void LinkToOldAddress(CampaignStage& stage) {
  const std::string path = fmt::format("/moved{}", stage.NewNumber());
  const int64_t visitors = stage.Count(100);
  for (int64_t i = 0; i < visitors; ++i) {
    const std::string client = stage.NewClient();
    const int64_t after = stage.Spread(i, visitors, 3000);
    stage.Send(after, "www.example.org", client, fmt::format("GET {} HTTP/1.1", path), 301, 169).referrer =
        "https://www.example.org/sitemap.html";
    stage.Send(after + 1, "www.example.org", client, "GET /products/1/ HTTP/1.1", 200, 9000);
  }
  stage.Expect(path);
}

// A request that is redirected, and what the client made of it.
void Redirect(CampaignStage& stage, int status, std::string_view next_method, bool is_same_path) {
  const std::string path = fmt::format("/order{}", stage.NewNumber());
  const std::string client = stage.NewClient();
  stage.Send(0, "shop.example.org", client, fmt::format("POST {} HTTP/1.1", path), status, 169);
  stage.Send(1, "shop.example.org", client,
             fmt::format("{} {}{} HTTP/1.1", next_method, path, is_same_path ? "" : "/new"), 200, 3300);
  stage.Expect(path);
}
void LosePost(CampaignStage& stage) { Redirect(stage, 301, "GET", false); }
void SendPostAgain(CampaignStage& stage) { Redirect(stage, 302, "POST", true); }
void ChangeMethod(CampaignStage& stage) { Redirect(stage, 307, "GET", false); }

void RedirectIntoTheVoid(CampaignStage& stage) {
  const std::string path = fmt::format("/jump{}", stage.NewNumber());
  const int64_t visitors = stage.Count(100);
  for (int64_t i = 0; i < visitors; ++i) {
    stage.Send(stage.Spread(i, visitors, 3000), "www.example.org", stage.NewClient(),
               fmt::format("GET {} HTTP/1.1", path), 302, 0);
  }
  stage.Expect(path);
}

void CreateByGet(CampaignStage& stage) {
  const std::string path = fmt::format("/v1/create{}", stage.NewNumber());
  stage.Send(0, "api.example.org", stage.NewClient(), fmt::format("GET {} HTTP/1.1", path), 201, 90).agent =
      "okhttp/4.12.0";
  stage.Expect(path);
}

void SendPartOfPost(CampaignStage& stage) {
  const std::string path = fmt::format("/v1/query{}", stage.NewNumber());
  stage.Send(0, "api.example.org", stage.NewClient(), fmt::format("POST {} HTTP/1.1", path), 206, 90).agent =
      "okhttp/4.12.0";
  stage.Expect(path);
}

void AcceptNothing(CampaignStage& stage) {
  const std::string path = fmt::format("/v1/feed{}", stage.NewNumber());
  const int64_t count = stage.Count(20);
  for (int64_t i = 0; i < count; ++i) {
    stage
        .Send(stage.Spread(i, count, 3000), "api.example.org", stage.NewClient(), fmt::format("GET {} HTTP/1.1", path),
              406, 210)
        .agent = "OldReader/1.0";
  }
  stage.Expect(path);
}

void TellThatItExists(CampaignStage& stage) {
  const std::string path = fmt::format("/projects/{}", stage.NewNumber());
  const int64_t count = stage.Count(3);
  for (int64_t i = 0; i < 2 * count; ++i) {
    stage.Send(stage.Spread(i, 2 * count, 3000), "www.example.org", stage.NewClient(),
               fmt::format("GET {} HTTP/1.1", path), i % 2 == 0 ? 403 : 404, 1530);
  }
  stage.Expect(path);
}

void AskAgainAfter304(CampaignStage& stage) {
  const std::string path = fmt::format("/assets/{}.json", stage.NewNumber());
  const int64_t count = stage.Count(20);
  for (int64_t i = 0; i < count; ++i) {
    const std::string client = stage.NewClient();
    const int64_t after = stage.Spread(i, count, 600);
    stage.Send(after, "www.example.org", client, fmt::format("GET {} HTTP/1.1", path), 304, 0);
    if (i % 2 == 0) stage.Send(after + 1, "www.example.org", client, fmt::format("GET {} HTTP/1.1", path), 200, 5100);
  }
  stage.Expect(path);
}

constexpr std::array kHygieneCampaigns = {
    CampaignKind{"missing-page", "", true, FollowDeadLink},
    CampaignKind{"gone-vs-missing", "revived", false, ReviveGonePage},
    CampaignKind{"gone-vs-missing", "stale-links", true, SendVisitorsToNothing},
    CampaignKind{"redirect-hygiene", "old-links", true, LinkToOldAddress},
    CampaignKind{"redirect-hygiene", "lost-post", false, LosePost},
    CampaignKind{"redirect-hygiene", "resent", false, SendPostAgain},
    CampaignKind{"redirect-hygiene", "changed-method", false, ChangeMethod},
    CampaignKind{"redirect-hygiene", "unfollowed", true, RedirectIntoTheVoid},
    CampaignKind{"method-fit", "created", false, CreateByGet},
    CampaignKind{"method-fit", "partial", false, SendPartOfPost},
    CampaignKind{"neg-fail", "", true, AcceptNothing},
    CampaignKind{"hide-leak", "", true, TellThatItExists},
    CampaignKind{"cache-stale", "", true, AskAgainAfter304},
};

}  // namespace

std::span<const CampaignKind> HygieneCampaigns() { return kHygieneCampaigns; }

}  // namespace logstat
