// Where bytes come from: a mapped file, or a stream that is read, and decoded if it is compressed, under a lock. Both
// give the same blocks.
//
//   StatusOr<std::unique_ptr<Source>> source = OpenSource("access.log", settings);
//   std::string_view sample = (*source)->Sample();
//   while (true) {
//     StatusOr<std::optional<Block>> block = (*source)->Next();
//     if (!block.ok() || !block->has_value()) break;
//     ...
//   }
#ifndef LOGSTAT_SRC_INPUT_SOURCE_H_
#define LOGSTAT_SRC_INPUT_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/input/block.h"

namespace logstat {

// The sample that format detection reads: the first kSampleLines lines within the first kSampleBytes decoded bytes,
// the same from any kind of source.
inline constexpr size_t kSampleLines = 1000;
inline constexpr size_t kSampleBytes = size_t{4} << 20;

// The part of --max-memory that one decoder may take is one in so many.
inline constexpr uint64_t kDecoderShare = 8;

struct SourceSettings {
  size_t cell_bytes = size_t{1} << 20;            // G
  uint64_t map_from_bytes = uint64_t{1} << 20;    // smaller regular files are read
  bool guard_mapped_files = false;                // see mapping_guard.h
  uint64_t max_expand_bytes = uint64_t{1} << 40;  // most decoded bytes of one compressed input
  uint64_t most_bytes = UINT64_MAX;               // where an input ends, decoded, though there may be more of it
  uint64_t decoder_bytes = uint64_t{128} << 20;   // most memory for the window of one decoder
  std::stop_token stop;                           // once asked to stop, a stream ends with what it has, also if it
                                                  // waits for a silent writer
};

class Source {
 public:
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  // The first bytes of the input: everything up to and including the kSampleLines-th newline, or kSampleBytes, or all
  // of it, whatever is least. Reading it consumes nothing. Valid until the first call of Next(), and the same until then
  // whatever happens to the file. A read error is returned by Next(), after the bytes before it. Not thread-safe with
  // Next().
  virtual std::string_view Sample() = 0;

  // The next cell, in order; empty at the end of the input. Thread-safe: each cell is given to exactly one caller. An
  // error is returned once, after it the input has ended; the bytes before it were given in earlier blocks.
  virtual StatusOr<std::optional<Block>> Next() = 0;

  // How many bytes from the start of the input are certainly the file's own *now*: everything for a stream; for a
  // mapped file the least of its size at opening, its size now (fstat) and the lowest offset that was lost to a
  // truncation. Rows that end beyond it must be dropped before they are counted. Thread-safe.
  virtual uint64_t IntactBytes() const = 0;

  // Size of the input at opening; empty if it is unknown: of pipes, and of compressed files.
  virtual std::optional<uint64_t> KnownSize() const = 0;

  virtual bool mapped() const = 0;

  // Does some work that a later Next() would do, if there is any for one more worker; false: there is none now. What
  // Next() gives does not depend on it. Thread-safe, also with Next(), but not with the call of Sample() before it.
  virtual bool DecodeAhead() { return false; }

  // What is odd about the input though nothing of it is lost, known at its end: one line without the path, or empty.
  // Thread-safe.
  virtual std::string Warning() const { return {}; }

 protected:
  Source() = default;
};

// Opens a path ("-" is standard input) and picks the kind: a regular file of at least map_from_bytes is mapped (also
// standard input, if it is such a file at offset 0), everything else, and what is compressed, is a stream. Directories
// are an error. Waits for the writer of a FIFO, or until settings.stop says to stop: then the stream is empty.
StatusOr<std::unique_ptr<Source>> OpenSource(const std::string& path, const SourceSettings& settings);

// A stream over a descriptor, which it owns and closes (standard input is not closed). It is decoded if it begins like
// compressed data (compression.h).
std::unique_ptr<Source> OpenStream(int descriptor, const SourceSettings& settings);

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_SOURCE_H_
