// Holds the catalogue against docs/status-codes.md, cell by cell, both ways.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "logstat/status_codes.h"

namespace logstat {
namespace {

using Row = std::vector<std::string>;

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Row CellsOf(std::string_view line) {
  Row cells;
  line.remove_prefix(1);  // the bar at the start; each cell ends with another
  while (!line.empty()) {
    const size_t bar = line.find('|');
    if (bar == std::string_view::npos) break;
    cells.emplace_back(Trim(line.substr(0, bar)));
    line.remove_prefix(bar + 1);
  }
  return cells;
}

// The rows of the table whose head is `head`, without the head and the rule under it.
std::vector<Row> ReadTable(const Row& head) {
  std::ifstream file(LOGSTAT_SOURCE_DIR "/docs/status-codes.md");
  EXPECT_TRUE(file.is_open());
  std::vector<Row> rows;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() != '|') {
      inside = false;
      continue;
    }
    Row cells = CellsOf(line);
    if (inside && cells.front().find("---") != 0)
      rows.push_back(std::move(cells));
    else if (cells == head)
      inside = true;
  }
  for (const Row& row : rows) EXPECT_EQ(row.size(), head.size()) << row.front();
  return rows;
}

std::vector<Row> PrintedCodes() {
  return ReadTable({"Code as printed", "Code", "Name as printed", "Name", "How it was repaired"});
}

std::string Lower(std::string_view text) {
  std::string lower;
  for (char c : text) {
    if (c != ' ') lower += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

TEST(DocumentTest, CatalogueHasEveryCodeByItsRepairedName) {
  const auto rows = PrintedCodes();
  ASSERT_EQ(rows.size(), 52u);
  for (const Row& row : rows) {
    const StatusCode* entry = FindStatusCode(std::stoi(row[1]));
    ASSERT_NE(entry, nullptr) << row[1];
    EXPECT_TRUE(entry->in_document) << row[1];
    EXPECT_EQ(entry->name, row[3]) << row[1];
  }
}

TEST(DocumentTest, CatalogueClaimsNoCodeThatTheDocumentLacks) {
  std::set<int> printed;
  for (const Row& row : PrintedCodes()) printed.insert(std::stoi(row[1]));
  for (const StatusCode& entry : AllStatusCodes()) {
    EXPECT_EQ(entry.in_document, printed.count(entry.code) == 1) << entry.code;
  }
}

TEST(DocumentTest, FourNumbersAreRepairedAndNoOther) {
  const std::map<std::string, std::string> garbled = {
      {"`60V`", "303"}, {"`60S`", "306"}, {"`50W`", "406"}, {"`40W`", "506"}};
  size_t repaired = 0;
  for (const Row& row : PrintedCodes()) {
    const auto found = garbled.find(row[0]);
    if (found == garbled.end()) {
      EXPECT_EQ(row[0], "`" + row[1] + "`");
    } else {
      EXPECT_EQ(row[1], found->second);
      EXPECT_NE(row[4].find("garbled"), std::string::npos) << row[1];
      ++repaired;
    }
  }
  EXPECT_EQ(repaired, garbled.size());
}

TEST(DocumentTest, CodesAscendInTheDocumentsOrder) {
  int last = 0;
  for (const Row& row : PrintedCodes()) {
    EXPECT_LT(last, std::stoi(row[1]));
    last = std::stoi(row[1]);
  }
}

// Spaces and capitals aside, only 302 and 421 have another name than the one printed; and every change is explained.
TEST(DocumentTest, NamesAreRepairedInSpacesAndCapitalsAlone) {
  for (const Row& row : PrintedCodes()) {
    if (row[1] != "302" && row[1] != "421") {
      EXPECT_EQ(Lower(row[2]), Lower(row[3])) << row[1];
    }
    if (row[2] != row[3]) {
      EXPECT_FALSE(row[4].empty()) << row[1];
    }
  }
}

TEST(DocumentTest, CatalogueSaysWhatThePageSaysOfEachCode) {
  const auto rows = ReadTable({"Code", "In short", "Meaning", "The client should", "The operator should",
                               "Rules for method, headers and body"});
  ASSERT_EQ(rows.size(), 52u);
  std::set<int> seen;
  for (const Row& row : rows) {
    const StatusCode* entry = FindStatusCode(std::stoi(row[0]));
    ASSERT_NE(entry, nullptr) << row[0];
    EXPECT_TRUE(seen.insert(entry->code).second) << row[0];
    EXPECT_EQ(entry->gloss, row[1]) << row[0];
    EXPECT_EQ(entry->meaning, row[2]) << row[0];
    EXPECT_EQ(entry->client_advice, row[3]) << row[0];
    EXPECT_EQ(entry->advice_from_document ? entry->operator_advice : "", row[4]) << row[0];
    EXPECT_EQ(entry->rules, row[5]) << row[0];
  }
}

TEST(DocumentTest, ClassesAreThoseThatThePageLists) {
  const auto printed = ReadTable({"As printed", "Class", "Name as printed", "Name"});
  const auto said = ReadTable({"Class", "Meaning", "Advice"});
  ASSERT_EQ(printed.size(), 6u);
  ASSERT_EQ(said.size(), 6u);
  for (size_t i = 0; i < printed.size(); ++i) {
    const StatusClass& entry = FindStatusClass(static_cast<int>(i) + 1);
    EXPECT_TRUE(entry.in_document);
    EXPECT_EQ(entry.label, printed[i][1]);
    EXPECT_EQ(entry.name, printed[i][3]);
    EXPECT_EQ(entry.label, said[i][0]);
    EXPECT_EQ(entry.meaning, said[i][1]);
    EXPECT_EQ(entry.advice, said[i][2]);
  }
  EXPECT_EQ(printed[4][0], printed[5][0]) << "5xx and 6xx share one line of the document";
  EXPECT_NE(printed[5][0].find("5, 6"), std::string::npos);
}

}  // namespace
}  // namespace logstat
