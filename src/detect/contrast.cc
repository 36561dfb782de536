#include "src/detect/contrast.h"

#include <cmath>
#include <string_view>

#include "src/base/hash.h"
#include "src/base/ratio.h"
#include "src/deliver/tags.h"
#include "src/detect/failure_evidence.h"

namespace logstat {
namespace {

constexpr size_t kCompared = 5;
constexpr int64_t kCalmMs = History::kReachMs;

// Of a share that is larger than before, else 0.
double Surprise(uint64_t part, uint64_t whole, uint64_t part_before, uint64_t whole_before) {
  const double share = Ratio(part, whole);
  const double before = Ratio(part_before, whole_before);
  if (share <= before) return 0;
  const double both = Ratio(part + part_before, whole + whole_before);
  double sum = static_cast<double>(part) * std::log(share / both);
  if (part_before > 0) sum += static_cast<double>(part_before) * std::log(before / both);
  return 2 * sum;
}

void AddStanding(const std::string& name, const Contrast::Standing& standing, Finding* finding) {
  if (standing.text.empty()) return;
  finding->facts.push_back({name, standing.text, false});
  finding->facts.push_back(ShareFact(name + "_share", standing.share));
  finding->facts.push_back(ShareFact(name + "_share_before", standing.share_before));
}

}  // namespace

void Contrast::Fill(Finding* finding) const {
  AddStanding("contrast_path", path, finding);
  AddStanding("contrast_client", client, finding);
}

Contrast ContrastWith(const History& history, uint32_t host, int64_t burst_begin_ms, const Evidence& burst) {
  Contrast contrast;
  const int64_t from_ms = burst_begin_ms - kCalmMs;
  const int64_t to_ms = burst_begin_ms - 1;
  const uint64_t lines = history.Requests(host, to_ms, kCalmMs / 1000).total;
  if (lines == 0) return contrast;
  const auto compare = [&](const EvidenceCount& top, uint64_t known, Contrast::Standing& standing) {
    const double surprise = Surprise(top.count, burst.count(), known, lines);
    if (surprise <= standing.surprise) return;
    standing = {top.key, surprise, Ratio(top.count, burst.count()), Ratio(known, lines)};
  };
  for (const EvidenceCount& top : burst.paths().Top(kCompared)) {
    uint64_t known = 0;
    history.ForEachOfPath(PathHash(top.key), from_ms, to_ms,
                          [&](const Shadow& shadow, int64_t) { known += shadow.host == host ? 1 : 0; });
    compare(top, known, contrast.path);
  }
  for (const EvidenceCount& top : burst.clients().Top(kCompared)) {
    uint64_t known = 0;
    history.ForEachOf(SketchHash(top.key), from_ms, to_ms,
                      [&](const Shadow& shadow, int64_t) { known += shadow.host == host ? 1 : 0; });
    compare(top, known, contrast.client);
  }
  return contrast;
}

}  // namespace logstat
