// The bytes of an input as its lines are in them: as they are, or decoded if the first bytes say that they are
// compressed.
//
//   InputReader reader(Descriptor(STDIN_FILENO), settings);
//   StatusOr<size_t> got = reader.Read(window, window_bytes);
#ifndef LOGSTAT_SRC_INPUT_INPUT_READER_H_
#define LOGSTAT_SRC_INPUT_INPUT_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "src/base/status.h"
#include "src/input/byte_reader.h"
#include "src/input/compression.h"
#include "src/input/descriptor.h"
#include "src/input/member_split.h"
#include "src/input/source.h"

namespace logstat {

// Compression is recognised in the first call of Read(), which should have room for kMagicBytes: opening waits for no
// writer. What one compressed input may expand to is limited by settings.max_expand_bytes; more is an error. Behind
// settings.most_bytes any input ends.
class InputReader final : public ByteReader {
 public:
  InputReader(Descriptor descriptor, const SourceSettings& settings);

  StatusOr<size_t> Read(uint8_t* to, size_t most) override;
  bool DecodeAhead() override { return reader_->DecodeAhead(); }
  std::string Warning() const override { return reader_->Warning(); }

 private:
  std::unique_ptr<MemberSplit> SplitOf(Compression compression, size_t already_read) const;
  StatusOr<size_t> ReadOn(uint8_t* to, size_t most);
  StatusOr<size_t> ReadFirst(uint8_t* to, size_t most);
  StatusOr<size_t> ReadDecoded(uint8_t* to, size_t most);

  const SourceSettings settings_;
  const int descriptor_;  // reader_ owns it
  std::unique_ptr<ByteReader> reader_;
  bool recognized_ = false;
  bool is_archive_ = false;
  uint64_t room_bytes_;  // how many decoded bytes may still come
  uint64_t left_bytes_;  // before settings_.most_bytes
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_INPUT_READER_H_
