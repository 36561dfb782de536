#include "bench/genlog_hard.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "bench/genlog_lib.h"

namespace logstat::genlog {
namespace {

using std::string_view_literals::operator""sv;

// Puts a line together; members that a kind of line leaves alone are those of an ordinary line.
struct Draft {
  std::string prefix;  // all before the request's opening quote
  std::string request = "GET / HTTP/1.1";
  std::string status = "400";
  std::string bytes = "166";
  std::string tail;  // all after the byte count
  std::string end = "\n";
};

std::string Join(const HardContext& c, std::string_view client, std::string_view ident_user, std::string_view stamp) {
  std::string prefix(c.host);
  return prefix.append(client).append(ident_user).append(stamp).append(" ");
}

Draft Ordinary(const HardContext& c) {
  Draft draft;
  draft.prefix = Join(c, c.client, " - - ", c.stamp);
  if (c.has_agent) draft.tail = " \"-\" \"-\"";
  return draft;
}

LineTruth Write(const Draft& draft, std::string* line, LineTruth::Kind kind = LineTruth::kCounted) {
  line->append(draft.prefix).append("\"").append(draft.request).append("\" ").append(draft.status).append(" ");
  line->append(draft.bytes).append(draft.tail).append(draft.end);
  LineTruth truth;
  truth.kind = kind;
  if (kind != LineTruth::kCounted) return truth;
  truth.code = draft.status == "-" || draft.status == "-1" ? 0 : std::stoi(draft.status);
  truth.bytes = draft.bytes == "-" ? 0 : std::stoull(draft.bytes);
  return truth;
}

LineTruth WriteRequest(const HardContext& c, std::string request, std::string status, std::string bytes,
                       std::string* line) {
  Draft draft = Ordinary(c);
  draft.request = std::move(request);
  draft.status = std::move(status);
  draft.bytes = std::move(bytes);
  return Write(draft, line);
}

LineTruth WriteRaw(std::string_view text, LineTruth::Kind kind, std::string* line) {
  line->append(text).append("\n");
  LineTruth truth;
  truth.kind = kind;
  return truth;
}

// Bytes as nginx escapes them, with the printable ones that shift fields: spaces, brackets, equal signs.
std::string EscapedBytes(Random& r, size_t count) {
  static constexpr std::string_view kPlain = "[]= /:;AzZ0~{}()";
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t bits = r.Next();
    if (bits % 3 == 0) {
      text += kPlain[(bits >> 8) % kPlain.size()];
    } else {
      text += fmt::format("\\x{:02X}", (bits >> 8) % 2 == 0 ? (bits >> 16) % 32 : 128 + (bits >> 16) % 128);
    }
  }
  return text;
}

template <size_t kCount>
std::string Pick(Random& r, const std::array<std::string_view, kCount>& texts) {
  return std::string(texts[r.Below(kCount)]);
}

// ---- The request -------------------------------------------------------------------------------------------------

LineTruth TlsHello(const HardContext& c, Random& r, std::string* line) {
  return WriteRequest(c, "\\x16\\x03\\x01\\x00" + EscapedBytes(r, 20 + r.Below(200)), "400", "166", line);
}

LineTruth OtherProtocol(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 9> kGreetings = {
      "SSH-2.0-OpenSSH_9.9",
      "t3 12.1.3",
      "\\x03\\x00\\x00*%\\xE0\\x00\\x00\\x00\\x00\\x00Cookie: mstshash=Test",
      "OPTIONS sip:nm SIP/2.0",
      "{\\x22id\\x22:7,\\x22method\\x22:\\x22eth_submitLogin\\x22,\\x22params\\x22:[]}\\x0A",
      "\\x00\\x00\\x00T\\xFESMB@\\x00",
      "PRI * HTTP/2.0",
      "EHLO probe.example.net",
      "\\x05\\x02\\x00\\x02"};
  return WriteRequest(c, Pick(r, kGreetings), "400", "157", line);
}

LineTruth EscapedQuoteInRequest(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 4> kRequests = {
      R"({\"jsonrpc\": \"2.0\", \"id\": 9}\n)", R"(GET /find?name=\"oak\" HTTP/1.1)", R"(POST /a\"b\"c" HTTP/1.1)",
      R"(GET /\x22quoted\x22 HTTP/1.1)"};
  return WriteRequest(c, Pick(r, kRequests), "404", "3227", line);
}

