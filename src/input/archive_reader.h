// The decoded bytes of a compressed input: its members one after the other, and what may stand between them.
//
//   ArchiveReader reader(Compression::kGzip, std::move(descriptor_reader), first_bytes, settings);
//   StatusOr<size_t> got = reader.Read(buffer, sizeof buffer);
//
// An archive is one or more complete members (gzip), frames (zstd) or streams (xz, bzip2). Zero bytes between and
// behind them are padding. What else follows a complete member is what gzip calls trailing garbage: it is ignored with
// a warning, because nothing of the log is lost. Damage inside a member, or its missing end, is an error with the
// offset in the compressed input, after every byte that was decoded before it.
#ifndef LOGSTAT_SRC_INPUT_ARCHIVE_READER_H_
#define LOGSTAT_SRC_INPUT_ARCHIVE_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/input/byte_reader.h"
#include "src/input/compressed_bytes.h"
#include "src/input/compression.h"
#include "src/input/decoder.h"
#include "src/input/member_split.h"
#include "src/input/source.h"

namespace logstat {

class ArchiveReader final : public ByteReader {
 public:
  // `start` holds the first bytes of the input, which `compressed` has already given, at least the magic number.
  // `split`, if not null, decodes members that come later.
  ArchiveReader(Compression compression, std::unique_ptr<ByteReader> compressed, std::vector<uint8_t> start,
                const SourceSettings& settings, std::unique_ptr<MemberSplit> split = nullptr);

  StatusOr<size_t> Read(uint8_t* to, size_t most) override;
  bool DecodeAhead() override { return split_ != nullptr && split_->DecodeAhead(); }
  std::string Warning() const override { return warning_; }

 private:
  StatusOr<bool> TakeAhead();
  size_t GiveAhead(uint8_t* to, size_t most);
  StatusOr<bool> FindNextMember();
  StatusOr<size_t> ReadMember(uint8_t* to, size_t most);
  Status ErrorOf(const Decoder::Step& step) const;

  const Compression compression_;
  const uint64_t decoder_bytes_;
  const std::stop_token stop_;
  const std::unique_ptr<Decoder> decoder_;
  CompressedBytes in_;
  const std::unique_ptr<MemberSplit> split_;
  std::string_view ahead_;  // complete members of split_ that are to be given before what follows in in_
  bool in_member_ = true;
  bool ended_ = false;
  Status error_;  // to be given after the bytes before it
  std::string warning_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_ARCHIVE_READER_H_
