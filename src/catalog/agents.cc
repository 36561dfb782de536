#include "src/catalog/agents.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <vector>

#include "src/base/ascii.h"
#include "src/catalog/agents_browsers.h"
#include "src/catalog/agents_crawlers.h"
#include "src/catalog/agents_libraries.h"
#include "src/catalog/agents_scanners.h"
#include "src/catalog/agents_tools.h"
#include "src/catalog/agents_watchers.h"

namespace logstat {
namespace {

using catalog::AgentRow;

constexpr size_t kLeastText = 3;

constexpr bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool IsWordByte(char c) { return IsLetter(c) || IsDigit(c); }
constexpr char Fold(char c) { return c == '+' ? ' ' : LowerAscii(c); }

template <size_t kSize>
constexpr bool IsSound(const AgentRow (&table)[kSize]) {
  return std::all_of(std::begin(table), std::end(table), [](const AgentRow& row) {
    return row.text.size() >= kLeastText && !row.name.empty() &&
           std::all_of(row.text.begin(), row.text.end(), [](char c) { return Fold(c) == c; });
  });
}

static_assert(IsSound(catalog::kWeaknessScanners) && IsSound(catalog::kAddressScanners));
static_assert(IsSound(catalog::kAttackMarks) && IsSound(catalog::kSearchCrawlers) && IsSound(catalog::kAiCrawlers));
static_assert(IsSound(catalog::kPreviewCrawlers) && IsSound(catalog::kSeoCrawlers));
static_assert(IsSound(catalog::kMonitoringCrawlers) && IsSound(catalog::kArchiveCrawlers));
static_assert(IsSound(catalog::kCrawlerFrameworks) && IsSound(catalog::kLibraries) && IsSound(catalog::kClients));
static_assert(IsSound(catalog::kFeedReaders) && IsSound(catalog::kHealthChecks) && IsSound(catalog::kBrowsers));
static_assert(IsSound(catalog::kPlainBrowsers));

// What an agent is, if this is in it; of several, the highest rank.
struct Known {
  std::string_view text;
  AgentInfo info;
  int rank;
};

constexpr int kToolRank = 1000;  // below: browsers, the later in their table, the lower
constexpr int kPlainBrowserRank = 1500;
constexpr int kCrawlerRank = 2000;
constexpr int kScannerRank = 3000;

// All rows of the tables by the hash of their first three characters.
class Index {
 public:
  Index() {
    AddTables(AgentKind::kScanner, kScannerRank, catalog::kWeaknessScanners, catalog::kAddressScanners,
              catalog::kAttackMarks);
    AddTables(AgentKind::kCrawler, kCrawlerRank, catalog::kSearchCrawlers, catalog::kPreviewCrawlers,
              catalog::kAiCrawlers, catalog::kSeoCrawlers, catalog::kMonitoringCrawlers, catalog::kArchiveCrawlers,
              catalog::kCrawlerFrameworks);
    AddTables(AgentKind::kTool, kToolRank, catalog::kLibraries, catalog::kClients, catalog::kFeedReaders,
              catalog::kHealthChecks);
    AddTables(AgentKind::kPerson, kPlainBrowserRank, catalog::kPlainBrowsers);
    int rank = kToolRank;
    for (const AgentRow& row : catalog::kBrowsers) known_.push_back({row.text, {AgentKind::kPerson, row.name}, --rank});
    std::stable_sort(known_.begin(), known_.end(),
                     [](const Known& a, const Known& b) { return Bucket(a.text.data()) < Bucket(b.text.data()); });
    for (const Known& known : known_) ++begin_[Bucket(known.text.data()) + 1];
    for (size_t i = 1; i < begin_.size(); ++i) begin_[i] = static_cast<uint16_t>(begin_[i] + begin_[i - 1]);
  }

  // Calls function(known) for every row whose first three characters may be those at `text`.
  template <typename Function>
  void ForEach(const char* text, Function function) const {
    const size_t bucket = Bucket(text);
    for (size_t i = begin_[bucket]; i < begin_[bucket + 1]; ++i) function(known_[i]);
  }

 private:
  static constexpr size_t kBucketBits = 12;

  static size_t Bucket(const char* text) {
    uint32_t word = 0;
    for (size_t i = 0; i < kLeastText; ++i) word = word << 8 | static_cast<uint8_t>(Fold(text[i]));
    return (word * 2654435769U) >> (32 - kBucketBits);
  }

  template <typename... Tables>
  void AddTables(AgentKind kind, int rank, const Tables&... tables) {
    const auto add = [&](const AgentRow& row) { known_.push_back({row.text, {kind, row.name}, rank}); };
    (std::for_each(std::begin(tables), std::end(tables), add), ...);
  }

