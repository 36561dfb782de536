// Where the sample for format detection ends: the same bytes from a mapping and from a stream that fills up.
//
//   if (std::optional<size_t> end = SampleEnd(bytes_so_far)) return bytes_so_far.substr(0, *end);
#ifndef LOGSTAT_SRC_INPUT_SAMPLE_H_
#define LOGSTAT_SRC_INPUT_SAMPLE_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace logstat {

// The length of the sample in bytes, if `start`, the first bytes of an input, holds all of it: up to and including the
// kSampleLines-th newline, or kSampleBytes, whatever is less. Empty: more bytes are needed to know, or, if the input
// has no more, all of `start` is the sample. Pure.
std::optional<size_t> SampleEnd(std::string_view start);

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_SAMPLE_H_
