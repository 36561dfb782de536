#include "src/plan/cursor.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "src/format/presets.h"
#include "tests/input/pipe_writer.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::HasSubstr;

const char kCombined[] =
    "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET /a HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n";
const char kVhost[] =
    "shop.example:443 192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET /a HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n";
const char kCommon[] = "192.0.2.7 - - [22/Nov/2026:13:00:00 +0000] \"GET /a HTTP/1.1\" 200 512\n";
const char kNoLog[] = "Lorem ipsum dolor sit amet\n";

std::string Repeat(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// What a cursor gave out, as a worker sees it.
struct Handed {
  std::vector<std::string> bytes;    // per input, the cells joined
  std::vector<std::string> formats;  // per input, of its cells
  std::vector<InputOutcome> outcomes;
  uint64_t cells = 0;
  uint64_t total_bytes = 0;
};

std::string NameOf(const LineFormat& format) {
  for (const Preset& preset : Presets()) {
    if (preset.format.get() == &format) return std::string(preset.name);
  }
  return "none";
}

Handed RunThrough(const std::vector<std::string>& inputs, Options options = {}) {
  options.inputs = inputs;
  options.sections = {Section::kCodes};  // findings change the order
  const Plan plan = *MakePlan(options);
  Cursor cursor(plan);
  Handed run;
  run.bytes.resize(plan.inputs.inputs.size());
  run.formats.resize(plan.inputs.inputs.size());
  size_t newest_input = 0;
  while (std::optional<CellTask> task = cursor.Next()) {
    ++run.cells;
    EXPECT_GE(task->input, newest_input) << "one worker reads input after input";
    newest_input = task->input;
    EXPECT_EQ(task->block.offset, run.bytes[task->input].size());
    run.bytes[task->input].append(reinterpret_cast<const char*>(task->block.bytes), task->block.cell_bytes);
    run.formats[task->input] = NameOf(*task->open->format);
  }
  EXPECT_FALSE(cursor.Next().has_value()) << "the end stays the end";
  run.outcomes = cursor.outcomes();
  run.total_bytes = cursor.TotalBytes();
  return run;
}

TEST(CursorTest, WithoutInputsThereIsNothing) { EXPECT_EQ(RunThrough({}).cells, 0u); }

TEST(CursorTest, CellsComeInPlanOrderWhateverTheOrderOfTheArguments) {
  TempDir dir;
  const std::string a = Repeat(kCombined, 10), b = Repeat(kCombined, 3), c = Repeat(kCombined, 7);
  const std::vector<std::string> paths = {dir.Write("a", a), dir.Write("b", b), dir.Write("c", c)};
  Options options;
  options.tuning.cell_bytes = 100;
  for (const uint64_t map_from : {uint64_t{1}, uint64_t{400}, UINT64_MAX}) {
    options.tuning.map_from_bytes = map_from;
    const Handed run = RunThrough({paths[2], paths[0], paths[1]}, options);
    EXPECT_EQ(run.bytes, (std::vector<std::string>{a, b, c}));
    EXPECT_EQ(run.cells, (a.size() + 99) / 100 + (b.size() + 99) / 100 + (c.size() + 99) / 100);
    EXPECT_EQ(run.total_bytes, a.size() + b.size() + c.size());
    EXPECT_EQ(run.outcomes[0].mapped, map_from <= a.size());
    EXPECT_EQ(run.outcomes[1].mapped, map_from <= b.size());
    for (const InputOutcome& outcome : run.outcomes) {
      EXPECT_EQ(outcome.state, InputState::kRead);
      EXPECT_TRUE(outcome.ended);
    }
  }
}

TEST(CursorTest, AnInputThatCannotBeOpenedInTheMiddleDoesNotStopTheOthers) {
  TempDir dir;
  const std::string log = Repeat(kCombined, 3);
  const Handed run = RunThrough({dir.Write("a", log), dir.Path("missing"), dir.Write("z", log)});
  EXPECT_EQ(run.bytes, (std::vector<std::string>{log, "", log}));
  EXPECT_EQ(run.outcomes[1].state, InputState::kFailed);
  EXPECT_EQ(run.outcomes[1].error, "cannot open: No such file or directory");
  EXPECT_EQ(run.outcomes[2].state, InputState::kRead);
}

TEST(CursorTest, AnErrorOfExpansionIsKept) {
  TempDir dir;
  std::filesystem::create_directory(dir.Path("empty"));
  const Handed run = RunThrough({dir.Path("empty")});
  ASSERT_EQ(run.outcomes.size(), 1u);
  EXPECT_EQ(run.outcomes[0].state, InputState::kFailed);
  EXPECT_THAT(run.outcomes[0].error, HasSubstr("no files"));
}

TEST(CursorTest, AnInputOfWhichNotAByteCanBeReadHasFailed) {
  TempDir dir;  // this one opens, and reading it is an I/O error: nothing is mapped at address 0
  const Handed run = RunThrough({"/proc/self/mem", dir.Write("z", kCombined)});
  EXPECT_EQ(run.outcomes[0].state, InputState::kFailed);
  EXPECT_THAT(run.outcomes[0].error, HasSubstr("cannot read"));
  EXPECT_EQ(run.bytes[1], kCombined);
}

// A connection that breaks: what was sent is read, and then comes an error. As standard input.
TEST(CursorTest, AnInputThatBreaksInTheMiddleIsPartial) {
  TempDir dir;
  int ends[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  const std::string log = Repeat(kCombined, 20) + "192.0.2.7 - - [22/N";
  WriteAll(ends[1], log);
  WriteAll(ends[0], "never read, so that closing is a reset");
  close(ends[1]);
  const int saved = dup(STDIN_FILENO);
  dup2(ends[0], STDIN_FILENO);
  close(ends[0]);
  const Handed run = RunThrough({"-", dir.Write("z", kCombined)});
  dup2(saved, STDIN_FILENO);
  close(saved);
  EXPECT_EQ(run.outcomes[0].state, InputState::kPartial);
  EXPECT_THAT(run.outcomes[0].error, HasSubstr("cannot read"));
  EXPECT_EQ(run.bytes[0], log);
  EXPECT_EQ(run.bytes[1], kCombined);
  EXPECT_EQ(run.total_bytes, 0u) << "nobody knows the size of a socket";
}

TEST(CursorTest, TheFormatIsFoundPerInput) {
  TempDir dir;
  const Handed run = RunThrough({dir.Write("a", kCombined), dir.Write("b", kVhost), dir.Write("c", kCommon)});
  EXPECT_EQ(run.formats, (std::vector<std::string>{"combined", "vhost_combined", "common"}));
  EXPECT_EQ(run.outcomes[1].format, "vhost_combined");
}

// Readers keep what they made for a format and know it by its address.
TEST(CursorTest, TwoFormatsNeverHaveTheSameAddress) {
  TempDir dir;
  Options options;
  for (int i = 0; i < 20; ++i) {
    options.inputs.push_back(dir.Write(std::to_string(100 + i), i % 2 == 0 ? kCombined : kVhost));
  }
  const Plan plan = *MakePlan(options);
  Cursor cursor(plan);
  std::map<const LineFormat*, std::string> names;
  while (std::optional<CellTask> task = cursor.Next()) {
    const LineFormat& format = *task->open->format;
    EXPECT_EQ(names.emplace(&format, NameOf(format)).first->second, NameOf(format));
  }
  EXPECT_EQ(names.size(), 2u);
}

TEST(CursorTest, AnAskedFormatIsTakenForEveryInput) {
  TempDir dir;
  Options options;
  options.format = "common";
  const Handed run = RunThrough({dir.Write("a", kCombined), dir.Write("b", kNoLog)}, options);
  EXPECT_EQ(run.formats, (std::vector<std::string>{"common", "common"}));
}

// Every line has a status where the string has one, so all are read, each into other fields than the log has.
TEST(CursorTest, AStringThatFitsNoLineExactlyIsWarnedOfIfAPresetFits) {
  TempDir dir;
  const auto warning = [&](const std::string& format, const std::string& text) {
    Options options;
    options.format = format;
    return RunThrough({dir.Write("a", text)}, options).outcomes[0].warning;
  };
  const std::string log = Repeat(kCombined, 9);
  EXPECT_EQ(warning(R"(%h "%r" %>s)", log),
            "100 % of the sampled lines do not fit the format of -f; they look like combined: run with -f combined or "
            "without -f");
  EXPECT_NE(warning(R"($host $remote_addr [$time_local] "$request" $status $request_time)", log), "");
  EXPECT_EQ(warning(R"(%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i")", log), "");
  EXPECT_EQ(warning(R"($remote_addr $pid [$time_local] "$request" $status $bytes_sent)",
                    Repeat("192.0.2.7 77 [22/Nov/2026:13:00:00 +0000] \"GET /a HTTP/1.1\" 200 512 more\n", 9)),
            "")
      << "no preset fits better";
  EXPECT_EQ(warning("combined", log), "");
  const std::string more = Repeat(log.substr(0, sizeof(kCombined) - 2) + " \"-\"\n", 9);
  EXPECT_NE(warning(R"(%h "%r" %>s)", more), "") << "which fits the preset no more than loosely";
}

TEST(CursorTest, WhatIsNoLogInADirectoryIsLeftOutAndWhatIsNamedIsRead) {
  TempDir dir;
  dir.Write("access.log", kCombined);
  dir.Write("empty.log", "");
  dir.Write("notes.txt", Repeat(kNoLog, 3));
  dir.Write("half.log", std::string(kCombined) + kNoLog);
  dir.Write("only-comments.log", "#Version: 1.0\n\n");
  std::string too_long = kCombined;
  too_long.insert(too_long.size() - 2, std::string(kSampleBytes, 'a'));
  dir.Write("too-long.log", too_long);
  Handed run = RunThrough({dir.path()});
  ASSERT_EQ(run.outcomes.size(), 6u);
  EXPECT_EQ(run.outcomes[0].state, InputState::kRead);
  EXPECT_EQ(run.outcomes[1].state, InputState::kRead) << "an empty log is a log";
  EXPECT_EQ(run.outcomes[2].state, InputState::kRead) << "half of its lines fit";
  EXPECT_EQ(run.outcomes[3].state, InputState::kNotAccessLog);
  EXPECT_EQ(run.outcomes[3].error, "");
  EXPECT_EQ(run.bytes[3], "");
  EXPECT_EQ(run.outcomes[4].state, InputState::kRead) << "nothing in it is no log line";
  EXPECT_EQ(run.outcomes[5].state, InputState::kNotAccessLog) << "its line begins like one of a log";

  run = RunThrough({dir.path(), dir.Path("notes.txt")});
  EXPECT_EQ(run.outcomes[3].state, InputState::kRead);
  EXPECT_EQ(run.bytes[3], Repeat(kNoLog, 3));
  EXPECT_EQ(run.outcomes[3].format, "") << "unknown";
}

TEST(CursorTest, ACopyIsNotRead) {
  TempDir dir;
  const std::string path = dir.Write("a", kCombined);
  std::filesystem::create_hard_link(path, dir.Path("b"));
  const Handed run = RunThrough({path, dir.Path("b")});
  EXPECT_EQ(run.bytes, (std::vector<std::string>{kCombined, ""}));
  EXPECT_EQ(run.outcomes[1].state, InputState::kCopy);
  EXPECT_EQ(run.total_bytes, sizeof kCombined - 1);
}

TEST(CursorTest, AnEmptyFileHasNoCellsAndIsRead) {
  TempDir dir;
  const Handed run = RunThrough({dir.Write("a", ""), dir.Write("b", kCombined), dir.Write("c", "")});
  EXPECT_EQ(run.cells, 1u);
  EXPECT_EQ(run.outcomes[0].state, InputState::kRead);
  EXPECT_TRUE(run.outcomes[2].ended);
}

TEST(CursorTest, AFifoIsReadWhenItsTurnComes) {
  TempDir dir;
  const std::string log = Repeat(kVhost, 5000);
  ASSERT_EQ(mkfifo(dir.Path("m").c_str(), 0600), 0);
  std::thread writer([&] {
    const int out = open(dir.Path("m").c_str(), O_WRONLY);
    WriteAll(out, log);
    close(out);
  });
  const Handed run = RunThrough({dir.Write("a", kCombined), dir.Path("m"), dir.Write("z", kCommon)});
  writer.join();
  EXPECT_EQ(run.bytes, (std::vector<std::string>{kCombined, log, kCommon}));
  EXPECT_EQ(run.formats[1], "vhost_combined");
  EXPECT_FALSE(run.outcomes[1].mapped);
  EXPECT_EQ(run.total_bytes, 0u) << "unknown";
}

// 4 MiB are sampled: the last line, cut off there, must not count in a file either, though it ends there.
TEST(CursorTest, AFileOfExactlyTheSampleIsJudgedAsTheSamePipe) {
  TempDir dir;
  const std::string log = kCombined + std::string(kSampleBytes - (sizeof kCombined - 1), 'x');
  Options options;
  options.tuning.map_from_bytes = 1;
  const Handed mapped = RunThrough({dir.Write("a", log)}, options);
  options.tuning.map_from_bytes = UINT64_MAX;
  const Handed streamed = RunThrough({dir.Path("a")}, options);
  EXPECT_EQ(mapped.formats, streamed.formats);
  EXPECT_EQ(mapped.outcomes[0].format, "combined");
}

TEST(CursorTest, AStreamThatWasStoppedHasNotEnded) {
  TempDir dir;
  Options options;
  options.inputs = {dir.Write("a", Repeat(kCombined, 100))};
  options.tuning.cell_bytes = 100;
  Plan plan = *MakePlan(options);
  std::stop_source stop;
  plan.source.stop = stop.get_token();
  Cursor cursor(plan);
  ASSERT_TRUE(cursor.Next().has_value());
  stop.request_stop();
  while (cursor.Next().has_value()) {
  }
  EXPECT_FALSE(cursor.outcomes()[0].ended);
}

}  // namespace
}  // namespace logstat
