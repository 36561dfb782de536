// Compressed inputs as a whole: what is between members, what is damaged, and the blocks that come out.
#include "src/input/archive_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "src/input/source.h"
#include "tests/input/compress.h"
#include "tests/input/lines.h"
#include "tests/input/pipe_writer.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kText = "one\n\ntwo\r\n" + std::string(300, 'x') + "\nthe last line";

struct Outcome {
  std::string text;
  std::string error;
  std::string warning;
};

Outcome ReadAll(Source& source, size_t cell_bytes, bool take_sample = false) {
  if (take_sample) source.Sample();
  const Lines lines = ReadLines(source, cell_bytes);
  EXPECT_EQ(lines.text, ExpectedLines(lines.cells));
  return {lines.cells, Message(lines.error), source.Warning()};
}

Outcome ReadFile(const std::string& data, SourceSettings settings = {}) {
  const TempDir dir;
  settings.map_from_bytes = 1;
  const std::unique_ptr<Source> source = *OpenSource(dir.Write("log", data), settings);
  EXPECT_FALSE(source->mapped());
  return ReadAll(*source, settings.cell_bytes);
}

TEST(ArchiveTest, AFileAndAPipeAreDecodedAtEveryCut) {
  for (const Codec& codec : Codecs()) {
    const std::string data = codec.compress(kText);
    for (const size_t cell_bytes : {1, 3, 7, 64, 100, 4096}) {
      SCOPED_TRACE(std::string(CompressionName(codec.compression)) + " " + std::to_string(cell_bytes));
      SourceSettings settings;
      settings.cell_bytes = cell_bytes;
      EXPECT_EQ(ReadFile(data, settings).text, kText);
      PipeWriter writer([&data](int out) {
        for (const char& byte : data) WriteAll(out, std::string_view(&byte, 1));
      });
      const Outcome piped = ReadAll(*OpenStream(writer.TakeReadEnd(), settings), cell_bytes, true);
      EXPECT_EQ(piped.text, kText);
      EXPECT_EQ(piped.error + piped.warning, "");
    }
  }
}

