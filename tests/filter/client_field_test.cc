#include "src/filter/client_field.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace logstat {
namespace {

ClientField Xff(std::vector<std::string> trusted = {}) {
  Options options;
  options.client_field = "xff";
  options.trusted_proxies = std::move(trusted);
  return *MakeClientField(options);
}

TEST(ClientField, TheRightmostElementThatIsNotTrusted) {
  const ClientField client = Xff();
  EXPECT_EQ(client.ClientOf("198.51.100.9"), "198.51.100.9");
  EXPECT_EQ(client.ClientOf("6.6.6.6, 198.51.100.9"), "198.51.100.9") << "what stands left of it may be invented";
  EXPECT_EQ(client.ClientOf("198.51.100.9, 10.0.0.1, 192.168.1.1, 127.0.0.1"), "198.51.100.9");
  EXPECT_EQ(client.ClientOf("198.51.100.9,10.0.0.1"), "198.51.100.9") << "without blanks";
  EXPECT_EQ(client.ClientOf("2001:db8::9, fd00::1, fe80::1%eth0"), "2001:db8::9");
  EXPECT_EQ(client.ClientOf("198.51.100.9, 100.64.3.4"), "198.51.100.9");
}

TEST(ClientField, PortsBracketsAndMappedAddressesAreTakenOff) {
  const ClientField client = Xff();
  EXPECT_EQ(client.ClientOf("198.51.100.9:4711, [fd00::1]:80"), "198.51.100.9");
  EXPECT_EQ(client.ClientOf("[2001:db8::9]:4711"), "2001:db8::9");
  EXPECT_EQ(client.ClientOf("::ffff:198.51.100.9, ::ffff:10.0.0.1"), "198.51.100.9");
  EXPECT_EQ(client.ClientOf("\"[2001:db8::9]\""), "2001:db8::9");
}

TEST(ClientField, NoSuchElement) {
  const ClientField client = Xff();
  for (const char* text : {"", "-", " ", ",", ", ,", "10.0.0.1", "10.0.0.1, 192.168.0.1", "-, 10.0.0.1", "::1"}) {
    EXPECT_EQ(client.ClientOf(text), "") << text;
  }
}

TEST(ClientField, AnElementThatIsNoAddressIsNobodysProxy) {
  EXPECT_EQ(Xff().ClientOf("198.51.100.9, unknown, 10.0.0.1"), "unknown");
  EXPECT_EQ(Xff().ClientOf("_hidden"), "_hidden");
}

TEST(ClientField, GivenProxiesReplaceTheDefault) {
  const ClientField client = Xff({"192.0.2.0/24", "2001:db8::/32"});
  EXPECT_EQ(client.ClientOf("198.51.100.9, 10.0.0.1, 192.0.2.7, 2001:db8::1"), "10.0.0.1");
  EXPECT_EQ(Xff({"0.0.0.0/0", "::/0"}).ClientOf("198.51.100.9, 2001:db8::1"), "");
}

TEST(ClientField, OnlyTheSelectedRowsThatHaveTheFieldAreRewritten) {
  RecordBatch batch;
  batch.Reset(nullptr, {Field::kStatus, Field::kClient, Field::kXff});
  for (const char* xff : {"198.51.100.9", "10.0.0.1", "198.51.100.10", ""}) {
    const size_t row = batch.AppendRow(0);
    batch.PutText(Field::kClient, row, "10.9.9.9");
    if (*xff != '\0') batch.PutText(Field::kXff, row, xff);
  }
  batch.SetMissing(Field::kClient, 0);
  Selection selection;
  selection.SelectCounted(batch);
  selection.Remove(2);
  Xff().Choose(batch, selection);
  EXPECT_EQ(batch.View(Field::kClient, 0), "198.51.100.9") << "the line had no other";
  EXPECT_EQ(batch.View(Field::kClient, 1), "10.9.9.9");
  EXPECT_EQ(batch.View(Field::kClient, 2), "10.9.9.9") << "not selected";
  EXPECT_EQ(batch.View(Field::kClient, 3), "10.9.9.9");
}

TEST(ClientField, AnyOtherTextIsTakenAsItStands) {
  Options options;
  options.client_field = "user";
  const ClientField client = *MakeClientField(options);
  EXPECT_TRUE(client.active());
  RecordBatch batch;
  batch.Reset(nullptr, {Field::kStatus, Field::kClient, Field::kUser});
  for (const char* user : {"alice", "-", "[2001:db8::1]:80"}) {
    const size_t row = batch.AppendRow(0);
    batch.PutText(Field::kClient, row, "10.9.9.9");
    batch.PutText(Field::kUser, row, user);
  }
  Selection selection;
  selection.SelectCounted(batch);
  client.Choose(batch, selection);
  EXPECT_EQ(batch.View(Field::kClient, 0), "alice");
  EXPECT_EQ(batch.View(Field::kClient, 1), "10.9.9.9") << "nobody logged in";
  EXPECT_EQ(batch.View(Field::kClient, 2), "2001:db8::1");
}

TEST(ClientField, WhatCannotBe) {
  const auto refuse = [](const std::string& field, std::vector<std::string> trusted) {
    Options options;
    options.client_field = field;
    options.trusted_proxies = std::move(trusted);
    return !MakeClientField(options).ok();
  };
  EXPECT_TRUE(refuse("status", {}));
  EXPECT_TRUE(refuse("nothing", {}));
  EXPECT_TRUE(refuse("xff", {"10.0.0.0/40"}));
  EXPECT_TRUE(refuse("xff", {"proxy.example"}));
  EXPECT_TRUE(refuse("", {"10.0.0.0/8"}));
  EXPECT_FALSE(refuse("client", {}));
  EXPECT_FALSE(MakeClientField(Options())->active());
}

}  // namespace
}  // namespace logstat
