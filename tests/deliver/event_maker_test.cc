#include "src/deliver/event_maker.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "src/aggregate/aggregates.h"
#include "src/deliver/tags.h"
#include "src/record/field.h"
#include "tests/deliver/cells.h"

namespace logstat {
namespace {

std::string Line(std::string_view client, std::string_view request, int status, std::string_view agent) {
  return fmt::format("{} - - [22/Nov/2026:13:00:00 +0000] \"{}\" {} 512 \"-\" \"{}\"\n", client, request, status,
                     agent);
}

// The cell's events made as a run makes them: with the tags that counting finds.
void MakeEvents(const Cell& cell, CellEvents& events) {
  AggregatePlan plan;
  plan.columns = kFindingColumns;
  plan.table_bytes = 32 << 20;
  plan.tags = FindingTags();
  Aggregates aggregates(plan);
  Aggregates::Worker worker(&aggregates);
  EventMaker maker(cell, events);
  worker.Add(cell.batch, cell.selection,
             [&](size_t first, size_t size, const RowTags& tags) { maker.AddRows(first, size, tags); });
  maker.Finish();
}

std::vector<Shadow> ShadowsOf(std::string_view text) {
  std::vector<Shadow> shadows;
  for (const std::unique_ptr<Cell>& cell : ReadCells(text, 1 << 20, 0, kFindingColumns)) {
    CellEvents events;
    MakeEvents(*cell, events);
    shadows.insert(shadows.end(), events.shadows.begin(), events.shadows.end());
  }
  return shadows;
}

// The shadow of a log's only line if its clock is not judged yet.
Shadow EdgeOf(std::string_view line) {
  const std::vector<std::unique_ptr<Cell>> cells = ReadCells(line, 1 << 20, 0, kFindingColumns);
  Cell& cell = *cells.at(0);
  const int64_t time_ms = cell.batch.time_ms(0);
  cell.selection.Remove(0);
  cell.edges.entries.push_back({time_ms, true, true, 0});
  CellEvents events;
  MakeEvents(cell, events);
  return events.edges.at(0).shadow;
}

bool AreEqual(const Shadow& a, const Shadow& b) { return std::memcmp(&a, &b, sizeof(Shadow)) == 0; }

// The shadow of a line is that of a log which has this line alone, and that of a row whose tags nobody counted (an edge
// of the clock), of which the careful test alone says whether it is an event. Targets share their begin, and some are
// odd; all else that makes an event comes alone and together.
TEST(EventMakerTest, TheShadowOfALineDoesNotDependOnOthers) {
  std::mt19937 random(7);
  const auto pick = [&random](const std::vector<std::string>& texts, size_t odds) {
    return random() % odds != 0 ? texts[0] : texts[random() % texts.size()];  // mostly the usual one
  };
  const std::vector<std::string> clients = {"192.0.2.7", "2001:db8:1:2::1", "2001:db8:1:2::2", "192.0.2.7:443", "-"};
  const std::vector<std::string> agents = {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
                                           "sqlmap/1.8.2#stable (https://sqlmap.org)", "-", "curl/8.5.0"};
  const std::vector<std::string> parts = {"",     "?12345678", "?q=1' or 1=1", "/../../etc/passwd",
                                          ".css", ".env",      "?a=b",         "/%2e%2e/",
                                          "/",    "/login",    "?q=a+or+1=1",  std::string(8000, 'a')};
  const std::vector<std::string> methods = {"GET", "HEAD", "POST", "OPTIONS", "GETX", "-", "get"};
  const std::vector<std::string> protocols = {"HTTP/1.1", "HTTP/2.0", "HTTP/1.0", "HTTP/3.0", "HTTP/2",
                                              "HTTP/3",   "HTTP/1.2", "HTTP/11",  "RTSP/1.0", "-"};
  std::vector<std::string> lines;
  std::string text;
  for (size_t i = 0; i < 6000; ++i) {
    const std::string target =
        fmt::format("/catalogue/of/all/things/{:04}{}", random() % 300, parts[random() % parts.size()]);
    lines.push_back(fmt::format("{} - {} [22/Nov/2026:13:00:00 +0000] \"{} {} {}\" {} {} \"-\" \"{}\"\n",
                                clients[random() % clients.size()], pick({"-", "anna", "a"}, 9), pick(methods, 2),
                                target, pick(protocols, 5), pick({"200", "304", "204", "206", "404", "302"}, 2),
                                pick({"512", "0", "-"}, 2), pick(agents, 5)));
    text += lines.back();
  }
  const std::vector<Shadow> shadows = ShadowsOf(text);
  ASSERT_EQ(shadows.size(), lines.size());
  size_t events = 0;
  for (size_t i = 0; i < lines.size(); i += 6) {
    const std::vector<Shadow> expected = ShadowsOf(lines[i]);
    ASSERT_EQ(expected.size(), 1U);
    EXPECT_TRUE(AreEqual(shadows[i], expected[0])) << lines[i];
    const Shadow edge = EdgeOf(lines[i]);
    EXPECT_TRUE(AreEqual(shadows[i], edge)) << lines[i];
    events += shadows[i].is_event;
  }
  EXPECT_GT(events, lines.size() / 6 / 4);
  EXPECT_LT(events, lines.size() / 6);
}

TEST(EventMakerTest, AnEventKeepsItsTextsAndTheBlockOfItsClient) {
  const std::string text = Line("2001:db8:1:2::1", "GET /a?b=c HTTP/1.1", 404, "curl/8.5.0");
  const std::vector<std::unique_ptr<Cell>> cells = ReadCells(text, 1 << 20, 0, kFindingColumns);
  CellEvents events;
  MakeEvents(*cells.at(0), events);
  ASSERT_NE(events.store, nullptr);
  ASSERT_EQ(events.store->events.size(), 1U);
  const Event& event = events.store->events[0];
  EXPECT_EQ(event.text(Field::kClient), "2001:db8:1:2::/64");
  EXPECT_EQ(event.text(Field::kPath), "/a");
  EXPECT_EQ(event.text(Field::kAgent), "curl/8.5.0");
  EXPECT_EQ(event.line_text(), text.substr(0, text.size() - 1));
  EXPECT_EQ(event.Keep()->text(KeptEvent::kClient), "2001:db8:1:2::/64");
  EXPECT_EQ(&*event.Keep(), &*event.Keep());  // made once
  EXPECT_FALSE(event.attempt().any());
}

TEST(EventMakerTest, AnEventKnowsWhatItTries) {
  const std::string text = Line("192.0.2.1", "GET /a?id=1'%20or%20'1'='1 HTTP/1.1", 200, "curl/8.5.0") +
                           Line("192.0.2.1", "GET /.env HTTP/1.1", 200, "curl/8.5.0");
  const std::vector<std::unique_ptr<Cell>> cells = ReadCells(text, 1 << 20, 0, kFindingColumns);
  CellEvents events;
  MakeEvents(*cells.at(0), events);
  ASSERT_NE(events.store, nullptr);
  ASSERT_EQ(events.store->events.size(), 2U);
  EXPECT_EQ(events.store->events[0].attempt().attack.kind, AttackKind::kSql);
  EXPECT_FALSE(events.store->events[1].attempt().secret.empty());
  EXPECT_NE(events.store->events[0].attempt().aim, events.store->events[1].attempt().aim);
}

// What only a proxy is asked for is a proxy's daily work, and nothing to look at in its own log.
TEST(EventMakerTest, RequestsOfAProxysOwnLogAreJudgedWithoutSchemeAndHost) {
  const auto events_of = [](std::string_view text) {
    CellEvents events;
    for (const std::unique_ptr<Cell>& cell :
         ReadCells(text, 1 << 20, 0, kFindingColumns, *FindPreset("squid")->format)) {
      cell->of_proxy = true;
      MakeEvents(*cell, events);
    }
    return events;
  };
  const auto line = [](std::string_view code, std::string_view request) {
    return fmt::format("1795305600.066     66 192.0.2.1 {} 6016 {} - HIER_DIRECT/192.0.2.9 text/html\n", code, request);
  };
  const std::string filler = line("TCP_MISS/200", "GET http://h.example/");
  const auto event_of = [&](std::string_view code, std::string_view request) {
    return events_of(filler + line(code, request) + filler);
  };
  EXPECT_EQ(event_of("TCP_MISS/200", "GET http://h.example/a?b=c").store, nullptr);
  EXPECT_EQ(event_of("TCP_MISS/200", "GET http://h.example").store, nullptr);
  EXPECT_EQ(event_of("TCP_TUNNEL/200", "CONNECT h.example:443").store, nullptr);

  const CellEvents odd = event_of("TCP_MISS/200", "GET http://h.example/a?b=http://c.example/");
  ASSERT_NE(odd.store, nullptr);
  ASSERT_EQ(odd.store->events.size(), 1U);
  EXPECT_TRUE(odd.store->events[0].is_odd_target);
  EXPECT_EQ(odd.store->events[0].text(Field::kTarget), "/a?b=http://c.example/");
  EXPECT_EQ(odd.store->events[0].text(Field::kHost), "h.example");

  const CellEvents failed = event_of("TCP_MISS/502", "GET http://h.example/a");
  ASSERT_NE(failed.store, nullptr);
  EXPECT_FALSE(failed.store->events[0].is_odd_target);

  EXPECT_NE(event_of("TCP_MISS/200", "PURGE http://h.example/a").store, nullptr);
}

}  // namespace
}  // namespace logstat