LineTruth BackslashBeforeQuote(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 4> kRequests = {R"(\x16\x03\x01\\\"\x01)", R"(GET /dir\\)", R"(\\\\)",
                                                                R"(\x80\" 200 17 \")"};
  return WriteRequest(c, Pick(r, kRequests), "400", "0", line);
}

LineTruth BareQuotes(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 4> kRequests = {
      R"(GET /index.php?<?print(sha1("x"))?>+/var/tmp/y.php HTTP/1.1)", R"(GET /"" HTTP/1.1)",
      R"(GET /a" 20 17 HTTP/1.1)", R"(GET /q?x="200 5" HTTP/1.1)"};
  return WriteRequest(c, Pick(r, kRequests), "404", "19", line);
}

LineTruth NoRequest(const HardContext& c, Random& r, std::string* line) {
  const bool empty = r.Chance(1, 2);
  return WriteRequest(c, empty ? "" : "-", empty ? "400" : "408", r.Chance(1, 2) ? "0" : "-", line);
}

LineTruth NoProtocol(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 5> kRequests = {"GET /old.html", "POST /form HTTP1.1", "GET /a HTTP/",
                                                                "GET /", "GET"};
  return WriteRequest(c, Pick(r, kRequests), "200", "7074", line);
}

// nginx logs as much of a too long request as its buffer held: no protocol, no headers.
LineTruth TooLongRequest(const HardContext& c, Random& r, std::string* line) {
  std::string request = "GET /export?ids=";
  for (uint64_t left = 1000 + r.Below(7000); left > 0; --left) request += static_cast<char>('0' + r.Below(10));
  return WriteRequest(c, std::move(request), "414", "177", line);
}

LineTruth SpacesInRequest(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 7> kRequests = {"GET /run?cd+/var;get+ 198.51.100.7/x HTTP/1.1",
                                                                "GET /two words.html HTTP/1.1",
                                                                "GET   /wide.html   HTTP/1.0",
                                                                "GET GET /twice HTTP/1.1",
                                                                "GET /tail HTTP/1.1 ",
                                                                "GET  HTTP/1.1",
                                                                " GET /lead HTTP/1.1"};
  return WriteRequest(c, Pick(r, kRequests), "404", "548", line);
}

LineTruth OtherTargets(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 6> kRequests = {"GET http://mirror.example.org/a/b?c=d HTTP/1.1",
                                                                "CONNECT mail.example.org:25 HTTP/1.1",
                                                                "OPTIONS * HTTP/1.0",
                                                                "GET https://mirror.example.org:8443/x HTTP/1.1",
                                                                "get /lower HTTP/1.1",
                                                                "GET /?next=http://mirror.example.org/ HTTP/1.1"};
  return WriteRequest(c, Pick(r, kRequests), "405", "150", line);
}

LineTruth RawBytes(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 6> kRequests = {
      "GET /nul\0\0here HTTP/1.1"sv, "GET /\xff\xfe\x80 HTTP/1.1", "GET /caf\xc3\xa9 HTTP/1.1",
      "GET /caf\xe9 HTTP/1.1",       "GET /tab\there HTTP/1.1",    "GET /\x1b[31mred\x07\x7f HTTP/1.1"};
  return WriteRequest(c, Pick(r, kRequests), "404", "548", line);
}

LineTruth LongKey(const HardContext& c, Random& r, std::string* line) {
  // Two keys whose first 1,024 bytes are equal, and one that is just short enough to be kept whole.
  std::string path(r.Chance(1, 3) ? 1023 : 1500, 'k');
  if (path.size() > 1024) path += static_cast<char>('a' + r.Below(2));
  return WriteRequest(c, "GET /" + path + " HTTP/1.1", "200", "10", line);
}

