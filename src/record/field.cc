#include "src/record/field.h"

#include <array>

namespace logstat {
namespace {

// In the order of Field.
constexpr std::array<std::string_view, kFieldCount> kNames = {
    "status", "time",   "bytes", "duration", "upstream_time", "upstream_status", "request_bytes", "client", "user",
    "method", "target", "path",  "query",    "protocol",      "referrer",        "agent",         "host",   "upstream",
    "scheme", "tls",    "cache", "xff",      "request_id",    "reason",
};

}  // namespace

std::string_view FieldName(Field field) { return kNames[static_cast<size_t>(field)]; }

std::optional<Field> FindField(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Field>(i);
  }
  return std::nullopt;
}

std::string FieldNames(ColumnSet fields) {
  std::string names;
  for (size_t i = 0; i < kFieldCount; ++i) {
    const Field field = static_cast<Field>(i);
    if (fields.Contains(field)) names.append(names.empty() ? "" : ", ").append(FieldName(field));
  }
  return names;
}

}  // namespace logstat
