#include "src/input/compression.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/input/compress.h"

namespace logstat {
namespace {

using std::string_literals::operator""s;

TEST(CompressionTest, IsKnownFromTheFirstBytesAndNotBefore) {
  for (const Codec& codec : Codecs()) {
    const std::string data = codec.compress("one\n");
    SCOPED_TRACE(std::string(CompressionName(codec.compression)));
    EXPECT_EQ(RecognizeCompression(data, false), codec.compression);
    EXPECT_EQ(RecognizeCompression(data.substr(0, kMagicBytes), false), codec.compression);
    EXPECT_EQ(RecognizeCompression(data.substr(0, 2), false), std::nullopt);
    EXPECT_EQ(RecognizeCompression(data.substr(0, 2), true), Compression::kNone) << "no more will come";
  }
  EXPECT_EQ(RecognizeCompression("", false), std::nullopt);
  EXPECT_EQ(RecognizeCompression("", true), Compression::kNone);
}

TEST(CompressionTest, OfNothingIsStillOne) {
  for (const Codec& codec : Codecs()) EXPECT_EQ(RecognizeCompression(codec.compress(""), true), codec.compression);
  EXPECT_EQ(RecognizeCompression(ZstdSkippable("note"), true), Compression::kZstd);
}

TEST(CompressionTest, ALineOfALogIsNone) {
  EXPECT_EQ(RecognizeCompression("1", false), Compression::kNone) << "one byte is enough for nearly every log";
  EXPECT_EQ(RecognizeCompression("BZh9.example 192.0.2.7 - - ", false), Compression::kNone) << "a host of that name";
  EXPECT_EQ(RecognizeCompression("BZh0\x31\x41\x59\x26\x53\x59", false), Compression::kNone) << "no such level";
  EXPECT_EQ(RecognizeCompression("\x1f\x8b\x07"s, false), Compression::kNone) << "no method but deflate";
  EXPECT_EQ(RecognizeCompression("Z*M\x18", false), Compression::kZstd);
  EXPECT_EQ(RecognizeCompression("\x60*M\x18", false), Compression::kNone);
}

}  // namespace
}  // namespace logstat
