// Bytes of a descriptor, from where it stands.
//
//   DescriptorReader reader(Descriptor(open(path, O_RDONLY | O_CLOEXEC)), settings.stop);
//   StatusOr<size_t> got = reader.Read(buffer, sizeof buffer);
#ifndef LOGSTAT_SRC_INPUT_DESCRIPTOR_READER_H_
#define LOGSTAT_SRC_INPUT_DESCRIPTOR_READER_H_

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <utility>

#include "src/input/byte_reader.h"
#include "src/input/descriptor.h"

namespace logstat {

// Waits also if the descriptor is non-blocking (standard input may be, when another process that shares it made it so)
// and if a signal comes. Asked to stop, it finds the end of the input, also while it waits for a silent writer.
class DescriptorReader final : public ByteReader {
 public:
  DescriptorReader(Descriptor descriptor, std::stop_token stop)
      : descriptor_(std::move(descriptor)), stop_(std::move(stop)) {}

  StatusOr<size_t> Read(uint8_t* to, size_t most) override;
  Status Skip(uint64_t bytes) override;

 private:
  const Descriptor descriptor_;
  const std::stop_token stop_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_DESCRIPTOR_READER_H_
