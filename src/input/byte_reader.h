// What a stream reads its bytes from: a descriptor, or a decoder over one.
//
//   StatusOr<size_t> got = reader.Read(buffer, sizeof buffer);
//   if (!got.ok() || *got == 0) ...   // the end
#ifndef LOGSTAT_SRC_INPUT_BYTE_READER_H_
#define LOGSTAT_SRC_INPUT_BYTE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "src/base/status.h"

namespace logstat {

// Not thread-safe but for DecodeAhead(): StreamSource calls it under its lock.
class ByteReader {
 public:
  virtual ~ByteReader() = default;

  // Writes between 1 and `most` (at least 1) bytes to `to` and returns their number; 0 at the end. Waits for a slow
  // writer. An error ends the input: the bytes before it were given by earlier calls, and the calls after it give 0.
  virtual StatusOr<size_t> Read(uint8_t* to, size_t most) = 0;

  // Passes over the next `bytes` bytes without reading them. Only a file can.
  virtual Status Skip(uint64_t /*bytes*/) { return EnvironmentError("cannot seek"); }

  // Does some work that a later Read() would do, if there is any for one more worker; false: there is none now. May be
  // called at any time after the first Read(), also while another thread is in one.
  virtual bool DecodeAhead() { return false; }

  // What is odd about the input though nothing of it is lost, known at its end: one line without the path, or empty.
  virtual std::string Warning() const { return {}; }
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_BYTE_READER_H_
