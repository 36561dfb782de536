#include <fmt/format.h>

#include <array>

#include "tests/detect/campaigns.h"

namespace logstat {
namespace {

// Failures of a host of its own within a minute, each to another client.
std::string Fail(CampaignStage& stage, std::span<const int> statuses, int64_t bytes, bool is_one_path) {
  const std::string host = stage.NewHost(300);
  const int64_t count = stage.Count(20);
  for (int64_t i = 0; i < count; ++i) {
    stage.Send(stage.Spread(i, count, 60), host, stage.NewClient(),
               fmt::format("GET /page/{} HTTP/1.1", is_one_path ? 7 : i % 25), stage.dice().Pick(statuses), bytes);
  }
  return host;
}

void FailInOnePlace(CampaignStage& stage) { stage.Expect(Fail(stage, std::array{500}, 570, true)); }
void FailEverywhere(CampaignStage& stage) { stage.Expect(Fail(stage, std::array{500}, 570, false)); }
void BeOverloaded(CampaignStage& stage) { stage.Expect(Fail(stage, std::array{503}, 540, false)); }
void GetBadAnswers(CampaignStage& stage) { stage.Expect(Fail(stage, std::array{502}, 552, false)); }
void GetNoAnswers(CampaignStage& stage) { stage.Expect(Fail(stage, std::array{504}, 562, true)); }
void GiveUp(CampaignStage& stage) { stage.Expect(Fail(stage, std::array{499}, 0, false)); }

// Nothing but 503 for longer than an hour.
void BeStuck(CampaignStage& stage) {
  const std::string host = stage.NewHost(0);
  for (int64_t after = 0; after < 4200; after += 60) {
    stage.Send(after, host, stage.NewClient(), "GET /page/3 HTTP/1.1", 503, 540);
  }
  stage.Expect(host);
}

void FillTheDisk(CampaignStage& stage) {
  const std::string host = stage.NewHost(60);
  stage.Send(0, host, stage.NewClient(), "PUT /files/7 HTTP/1.1", 507, 190).user = "person7";
  stage.Expect(host);
}

void RetryAtOnce(CampaignStage& stage) {
  const std::string host = stage.NewHost(120);
  const std::string client = stage.NewClient();
  const int64_t count = stage.Count(10);
  for (int64_t i = 0; i < count; ++i) {
    stage.Send(stage.Spread(i, count, 60), host, client, "GET /page/9 HTTP/1.1", 503, 540);
  }
  stage.Expect(client);
  stage.Allow(host, "503-overload");
  stage.Allow(host, "421-conn-limit");
}

void AnswerNothing(CampaignStage& stage) {
  const std::string path = fmt::format("/report{}", stage.NewNumber());
  const int64_t count = stage.Count(20);
  for (int64_t i = 0; i < 3 * count; ++i) {
    stage.Send(stage.Spread(i, 3 * count, 600), "www.example.org", stage.NewClient(),
               fmt::format("GET {} HTTP/1.1", path), 200, i % 3 == 0 ? 0 : 8000 + i);
  }
  stage.Expect(path);
}

void AcceptAndForget(CampaignStage& stage) {
  const std::string path = fmt::format("/v1/imports{}", stage.NewNumber());
  const int64_t count = stage.Count(20);
  for (int64_t i = 0; i < count; ++i) {
    stage
        .Send(stage.Spread(i, count, 600), "api.example.org", stage.NewClient(), fmt::format("POST {} HTTP/1.1", path),
              202, 40)
        .agent = "okhttp/4.12.0";
  }
  stage.Expect(path);
}

// Many clients meet 404 in two consecutive minutes of a host that had none.
void MovePages(CampaignStage& stage) {
  const std::string host = stage.NewHost(300);
  const int64_t begin = stage.ToFullMinute();
  const int64_t count = stage.Count(20);
  for (int64_t i = 0; i < count; ++i) {
    stage.Send(begin + stage.Spread(i, count, 120), host, stage.NewClient(),
               fmt::format("GET /page/{}.html HTTP/1.1", stage.dice().Roll(50)), 404, 153);
  }
  stage.Expect(host);
}

// A third of the requests takes nearly a second, for eight minutes.
void BecomeSlow(CampaignStage& stage) {
  const std::string host = stage.NewHost(600);
  const int64_t begin = stage.ToFullMinute();
  for (int64_t after = 0; after < 480; after += 2) {
    stage.Send(begin + after, host, stage.NewClient(), "GET /page/7 HTTP/1.1", 200, 9000).duration_ms =
        stage.dice().Between(800, 999);
  }
  stage.Expect(host);
}

void UseUpTheBandwidth(CampaignStage& stage) {
  const std::string host = stage.NewHost(60);
  stage.Send(0, host, stage.NewClient(), "GET /page/3 HTTP/1.1", 509, 400);
  stage.Expect(host);
}

constexpr std::array kFailureCampaigns = {
    CampaignKind{"srv-500", "code", true, FailInOnePlace},
    CampaignKind{"srv-500", "spread", true, FailEverywhere},
    CampaignKind{"503-overload", "overload", true, BeOverloaded},
    CampaignKind{"503-overload", "stuck", false, BeStuck},
    CampaignKind{"upstream", "bad-answer", true, GetBadAnswers},
    CampaignKind{"upstream", "no-answer", true, GetNoAnswers},
    CampaignKind{"client-abort", "", true, GiveUp},
    CampaignKind{"storage", "", false, FillTheDisk},
    CampaignKind{"class-shift", "404", true, MovePages},
    CampaignKind{"slow-shift", "", false, BecomeSlow},
    CampaignKind{"bandwidth", "", false, UseUpTheBandwidth},
    CampaignKind{"retry-storm", "", true, RetryAtOnce},
    CampaignKind{"empty-200", "", true, AnswerNothing},
    CampaignKind{"async-orphan", "", true, AcceptAndForget},
};

}  // namespace

std::span<const CampaignKind> FailureCampaigns() { return kFailureCampaigns; }

}  // namespace logstat