  std::vector<Known> known_;
  std::array<uint16_t, (size_t{1} << kBucketBits) + 1> begin_{};
};

// Whether `text` stands at `at`, whose word begins there, and ends with a word.
bool StandsAt(std::string_view agent, size_t at, std::string_view text) {
  const size_t end = at + text.size();
  if (end > agent.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (Fold(agent[at + i]) != text[i]) return false;
  }
  if (end == agent.size() || !IsWordByte(text.back())) return true;
  return !IsLetter(agent[end]) && !(IsDigit(text.back()) && IsDigit(agent[end]));
}

bool BeginsWord(std::string_view agent, size_t at) {
  return at == 0 || !IsWordByte(agent[at]) || !IsWordByte(agent[at - 1]);
}

bool EndsWith(std::string_view word, std::string_view end) {
  return word.size() >= end.size() &&
         std::equal(end.begin(), end.end(), word.end() - static_cast<ptrdiff_t>(end.size()),
                    [](char a, char b) { return a == Fold(b); });
}

// Calls function(word) for every word of letters until it returns true.
template <typename Function>
bool AnyWord(std::string_view agent, Function function) {
  for (size_t begin = 0; begin < agent.size(); ++begin) {
    size_t end = begin;
    while (end < agent.size() && IsLetter(agent[end])) ++end;
    if (end > begin && function(agent.substr(begin, end - begin))) return true;
    begin = end;
  }
  return false;
}

bool EndsWithAny(std::string_view word, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return EndsWith(word, end); });
}

// A word or an address by which robots introduce themselves. Cubot makes phones.
bool CallsItselfCrawler(std::string_view agent) {
  return AnyWord(agent, [](std::string_view word) {
    return EndsWithAny(word, {"bot", "bots", "spider", "crawler", "crawl", "scraper", "archiver"}) &&
           !EndsWith(word, "cubot");
  });
}

bool CallsItselfScanner(std::string_view agent) {
  return AnyWord(agent, [](std::string_view word) { return EndsWithAny(word, {"scanner", "scan", "fuzzer"}); });
}

bool HasAddressOfCrawler(std::string_view agent) {
  return agent.find("+http://") != std::string_view::npos || agent.find("+https://") != std::string_view::npos;
}

bool IsBrowserLike(std::string_view agent) { return agent.starts_with("Mozilla/") || agent.starts_with("Opera/"); }

}  // namespace

AgentInfo ClassifyAgent(std::string_view agent) {
  static const Index* const index = new Index;  // never destroyed: names may be asked for until the very end
  const bool browser_like = IsBrowserLike(agent);
  const Known* best = nullptr;
  const Known* best_in_address = nullptr;
  size_t address_end = 0;
  for (size_t at = 0; at + kLeastText <= agent.size(); ++at) {
    if (agent.substr(at).starts_with("://")) address_end = std::min(agent.find_first_of(" ;,)", at), agent.size());
    if (!BeginsWord(agent, at)) continue;
    const Known* here = nullptr;  // the longest of the highest rank
    index->ForEach(&agent[at], [&](const Known& known) {
      if (known.info.kind == AgentKind::kPerson && at != 0 && !browser_like) return;
      if (!StandsAt(agent, at, known.text)) return;
      if (here == nullptr || known.rank > here->rank ||
          (known.rank == here->rank && known.text.size() > here->text.size())) {
        here = &known;
      }
    });
    const Known*& best_here = at < address_end ? best_in_address : best;
    if (here != nullptr && (best_here == nullptr || here->rank > best_here->rank)) best_here = here;
  }
  // An address tells who runs the agent, and anybody may run WordPress at https://nmap.example: it counts if nothing
  // else does but the name of a browser, under which anything may go.
  const bool may_be_other = best == nullptr || best->info.kind == AgentKind::kPerson;
  if (may_be_other && best_in_address != nullptr && (best == nullptr || best_in_address->rank > best->rank)) {
    best = best_in_address;
  }
  if (best != nullptr && best->rank >= kCrawlerRank) return best->info;
  if (CallsItselfCrawler(agent)) return {AgentKind::kCrawler, {}};
  if (best != nullptr) return best->info;
  if (CallsItselfScanner(agent)) return {AgentKind::kScanner, {}};
  if (HasAddressOfCrawler(agent)) return {AgentKind::kCrawler, {}};
  return {};
}

std::string_view AgentKindName(AgentKind kind) {
  constexpr std::array<std::string_view, kAgentKindCount> kNames = {"unknown", "person", "crawler", "tool", "scanner"};
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace logstat
