#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <climits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/status_codes.h"

namespace logstat {
namespace {

// Registered by IANA (2025) and not in the document.
constexpr int kRegistryOnly[] = {103, 104, 208, 226, 308, 418, 425, 426, 428, 429, 431, 451, 508, 511};

struct VendorCode {
  int code;
  std::string_view vendor;
};
constexpr VendorCode kVendorCodes[] = {
    {419, "Laravel"},      {420, "Twitter"},
    {430, "Shopify"},      {440, "Microsoft"},
    {444, "nginx"},        {449, "Microsoft"},
    {450, "Microsoft"},    {460, "AWS Elastic Load Balancing"},
    {461, "private use"},  {462, "private use"},
    {494, "nginx"},        {463, "AWS Elastic Load Balancing"},
    {495, "nginx"},        {464, "AWS Elastic Load Balancing"},
    {496, "nginx"},        {497, "nginx"},
    {498, "Esri ArcGIS"},  {499, "nginx"},
    {520, "Cloudflare"},   {521, "Cloudflare"},
    {522, "Cloudflare"},   {523, "Cloudflare"},
    {524, "Cloudflare"},   {525, "Cloudflare"},
    {526, "Cloudflare"},   {527, "Cloudflare"},
    {528, "private use"},  {529, "Qualys SSL Labs"},
    {530, "Cloudflare"},   {540, "Shopify"},
    {598, "HTTP proxies"}, {561, "AWS Elastic Load Balancing"},
    {599, "HTTP proxies"}, {783, "Shopify"},
    {999, "LinkedIn"},
};

std::vector<std::string_view> TextsOf(const StatusCode& entry) {
  return {entry.name,     entry.gloss, entry.meaning,       entry.client_advice, entry.operator_advice,
          entry.practice, entry.rules, entry.standard_note, entry.vendor};
}

std::vector<std::string_view> TextsOf(const StatusClass& entry) {
  return {entry.label, entry.name, entry.gloss, entry.meaning, entry.advice, entry.standard_note};
}

template <typename Entry>
void ExpectPrintable(const Entry& entry, int id) {
  for (std::string_view text : TextsOf(entry)) {
    for (char c : text) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << id << ": byte " << int{c} << " in: " << text;
    if (text.empty()) continue;
    EXPECT_NE(text.front(), ' ') << id << ": " << text;
    EXPECT_NE(text.back(), ' ') << id << ": " << text;
    EXPECT_EQ(text.find("  "), std::string_view::npos) << id << ": " << text;
  }
}

void ExpectSentence(std::string_view text, int code) {
  if (text.empty()) return;
  EXPECT_TRUE(text.back() == '.' || text.back() == '?') << code << ": " << text;
}

size_t CodePoints(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

TEST(StatusCodesTest, AscendWithoutRepeats) {
  const auto all = AllStatusCodes();
  ASSERT_FALSE(all.empty());
  for (size_t i = 1; i < all.size(); ++i) EXPECT_LT(all[i - 1].code, all[i].code);
}

TEST(StatusCodesTest, HoldNothingButTheDocumentTheRegistryAndVendors) {
  const auto all = AllStatusCodes();
  const auto in_document =
      std::count_if(all.begin(), all.end(), [](const StatusCode& entry) { return entry.in_document; });
  EXPECT_EQ(in_document, 52);
  EXPECT_EQ(all.size(), 52 + std::size(kRegistryOnly) + std::size(kVendorCodes) + 1);  // and code 0
}

TEST(StatusCodesTest, GlossFitsItsColumn) {
  for (const StatusCode& entry : AllStatusCodes()) {
    EXPECT_FALSE(entry.gloss.empty()) << entry.code;
    EXPECT_LE(CodePoints(entry.gloss), 50u) << entry.code << ": " << entry.gloss;
    if (entry.gloss.empty()) continue;
    EXPECT_NE(entry.gloss.back(), '.') << entry.code << ": stands in a table";
  }
}

TEST(StatusCodesTest, GlossesTellCodesOfOneClassApart) {
  std::set<std::pair<int, std::string_view>> seen;
  for (const StatusCode& entry : AllStatusCodes()) {
    EXPECT_TRUE(seen.emplace(entry.code / 100, entry.gloss).second) << entry.code << ": " << entry.gloss;
  }
}

TEST(StatusCodesTest, TextIsPrintableAsciiOnOneLine) {
  for (const StatusCode& entry : AllStatusCodes()) ExpectPrintable(entry, entry.code);
}

TEST(StatusCodesTest, EveryCodeHasMeaningAndAdviceInSentences) {
  for (const StatusCode& entry : AllStatusCodes()) {
    EXPECT_FALSE(entry.name.empty()) << entry.code;
    EXPECT_FALSE(entry.meaning.empty()) << entry.code;
    EXPECT_FALSE(entry.operator_advice.empty()) << entry.code;
    for (std::string_view text : {entry.meaning, entry.client_advice, entry.operator_advice, entry.practice,
                                  entry.rules, entry.standard_note}) {
      ExpectSentence(text, entry.code);
    }
  }
}

TEST(StatusCodesTest, CodesOutsideTheDocumentSayWhoseTheyAreAndClaimNothingOfIt) {
  for (const StatusCode& entry : AllStatusCodes()) {
    if (entry.in_document) {
      EXPECT_TRUE(entry.vendor.empty()) << entry.code;
      continue;
    }
    EXPECT_FALSE(entry.standard_note.empty()) << entry.code;
    EXPECT_TRUE(entry.rules.empty()) << entry.code << ": rules are the document's";
    EXPECT_TRUE(entry.practice.empty()) << entry.code;
    EXPECT_FALSE(entry.advice_from_document) << entry.code;
  }
}

TEST(StatusCodesTest, PracticeStandsOnlyBesideTheDocumentsAdvice) {
  for (const StatusCode& entry : AllStatusCodes()) {
    EXPECT_TRUE(entry.practice.empty() || entry.advice_from_document) << entry.code;
  }
}

TEST(StatusCodesTest, RegistryCodesThatTheDocumentLacksAreThere) {
  for (int code : kRegistryOnly) {
    const StatusCode* entry = FindStatusCode(code);
    ASSERT_NE(entry, nullptr) << code;
    EXPECT_FALSE(entry->in_document) << code;
    EXPECT_TRUE(entry->vendor.empty()) << code;
  }
}

TEST(StatusCodesTest, VendorCodesNameTheirVendor) {
  for (const VendorCode& expected : kVendorCodes) {
    const StatusCode* entry = FindStatusCode(expected.code);
    ASSERT_NE(entry, nullptr) << expected.code;
    EXPECT_FALSE(entry->in_document) << expected.code;
    EXPECT_EQ(entry->vendor, expected.vendor) << expected.code;
  }
}

// Whose standard meaning or name is no longer the document's.
TEST(StatusCodesTest, NotesSayWhatTheStandardHasChanged) {
  const std::pair<int, std::string_view> expected[] = {
      {102, "RFC 4918 dropped it"},
      {302, "Named Found"},
      {303, "no longer forbidden"},
      {305, "Deprecated"},
      {306, "(Unused)"},
      {307, "keep the method"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {416, "Range Not Satisfiable"},
      {421, "Misdirected Request"},
      {422, "Unprocessable Content"},
      {505, "major version"},
      {509, "Not in the IANA registry"},
      {510, "obsolete"},
      {600, "Not a valid status"},
  };
  for (const auto& [code, words] : expected) {
    const StatusCode* entry = FindStatusCode(code);
    ASSERT_NE(entry, nullptr) << code;
    EXPECT_NE(entry->standard_note.find(words), std::string_view::npos) << code << ": " << entry->standard_note;
  }
}

TEST(StatusCodesTest, Meaning421IsTheDocumentsAndNotTodays) {
  const StatusCode* entry = FindStatusCode(421);
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->name, "Too many connections from your Internet address");
  EXPECT_NE(entry->meaning.find("more than one user"), std::string_view::npos);
  EXPECT_EQ(entry->meaning.find("isdirected"), std::string_view::npos);
}

TEST(StatusCodesTest, CodeZeroIsNoStatusSent) {
  const StatusCode* entry = FindStatusCode(0);
  ASSERT_NE(entry, nullptr);
  EXPECT_EQ(entry->name, "No status sent");
  EXPECT_FALSE(entry->in_document);
}

TEST(FindStatusCodeTest, FindsEveryEntryAndNothingElse) {
  std::array<const StatusCode*, 1000> by_code{};
  for (const StatusCode& entry : AllStatusCodes()) by_code.at(static_cast<size_t>(entry.code)) = &entry;
  for (int code = 0; code <= 999; ++code) EXPECT_EQ(FindStatusCode(code), by_code[static_cast<size_t>(code)]) << code;
}

TEST(FindStatusCodeTest, UnknownCodesAreNull) {
  for (int code : {INT_MIN, -1, 1, 99, 105, 199, 399, 427, 567, 601, 998, 1000, INT_MAX}) {
    EXPECT_EQ(FindStatusCode(code), nullptr) << code;
  }
}

TEST(FindStatusClassTest, EveryDigitHasAnEntryWithItsLabel) {
  ASSERT_EQ(AllStatusClasses().size(), 10u);
  for (int digit = 0; digit <= 9; ++digit) {
    const StatusClass& entry = FindStatusClass(digit);
    EXPECT_EQ(entry.digit, digit);
    EXPECT_EQ(entry.label, std::to_string(digit) + "xx");
    EXPECT_EQ(&entry, &AllStatusClasses()[static_cast<size_t>(digit)]);
    EXPECT_FALSE(entry.name.empty());
    EXPECT_FALSE(entry.meaning.empty());
    EXPECT_FALSE(entry.gloss.empty());
    EXPECT_LE(CodePoints(entry.gloss), 50u);
    EXPECT_EQ(entry.in_document, digit >= 1 && digit <= 6);
    if (!entry.in_document) {
      EXPECT_FALSE(entry.standard_note.empty()) << digit;
    }
    ExpectPrintable(entry, digit);
  }
}

TEST(FindStatusClassTest, SixIsServerErrorLikeFive) {
  EXPECT_EQ(FindStatusClass(6).name, FindStatusClass(5).name);
  EXPECT_TRUE(FindStatusClass(6).in_document);
}

TEST(FindStatusClassTest, OtherNumbersGiveTheLastClass) {
  EXPECT_EQ(&FindStatusClass(-1), &FindStatusClass(9));
  EXPECT_EQ(&FindStatusClass(10), &FindStatusClass(9));
}

}  // namespace
}  // namespace logstat
