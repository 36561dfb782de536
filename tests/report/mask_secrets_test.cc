// Secrets in query strings: which are found, in which spellings, and that nothing of a value is left.
#include "src/report/mask_secrets.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace logstat {
namespace {

TEST(MaskSecrets, ValuesOfSecretNamesInAQuery) {
  EXPECT_EQ(MaskSecrets("/login?user=eve&token=s3cr3t&page=2"), "/login?user=eve&token=***&page=2");
  for (const char* name : {"token",
                           "access_token",
                           "id_token",
                           "refresh_token",
                           "password",
                           "passwd",
                           "pwd",
                           "secret",
                           "client_secret",
                           "api_key",
                           "apikey",
                           "api-key",
                           "key",
                           "sig",
                           "signature",
                           "auth",
                           "code",
                           "session",
                           "sid",
                           "jwt",
                           "PHPSESSID",
                           "jsessionid",
                           "X-Amz-Signature",
                           "X-Amz-Credential",
                           "X-Amz-Security-Token",
                           "x-goog-signature",
                           "SAMLAssertion"}) {
    const std::string query = std::string("https://h.example/a?") + name + "=v-4%2Fx+y";
    EXPECT_EQ(MaskSecrets(query), std::string("https://h.example/a?") + name + "=***") << name;
  }
}

TEST(MaskSecrets, OtherNamesStayAsTheyAre) {
  for (const char* text : {"/", "/a?q=shoes&page=2", "/tokens/list", "/a?tokenizer=bpe&keyword=x&codec=h264&author=m",
                           "/token=", "/a?token", "/a?=x", "/a?token=", "/a?token=&b=1", "50%", "%", "%2", "%zz=1",
                           "\\", "/100%25", "/a?monkey=1", ""}) {
    EXPECT_EQ(MaskSecrets(text), text);
  }
}

TEST(MaskSecrets, LowerAndUpperCaseAndEncodedNames) {
  EXPECT_EQ(MaskSecrets("/?TOKEN=a&Api_Key=b"), "/?TOKEN=***&Api_Key=***");
  EXPECT_EQ(MaskSecrets("/?%74oken=a&to%6Ben=b&api%5Fkey=c&%2574oken=d"),
            "/?%74oken=***&to%6Ben=***&api%5Fkey=***&%2574oken=***");
}

TEST(MaskSecrets, NamesInParts) {
  EXPECT_EQ(MaskSecrets("/?user[password]=a&token[]=b&user%5Bpassword%5D=c&creds.token=d&token[0]=e"),
            "/?user[password]=***&token[]=***&user%5Bpassword%5D=***&creds.token=***&token[0]=***");
}

TEST(MaskSecrets, SeparatorsOfEveryKind) {
  EXPECT_EQ(MaskSecrets("/a;sid=1;b=2"), "/a;sid=***;b=2");
  EXPECT_EQ(MaskSecrets("/a?b=2;token=1;c=3"), "/a?b=2;token=***;c=3");
  EXPECT_EQ(MaskSecrets("/cb#access_token=a&state=1"), "/cb#access_token=***&state=1");
  EXPECT_EQ(MaskSecrets("/?a=1&amp;token=x&amp;b=2"), "/?a=1&amp;token=***&amp;b=2");
}

TEST(MaskSecrets, UrlInsideAUrl) {
  EXPECT_EQ(MaskSecrets("/go?to=https%3A%2F%2Fx%2F%3Fsig%3Dab%26page%3D2&q=1"),
            "/go?to=https%3A%2F%2Fx%2F%3Fsig%3D***%26page%3D2&q=1");
  EXPECT_EQ(MaskSecrets("/go?to=%253Fcode%253Dab%2526p%253D2"), "/go?to=%253Fcode%253D***%2526p%253D2");
}

TEST(MaskSecrets, NothingOfAValueIsLeft) {
  // What is encoded once more than the parameter's own "=" belongs to its value.
  EXPECT_EQ(MaskSecrets("/?password=a%26b%3Dc&d=1"), "/?password=***&d=1");
  EXPECT_EQ(MaskSecrets("/?password=a=b==&d=1"), "/?password=***&d=1");
  EXPECT_EQ(MaskSecrets("/?password=a;b,c'd(e)#f?g/h:i"), "/?password=***");
  EXPECT_EQ(MaskSecrets("/?password=a\\\"b&c=1"), "/?password=***&c=1");
  EXPECT_EQ(MaskSecrets("/?password=\xff\xfe\xe6\x97\xa5&c=1"), "/?password=***&c=1");
  EXPECT_EQ(MaskSecrets("/?token=a&token=b&token=c"), "/?token=***&token=***&token=***");
}

TEST(MaskSecrets, SamplesOfLines) {
  EXPECT_EQ(MaskSecrets("1.2.3.4 - - [x] \"GET /a?key=k1&b=2 HTTP/1.1\" - 7 \"https://r.example/?code=zz\" \"UA\""),
            "1.2.3.4 - - [x] \"GET /a?key=***&b=2 HTTP/1.1\" - 7 \"https://r.example/?code=***\" \"UA\"");
  EXPECT_EQ(MaskSecrets(R"({"uri":"/a?x=1\u0026token=abc\u0026y=2","status":null})"),
            R"({"uri":"/a?x=1\u0026token=***\u0026y=2","status":null})");
  EXPECT_EQ(MaskSecrets(R"({"args":"code=abc&b=1"})"), R"({"args":"code=***&b=1"})");
  EXPECT_EQ(MaskSecrets("time:1\tquery:sid=1&b=2"), "time:1\tquery:sid=***&b=2");
  EXPECT_EQ(MaskSecrets("password=hunter2 and more"), "password=*** and more");
}

// Of a line of key=value words the status code and the like stay readable.
TEST(MaskSecrets, OrdinaryWordsOutsideOfAQuery) {
  const std::string line = "level=error msg=failed code=502 key=17";
  EXPECT_EQ(MaskSecrets(line), line);
}

TEST(MaskSecrets, BrokenAndHostileBytes) {
  const std::string nul("/?token=a\0b&c=1", 15);
  EXPECT_EQ(MaskSecrets(nul), std::string("/?token=***\0b&c=1", 17));
  EXPECT_EQ(MaskSecrets("/?token=a\\"), "/?token=***");
  EXPECT_EQ(MaskSecrets("/?token=a%"), "/?token=***");
  EXPECT_EQ(MaskSecrets("/?token=a%2"), "/?token=***");
  EXPECT_EQ(MaskSecrets("/?token=a\\u00"), "/?token=***");
  EXPECT_EQ(MaskSecrets("%25%25%3D=%"), "%25%25%3D=%");
}

TEST(MaskSecrets, LinearInTheLengthOfTheText) {
  for (const std::string& piece : {std::string("%25"), std::string(";a"), std::string("token="), std::string("25"),
                                   std::string("token;"), std::string("&sid=;")}) {
    std::string text = "/?token=";
    while (text.size() < (size_t{1} << 20)) text += piece;
    const auto start = std::chrono::steady_clock::now();
    MaskSecrets(text);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)) << piece;
  }
}

}  // namespace
}  // namespace logstat
