// Errors as values: absl::Status under a short name, made from std text.
//
//   if (fd < 0) return ErrnoStatus(errno, "cannot open");
//
// This is the only file that hands text to Abseil: on Debian 12 its string_view is not std::string_view.
#ifndef LOGSTAT_SRC_BASE_STATUS_H_
#define LOGSTAT_SRC_BASE_STATUS_H_

#include <cstring>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace logstat {

using absl::OkStatus;
using absl::Status;
using absl::StatusOr;

// The user asked for something that cannot be done; the text says what to do instead.
inline Status UsageError(std::string_view message) {
  return absl::InvalidArgumentError(absl::string_view(message.data(), message.size()));
}

// Something outside (a file, a pipe, memory) failed.
inline Status EnvironmentError(std::string_view message) {
  return absl::UnavailableError(absl::string_view(message.data(), message.size()));
}

// `what` followed by the system's word for `error`, as in "cannot open: Permission denied".
inline Status ErrnoStatus(int error, std::string_view what) {
  std::string message(what);
  message.append(": ").append(std::strerror(error));
  return EnvironmentError(message);
}

// The text of a status as std::string.
inline std::string Message(const Status& status) {
  return std::string(status.message().data(), status.message().size());
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_STATUS_H_
