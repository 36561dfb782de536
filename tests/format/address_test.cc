#include "src/format/address.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/format/say_line.h"

namespace logstat {
namespace {

TEST(WithoutPort, TakesOffAPortOnly) {
  EXPECT_EQ(WithoutPort("a.example:443"), "a.example");
  EXPECT_EQ(WithoutPort("a.example"), "a.example");
  EXPECT_EQ(WithoutPort("a.example:"), "a.example:");
  EXPECT_EQ(WithoutPort("a.example:http"), "a.example:http");
  EXPECT_EQ(WithoutPort(":443"), ":443");
  EXPECT_EQ(WithoutPort("[2001:db8::1]:443"), "[2001:db8::1]");
  EXPECT_EQ(WithoutPort("[2001:db8::1]"), "[2001:db8::1]");
  EXPECT_EQ(WithoutPort("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(WithoutPort(""), "");
}

TEST(LooksLikeAddress, AddressesWithAndWithoutAPort) {
  for (const char* text : {"192.0.2.7", "192.0.2.7:5", "::1", "[2001:db8::1]:5", "fe80::1%4", "::ffff:192.0.2.7"}) {
    EXPECT_TRUE(LooksLikeAddress(text)) << text;
  }
  for (const char* text : {"", "-", "a.example", "a.b.c.d", "cafe.bad.bed.de", "12", "12:30:00x", "shop:443"}) {
    EXPECT_FALSE(LooksLikeAddress(text)) << text;
  }
}

TEST(ClientAddress, HasNeitherAPortNorBrackets) {
  EXPECT_EQ(ClientAddress("192.0.2.7:50412"), "192.0.2.7");
  EXPECT_EQ(ClientAddress("[2001:db8::1]:5"), "2001:db8::1");
  EXPECT_EQ(ClientAddress("[::1]"), "::1");
  EXPECT_EQ(ClientAddress("[::1]:5"), "::1");
  EXPECT_EQ(ClientAddress("a:1"), "a");
  EXPECT_EQ(ClientAddress("shop.example:50412"), "shop.example");
}

TEST(ClientAddress, WhatHasNoPortStaysAsItIs) {
  for (const char* client :
       {"", "-", ":1", "a", "192.0.2.7", "::1", "2001:db8::1:5012", "::ffff:192.0.2.7", "fe80::1%4", "[]", "[a]",
        "crawl-7.search.example", "192.0.2.1:5, 192.0.2.2:6", "<NOSRV>:"}) {
    EXPECT_EQ(ClientAddress(client), client);
  }
}

TEST(ClientAddress, OfEveryKindOfFormat) {
  EXPECT_EQ(Read("$status|$remote_addr", "200|192.0.2.7:5"), "200 client<192.0.2.7>");
  EXPECT_EQ(Read(R"("%r" %>s %b %a)", R"("-" 200 5 [2001:db8::1]:50412)"), "200 bytes<5> client<2001:db8::1>");
  const std::string json = R"({"status":200,"remote_addr":"[2001:db8::1]:50412"})";
  EXPECT_EQ(ReadPreset("nginx_json", json), "200 client<2001:db8::1>");
  EXPECT_EQ(ReadPreset("ltsv", "status:200\thost:192.0.2.7:5"), "200 client<192.0.2.7>");
}

TEST(ClientAddress, ThePortThatAFormatNamesStandsBehindTheLastColon) {
  for (const char* format : {"$status $remote_addr:$remote_port $scheme", "%>s %h:%{remote}p %{request_scheme}e"}) {
    EXPECT_EQ(Read(format, "200 2001:db8::1:5012 http"), "200 client<2001:db8::1> scheme<http>") << format;
    EXPECT_EQ(Read(format, "200 192.0.2.7:5012 http"), "200 client<192.0.2.7> scheme<http>") << format;
  }
  EXPECT_EQ(Read("$remote_addr:$remote_port:$status", "192.0.2.7:5012:200"), "200 client<192.0.2.7>");
}

}  // namespace
}  // namespace logstat
