// Where a report goes: standard output, or a file that appears whole or not at all.
//
//   StatusOr<Output> output = Output::Open("report.json");   // before the work: a bad path ends the run early
//   output->Write(piece);                                    // any number of times; errors are remembered
//   Status flushed = output->Flush();                        // it is on the disk, but not under its name
//   Status written = output->Finish();                       // flushed, fsynced, renamed
//
// A file is written under a temporary name in its directory and renamed over the old one, so a reader never sees half
// a report and a run that fails leaves the old one. Its mode is the old file's, or what umask allows. A symbolic link
// stays and its target is replaced. What is not a regular file (/dev/null, a FIFO) is written in place.
// Movable, not copyable; not thread-safe.
#ifndef LOGSTAT_SRC_CLI_OUTPUT_H_
#define LOGSTAT_SRC_CLI_OUTPUT_H_

#include <string>
#include <string_view>

#include "src/base/status.h"

namespace logstat {

class Output {
 public:
  // An empty path is standard output. Errors name the path.
  static StatusOr<Output> Open(const std::string& path);

  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();  // without Finish() the temporary file is removed

  // After the first failure everything is dropped; Finish() returns that failure.
  void Write(std::string_view text);

  // All that was written is on the disk; Finish() has only to rename. Several files that belong together are flushed
  // first and then renamed, so that a full disk leaves all of the old ones. To be called once, before Finish().
  Status Flush();

  // To be called once. A reader that went away (EPIPE) is not an error: it has what it wanted.
  Status Finish();

 private:
  Output() = default;
  Status OpenReplacement(const std::string& path);
  Status OpenInPlace(const std::string& path);
  Status Rename();

  int descriptor_ = -1;
  int error_ = 0;  // errno of the first failure
  bool flushed_ = false;
  bool owned_ = false;     // the descriptor is ours to close
  std::string name_;       // as the user wrote it, for messages
  std::string target_;     // the file to replace, links resolved
  std::string temporary_;  // empty: written in place
};

// Writes a text to standard output; as Output::Finish().
Status WriteToStandardOutput(std::string_view text);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CLI_OUTPUT_H_
