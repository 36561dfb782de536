#include "src/format/wrapper.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <string>

namespace logstat {
namespace {

struct Taken {
  std::string wrapper = "none";  // the first one that the line has
  std::string payload;
  std::string time;
  size_t stream = 0;
  bool goes_on = false;
  friend bool operator==(const Taken&, const Taken&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Taken& taken) {
    return out << taken.wrapper << " <" << taken.payload << "> at <" << taken.time << "> stream " << taken.stream
               << (taken.goes_on ? " goes on" : "");
  }
};

Taken TakeOff(std::string_view line) {
  std::string scratch;
  for (const Wrapper& wrapper : Wrappers()) {
    if (const std::optional<Unwrapped> inside = TakeOff(wrapper, line, scratch)) {
      return Taken{std::string(wrapper.name), std::string(inside->payload), std::string(inside->time), inside->stream,
                   inside->goes_on};
    }
  }
  return Taken{};
}

TEST(Wrapper, SyslogAsDaemonsWriteItToFiles) {
  const Taken expected{"syslog", "GET /: a b", "", 0, false};
  EXPECT_EQ(TakeOff("Nov 22 13:00:00 web1 nginx: GET /: a b"), expected);
  EXPECT_EQ(TakeOff("Nov  2 13:00:00 web1 nginx[42]: GET /: a b"), expected);
  EXPECT_EQ(TakeOff("Nov 2 13:00:00 web1 nginx: GET /: a b"), expected);
  EXPECT_EQ(TakeOff("Nov 22 13:00:00.123456 web1 nginx: GET /: a b"), expected);
  EXPECT_EQ(TakeOff("<190>Nov 22 13:00:00 web1 nginx: GET /: a b"), expected);
  EXPECT_EQ(TakeOff("<6>Nov 22 13:00:00 haproxy[42]: GET /: a b"), expected) << "a local sender has no host";
  EXPECT_EQ(TakeOff("Nov 22 13:00:00 2001:db8::7 nginx: GET /: a b"), expected);
}

TEST(Wrapper, SyslogWithIsoTimes) {
  for (const char* time : {"2026-11-22T13:00:00.123456+01:00", "2026-11-22T13:00:00Z", "2026-11-22T13:00:00-0100"}) {
    EXPECT_EQ(TakeOff(std::string(time) + " web1 nginx[42]: payload"), (Taken{"syslog", "payload", time, 0, false}));
  }
}

TEST(Wrapper, SyslogOfRfc5424) {
  const std::string head = "<134>1 2026-11-22T13:00:00.123456Z web1 haproxy 42 ";
  const Taken expected{"syslog", "payload [x]", "2026-11-22T13:00:00.123456Z", 0, false};
  EXPECT_EQ(TakeOff(head + "- - payload [x]"), expected);
  EXPECT_EQ(TakeOff(head.substr(5) + "- - payload [x]"), expected) << "without a priority";
  EXPECT_EQ(TakeOff(head + "ID47 [a@1 b=\"c\"][d@1 e=\"] \\\" \\] [\" f=\"\"] payload [x]"), expected);
  EXPECT_EQ(TakeOff(head + "- - \xef\xbb\xbfpayload [x]"), expected);
  EXPECT_EQ(TakeOff("<134>1 - - - - - - payload [x]"), (Taken{"syslog", "payload [x]", "", 0, false}));
  EXPECT_EQ(TakeOff(head + "- -").payload, "");
  EXPECT_EQ(TakeOff(head + "- -").wrapper, "syslog");
}

TEST(Wrapper, WhatIsNoSyslog) {
  for (const char* line : {
           "Nov 22 13:00:00 --- last message repeated 2 times ---",
           "Nov 22 13:00:00",
           "Nov 22 13:00:00 ",
           "Nov 22 13:00:00 web1",
           "Nov 22 13:00:00 web1 nginx",
           "Nov 22 13:00:00 web1 :",
           "Foo 22 13:00:00 web1 nginx: x",
           "Nov 222 13:00:00 web1 nginx: x",
           "Nov 22 13:00 web1 nginx: x",
           "Nov 22 13:00:00x web1 nginx: x",
           "<>Nov 22 13:00:00 web1 {\"a\": 1}",
           "<134>2 2026-11-22T13:00:00Z web1 haproxy 42 - - x",
           "<134>1 yesterday web1 haproxy 42 - - x",
           "<134>1 2026-11-22T13:00:00Z web1 haproxy 42 - [a b=\"c\" x",
           "<134>1 2026-11-22T13:00:00Z web1 haproxy 42 - -x",
           "<134>1 2026-11-22T13:00:00Z web1 haproxy",
       }) {
    EXPECT_EQ(TakeOff(line).wrapper, "none") << line;
  }
}

TEST(Wrapper, DockerUnescapesItsText) {
  EXPECT_EQ(TakeOff(R"({"log":"\"GET \/ \u003ca\u003e\\x16\"\r\n","stream":"stderr","time":"2026-11-22T13:00:00.1Z"})"),
            (Taken{"Docker JSON", R"("GET / <a>\x16")", "2026-11-22T13:00:00.1Z", 1, false}));
  EXPECT_EQ(TakeOff(R"({"time":"t","attrs":{"log":"no"},"stream":"stdout","log":"x\n"})"),
            (Taken{"Docker JSON", "x", "t", 0, false}))
      << "in any order";
  EXPECT_EQ(TakeOff(R"({"log":"\n","stream":"stdout","time":"t"})"), (Taken{"Docker JSON", "", "t", 0, false}));
  EXPECT_EQ(TakeOff(R"({"log":"","stream":"stdout","time":"t"})"), (Taken{"Docker JSON", "", "t", 0, false}));
}

TEST(Wrapper, DockerTextWithoutALineEndGoesOn) {
  EXPECT_EQ(TakeOff(R"({"log":"GET /a","stream":"stdout","time":"t"})"),
            (Taken{"Docker JSON", "GET /a", "t", 0, true}));
  EXPECT_TRUE(TakeOff(R"({"log":"a\\n","stream":"stdout","time":"t"})").goes_on) << "a backslash and an n";
}

TEST(Wrapper, WhatIsNoDockerLine) {
  for (const char* line : {
           R"("log":"x\n","stream":"stdout","time":"t"})",
           R"({"log":"x\n","stream":"stdout","time":"t")",
           R"({"log":"x\n","stream":"stdout"})",
           R"({"log":7,"stream":"stdout","time":"t"})",
           R"({"message":"x","stream":"stdout","time":"t"})",
           R"({"status":200,"time":"t"})",
       }) {
    EXPECT_EQ(TakeOff(line).wrapper, "none") << line;
  }
}

TEST(Wrapper, JournalMessagesAreTextOrBytes) {
  EXPECT_EQ(TakeOff(R"({"__REALTIME_TIMESTAMP":"1795352400123456","_PID":"1","MESSAGE":"a \"b\""})"),
            (Taken{"journald JSON", "a \"b\"", "1795352400123456", 0, false}));
  EXPECT_EQ(TakeOff(R"({"MESSAGE":[71, 255,0,10],"__REALTIME_TIMESTAMP":"7"})"),
            (Taken{"journald JSON", std::string("G\xff\0", 3), "7", 0, false}));
  EXPECT_EQ(TakeOff(R"({"MESSAGE":[],"__REALTIME_TIMESTAMP":"7"})"), (Taken{"journald JSON", "", "7", 0, false}));
  for (const char* line :
       {R"({"MESSAGE":null,"__REALTIME_TIMESTAMP":"7"})", R"({"MESSAGE":"x"})",
        R"({"MESSAGE":[300],"__REALTIME_TIMESTAMP":"7"})", R"({"MESSAGE":["a"],"__REALTIME_TIMESTAMP":"7"})"}) {
    EXPECT_EQ(TakeOff(line).wrapper, "none") << line;
  }
}

