// Errors as values: absl::Status under a short name, made from std text.
//
//   if (fd < 0) return ErrnoStatus(errno, "cannot open");
//
// This is the only file that hands text to Abseil: on Debian 12 its string_view is not std::string_view.
#ifndef LOGSTAT_SRC_BASE_STATUS_H_
#define LOGSTAT_SRC_BASE_STATUS_H_

#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/cord.h"

namespace logstat {

using absl::OkStatus;
using absl::Status;
using absl::StatusOr;

// The user asked for something that cannot be done; the text says what to do instead.
inline Status UsageError(std::string_view message) {
  return absl::InvalidArgumentError(absl::string_view(message.data(), message.size()));
}

inline bool IsUsageError(const Status& status) { return absl::IsInvalidArgument(status); }

// What a usage error is about, and the byte of it where it goes wrong, for whoever can put a mark there.
struct MarkedText {
  std::string text;
  size_t at = 0;  // up to text.size()
};

inline constexpr char kMarkUrl[] = "logstat/mark";

// `message` must be complete without the mark.
inline Status UsageErrorAt(std::string_view message, const MarkedText& mark) {
  Status status = UsageError(message);
  status.SetPayload(kMarkUrl, absl::Cord(std::to_string(mark.at) + ":" + mark.text));
  return status;
}

inline std::optional<MarkedText> MarkOf(const Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kMarkUrl);
  if (!payload.has_value()) return std::nullopt;
  const std::string packed(*payload);
  const size_t colon = packed.find(':');
  return MarkedText{packed.substr(colon + 1), std::stoul(packed.substr(0, colon))};
}

// The same error, told with words in front.
inline Status Prefixed(std::string_view words, const Status& status) {
  std::string message(words);
  message.append(status.message().data(), status.message().size());
  const std::optional<MarkedText> mark = MarkOf(status);
  return mark.has_value() ? UsageErrorAt(message, *mark)
                          : Status(status.code(), absl::string_view(message.data(), message.size()));
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
