#include "src/filter/cidr.h"

#include <gtest/gtest.h>

#include <string>

namespace logstat {
namespace {

bool IsIn(const std::string& block, const std::string& address) {
  AddressSet set;
  set.Insert(ParseCidr(block).value());
  return set.Contains(ParseHost(address).value());
}

TEST(Cidr, ABlockIsInsideOnlyIfAllOfItIs) {
  AddressSet set;
  for (const char* block : {"66.249.64.0/19", "2001:4860:4801::/48", "192.0.2.0/25", "192.0.2.128/25"}) {
    set.Insert(ParseCidr(block).value());
  }
  for (const char* inside : {"66.249.64.0/19", "66.249.95.255", "66.249.70.0/24", "2001:4860:4801:1f::/64"}) {
    EXPECT_TRUE(set.Contains(ParseCidr(inside).value())) << inside;
  }
  // The last one lies in two blocks together: who asks has a single address or a /64.
  for (const char* outside :
       {"66.249.64.0/18", "66.249.96.0/24", "2001:4860:4801::/47", "2001:4860::/64", "192.0.2.0/24"}) {
    EXPECT_FALSE(set.Contains(ParseCidr(outside).value())) << outside;
  }
}

TEST(Cidr, WholeRangeSingleAddressAndTheBordersBetween) {
  EXPECT_TRUE(IsIn("0.0.0.0/0", "0.0.0.0"));
  EXPECT_TRUE(IsIn("0.0.0.0/0", "255.255.255.255"));
  EXPECT_FALSE(IsIn("0.0.0.0/0", "2001:db8::1")) << "all of IPv4 is not all of IPv6";
  EXPECT_TRUE(IsIn("::/0", "2001:db8::1"));
  EXPECT_TRUE(IsIn("::/0", "192.0.2.7")) << "which maps into it";
  EXPECT_TRUE(IsIn("192.0.2.7/32", "192.0.2.7"));
  EXPECT_FALSE(IsIn("192.0.2.7/32", "192.0.2.6"));
  EXPECT_TRUE(IsIn("192.0.2.7", "192.0.2.7"));
  EXPECT_TRUE(IsIn("10.0.0.0/8", "10.255.255.255"));
  EXPECT_FALSE(IsIn("10.0.0.0/8", "11.0.0.0"));
  EXPECT_FALSE(IsIn("10.0.0.0/8", "9.255.255.255"));
  EXPECT_TRUE(IsIn("172.16.0.0/12", "172.31.255.255"));
  EXPECT_FALSE(IsIn("172.16.0.0/12", "172.32.0.0"));
  EXPECT_TRUE(IsIn("192.0.2.0/31", "192.0.2.1"));
  EXPECT_FALSE(IsIn("192.0.2.0/31", "192.0.2.2"));
}

TEST(Cidr, Ipv6OnEitherSideOfItsMiddle) {
  EXPECT_TRUE(IsIn("2001:db8::/32", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
  EXPECT_FALSE(IsIn("2001:db8::/32", "2001:db9::"));
  EXPECT_TRUE(IsIn("2001:db8::/64", "2001:db8::ffff"));
  EXPECT_FALSE(IsIn("2001:db8::/64", "2001:db8:0:1::"));
  EXPECT_TRUE(IsIn("2001:db8::8000:0:0:0/65", "2001:db8::ffff:0:0:1"));
  EXPECT_FALSE(IsIn("2001:db8::8000:0:0:0/65", "2001:db8::7fff:0:0:1"));
  EXPECT_TRUE(IsIn("2001:db8::1/128", "2001:DB8::1"));
  EXPECT_FALSE(IsIn("2001:db8::1/128", "2001:db8::2"));
}

TEST(Cidr, MappedAddressesAreThoseThatTheyMapTo) {
  EXPECT_TRUE(IsIn("10.0.0.0/8", "::ffff:10.1.2.3"));
  EXPECT_TRUE(IsIn("10.0.0.0/8", "::ffff:a01:203"));
  EXPECT_TRUE(IsIn("::ffff:10.0.0.0/104", "10.1.2.3"));
  EXPECT_FALSE(IsIn("10.0.0.0/8", "::10.1.2.3")) << "compatible, not mapped";
}

TEST(Cidr, BitsBehindThePrefixDoNotMatter) {
  EXPECT_TRUE(IsIn("10.1.2.3/8", "10.200.0.1"));
  EXPECT_TRUE(IsIn("2001:db8::1/32", "2001:db8:1::"));
}

TEST(Cidr, WhatIsNoBlock) {
  for (const char* text : {"",
                           "/",
                           "10.0.0.0/",
                           "10.0.0.0/33",
                           "10.0.0.0/-1",
                           "10.0.0.0/8x",
                           "10.0.0/8",
                           "10.0.0.0.0",
                           "256.0.0.1",
                           "1.2.3.4/0032000000000000",
                           "::/129",
                           "::1::/64",
                           ":::",
                           "g::1",
                           "10.0.0.0/8/8",
                           "01.2.3.4",
                           "1.2.3.4 ",
                           "::ffff:1.2.3.4.5",
                           "localhost",
                           "-",
                           "1..2.3",
                           "1.2.3."}) {
    EXPECT_FALSE(ParseCidr(text).has_value()) << text;
  }
  EXPECT_FALSE(ParseAddress(std::string(100, '1')).has_value());
  EXPECT_FALSE(ParseAddress(std::string("::1\0", 4)).has_value());
}

TEST(Cidr, AddressesAsLogsWriteThem) {
  EXPECT_EQ(BareHost("192.0.2.7:50412"), "192.0.2.7");
  EXPECT_EQ(BareHost("[2001:db8::1]:443"), "2001:db8::1");
  EXPECT_EQ(BareHost("[2001:db8::1]"), "2001:db8::1");
  EXPECT_EQ(BareHost("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(BareHost("fe80::1%eth0"), "fe80::1");
  EXPECT_EQ(BareHost("[fe80::1%4]:80"), "fe80::1");
  EXPECT_EQ(BareHost(" \"192.0.2.7\" "), "192.0.2.7");
  EXPECT_EQ(BareHost("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(BareHost("[::ffff:192.0.2.7]:80"), "192.0.2.7");
  EXPECT_EQ(BareHost(" unknown"), "unknown");
  EXPECT_EQ(BareHost("host.example:80"), "host.example:80") << "no address: as it stands";
  EXPECT_EQ(BareHost("[oops"), "[oops");
  EXPECT_EQ(BareHost(""), "");
  EXPECT_FALSE(ParseHost("[").has_value());
  EXPECT_FALSE(ParseHost("]").has_value());
  EXPECT_FALSE(ParseHost(":").has_value());
}

TEST(Cidr, PrivateRanges) {
  for (const char* address : {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "127.0.0.1", "169.254.1.1",
                              "100.64.0.1", "100.127.255.255", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1"}) {
    EXPECT_TRUE(PrivateRanges().Contains(*ParseHost(address))) << address;
  }
  for (const char* address : {"11.0.0.1", "172.15.255.255", "172.32.0.1", "192.169.0.1", "128.0.0.1", "100.63.255.255",
                              "100.128.0.1", "::2", "fec0::1", "2001:db8::1", "192.0.2.7"}) {
    EXPECT_FALSE(PrivateRanges().Contains(*ParseHost(address))) << address;
  }
}

}  // namespace
}  // namespace logstat
