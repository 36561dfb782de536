#include <fmt/format.h>

#include <array>

#include "tests/detect/campaigns.h"

namespace logstat {
namespace {

LongRequestServer SomeServer(Dice& dice) {
  return dice.Percent(50) ? LongRequestServer::kNginx : LongRequestServer::kApache;
}

std::string Encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (std::string_view("/?&=%").find(c) == std::string_view::npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return encoded;
}

std::string RandomText(Dice& dice, int64_t size) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  for (int64_t i = 0; i < size; ++i) text += kLetters[static_cast<size_t>(dice.Roll(64))];
  return text;
}

// A page with a form that sends by GET, filled in again and again.
void SendLongForm(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const LongRequestServer server = SomeServer(stage.dice());
  const std::string path = fmt::format("/report{}", stage.NewNumber());
  stage.Send(0, "www.example.org", client, fmt::format("GET {}/new HTTP/1.1", path), 200, 9100);
  const int64_t count = stage.Count(5);
  for (int64_t i = 0; i < count; ++i) {
    SendTooLong(stage, 4 + stage.Spread(i, count, 50), "www.example.org", client, LongForm(stage.dice(), path), server);
  }
  stage.Expect(client);
}

// Each redirect puts the whole address into the next one, until the server refuses it; then the person reloads.
void FallIntoRedirects(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const std::string path = fmt::format("/signin{}", stage.NewNumber());
  std::string target = fmt::format("{}?campaign={}&return=%2Faccount", path, RandomText(stage.dice(), 300));
  int64_t after = 0;
  while (target.size() < 8300) {
    stage.Send(after, "www.example.org", client, fmt::format("GET {} HTTP/1.1", target), 302, 0);
    target = fmt::format("{}?campaign={}&return={}", path, RandomText(stage.dice(), 300), Encode(target));
    after += stage.dice().Roll(2);
  }
  const LongRequestServer server = SomeServer(stage.dice());
  const int64_t count = stage.Count(5);
  for (int64_t i = 0; i < count; ++i) {
    SendTooLong(stage, after + stage.Spread(i, count, 50), "www.example.org", client, target, server);
  }
  stage.Expect(client);
  stage.Allow(path, "redirect-run");
}

// Each redirect adds the parameter that it should set.
void FallIntoParameters(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const std::string path = fmt::format("/choose{}", stage.NewNumber());
  const std::string parameter = "&settings=" + RandomText(stage.dice(), 500);
  std::string target = path + "?lang=de";
  int64_t after = 0;
  for (; target.size() < 8300; target += parameter) {
    stage.Send(after, "www.example.org", client, fmt::format("GET {} HTTP/1.1", target), 302, 0);
    after += stage.dice().Roll(2);
  }
  const int64_t count = stage.Count(5);
  for (int64_t i = 0; i < count; ++i) {
    SendTooLong(stage, after + stage.Spread(i, count, 50), "www.example.org", client, target,
                LongRequestServer::kApache);
  }
  stage.Expect(client);
  stage.Allow(client, "redirect-run");
  stage.Allow(path, "redirect-run");
}

// The same of a rule that puts the folder in front of the path once more.
void FallIntoFolders(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const std::string folder = fmt::format("/en/shop{}", stage.NewNumber());
  std::string target = folder;
  for (int64_t hop = 0; hop < 12; ++hop) {
    stage.Send(hop, "www.example.org", client, fmt::format("GET {}/ HTTP/1.1", target), 301, 169);
    target += folder;
  }
  while (target.size() < 8300) target += folder;
  const int64_t count = stage.Count(5);
  for (int64_t i = 0; i < count; ++i) {
    SendTooLong(stage, 12 + stage.Spread(i, count, 50), "www.example.org", client, target, LongRequestServer::kNginx);
  }
  stage.Expect(client);
  stage.Allow(folder + "/", "redirect-run");
  stage.Allow(folder + folder + "/", "redirect-run");
}

void OverflowBuffer(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const LongRequestServer server = SomeServer(stage.dice());
  const int64_t way = stage.dice().Roll(5);
  for (int64_t i = 0; i < 3; ++i) {
    stage.Send(i, "www.example.org", client, fmt::format("GET /cgi-bin/test{}.cgi HTTP/1.0", i), 404, 153).agent = "-";
  }
  if (way == 3) stage.Send(4, "www.example.org", client, "GET /login.cgi HTTP/1.1", 200, 4300);
  const int64_t count = stage.Count(5);
  for (int64_t i = 0; i < count; ++i) {
    std::string target = "/";
    if (way == 0) {
      target += std::string(9000, 'A');
    } else if (way == 1) {
      while (target.size() < 9000) target += "%90%90%90%90";
    } else if (way == 2) {  // nginx writes bytes that cannot be printed as \x and two digits
      target += fmt::format("scripts/..?{}", RandomText(stage.dice(), 300));
      while (target.size() < 9000) target += R"(\x90\x90\xCC\xEB)";
    } else if (way == 3) {
      target += "login.cgi?user=" + std::string(9000, 'a');
    } else {
      target += RandomText(stage.dice(), 9000);
    }
    SendTooLong(stage, 5 + stage.Spread(i, count, 50), "www.example.org", client, target, server);
  }
  stage.Expect(client);
}

// A long token as a path, by somebody who does nothing else that is odd.
void SendLongToken(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const LongRequestServer server = SomeServer(stage.dice());
  stage.Send(0, "www.example.org", client, "GET /viewer HTTP/1.1", 200, 4400);
  if (stage.dice().Percent(50)) stage.Send(1, "www.example.org", client, "GET /favicon.ico HTTP/1.1", 404, 153);
  const int64_t count = stage.Count(5);
  for (int64_t i = 0; i < count; ++i) {
    SendTooLong(stage, 4 + stage.Spread(i, count, 50), "www.example.org", client,
                "/viewer/state/" + RandomText(stage.dice(), 9000), server);
  }
  stage.Expect(client);
}

// Each from another address, so that only the host has enough of them.
void SendLongFormsFromMany(CampaignStage& stage) {
  const std::string host = stage.NewHost(60);
  const int64_t count = stage.Count(20);
  for (int64_t i = 0; i < count; ++i) {
    SendTooLong(stage, stage.Spread(i, count, 60), host, stage.NewClient(), LongForm(stage.dice(), "/survey"),
                LongRequestServer::kNginx);
  }
  stage.Expect(host);
}

// Refusals of one client among many who are served, and requests of it that are served in between.
void Refuse(CampaignStage& stage, const std::string& host, const std::string& client, int status) {
  const int64_t count = stage.Count(5);
  for (int64_t i = 0; i < count; ++i) {
    const int64_t after = stage.Spread(i, count, 60);
    stage.Send(after, host, client, fmt::format("GET /page/{} HTTP/1.1", i % 50), status, 180);
    if (i % 2 == 0) stage.Send(after, host, client, fmt::format("GET /page/{} HTTP/1.1", i % 50 + 50), 200, 5000);
  }
}

void OpenTooManyConnections(CampaignStage& stage) {
  const std::string host = stage.NewHost(120);
  Refuse(stage, host, stage.NewClient(), stage.dice().Percent(50) ? 421 : 503);
  stage.Expect(host);
  stage.Allow(host, "503-overload");
}

void AskTooOften(CampaignStage& stage) {
  const std::string host = stage.NewHost(120);
  Refuse(stage, host, stage.NewClient(), 429);
  stage.Expect(host);
}

// Browsers that use the connection of another host of the same certificate, and ask again on a new one.
void ComeToTheWrongHost(CampaignStage& stage) {
  const std::string host = stage.NewHost(120);
  const int64_t count = stage.Count(5);
  std::vector<std::string> clients;
  for (int64_t i = 0; i < 4 + count / 10; ++i) clients.push_back(stage.NewClient());
  for (int64_t i = 0; i < count; ++i) {
    const std::string& client = clients[static_cast<size_t>(i) % clients.size()];
    const int64_t after = stage.Spread(i, count, 60);
    const std::string request = fmt::format("GET /img/{}.png HTTP/2.0", i);
    stage.Send(after, host, client, request, 421, 170);
    stage.Send(after + stage.dice().Roll(2), host, client, request, 200, 7000 + i);
  }
  stage.Expect(host);
}

void OpenAndSayNothing(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t count = stage.Count(10);
  for (int64_t i = 0; i < count; ++i) {
    stage.Send(stage.Spread(i, count, 60), "www.example.org", client, "-", 408, 0).agent = "-";
  }
  stage.Expect(client);
}

// Evenly, for two minutes and a little longer.
void AskForEverything(CampaignStage& stage) {
  const std::string host = stage.NewHost(180);
  const std::string client = stage.NewClient();
  const int64_t count = stage.Count(100);
  for (int64_t i = 0; i < count * 22 / 10; ++i) {
    stage.Send(i * 60 / count, host, client, fmt::format("GET /page/{} HTTP/1.1", i % 50), 200, 9000);
  }
  stage.Expect(client);
}

constexpr std::array kLimitCampaigns = {
    CampaignKind{"rate-flood", "", true, AskForEverything},
    CampaignKind{"414-flood", "form-get", true, SendLongForm},
    CampaignKind{"414-flood", "black-hole", true, FallIntoRedirects},
    CampaignKind{"414-flood", "exploit", true, OverflowBuffer},
    CampaignKind{"414-flood", "undetermined", true, SendLongToken},
    CampaignKind{"414-flood", "form-get", true, SendLongFormsFromMany},
    CampaignKind{"414-flood", "black-hole", true, FallIntoFolders},
    CampaignKind{"414-flood", "black-hole", true, FallIntoParameters},
    CampaignKind{"421-conn-limit", "conn-limit", true, OpenTooManyConnections},
    CampaignKind{"421-conn-limit", "rate-limit", true, AskTooOften},
    CampaignKind{"421-conn-limit", "misdirected", true, ComeToTheWrongHost},
    CampaignKind{"slow-request", "", true, OpenAndSayNothing},
};

}  // namespace

std::string CutRequest(std::string_view request, LongRequestServer server) {
  return std::string(request.substr(0, server == LongRequestServer::kNginx ? 8192 : 8191));
}

void SendTooLong(CampaignStage& stage, int64_t after, std::string_view host, std::string_view client,
                 std::string_view target, LongRequestServer server) {
  const std::string request = CutRequest(fmt::format("GET {} HTTP/1.1", target), server);
  stage.Send(after, host, client, request, 414, server == LongRequestServer::kNginx ? 177 : 315).agent = "-";
}

std::string LongForm(Dice& dice, std::string_view path) {
  constexpr std::array<std::string_view, 8> kFields = {"name",    "street",  "city",     "remarks",
                                                       "order[]", "options", "delivery", "_token"};
  std::string target = std::string(path) + "?";
  while (target.size() < 8300) {
    for (const std::string_view field : kFields) {
      target += fmt::format("{}{}=", target.back() == '?' ? "" : "&", field);
      for (int64_t words = dice.Between(0, 12); words > 0; --words)
        target += fmt::format("w%C3%B6rd{}+", dice.Roll(999));
    }
  }
  return target;
}

std::span<const CampaignKind> LimitCampaigns() { return kLimitCampaigns; }

}  // namespace logstat
