// docs/findings.md and the registry of rules: every statement of the document has a rule or is a note.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "src/detect/registry.h"

namespace logstat {
namespace {

// The ids of each row of the table, by the row's name.
std::map<std::string, std::vector<std::string>> ReadTable() {
  std::map<std::string, std::vector<std::string>> rows;
  std::ifstream file(LOGSTAT_SOURCE_DIR "/docs/findings.md");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| S")) continue;
    std::vector<std::string> cells;
    std::istringstream parts(line);
    for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(cell);
    if (cells.size() < 5) {
      ADD_FAILURE() << line;
      continue;
    }
    const std::string name = cells[1].substr(1, 3);
    EXPECT_EQ(rows.count(name), 0u) << name;
    std::istringstream words(cells[4]);
    for (std::string word; words >> word;) {
      EXPECT_TRUE(word.size() > 2 && word.front() == '`' && word.back() == '`') << line;
      rows[name].push_back(word.substr(1, word.size() - 2));
    }
  }
  return rows;
}

TEST(StatementsTest, EveryStatementHasARuleOrIsANote) {
  const auto rows = ReadTable();
  ASSERT_EQ(rows.size(), 77u);
  EXPECT_EQ(rows.begin()->first, "S01");
  EXPECT_EQ(rows.rbegin()->first, "S77");
  for (const auto& [name, ids] : rows) {
    EXPECT_FALSE(ids.empty()) << name;
    for (const std::string& id : ids) {
      const bool is_known = id == "note" || FindRule(id) != nullptr;
      EXPECT_TRUE(is_known) << name << " names '" << id << "', which is no rule";
    }
  }
}

TEST(StatementsTest, EveryRuleStandsInTheDocument) {
  std::ifstream file(LOGSTAT_SOURCE_DIR "/docs/findings.md");
  std::ostringstream text;
  text << file.rdbuf();
  for (const DetectorEntry* entry : AllDetectors()) {
    EXPECT_NE(text.str().find("`" + std::string(entry->rule->id) + "`"), std::string::npos) << entry->rule->id;
  }
}

TEST(StatementsTest, RulesNameRowsThatExist) {
  const auto rows = ReadTable();
  for (const DetectorEntry* entry : AllDetectors()) {
    std::istringstream names{std::string(entry->rule->statements)};
    for (std::string name; names >> name;) EXPECT_EQ(rows.count(name), 1u) << entry->rule->id << " names " << name;
  }
}

TEST(StatementsTest, RulesExplainThemselvesInPlainText) {
  std::set<std::string_view> ids;
  for (const DetectorEntry* entry : AllDetectors()) {
    const Rule& rule = *entry->rule;
    EXPECT_TRUE(ids.insert(rule.id).second) << rule.id << " is there twice";
    EXPECT_FALSE(rule.title.empty() || rule.rule.empty() || rule.reason.empty()) << rule.id;
    for (const std::string_view text :
         {rule.title, rule.meaning, rule.rule, rule.reason, rule.false_positives, rule.advice}) {
      for (const char c : text) EXPECT_TRUE(c >= ' ' && c <= '~') << rule.id << ": " << text;
    }
  }
}

}  // namespace
}  // namespace logstat
