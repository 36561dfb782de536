// Joins the tables of this folder into one, sorted and checked while compiling, and answers look-ups from it.
//
// A table with a code twice, a gloss too long or a text that a terminal could trip over does not compile.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <type_traits>

#include "logstat/status_codes.h"
#include "src/catalog/classes.h"
#include "src/catalog/codes_1xx_2xx.h"
#include "src/catalog/codes_3xx.h"
#include "src/catalog/codes_40x.h"
#include "src/catalog/codes_4xx.h"
#include "src/catalog/codes_5xx_6xx.h"
#include "src/catalog/codes_vendor_4xx.h"
#include "src/catalog/codes_vendor_5xx.h"

namespace logstat {
namespace {

using catalog::kClasses;

constexpr size_t kCodeLimit = 1000;
constexpr size_t kMaxGloss = 50;

// One array of all entries of `tables`, ascending by code. (std::sort would need swappable entries at compile time for
// little gain: placing each entry by its code is simpler and proves that no code is there twice.)
template <typename... Table>
constexpr auto Join(const Table&... tables) {
  constexpr size_t kCount = (std::extent_v<Table> + ...);
  // Copies and flags, not pointers: gcc 12 with -fsanitize=undefined does not compare addresses at compile time.
  std::array<StatusCode, kCodeLimit> by_code{};
  std::array<bool, kCodeLimit> taken{};
  bool sound = true;
  auto place = [&](const auto& table) {
    for (const StatusCode& entry : table) {
      const size_t code = static_cast<size_t>(entry.code);
      sound = sound && code < kCodeLimit && !taken[code];
      if (!sound) return;
      by_code[code] = entry;
      taken[code] = true;
    }
  };
  (place(tables), ...);
  std::array<StatusCode, kCount> joined{};
  size_t filled = 0;
  for (size_t code = 0; sound && code < kCodeLimit; ++code) {
    if (taken[code]) joined[filled++] = by_code[code];
  }
  return joined;  // left empty, and refused below, if a code is there twice
}

constexpr auto kCodes = Join(catalog::kCodes0xx, catalog::kCodes1xx, catalog::kCodes2xx, catalog::kCodes3xx,
                             catalog::kCodes40x, catalog::kCodes4xx, catalog::kCodes5xx, catalog::kCodes6xx,
                             catalog::kCodesVendor4xx, catalog::kCodesVendor5xx);

constexpr bool IsPlainText(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

constexpr bool IsGloss(std::string_view text) { return !text.empty() && text.size() <= kMaxGloss && IsPlainText(text); }

constexpr bool IsSoundRow(const StatusCode& entry) {
  return !entry.name.empty() && IsPlainText(entry.name) && IsGloss(entry.gloss) && !entry.meaning.empty() &&
         IsPlainText(entry.meaning) && IsPlainText(entry.client_advice) && IsPlainText(entry.operator_advice) &&
         IsPlainText(entry.practice) && IsPlainText(entry.rules) && IsPlainText(entry.standard_note) &&
         IsPlainText(entry.vendor);
}

static_assert(std::all_of(kCodes.begin(), kCodes.end(), IsSoundRow),
              "a code is there twice, or one of its texts is unfit");
static_assert(std::size(kClasses) == 10);
static_assert(std::all_of(std::begin(kClasses), std::end(kClasses), [](const StatusClass& entry) {
  return &entry == &kClasses[entry.digit] && IsGloss(entry.gloss) && !entry.meaning.empty();
}));

// Position in kCodes by code, plus one; 0: unknown. A byte each keeps the whole table in 16 cache lines.
constexpr auto kPositions = [] {
  std::array<uint8_t, kCodeLimit> positions{};
  static_assert(kCodes.size() < 255);
  for (size_t i = 0; i < kCodes.size(); ++i)
    positions[static_cast<size_t>(kCodes[i].code)] = static_cast<uint8_t>(i + 1);
  return positions;
}();

}  // namespace

const StatusCode* FindStatusCode(int code) {
  if (code < 0 || static_cast<size_t>(code) >= kCodeLimit) return nullptr;
  const size_t position = kPositions[static_cast<size_t>(code)];
  return position == 0 ? nullptr : &kCodes[position - 1];
}

const StatusClass& FindStatusClass(int digit) { return kClasses[digit >= 0 && digit <= 9 ? digit : 9]; }

std::span<const StatusCode> AllStatusCodes() { return kCodes; }

std::span<const StatusClass> AllStatusClasses() { return kClasses; }

}  // namespace logstat
