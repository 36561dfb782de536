#include "tests/detect/campaigns.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "tests/detect/clean_traffic.h"

namespace logstat {

int64_t CampaignStage::Count(int64_t threshold) const {
  const auto count = static_cast<int64_t>(static_cast<double>(threshold) * place_.rate);
  return std::max<int64_t>(count, 1);
}

int64_t CampaignStage::NewNumber() {
  static std::atomic<int64_t> number{0};
  return ++number;
}

std::string CampaignStage::NewClient() {
  const int64_t number = NewNumber();
  return fmt::format("203.{}.{}.{}", number / 62'500 % 250, number / 250 % 250, number % 250 + 1);
}

std::span<const std::string_view> CampaignStage::browsers() { return kBrowsers; }

std::string CampaignStage::NewHost(int64_t lasts) {
  std::string host = fmt::format("site{}.example.com", NewNumber());
  for (int64_t after = -900; after < lasts; ++after) {
    const std::string path = fmt::format("/page/{}", dice_.Roll(50));
    WovenLine line;
    line.second = place_.first + after;
    line.host = host;
    line.client = fmt::format("198.18.{}.{}", 210 + dice_.Roll(30), dice_.Between(1, 250));
    line.request = fmt::format("GET {} HTTP/1.1", path);
    line.bytes = BytesOf(path);
    line.agent = Browser();
    log_.Add(std::move(line));
  }
  return host;
}

WovenLine& CampaignStage::Send(int64_t after, std::string_view host, std::string_view client, std::string_view request,
                               int status, int64_t bytes) {
  last_ = std::max(last_, after);
  WovenLine line;
  line.second = place_.first + after;
  line.host = host;
  line.client = client;
  line.request = request;
  line.status = status;
  line.bytes = bytes;
  line.agent = kBrowsers[3];
  log_.Add(std::move(line));
  return log_.lines().back();
}

void CampaignStage::Expect(std::string_view entity, std::string_view id, std::string_view verdict) {
  if (place_.rate < 1 && kind_.counts) return;
  if (id.empty()) {
    id = kind_.id;
    if (verdict.empty()) verdict = kind_.verdict;
  }
  log_.Expect({std::string(id), std::string(verdict), std::string(entity), place_.first, place_.first + last_, true});
}

void CampaignStage::Allow(std::string_view entity, std::string_view id) {
  log_.Expect({std::string(id), "", std::string(entity), place_.first, place_.first + last_, false});
}

std::vector<CampaignKind> AllCampaigns() {
  std::vector<CampaignKind> all;
  for (const std::span<const CampaignKind> part :
       {AttackCampaigns(), FailureCampaigns(), LimitCampaigns(), ProtocolCampaigns(), HygieneCampaigns()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace logstat
