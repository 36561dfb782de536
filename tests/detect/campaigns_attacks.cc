#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "tests/detect/campaigns.h"
#include "tests/detect/clean_traffic.h"

namespace logstat {
namespace {

void GuessPasswords(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t tries = stage.Count(5);
  for (int64_t i = 0; i < tries; ++i) {
    stage.Send(stage.Spread(i, tries, 600), "intra.example.org", client, "GET /wiki/ HTTP/1.1", 401, 179).user =
        "admin";
  }
  stage.Expect(client);
  stage.Allow("admin", "auth-rejected");
}

void SprayUsers(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t users = stage.Count(5);
  for (int64_t i = 0; i < users; ++i) {
    stage.Send(stage.Spread(i, users, 600), "intra.example.org", client, "GET / HTTP/1.1", 401, 179).user =
        fmt::format("u{}", stage.NewNumber());
  }
  stage.Expect(client);
}

void SprayFromManyClients(CampaignStage& stage) {
  const std::string user = fmt::format("victim{}", stage.NewNumber());
  const int64_t clients = stage.Count(5);
  for (int64_t i = 0; i < clients; ++i) {
    stage.Send(stage.Spread(i, clients, 600), "intra.example.org", stage.NewClient(), "GET / HTTP/1.1", 401, 179).user =
        user;
  }
  stage.Expect(user);
}

void SendLoginForms(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t tries = stage.Count(10);
  for (int64_t i = 0; i < tries; ++i) {
    stage.Send(stage.Spread(i, tries, 60), "shop.example.org", client, "POST /login HTTP/1.1", 200, 4230);
  }
  stage.Expect(client);
}

void SendLoginFormsFromMany(CampaignStage& stage) {
  const std::string path = fmt::format("/tenant{}/login", stage.NewNumber());
  const int64_t clients = stage.Count(10);
  for (int64_t c = 0; c < clients; ++c) {
    const std::string client = stage.NewClient();
    for (int64_t i = 0; i < 5; ++i) {
      stage.Send(c * 20 / clients + stage.Spread(i, 5, 550), "shop.example.org", client,
                 fmt::format("POST {} HTTP/1.1", path), 200, 4230);
    }
  }
  stage.Expect(path);
}

void KnockWithoutName(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t tries = stage.Count(50);
  for (int64_t i = 0; i < tries; ++i) {
    stage.Send(stage.Spread(i, tries, 600), "api.example.org", client, fmt::format("GET /v1/items/{} HTTP/1.1", i % 9),
               401, 60);
  }
  stage.Expect(client);
}

void ReadAnotherFile(CampaignStage& stage) {
  const std::string script = fmt::format("/download{}", stage.NewNumber());
  const std::string attacker = stage.NewClient();
  for (int64_t i = 0; i < 8; ++i) {
    stage.Send(i * 9, "www.example.org", stage.NewClient(), fmt::format("GET {}?file=report{}.pdf HTTP/1.1", script, i),
               200, 20'000 + stage.dice().Roll(30'000));
  }
  const std::string_view attack = stage.dice().Pick(std::array<std::string_view, 3>{
      "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%252e%252e%252f%252e%252e%252fetc%252fpasswd"});
  stage.Send(90, "www.example.org", attacker, fmt::format("GET {}?file={} HTTP/1.1", script, attack), 200, 1843);
  stage.Expect(attacker);
}

void DumpTable(CampaignStage& stage) {
  const std::string script = fmt::format("/article{}", stage.NewNumber());
  const std::string attacker = stage.NewClient();
  for (int64_t i = 0; i < 8; ++i) {
    stage.Send(i * 9, "www.example.org", stage.NewClient(), fmt::format("GET {}?id={} HTTP/1.1", script, i), 200,
               6000 + stage.dice().Roll(900));
  }
  stage.Send(90, "www.example.org", attacker,
             fmt::format("GET {}?id=7%27%20UNION%20SELECT%20user,password%20FROM%20users-- HTTP/1.1", script), 200,
             91'000);
  stage.Expect(attacker);
}

void FetchSecret(CampaignStage& stage) {
  const std::string_view name = stage.dice().Pick(
      std::array<std::string_view, 5>{".env", ".git/config", "backup.sql", "wp-config.php.bak", "id_rsa"});
  const std::string folder = fmt::format("/app{}/", stage.NewNumber());
  // Not as large as the home page, which may be what the site sends for everything: answers.h takes it for that.
  const int64_t bytes = 700 + stage.dice().Roll(9000);
  const bool is_homelike = std::abs(bytes - BytesOf("/")) < 1000;
  stage.Send(0, "www.example.org", stage.NewClient(), fmt::format("GET {}{} HTTP/1.1", folder, name), 200,
             is_homelike ? bytes + 2000 : bytes);
  stage.Expect(name == ".git/config" ? folder + ".git/" : folder + std::string(name));
}

void UploadProgram(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const std::string path = fmt::format("/uploads{}/x.php", stage.NewNumber());
  stage.Send(0, "www.example.org", client, fmt::format("PUT {} HTTP/1.1", path), 201, 0).agent = "curl/8.5.0";
  stage.Send(4, "www.example.org", client, fmt::format("GET {}?c=id HTTP/1.1", path), 200, 54).agent = "curl/8.5.0";
  stage.Expect(client);
}

void SendElsewhere(CampaignStage& stage) {
  const std::string host = stage.NewHost(60);
  stage.Send(0, host, stage.NewClient(), "GET /page/1 HTTP/1.1", 305, 180);
  stage.Expect(host);
}

void OpenTunnel(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  stage.Send(0, "www.example.org", client, "CONNECT mail.example.net:25 HTTP/1.1", 200, 8211).agent = "-";
  stage.Expect(client);
}

void Relay(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  stage.Send(0, "www.example.org", client, "GET http://ip.example.net/json HTTP/1.1", 200, 311).agent =
      "Go-http-client/1.1";
  stage.Expect(client);
}

void ListFolders(CampaignStage& stage) {
  const std::string host = stage.NewHost(60);
  stage.Send(0, host, stage.NewClient(), "PROPFIND / HTTP/1.1", 207, 9120).agent =
      "Microsoft-WebDAV-MiniRedir/10.0.19045";
  stage.Expect(host);
}

void SpeakOddVersion(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  stage.Send(0, "www.example.org", client, "GET / HTTP/1.9", 200, BytesOf("/")).agent = "-";
  stage.Expect(client);
}

void ProbeUntilFound(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t paths = stage.Count(11);
  const std::string found = fmt::format("/tool{}/phpinfo.php", stage.NewNumber());
  for (int64_t i = 0; i < paths; ++i) {
    stage.Send(i * 10 / paths, "www.example.org", client, fmt::format("GET /probe{}/ HTTP/1.1", i), 404, 1530);
  }
  if (stage.rate() >= 1) {
    stage.Send(10, "www.example.org", client, fmt::format("GET {} HTTP/1.1", found), 200, 72'400);
    stage.Allow(found, "sensitive-hit");
  }
  stage.Expect(client);
}

void ScanUnderOwnName(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t requests = stage.Count(50);
  for (int64_t i = 0; i < requests; ++i) {
    const std::string path = fmt::format("/products/{}/", i % 40);
    stage
        .Send(stage.Spread(i, requests, 600), "www.example.org", client, fmt::format("GET {}?id={} HTTP/1.1", path, i),
              200, BytesOf(path))
        .agent = "sqlmap/1.8.4#stable (https://sqlmap.org)";
  }
  stage.Expect(client);
}

void ChangeNames(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t names = stage.Count(11);
  const bool is_served = stage.dice().Percent(50);
  for (int64_t i = 0; i < names; ++i) {
    stage
        .Send(i * 8 / names, "www.example.org", client, fmt::format("GET /products/{}/ HTTP/1.1", i),
              i == 1 && !is_served ? 404 : 200, 9000 + i)
        .agent = fmt::format("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/{}.0.0.0", 90 + i);
  }
  stage.Expect(client);
}

void MissTheCache(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  const int64_t requests = stage.Count(33);
  for (int64_t i = 0; i < requests; ++i) {
    stage.Send(i * 2 / requests, "www.example.org", client,
               fmt::format("GET /?{} HTTP/1.1", 1'000'000'000 + stage.dice().Roll(8'000'000'000)), 200, BytesOf("/"));
  }
  stage.Expect(client);
}

void ProbeInVain(CampaignStage& stage) {
  const std::string client = stage.NewClient();
  for (int64_t i = 0; i < 30; ++i) {
    stage.Send(i / 3, "www.example.org", client, fmt::format("GET /{}/.env HTTP/1.1", i), 404, 1530);
  }
  stage.Expect("");
}

constexpr std::array kAttackCampaigns = {
    CampaignKind{"auth-rejected", "force", true, GuessPasswords},
    CampaignKind{"auth-rejected", "spray", true, SprayUsers},
    CampaignKind{"auth-rejected", "spray", true, SprayFromManyClients},
    CampaignKind{"auth-rejected", "form-login", true, SendLoginForms},
    CampaignKind{"auth-rejected", "form-login", true, SendLoginFormsFromMany},
    CampaignKind{"auth-rejected", "token", true, KnockWithoutName},
    CampaignKind{"exploit-string", "", false, ReadAnotherFile},
    CampaignKind{"exploit-string", "", false, DumpTable},
    CampaignKind{"sensitive-hit", "", false, FetchSecret},
    CampaignKind{"write-method", "written", false, UploadProgram},
    CampaignKind{"proxy-misuse", "use-proxy", false, SendElsewhere},
    CampaignKind{"proxy-misuse", "tunnel", false, OpenTunnel},
    CampaignKind{"proxy-misuse", "relay", false, Relay},
    CampaignKind{"webdav-surprise", "surprise", false, ListFolders},
    CampaignKind{"bad-version", "", false, SpeakOddVersion},
    CampaignKind{"probe-scan", "", true, ProbeUntilFound},
    CampaignKind{"scanner-ua", "", true, ScanUnderOwnName},
    CampaignKind{"ua-rotation", "", true, ChangeNames},
    CampaignKind{"cache-bust", "", true, MissTheCache},
    CampaignKind{"background-probing", "", false, ProbeInVain},
};

}  // namespace

std::span<const CampaignKind> AttackCampaigns() { return kAttackCampaigns; }

}  // namespace logstat