TEST(Wrapper, CriHasStreamsAndParts) {
  const std::string time = "2026-11-22T13:00:00.123456789Z";
  EXPECT_EQ(TakeOff(time + " stdout F GET / x"), (Taken{"CRI", "GET / x", time, 0, false}));
  EXPECT_EQ(TakeOff(time + " stderr P GET / x"), (Taken{"CRI", "GET / x", time, 1, true}));
  EXPECT_EQ(TakeOff(time + " stdout F:tag  x"), (Taken{"CRI", " x", time, 0, false}));
  EXPECT_EQ(TakeOff(time + " stdout F "), (Taken{"CRI", "", time, 0, false}));
  EXPECT_EQ(TakeOff(time + " stdout F"), (Taken{"CRI", "", time, 0, false}));
  const std::string offset = "2026-11-22T13:00:00.123456789+02:00";
  EXPECT_EQ(TakeOff(offset + " stdout F x"), (Taken{"CRI", "x", offset, 0, false}));
  EXPECT_EQ(TakeOff(time + " stdout X x").wrapper, "timestamp");
  EXPECT_EQ(TakeOff(time + " stdin F x").wrapper, "timestamp");
}

TEST(Wrapper, KubectlPrefixes) {
  EXPECT_EQ(TakeOff("[pod/shop-7d9f/nginx] 192.0.2.7 - [x] "), (Taken{"pod prefix", "192.0.2.7 - [x] ", "", 0, false}));
  EXPECT_EQ(TakeOff("2026-11-22T13:00:00.1Z 192.0.2.7 - -"),
            (Taken{"timestamp", "192.0.2.7 - -", "2026-11-22T13:00:00.1Z", 0, false}));
  for (const char* line : {"[pod/shop nginx] x", "[pod/shop/nginx]x", "[error] x", "2026-11-22 13:00:00 x",
                           "2026-11-22T13:00:00 x", "2026-11-22T13:00:00.Z1 x"}) {
    EXPECT_EQ(TakeOff(line).wrapper, "none") << line;
  }
}

