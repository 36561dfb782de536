#include "src/format/key_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace logstat {
namespace {

Reading UsualReading(Field field) {
  switch (field) {
    case Field::kTime:
      return Reading::kTime;
    case Field::kBytes:
    case Field::kRequestBytes:
      return Reading::kCount;
    case Field::kStatus:
    case Field::kUpstreamStatus:
      return Reading::kStatus;
    case Field::kDuration:
    case Field::kUpstreamTime:
      return Reading::kSeconds;
    case Field::kClient:
      return Reading::kClient;
    case Field::kHost:
      return Reading::kWithoutPort;
    case Field::kUpstream:
      return Reading::kLastOfList;
    case Field::kTarget:
      return Reading::kTarget;
    case Field::kQuery:
      return Reading::kQuery;
    default:
      return Reading::kText;
  }
}

std::optional<FieldSpec> SpecOf(std::string_view name) {
  if (name == "request") return FieldSpec{Field::kTarget, Reading::kRequest};
  const std::optional<Field> field = FindField(name);
  if (!field.has_value()) return std::nullopt;
  return FieldSpec{*field, UsualReading(*field)};
}

std::optional<Reading> UnitOf(std::string_view unit) {
  if (unit == "s") return Reading::kSeconds;
  if (unit == "ms") return Reading::kMilliseconds;
  if (unit == "us") return Reading::kMicroseconds;
  if (unit == "ns") return Reading::kNanoseconds;
  return std::nullopt;
}

std::string FieldNames() {
  std::string names = "request";
  for (size_t i = 0; i < kFieldCount; ++i) names.append(", ").append(FieldName(static_cast<Field>(i)));
  return names;
}

Status WrongEntry(std::string_view entry, std::string_view why) {
  return UsageError(fmt::format("key map: '{}': {}", entry, why));
}

// Takes "(ms)" off the end of the path, if it is there.
Status TakeUnit(std::string_view entry, std::string_view& path, FieldSpec& spec) {
  if (path.empty() || path.back() != ')') return OkStatus();
  const size_t open = path.rfind('(');
  if (open == std::string_view::npos) return WrongEntry(entry, "the unit has no opening bracket");
  const std::optional<Reading> unit = UnitOf(path.substr(open + 1, path.size() - open - 2));
  if (!unit.has_value()) return WrongEntry(entry, "the unit is not known: use s, ms, us or ns");
  if (spec.reading != Reading::kSeconds) {
    return WrongEntry(entry, "only duration and upstream_time have a unit");
  }
  spec.reading = *unit;
  path = path.substr(0, open);
  return OkStatus();
}

StatusOr<NamedKey> ParseEntry(std::string_view entry) {
  const size_t equals = entry.find('=');
  if (equals == std::string_view::npos) return WrongEntry(entry, "write FIELD=PATH, as in status=.response.code");
  std::string_view name = entry.substr(0, equals);
  std::string_view path = entry.substr(equals + 1);
  NamedKey key;
  for (; key.weak < kWeakest && name.ends_with('?'); ++key.weak) name.remove_suffix(1);
  const std::optional<FieldSpec> spec = SpecOf(name);
  if (!spec.has_value()) return WrongEntry(entry, fmt::format("'{}' is no field: use {}", name, FieldNames()));
  key.spec = *spec;
  if (Status status = TakeUnit(entry, path, key.spec); !status.ok()) return status;
  if (!path.empty() && path.front() == '.') path.remove_prefix(1);
  if (path.empty() || path.front() == '.' || path.back() == '.' || path.find("..") != std::string_view::npos) {
    return WrongEntry(entry, "the path has an empty key");
  }
  key.path = path;
  return key;
}

}  // namespace

StatusOr<std::vector<NamedKey>> ParseKeyMap(std::string_view map) {
  std::vector<NamedKey> keys;
  while (true) {
    const size_t comma = map.find(',');
    StatusOr<NamedKey> key = ParseEntry(map.substr(0, comma));
    if (!key.ok()) return key.status();
    keys.push_back(*std::move(key));
    if (comma == std::string_view::npos) break;
    map.remove_prefix(comma + 1);
  }
  const auto is_status = [](const NamedKey& key) { return key.spec.field == Field::kStatus; };
  if (std::none_of(keys.begin(), keys.end(), is_status)) {
    return UsageError("key map: it names no status, and without one no line counts: add status=.KEY");
  }
  return keys;
}

Key& NameTable::At(std::string_view path) {
  Key& key = keys_[std::string(path)];
  key.path = path;
  return key;
}

NameTable::NameTable(std::span<const NamedKey> keys, std::span<const std::string_view> marks) {
  for (const NamedKey& named : keys) {
    Key& key = At(named.path);
    if (key.is_field) continue;
    key.is_field = true;
    key.weak = named.weak;
    key.spec = named.spec;
    key.may_fill = ColumnsOf(named.spec);
    key.columns = key.may_fill;
    if (named.spec.field == Field::kTarget) key.columns = key.columns.Without({Field::kHost, Field::kScheme});
    columns_ = columns_ | key.may_fill;
    for (size_t dot = key.path.find('.'); dot != std::string::npos; dot = key.path.find('.', dot + 1)) {
      Key& parent = At(std::string_view(key.path).substr(0, dot));
      parent.columns_below = parent.columns_below | key.may_fill;
    }
  }
  for (size_t i = 0; i < marks.size(); ++i) {
    const uint32_t bit = uint32_t{1} << i;
    At(marks[i]).mark |= bit;
    for (size_t dot = marks[i].find('.'); dot != std::string_view::npos; dot = marks[i].find('.', dot + 1)) {
      At(marks[i].substr(0, dot)).marks_below |= bit;
    }
  }
}

}  // namespace logstat