TEST(ArchiveTest, AWriterThatSendsByteByByteIsWaitedForBeforeTheKindIsKnown) {
  const std::string data = Gzip("one\n");
  PipeWriter writer([&data](int out) {
    for (const char& byte : data) {
      WriteAll(out, std::string_view(&byte, 1));
      std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
  });
  EXPECT_EQ(ReadAll(*OpenStream(writer.TakeReadEnd(), {}), SourceSettings().cell_bytes).text, "one\n");
}

TEST(ArchiveTest, ItsSizeIsUnknownAndItsSampleIsDecoded) {
  const TempDir dir;
  for (const Codec& codec : Codecs()) {
    const std::unique_ptr<Source> source = *OpenSource(dir.Write("log", codec.compress(kText)), {});
    EXPECT_EQ(source->KnownSize(), std::nullopt);
    EXPECT_EQ(source->Sample(), kText);
    EXPECT_EQ(source->IntactBytes(), UINT64_MAX);
  }
}

TEST(ArchiveTest, MembersFollowOneAnother) {
  for (const Codec& codec : Codecs()) {
    const std::string data =
        codec.compress("one\ntw") + codec.compress("") + codec.compress("o\n") + codec.compress("3");
    const Outcome outcome = ReadFile(data);
    EXPECT_EQ(outcome.text, "one\ntwo\n3");
    EXPECT_EQ(outcome.error + outcome.warning, "");
  }
}

TEST(ArchiveTest, ManySmallMembers) {
  std::string data, text;
  for (int i = 0; i < 3000; ++i) {
    const std::string line = "line " + std::to_string(i) + "\n";
    data += Gzip(line);
    text += line;
  }
  EXPECT_TRUE(ReadFile(data).text == text);
}

TEST(ArchiveTest, BgzfIsGzip) {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "line " + std::to_string(i) + "\n";
  EXPECT_TRUE(ReadFile(Bgzf(text) + Bgzf("")).text == text);
}

TEST(ArchiveTest, SkippableFramesAreSkippedFirstAndBetween) {
  const std::string data = ZstdSkippable("note") + Zstd("one\n") + ZstdSkippable("") + Zstd("two\n");
  const Outcome outcome = ReadFile(data);
  EXPECT_EQ(outcome.text, "one\ntwo\n");
  EXPECT_EQ(outcome.error + outcome.warning, "");
}

TEST(ArchiveTest, ZerosBetweenAndBehindMembersArePadding) {
  for (const Codec& codec : Codecs()) {
    const std::string padding(4 * 100'000, '\0');
    const Outcome outcome = ReadFile(codec.compress("one\n") + padding + codec.compress("two\n") + padding);
    EXPECT_EQ(outcome.text, "one\ntwo\n");
    EXPECT_EQ(outcome.error + outcome.warning, "");
  }
}

TEST(ArchiveTest, GarbageBehindACompleteMemberIsAWarningWithItsOffset) {
  for (const Codec& codec : Codecs()) {
    const std::string data = codec.compress("one\n");
    const std::string name(CompressionName(codec.compression));
    for (const std::string& garbage : {std::string("x"), data.substr(0, 2), std::string(70'000, 'y')}) {
      const Outcome outcome = ReadFile(data + std::string(3, '\0') + garbage);
      EXPECT_EQ(outcome.text, "one\n");
      EXPECT_EQ(outcome.error, "");
      EXPECT_EQ(outcome.warning, "ignored what follows the " + name + " data, from compressed byte " +
                                     std::to_string(data.size() + 3) + " on");
    }
  }
}

TEST(ArchiveTest, ATruncatedArchiveGivesItsLastPartialLineAndAnError) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "line " + std::to_string(i * 7919) + "\n";
  for (const Codec& codec : Codecs()) {
    SCOPED_TRACE(std::string(CompressionName(codec.compression)));
    const std::string data = codec.compress(text);
    const size_t kept = data.size() * 3 / 4;
    const Outcome outcome = ReadFile(data.substr(0, kept));
    EXPECT_TRUE(text.starts_with(outcome.text));
    EXPECT_GT(outcome.text.size(), text.size() / 4);
    EXPECT_THAT(outcome.error, HasSubstr("ends too early, at compressed byte " + std::to_string(kept)));
    EXPECT_EQ(outcome.warning, "");
  }
}

TEST(ArchiveTest, ATruncatedSecondMemberIsAnErrorAndNotGarbage) {
  for (const Codec& codec : Codecs()) {
    const Outcome outcome = ReadFile(codec.compress("one\n") + codec.compress("two\n").substr(0, kMagicBytes));
    EXPECT_TRUE(outcome.text == "one\n" || outcome.text == "one\nt") << outcome.text;
    EXPECT_THAT(outcome.error, HasSubstr("ends too early"));
  }
}

TEST(ArchiveTest, DamageIsAnErrorWithItsOffsetAndWhatIsBeforeItIsGiven) {
  std::string text;
  for (int i = 0; i < 60'000; ++i) text += "line " + std::to_string(i * 7919) + "\n";
  for (const Codec& codec : Codecs()) {
    SCOPED_TRACE(std::string(CompressionName(codec.compression)));
    const std::string first = codec.compress(text);
    std::string data = first + codec.compress(text);
    const size_t at = first.size() + (data.size() - first.size()) / 2;
    for (size_t i = 0; i < 40; ++i) data[at + i] = static_cast<char>(data[at + i] ^ 0x55);
    const Outcome outcome = ReadFile(data);
    EXPECT_GE(outcome.text.size(), text.size());
    EXPECT_TRUE(outcome.text.starts_with(text));
    EXPECT_THAT(outcome.error, StartsWith("damaged " + std::string(CompressionName(codec.compression)) + " data ("));
    EXPECT_THAT(outcome.error, HasSubstr(" at compressed byte "));
    EXPECT_EQ(outcome.error.find('\n'), std::string::npos);
  }
}

TEST(ArchiveTest, ABombStopsAtTheLimitAndJustTheLimitIsNone) {
  const std::string text(3'000'000, 'x');
  for (const Codec& codec : Codecs()) {
    SCOPED_TRACE(std::string(CompressionName(codec.compression)));
    SourceSettings settings;
    settings.max_expand_bytes = text.size();
    EXPECT_EQ(ReadFile(codec.compress(text), settings).error, "");
    settings.max_expand_bytes = text.size() - 1;
    const Outcome outcome = ReadFile(codec.compress(text), settings);
    EXPECT_EQ(outcome.text.size(), text.size() - 1);
    EXPECT_THAT(outcome.error, HasSubstr("more than 2999999 bytes"));
    EXPECT_THAT(outcome.error, HasSubstr("--max-expand"));
  }
}

TEST(ArchiveTest, WhatIsNotCompressedDoesNotExpand) {
  const TempDir dir;
  SourceSettings settings;
  settings.max_expand_bytes = 10;
  const std::unique_ptr<Source> source = *OpenSource(dir.Write("log", kText), settings);
  EXPECT_EQ(ReadAll(*source, settings.cell_bytes).error, "");
}

TEST(ArchiveTest, AWindowThatDoesNotFitIsAnErrorThatNamesTheSize) {
  SourceSettings settings;
  settings.decoder_bytes = 8 << 20;
  const std::string text(100'000, 'x');
  EXPECT_EQ(ReadFile(Zstd(text, 26), settings).error,
            "its zstd data needs 64 MiB to be decoded, and 8 MiB are a decoder's part of the memory: give --max-memory "
            "512MiB");
  EXPECT_THAT(ReadFile(Xz(text, 9), settings).error, HasSubstr("its xz data needs 65 MiB to be decoded"));
}

TEST(ArchiveTest, AStopIsNoDamage) {
  std::stop_source stop;
  SourceSettings settings;
  settings.stop = stop.get_token();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  WriteAll(ends[1], Gzip("one\n").substr(0, 15));  // and then silence
  const std::unique_ptr<Source> source = OpenStream(ends[0], settings);
  std::thread stopper([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    stop.request_stop();
  });
  const Outcome outcome = ReadAll(*source, settings.cell_bytes);
  stopper.join();
  close(ends[1]);
  EXPECT_EQ(outcome.error + outcome.warning, "");
}

}  // namespace
}  // namespace logstat