TEST(Wrapper, ComposePrefixesWithAndWithoutColours) {
  const Taken expected{"compose prefix", "192.0.2.7 | x", "", 0, false};
  EXPECT_EQ(TakeOff("web-1  | 192.0.2.7 | x"), expected);
  EXPECT_EQ(TakeOff("\x1b[2Kweb-1  | 192.0.2.7 | x"), expected);
  EXPECT_EQ(TakeOff("\x1b[36mweb_1      |\x1b[0m 192.0.2.7 | x"), expected);
  EXPECT_EQ(TakeOff("shop_web.1.abc@node-1    | 192.0.2.7 | x"), expected);
  EXPECT_EQ(TakeOff("web-1  |").payload, "");
  for (const char* line : {"| x", " | x", "web x | y", "1795352400.123|200|GET", "a/b | x", "web-1  ", "\x1b[2"}) {
    EXPECT_EQ(TakeOff(line).wrapper, "none") << line;
  }
}

TEST(Wrapper, LinesOfLogsHaveNone) {
  for (const char* line : {
           "",
           " ",
           "#Fields: date time",
           "2026-11-22 13:00:00 192.0.2.1 GET / - 80 - 192.0.2.7 - - 200 0 0 15",
           R"(192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET / HTTP/1.1" 200 5)",
           R"(shop.example:443 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] "GET / HTTP/1.1" 200 5)",
           R"({"time":"2026-11-22T13:00:00Z","status":200,"log":"x"})",
           "time:2026-11-22T13:00:00Z\tstatus:200",
       }) {
    EXPECT_EQ(TakeOff(line).wrapper, "none") << line;
  }
}

// Whatever is cut off, no view leaves the line: the sanitizer sees it, because each piece has memory of its own.
TEST(Wrapper, LinesThatEndAnywhere) {
  for (const std::string line : {
           "<134>1 2026-11-22T13:00:00.123456Z web1 haproxy 42 - [a@1 b=\"\\\"\"] \xef\xbb\xbfpayload",
           "<190>Nov  2 13:00:00 web1 nginx: payload",
           "2026-11-22T13:00:00.123456789+01:00 stdout P payload",
           R"({"log":"a\ud83d\ude00\n","stream":"stdout","time":"t"})",
           R"({"MESSAGE":[71,69],"__REALTIME_TIMESTAMP":"7"})",
           "\x1b[36mweb_1      |\x1b[0m 192.0.2.7",
           "[pod/shop/nginx] payload",
       }) {
    for (size_t size = 0; size <= line.size(); ++size) {
      const std::unique_ptr<char[]> bytes(new char[size]);
      std::copy_n(line.data(), size, bytes.get());
      const Taken taken = TakeOff(std::string_view(bytes.get(), size));
      EXPECT_LE(taken.payload.size(), size);
    }
  }
}

}  // namespace
}  // namespace logstat
