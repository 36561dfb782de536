#include "src/format/w3c_fields.h"

#include <algorithm>
#include <array>
#include <string>

#include "src/base/ascii.h"

namespace logstat {
namespace {

constexpr std::string_view kW3cBlanks = " \t\r\n";

// A name of a column, in lower case. Of two names of one field the later row here is the more exact one.
struct KnownColumn {
  std::string_view name;
  FieldSpec spec;
  bool keeps_dash = false;
};

constexpr KnownColumn kColumns[] = {
    {"timestamp", {Field::kTime, Reading::kTime}},
    {"timestamp(ms)", {Field::kTime, Reading::kTime}},
    {"c-dns", {Field::kClient, Reading::kClient}},
    {"c-ip", {Field::kClient, Reading::kClient}},
    {"c-auth-id", {Field::kUser, Reading::kText}, true},
    {"cs-username", {Field::kUser, Reading::kText}, true},
    {"cs-method", {Field::kMethod, Reading::kText}},
    {"cs-protocol-version", {Field::kProtocol, Reading::kText}},
    {"cs-version", {Field::kProtocol, Reading::kText}},
    {"cs-protocol", {Field::kScheme, Reading::kText}},
    {"cs-uri-scheme", {Field::kScheme, Reading::kText}},
    {"bytes", {Field::kBytes, Reading::kCount}},
    {"sc-bytes", {Field::kBytes, Reading::kCount}},
    {"cs-bytes", {Field::kRequestBytes, Reading::kCount}},
    {"time-taken", {Field::kDuration, Reading::kMilliseconds}},
    {"time-taken-ms", {Field::kDuration, Reading::kMilliseconds}},
    {"timetakenms", {Field::kDuration, Reading::kMilliseconds}},
    {"cs(user-agent)", {Field::kAgent, Reading::kText}, true},
    {"cs(referrer)", {Field::kReferrer, Reading::kText}, true},
    {"cs(referer)", {Field::kReferrer, Reading::kText}, true},
    {"cs(x-forwarded-for)", {Field::kXff, Reading::kText}, true},
    {"s-xff", {Field::kXff, Reading::kText}, true},
    {"x-forwarded-for", {Field::kXff, Reading::kText}, true},
    {"cs-uri-host", {Field::kHost, Reading::kWithoutPort}},
    {"cs-host", {Field::kHost, Reading::kWithoutPort}},
    {"cs(host)", {Field::kHost, Reading::kWithoutPort}},
    {"x-host-header", {Field::kHost, Reading::kWithoutPort}},
    {"crypt-protocol", {Field::kTls, Reading::kText}},
    {"ssl-protocol", {Field::kTls, Reading::kText}},
    {"x-edge-response-result-type", {Field::kCache, Reading::kText}},
    {"x-edge-result-type", {Field::kCache, Reading::kText}},
    {"x-edge-request-id", {Field::kRequestId, Reading::kText}},
    {"x-edge-detailed-result-type", {Field::kReason, Reading::kText}},
};

const KnownColumn* FindColumn(std::string_view name) {
  for (const KnownColumn& column : kColumns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

// The columns that are no field by themselves.
size_t* PlaceOf(std::string_view name, W3cFields& fields) {
  if (name == "date" || (name == "date-local" && fields.date == kNoColumn)) return &fields.date;
  if (name == "time" || (name == "time-local" && fields.time == kNoColumn)) return &fields.time;
  if (name == "sc-status") return &fields.status;
  if (name == "cs-uri-stem" || (name == "cs-uri" && fields.stem == kNoColumn)) return &fields.stem;
  if (name == "cs-uri-query") return &fields.query;
  return nullptr;
}

// CloudFront writes seconds, as the standard says; IIS milliseconds.
void UseSeconds(W3cFields& fields) {
  for (W3cColumn& column : fields.columns) {
    if (column.used && column.spec.reading == Reading::kMilliseconds) column.spec.reading = Reading::kSeconds;
  }
}

}  // namespace

ColumnSet W3cFields::Columns() const {
  ColumnSet all;
  for (const W3cColumn& column : columns) {
    if (column.used) all = all | ColumnsOf(column.spec);
  }
  if (time != kNoColumn) all.Insert(Field::kTime);
  if (status != kNoColumn) all.Insert(Field::kStatus);
  if (stem != kNoColumn) all = all | ColumnSet{Field::kTarget, Field::kPath, Field::kQuery};
  return all;
}

std::shared_ptr<const W3cFields> ParseFields(std::string_view directive) {
  auto fields = std::make_shared<W3cFields>();
  std::array<const KnownColumn*, kFieldCount> chosen{};  // by field
  std::array<size_t, kFieldCount> places{};
  bool is_cloudfront = false;
  std::string_view rest = directive.substr(std::min(directive.find(':'), directive.size() - 1) + 1);
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(kW3cBlanks), rest.size()));
    if (rest.empty()) break;
    const size_t end = std::min(rest.find_first_of(kW3cBlanks), rest.size());
    const std::string name = LowerAscii(rest.substr(0, end));
    rest.remove_prefix(end);
    const size_t place = fields->columns.size();
    fields->columns.emplace_back();
    is_cloudfront = is_cloudfront || name.starts_with("x-edge-");
    if (size_t* own = PlaceOf(name, *fields)) *own = place;
    const KnownColumn* column = FindColumn(name);
    if (column == nullptr) continue;
    const auto field = static_cast<size_t>(column->spec.field);
    if (chosen[field] != nullptr && chosen[field] >= column) continue;
    if (chosen[field] != nullptr) fields->columns[places[field]].used = false;
    chosen[field] = column;
    places[field] = place;
    fields->columns[place] = W3cColumn{true, column->spec, column->keeps_dash};
  }
  fields->tabs = directive.find('\t') != std::string_view::npos;
  if (is_cloudfront) UseSeconds(*fields);
  return fields;
}

bool IsDirective(std::string_view line, std::string_view name) {
  return line.size() >= name.size() && line[0] == '#' &&
         std::equal(name.begin() + 1, name.end(), line.begin() + 1, [](char n, char c) {
           return n == c || ((n | 0x20) == (c | 0x20) && (n | 0x20) >= 'a' && (n | 0x20) <= 'z');
         });
}

}  // namespace logstat
