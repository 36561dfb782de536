// The request field, taken apart: method, target, path, query, protocol.
//
//   RequestParts parts = SplitRequest("GET /shop?id=7 HTTP/1.1");   // parts.path is "/shop"
//
// Rules (specification, section 4): the method is the leading 1 to 32 token characters (RFC 9110, 5.6.2) followed by a
// space; the protocol is the last word if it is `HTTP/` and digits and dots; the target is all between, trimmed. A
// field without a method has none of these. Nothing is decoded, folded or merged. Pure; the views point into the
// field, except the path "/" of an absolute target that has none.
#ifndef LOGSTAT_SRC_FORMAT_REQUEST_H_
#define LOGSTAT_SRC_FORMAT_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace logstat {

struct RequestParts {
  std::optional<std::string_view> method;
  std::optional<std::string_view> target;  // absent if empty
  std::optional<std::string_view> path;    // the target up to '?'; of an absolute target, its path alone
  std::optional<std::string_view> query;   // behind '?', which may be empty
  std::optional<std::string_view> protocol;
  std::optional<std::string_view> scheme;     // of an absolute target: scheme://authority/path
  std::optional<std::string_view> authority;  // of an absolute target: http://authority/path
};

RequestParts SplitRequest(std::string_view request);

// The target's part of it: path, query, scheme, authority. `is_connect`: the method is CONNECT, whose target stays
// whole.
void SplitTarget(std::string_view target, bool is_connect, RequestParts& parts);

// Whether `text` is HTTP/ followed by digits and dots, at least one.
bool IsProtocol(std::string_view text);

// Whether the byte may stand in a method.
bool IsTokenByte(uint8_t byte);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_REQUEST_H_
