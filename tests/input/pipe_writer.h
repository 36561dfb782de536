// A pipe that a thread of its own fills, the way another program would.
//
//   PipeWriter writer([](int out) { write(out, "line\n", 5); });
//   std::unique_ptr<Source> source = OpenStream(writer.TakeReadEnd(), settings);
#ifndef LOGSTAT_TESTS_INPUT_PIPE_WRITER_H_
#define LOGSTAT_TESTS_INPUT_PIPE_WRITER_H_

#include <unistd.h>

#include <functional>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

namespace logstat {

class PipeWriter {
 public:
  // `write_all` runs in its own thread; the write end is closed when it returns. The reader must read to the end.
  explicit PipeWriter(std::function<void(int)> write_all) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("cannot make a pipe");
    read_end_ = ends[0];
    thread_ = std::thread([out = ends[1], write_all = std::move(write_all)] {
      write_all(out);
      close(out);
    });
  }
  ~PipeWriter() { thread_.join(); }

  int TakeReadEnd() { return std::exchange(read_end_, -1); }

 private:
  int read_end_;
  std::thread thread_;
};

inline void WriteAll(int out, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(out, bytes.data(), bytes.size());
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_INPUT_PIPE_WRITER_H_