LineTruth GiantRequest(const HardContext& c, Random& r, std::string* line) {
  std::string request;
  for (uint64_t left = 17000 + r.Below(2000); left > 0; --left) request += "\\x00";
  return WriteRequest(c, std::move(request), "400", "0", line);
}

// ---- The prefix --------------------------------------------------------------------------------------------------

LineTruth OddPrefix(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 7> kIdentUsers = {
      " ", " -  -  ", " - mary ann lee ", " - someone@example.org ", " - \"\" ", " -   - ", " - a[b] "};
  Draft draft = Ordinary(c);
  draft.prefix = Join(c, c.client, Pick(r, kIdentUsers), c.stamp);
  draft.status = "200";
  return Write(draft, line);
}

LineTruth OddClient(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 7> kClients = {
      "10.0.0.2, 10.0.0.1, 127.0.0.1", "::1", "::ffff:192.0.2.1", "fe80::1%4", "-", "unix:", "client.example.org"};
  Draft draft = Ordinary(c);
  draft.prefix = Join(c, Pick(r, kClients), " - - ", c.stamp);
  draft.status = "200";
  return Write(draft, line);
}

LineTruth ClientWithPort(const HardContext& c, Random& r, std::string* line) {
  Draft draft = Ordinary(c);
  const std::string client = fmt::format("192.0.2.{}:{}", r.Below(256), 1024 + r.Below(60000));
  draft.prefix = Join(c, client, " - - ", c.stamp);
  return Write(draft, line);
}

// A line of a host's log among lines without hosts.
LineTruth HostLine(const HardContext& c, Random&, std::string* line) {
  Draft draft = Ordinary(c);
  if (c.host.empty()) draft.prefix.insert(0, "other.example.com:8080 ");
  draft.status = "302";
  return Write(draft, line);
}

LineTruth LeadingBytes(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 3> kLeads = {" ", "   ", "\0\0\0\0\0\0"sv};
  Draft draft = Ordinary(c);
  draft.prefix.insert(0, Pick(r, kLeads));
  draft.status = "200";
  return Write(draft, line);
}

LineTruth BadTime(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 6> kStamps = {
      "[31/Feb/2026:10:00:00 +0000]", "[-]",
      "[22/Nov/2026:10:00:00]",       "[22/Nov/2026:25:00:00 +0000]",
      "[2026-11-22T10:00:00Z]",       "[22/Nvo/2026:10:00:00 +0000]"};
  Draft draft = Ordinary(c);
  draft.prefix = Join(c, c.client, " - - ", Pick(r, kStamps));
  draft.status = "200";
  return Write(draft, line);
}

LineTruth WrongClock(const HardContext& c, Random& r, std::string* line) {
  static constexpr int64_t kDay = 86400;
  const int64_t shift = (2 + static_cast<int64_t>(r.Below(4000))) * kDay;
  Draft draft = Ordinary(c);
  draft.prefix = Join(c, c.client, " - - ", TimeStamp(c.seconds + (r.Chance(1, 2) ? shift : -shift)));
  draft.status = "200";
  return Write(draft, line);
}

// ---- The status and what follows it --------------------------------------------------------------------------------

LineTruth NoStatusSent(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 4> kNone = {"0", "000", "-", "-1"};
  return WriteRequest(c, "GET /gone HTTP/1.1", Pick(r, kNone), "-", line);
}

LineTruth RareStatus(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 8> kRare = {"001", "100", "299", "444", "460", "600", "783", "999"};
  return WriteRequest(c, "GET /rare HTTP/1.1", Pick(r, kRare), "5", line);
}

