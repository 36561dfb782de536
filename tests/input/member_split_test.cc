#include "src/input/member_split.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "src/input/descriptor.h"
#include "tests/input/many_members.h"
#include "tests/input/temp_dir.h"

namespace logstat {
namespace {

using ::testing::HasSubstr;

// An archive that is decoded ahead without anybody who reads it.
class Split {
 public:
  explicit Split(const std::string& data, size_t cell_bytes = 256, uint64_t start = 0,
                 Compression compression = Compression::kGzip)
      : descriptor_(open(dir_.Write("log", data).c_str(), O_RDONLY | O_CLOEXEC)) {
    settings_.cell_bytes = cell_bytes;  // a stripe is no larger
    split_ = std::make_unique<MemberSplit>(compression, descriptor_.get(), start, settings_);
  }

  MemberSplit& operator*() { return *split_; }
  MemberSplit* operator->() { return split_.get(); }

  int DecodeAll() {
    int pieces = 0;
    while (split_->DecodeAhead()) ++pieces;
    return pieces;
  }

 private:
  const TempDir dir_;
  const Descriptor descriptor_;
  SourceSettings settings_;
  std::unique_ptr<MemberSplit> split_;
};

std::string_view TextOf(const DecodedMembers* members) {
  if (members == nullptr) return "(none)";
  return {reinterpret_cast<const char*>(members->bytes.get()), members->size};
}

TEST(MemberSplitTest, TheMembersThatStartInAStripeAreDecodedTogether) {
  const std::string first = Gzip(LinesOf(2000, 1));
  ASSERT_GT(first.size(), 256u);
  ASSERT_LT(first.size() % 256, 200u) << "the next ones have to start in one stripe";
  const std::string data = first + Gzip("one\n") + Gzip("") + Gzip("tw") + Gzip(LinesOf(3000, 2));
  Split split(data);
  split.DecodeAll();
  const DecodedMembers* const members = split->Take(first.size());
  EXPECT_TRUE(TextOf(members).starts_with("one\ntw"));
  ASSERT_NE(members, nullptr);
  EXPECT_EQ(members->begin, first.size());
  EXPECT_LE(members->end, data.size());
}

TEST(MemberSplitTest, FromStripeToStripeNothingIsLeftOut) {
  const std::string text = LinesOf(700'000, 1);
  const std::string data = Bgzf(text) + Bgzf("");
  Split split(data, 16'384);
  std::string decoded;
  const std::string first = Bgzf(text.substr(0, 65280));
  for (uint64_t at = first.size(); at < data.size();) {
    split.DecodeAll();
    const DecodedMembers* const members = split->Take(at);
    ASSERT_NE(members, nullptr) << at;
    decoded += TextOf(members);
    at = members->end;
  }
  EXPECT_TRUE(decoded == text.substr(65280));
}

TEST(MemberSplitTest, TheArchiveMayStartAnywhereInItsFile) {
  const std::string first = Gzip(LinesOf(2000, 1));
  Split split("a line before\n" + first + Gzip("one\n"), 256, 14);
  split.DecodeAll();
  EXPECT_EQ(TextOf(split->Take(first.size())), "one\n");
}

TEST(MemberSplitTest, BzipStreamsAreMembers) {
  const std::string first = Bzip2(LinesOf(2000, 1));
  Split split(first + Bzip2("one\n"), 256, 0, Compression::kBzip2);
  split.DecodeAll();
  EXPECT_EQ(TextOf(split->Take(first.size())), "one\n");
}

TEST(MemberSplitTest, WhereNoMemberWasFoundThereIsNothing) {
  const std::string first = Gzip(LinesOf(2000, 1));
  Split split(first + Gzip("one\n"));
  split.DecodeAll();
  EXPECT_EQ(split->Take(first.size() - 1), nullptr);
  EXPECT_NE(split->Take(first.size()), nullptr) << "a place before it does not spend it";
  EXPECT_EQ(split->Take(first.size() + 1), nullptr);
  EXPECT_EQ(split->Take(first.size()), nullptr) << "it was passed";
}

TEST(MemberSplitTest, IncompleteAndDamagedMembersAreLeftToTheReader) {
  const std::string first = Gzip(LinesOf(2000, 1));
  const std::string good = Gzip("one\n");
  std::string bad = Gzip("two\n");
  bad[bad.size() - 6] ^= 1;  // the checksum
  for (const std::string& last : {bad, bad.substr(0, bad.size() - 9), std::string("\x1f\x8b\x08")}) {
    Split split(first + good + last);
    split.DecodeAll();
    const DecodedMembers* const members = split->Take(first.size());
    EXPECT_EQ(TextOf(members), "one\n");
    ASSERT_NE(members, nullptr);
    EXPECT_EQ(members->end, first.size() + good.size());
    EXPECT_EQ(split->Take(first.size() + good.size()), nullptr);
  }
}

TEST(MemberSplitTest, AMemberTooLargeForAProposalIsLeftToTheReader) {
  const std::string first = Gzip(LinesOf(2000, 1));
  Split split(first + Gzip(std::string((8 << 20) + 1, 'x')));
  split.DecodeAll();
  EXPECT_EQ(split->Take(first.size()), nullptr);
}

TEST(MemberSplitTest, OnlyTheStartOfALargeMemberIsSearched) {
  Split split(Gzip(LinesOf(3'000'000, 1)), 4096);
  EXPECT_EQ(split.DecodeAll(), 64);
  EXPECT_EQ(split->Take(4096 * 100), nullptr);
  EXPECT_GT(split.DecodeAll(), 0) << "but more when the reader has come on";
}

TEST(MemberSplitTest, AFileMadeOfFalseHeadersIsGivenUp) {
  std::string headers;
  for (int i = 0; i < 100'000; ++i) headers += std::string("\x1f\x8b\x08\0\0\0\0\0\0\3", 10) + "\xff";
  Split split(Gzip(headers, "", 0), 4096);
  EXPECT_LT(split.DecodeAll(), 5);
}

// `pieces` stripes are decoded ahead before each cell is read.
ArchiveOutcome Read(const std::string& path, const SourceSettings& settings, int pieces) {
  struct Helped final : public Source {
    StatusOr<std::optional<Block>> Next() override {
      for (int i = 0; i < pieces && inner->DecodeAhead(); ++i) continue;
      return inner->Next();
    }
    std::string_view Sample() override { return inner->Sample(); }
    uint64_t IntactBytes() const override { return inner->IntactBytes(); }
    std::optional<uint64_t> KnownSize() const override { return inner->KnownSize(); }
    bool mapped() const override { return inner->mapped(); }
    std::string Warning() const override { return inner->Warning(); }

    std::unique_ptr<Source> inner;
    int pieces = 0;
  };
  Helped source;
  source.inner = *OpenSource(path, settings);
  source.Sample();
  source.pieces = pieces;
  return ReadArchive(source, settings.cell_bytes);
}

TEST(MemberSplitTest, WithHelpEveryArchiveGivesWhatItGivesWithout) {
  const TempDir dir;
  for (const ManyMembers& archive : HardArchives()) {
    const std::string path = dir.Write("log", archive.data);
    for (const size_t cell_bytes : {size_t{4096}, size_t{100'000}, size_t{1} << 20}) {
      SCOPED_TRACE(archive.name + ", cells of " + std::to_string(cell_bytes));
      const SourceSettings settings = SettingsFor(cell_bytes);
      const ArchiveOutcome alone = Read(path, settings, 0);
      for (const int pieces : {1, 3, 100}) EXPECT_EQ(Read(path, settings, pieces), alone) << pieces;
    }
  }
}

TEST(MemberSplitTest, WithHelpABombStopsAtTheSameByte) {
  const TempDir dir;
  const std::string path = dir.Write("log", HardArchives()[0].data);
  SourceSettings settings = SettingsFor(1000);
  for (const uint64_t most : {1'250'000, 1'250'001, 1'300'000, 1'300'007}) {
    settings.max_expand_bytes = most;
    const ArchiveOutcome alone = Read(path, settings, 0);
    EXPECT_EQ(alone.text.size(), most);
    EXPECT_THAT(alone.error, HasSubstr("--max-expand"));
    for (const int pieces : {1, 3, 100}) EXPECT_EQ(Read(path, settings, pieces), alone);
  }
}

}  // namespace
}  // namespace logstat
