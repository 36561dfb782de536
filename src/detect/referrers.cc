#include "src/detect/referrers.h"

#include <algorithm>
#include <array>

#include "src/base/ascii.h"
#include "src/base/hash.h"
#include "src/deliver/tags.h"
#include "src/detect/evidence.h"
#include "src/detect/room.h"

namespace logstat {
namespace {

constexpr size_t kMostHosts = 4096;
constexpr uint32_t kMostAskers = 256;
constexpr uint32_t kLeastVotes = 3;

std::string PlainHost(std::string_view host) {
  if (const size_t user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
  const size_t port = host.rfind(':');
  if (port != std::string_view::npos && host.find(']', port) == std::string_view::npos) host = host.substr(0, port);
  std::string plain = LowerAscii(host.substr(0, kMostEvidenceBytes));
  if (plain.starts_with("www.")) plain.erase(0, 4);
  return plain;
}

}  // namespace

Referrer ParseReferrer(std::string_view text) {
  const size_t scheme = text.find("://");
  if (scheme == std::string_view::npos || !text.starts_with("http")) return {};
  // Byte by byte: find_first_of() calls memchr() for each.
  const auto end = std::find_if(text.begin(), text.end(), [](char c) { return c == '?' || c == '#'; });
  const std::string_view page = text.substr(0, static_cast<size_t>(end - text.begin()));
  const std::string_view rest = page.substr(std::min(scheme + 3, page.size()));
  const size_t slash = rest.find('/');
  Referrer referrer;
  referrer.host = PlainHost(rest.substr(0, slash));
  referrer.path = slash == std::string_view::npos ? std::string_view("/") : rest.substr(slash);
  referrer.page = page;
  return referrer;
}

void OwnSite::Learn(const Event& event, const History& history) {
  if (event.shadow.is_person == 0 || event.has(Field::kHost) || !event.has(Field::kReferrer)) return;
  const std::string_view text = event.text(Field::kReferrer);
  const uint64_t site = SketchHash(text.substr(0, text.find('/', 8)));
  if (settled_.contains(site)) return;
  const Referrer from = ParseReferrer(text);
  // The home page of any site is "/", and a page that refers to itself is what scanners send.
  if (from.host.empty() || from.path.size() < 2 || from.path == event.text(Field::kPath)) return;
  Votes* votes = AtIfRoom(hosts_, from.host, kMostHosts);
  if (votes == nullptr) return;
  if (votes->asked == kMostAskers) {
    InsertIfRoom(settled_, site, kMostHosts);
    return;
  }
  ++votes->asked;
  if (history.WasServed(event.client(), PathHash(from.path))) most_yes_ = std::max(most_yes_, ++votes->yes);
}

bool OwnSite::IsOwn(const std::string& referrer_host, std::string_view host) const {
  if (referrer_host.empty()) return false;
  if (!host.empty()) return referrer_host == PlainHost(host);
  const auto found = hosts_.find(referrer_host);
  if (found == hosts_.end() || found->second.yes < kLeastVotes) return false;
  return found->second.yes * 4 >= found->second.asked && found->second.yes * 2 >= most_yes_;
}

}  // namespace logstat