LineTruth OddTail(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 7> kTails = {"",
                                                             " \"-\"",
                                                             " \"-\" \"-\" 404 9504 0.127 \"240x240\" 113 11",
                                                             " \"-\" \"\\\"some research\\\"\"",
                                                             " \"-\" \"a\" 22",
                                                             " \"-\" \"two\rparts\"",
                                                             " \"https://x.example.com/\\x22\" \"\\x22quoted\\x22\""};
  Draft draft = Ordinary(c);
  draft.request = "GET /tail HTTP/1.1";
  draft.status = "200";
  draft.bytes = "1045";
  draft.tail = Pick(r, kTails);
  return Write(draft, line);
}

LineTruth LongReferrer(const HardContext& c, Random& r, std::string* line) {
  Draft draft = Ordinary(c);
  draft.tail = " \"https://shop.example.com/?id=1%20AND%20" + std::string(4096 + r.Below(3000), 'S') + "\" \"-\"";
  return Write(draft, line);
}

LineTruth CarriageReturn(const HardContext& c, Random&, std::string* line) {
  Draft draft = Ordinary(c);
  draft.status = "200";
  draft.end = "\r\n";
  return Write(draft, line);
}

LineTruth QuotedLine(const HardContext& c, Random&, std::string* line) {
  Draft draft = Ordinary(c);
  draft.prefix = std::string("\"").append(draft.prefix);
  draft.tail += "\"";
  if (!c.has_agent) draft.tail = " \"";
  return Write(draft, line);
}

// ---- Lines that do not count ---------------------------------------------------------------------------------------

LineTruth NotALogLine(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 5> kTexts = {
      "2026/11/22 10:00:01 [error] 712#712: *9 open() \"/srv/www/x\" failed (2: No such file), client: 192.0.2.7, "
      "request: \"GET /x HTTP/1.1\", host: \"shop.example.com\"",
      "\x1f\x8b\x08\xff\xfe\xf0\xe1\xd2", "Segmentation fault", "200 17", "\"\" \"\""};
  (void)c;
  return WriteRaw(Pick(r, kTexts), LineTruth::kRejected, line);
}

LineTruth NoStatusInLine(const HardContext& c, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 6> kRests = {"TLSv1.3 TLS_AES_256_GCM_SHA384 \"GET / HTTP/1.1\" 1375",
                                                             "\"GET /cut-off-by-a-crash HTT",
                                                             "\"GET /x HTTP/1.1\" ",
                                                             "\"GET /x HTTP/1.1\" 20 17",
                                                             "\"GET /x HTTP/1.1\" 2000 17",
                                                             "\"GET /x HTTP/1.1\" 200 OK"};
  return WriteRaw(Join(c, c.client, " - - ", c.stamp) + Pick(r, kRests), LineTruth::kRejected, line);
}

LineTruth Ignored(const HardContext&, Random& r, std::string* line) {
  static constexpr std::array<std::string_view, 3> kTexts = {"", "# rotated", "#Fields: none of ours"};
  return WriteRaw(Pick(r, kTexts), LineTruth::kIgnored, line);
}

using Kind = LineTruth (*)(const HardContext&, Random&, std::string*);
constexpr std::array<Kind, 27> kKinds = {
    TlsHello,
    OtherProtocol,
    EscapedQuoteInRequest,
    BackslashBeforeQuote,
    BareQuotes,
    NoRequest,
    NoProtocol,
    TooLongRequest,
    SpacesInRequest,
    OtherTargets,
    RawBytes,
    LongKey,
    OddPrefix,
    OddClient,
    ClientWithPort,
    HostLine,
    LeadingBytes,
    BadTime,
    WrongClock,
    NoStatusSent,
    RareStatus,
    OddTail,
    LongReferrer,
    CarriageReturn,
    QuotedLine,
    NotALogLine,
    NoStatusInLine,
};

}  // namespace

LineTruth AppendHardLine(const HardContext& context, Random& random, std::string* line) {
  if (random.Chance(1, 1000)) return GiantRequest(context, random, line);
  const uint64_t kind = random.Below(kKinds.size() + 1);
  return kind < kKinds.size() ? kKinds[kind](context, random, line) : Ignored(context, random, line);
}

}  // namespace logstat::genlog
