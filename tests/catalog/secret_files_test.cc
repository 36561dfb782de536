#include "src/catalog/secret_files.h"

#include <gtest/gtest.h>

#include <string_view>

#include "src/catalog/sensitive_paths.h"

namespace logstat {
namespace {

struct SecretExample {
  std::string_view path;
  std::string_view kind;
};

constexpr SecretExample kExamples[] = {
    {"/.env", "environment"},
    {"/shop/.ENV.production", "environment"},
    {"/.env.example", ""},
    {"/.git/config", "repository"},
    {"/blog/.git/objects/01/23456789", "repository"},
    {"/.git/", ""},
    {"/.svn/wc.db", "repository"},
    {"/.aws/credentials", "key"},
    {"/credentials", ""},
    {"/home/.ssh/authorized_keys", "key"},
    {"/privkey.pem", "key"},
    {"/ca.pem", ""},
    {"/talks/2026.key", ""},
    {"/db.sql", "dump"},
    {"/export/customers.SQL.gz", "dump"},
    {"/backup.tar.gz", "backup"},
    {"/www.zip", "backup"},
    {"/files/tool-1.2.tar.gz", ""},
    {"/www.example.org.zip", "backup"},
    {"/old/www.example.org.tar.gz", "backup"},
    {"/example-2.0.zip", ""},
    {"/wp-config.php.bak", "backup"},
    {"/config.php~", "backup"},
    {"/photos.old", ""},
    {"/letter~", ""},
    {"/web.config", "configuration"},
    {"/storage/logs/laravel.log", "log"},
    {"/changes.log", ""},
    {"/phpinfo.php", "diagnostics"},
    {"/server-status", "diagnostics"},
    {"/img/.DS_Store", "listing"},
    {"/.vscode/sftp.json", "key"},
    {"/.vscode/settings.json", ""},
    {"/.well-known/security.txt", ""},
    {"/", ""},
    {"", ""},
    {"/index.html", ""},
};

TEST(SecretFilesTest, Examples) {
  for (const SecretExample& example : kExamples) EXPECT_EQ(SecretFileKind(example.path), example.kind) << example.path;
}

TEST(SecretFilesTest, AnEncodedNameIsTheSame) {
  EXPECT_EQ(SecretFileKind("/%2eenv"), "environment");
  EXPECT_EQ(SecretFileKind("/.%65nv"), "environment");
  EXPECT_EQ(SecretFileKind("/%252Eenv"), "environment");
  EXPECT_EQ(SecretFileKind("/.%67it/config"), "repository");
  EXPECT_EQ(SecretFileKind("/.%67it%2Fconfig"), "repository");
  EXPECT_EQ(SecretFileKind("/caf%C3%A9.html"), "");
  EXPECT_TRUE(IsConsolePath("/db/adminer%2ephp"));
}

TEST(SecretFilesTest, Consoles) {
  for (const std::string_view path : {"/console", "/db/Adminer.php", "/phpMyAdmin/", "/actuator", "/debug/pprof/"}) {
    EXPECT_TRUE(IsConsolePath(path)) << path;
  }
  EXPECT_FALSE(IsConsolePath("/backup"));
  EXPECT_FALSE(IsConsolePath("/consoles.html"));
}

// Only what MayBeSensitivePath() sees reaches the detectors.
TEST(SecretFilesTest, EachIsOneThatMayBe) {
  for (const SecretExample& example : kExamples) {
    EXPECT_TRUE(example.kind.empty() || MayBeSensitivePath(example.path)) << example.path;
  }
}

}  // namespace
}  // namespace logstat
