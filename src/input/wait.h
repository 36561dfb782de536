// Waiting for a writer without being deaf to the run's stop token.
//
//   if (!WaitForInput(descriptor, stop)) return 0;   // asked to stop
//   read(descriptor, ...);                           // has something to say: bytes, the end, or an error
//
// Thread-safe.
#ifndef LOGSTAT_SRC_INPUT_WAIT_H_
#define LOGSTAT_SRC_INPUT_WAIT_H_

#include <stop_token>

namespace logstat {

// Waits until a read would not block: bytes are there, all writers have gone, or it would fail. False if asked to
// stop, which is noticed within a tenth of a second. On Linux a FIFO that was opened before its first writer came is
// not at its end, so this waits for the writer, too. Costs some 0.5 us beside the 15 us that reading a full pipe takes.
bool WaitForInput(int descriptor, const std::stop_token& stop);

}  // namespace logstat

#endif  // LOGSTAT_SRC_INPUT_WAIT_H_
