// A source over anything that can only be read from front to back: pipes, terminals, sockets, small files, archives.
//
//   StreamSource source(std::make_unique<InputReader>(Descriptor(STDIN_FILENO), settings), std::nullopt, settings);
//   StatusOr<std::optional<Block>> block = source.Next();     // any thread; reads and decodes under the source's lock
//
// The bytes are read into windows. A window is filled, then as many cells as it wholly holds (overhang included) are
// cut out of it, all sharing it as their lease; what is left is copied to the front of the next window. With the usual
// 256 KiB cells a window is one of them, and about 4 KiB of it are copied; with the tiny cells of tests it is many.
// With windows of 1 MiB all workers parsed their cells and then all but one waited for the next: 1.06 of the time of a
// gzip file with all sections but findings, on two cores. Nobody writes to a window after a block of it was given out,
// which is why blocks need no lock.
//
// Costs: memory is at most one window of cell + 1 MiB + slack per block in flight and one for the source, whatever the
// length of a line; windows are reused, so a long stream allocates as many as were in flight at once. Time is linear
// in the input: a window grows by doubled steps until its first cell's last line ends, and never for the rest of a
// line that is over the limit.
#ifndef LOGSTAT_SRC_INPUT_STREAM_H_
#define LOGSTAT_SRC_INPUT_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/input/block.h"
#include "src/input/byte_reader.h"
#include "src/input/source.h"
#include "src/input/window_pool.h"

namespace logstat {

class StreamSource final : public Source {
 public:
  StreamSource(std::unique_ptr<ByteReader> reader, std::optional<uint64_t> known_size, const SourceSettings& settings);

  // Blocks until the sample is complete, that is until the writer has written so much or is done.
  std::string_view Sample() override;

  // A read error ends the input: its last block says ends_input, so that what was read of the last line is parsed, and
  // the call after it returns the error.
  StatusOr<std::optional<Block>> Next() override;

  uint64_t IntactBytes() const override { return UINT64_MAX; }
  std::optional<uint64_t> KnownSize() const override { return known_size_; }
  bool mapped() const override { return false; }
  bool DecodeAhead() override { return reader_->DecodeAhead(); }
  std::string Warning() const override;

 private:
  // The bytes that were read and not yet given out as the owned bytes of a cell.
  const uint8_t* bytes() const { return window_->bytes() + position_; }
  size_t available() const { return filled_ - position_; }

  // Block::readable_bytes of the next cell; empty if more must be read to know it.
  std::optional<size_t> ReadableBytes() const;

  // Reads until `wanted` bytes are available or the input has ended.
  void Fill(size_t wanted);
  void MoveToFreshWindow(size_t wanted);

  const size_t cell_bytes_;
  const std::optional<uint64_t> known_size_;

  const std::unique_ptr<ByteReader> reader_;
  mutable std::mutex mutex_;  // guards all below, and reading
  const std::shared_ptr<WindowPool> pool_;
  std::shared_ptr<Window> window_;
  std::vector<uint8_t> carried_;   // what moves from one window to the next
  bool window_given_out_ = false;  // a block of it exists or existed: it may not be written to
  size_t position_ = 0;            // start of the next cell in the window
  size_t filled_ = 0;              // end of the bytes in the window
  bool ended_ = false;
  Status error_;         // why it ended early; given out once
  uint64_t offset_ = 0;  // of the next cell in the input
  uint64_t cell_ = 0;
  bool starts_line_ = true;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_STREAM_H_
