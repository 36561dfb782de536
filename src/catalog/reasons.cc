#include "src/catalog/reasons.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "src/catalog/reasons_clouds.h"
#include "src/catalog/reasons_proxies.h"

namespace logstat {
namespace {

using catalog::Letter;
using catalog::Reason;

constexpr bool IsPlain(std::string_view text) {
  return text.size() <= kMaxReasonGloss &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

template <size_t kSize>
constexpr bool IsSound(const Reason (&table)[kSize]) {
  return std::all_of(std::begin(table), std::end(table), [](const Reason& reason) {
    return !reason.name.empty() && !reason.gloss.empty() && IsPlain(reason.gloss);
  });
}

static_assert(IsSound(catalog::kEnvoyFlags) && IsSound(catalog::kSquidResults) && IsSound(catalog::kSquidEnds));
static_assert(IsSound(catalog::kBalancerReasons) && IsSound(catalog::kCloudFrontResults));

template <size_t kSize>
std::string_view Find(const Reason (&table)[kSize], std::string_view name) {
  for (const Reason& reason : table) {
    if (reason.name == name) return reason.gloss;
  }
  return {};
}

template <size_t kSize>
std::optional<std::string_view> Find(const Letter (&table)[kSize], char letter) {
  for (const Letter& known : table) {
    if (known.letter == letter) return known.gloss;
  }
  return std::nullopt;
}

// Appends what fits.
void Append(std::string_view separator, std::string_view text, std::string& gloss) {
  if (text.empty() || gloss.size() + separator.size() + text.size() > kMaxReasonGloss) return;
  gloss.append(separator).append(text);
}

// Four letters; the first two tell how the session ended, the others about its cookie.
std::string HaproxyGloss(std::string_view reason) {
  if (reason.size() != 4) return {};
  const auto end = Find(catalog::kHaproxyEnds, reason[0]);
  const auto phase = Find(catalog::kHaproxyPhases, reason[1]);
  const auto cookie = Find(catalog::kHaproxyCookies, reason[2]);
  const auto update = Find(catalog::kHaproxyCookieUpdates, reason[3]);
  if (!end || !phase || !cookie || !update) return {};
  std::string gloss(*end);
  Append(", ", *phase, gloss);
  if (cookie->empty()) {
    Append("; cookie ", *update, gloss);
  } else {
    std::string both(*cookie);
    if (!update->empty()) both.append(", ").append(*update);
    Append("; cookie ", both, gloss);
  }
  return gloss;
}

std::string EnvoyGloss(std::string_view flags) {
  std::string gloss;
  for (size_t from = 0; from <= flags.size();) {
    const size_t comma = std::min(flags.find(',', from), flags.size());
    const std::string_view known = Find(catalog::kEnvoyFlags, flags.substr(from, comma - from));
    if (known.empty()) return {};
    Append(gloss.empty() ? "" : "; ", known, gloss);
    from = comma + 1;
  }
  return gloss;
}

// TCP_MISS_ABORTED: the transport, the result, what ended it. NONE has no transport, and newer versions write
// NONE_NONE.
std::string SquidGloss(std::string_view code) {
  const bool of_peer = code.starts_with("UDP_");
  if (of_peer || code.starts_with("TCP_")) {
    code.remove_prefix(4);
  } else if (code.starts_with("NONE_NONE")) {
    code.remove_prefix(5);
  } else if (!code.starts_with("NONE")) {
    return {};
  }
  std::string_view end;
  std::string_view known = Find(catalog::kSquidResults, code);
  for (const Reason& suffix : catalog::kSquidEnds) {
    if (!known.empty() || !code.ends_with(suffix.name)) continue;
    known = Find(catalog::kSquidResults, code.substr(0, code.size() - suffix.name.size()));
    end = suffix.gloss;
  }
  if (known.empty()) return {};
  std::string gloss(of_peer ? "peer: " : "");
  Append("", known, gloss);
  Append(", ", end, gloss);
  return gloss;
}

}  // namespace

std::string ReasonGloss(std::string_view reason) {
  if (reason == "-") return "no reason given";
  for (const std::string_view known :
       {Find(catalog::kBalancerReasons, reason), Find(catalog::kCloudFrontResults, reason)}) {
    if (!known.empty()) return std::string(known);
  }
  for (const auto gloss_of : {EnvoyGloss, HaproxyGloss, SquidGloss}) {
    if (std::string gloss = gloss_of(reason); !gloss.empty()) return gloss;
  }
  return {};
}

}  // namespace logstat
