// The fields of a log line that anything downstream may ask for, and sets of them.
//
// Names are those of the specification (`--where`, JSON keys). ColumnSet says which of them a run needs: the plan is
// the union of what the asked sections need, and the parser fills nothing else.
#ifndef LOGSTAT_SRC_RECORD_FIELD_H_
#define LOGSTAT_SRC_RECORD_FIELD_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace logstat {

enum class Field : uint8_t {
  kStatus,  // always there
  kTime,    // number columns, from here on
  kBytes,
  kDuration,        // microseconds
  kUpstreamTime,    // microseconds
  kUpstreamStatus,  // that of the upstream that answered last
  kRequestBytes,
  kClient,  // text columns, from here on
  kUser,
  kMethod,
  kTarget,
  kPath,
  kQuery,
  kProtocol,
  kReferrer,
  kAgent,
  kHost,
  kUpstream,
  kScheme,
  kTls,
  kCache,
  kXff,
  kRequestId,
  kReason,
};
inline constexpr size_t kFieldCount = 24;
inline constexpr size_t kFirstNumberField = static_cast<size_t>(Field::kTime);
inline constexpr size_t kFirstTextField = static_cast<size_t>(Field::kClient);
inline constexpr size_t kNumberFieldCount = kFirstTextField - kFirstNumberField;
inline constexpr size_t kTextFieldCount = kFieldCount - kFirstTextField;

constexpr bool IsText(Field field) { return static_cast<size_t>(field) >= kFirstTextField; }
constexpr bool IsNumber(Field field) { return !IsText(field) && field != Field::kStatus; }

// The name by which options, JSON and messages know a field: "status", "upstream_time", ….
std::string_view FieldName(Field field);
// Its inverse; empty for what is no field.
std::optional<Field> FindField(std::string_view name);

// A set of fields; a value type of one word.
class ColumnSet {
 public:
  constexpr ColumnSet() = default;
  constexpr ColumnSet(std::initializer_list<Field> fields) {
    for (Field field : fields) Insert(field);
  }
  constexpr void Insert(Field field) { bits_ |= 1u << static_cast<unsigned>(field); }
  constexpr bool Contains(Field field) const { return (bits_ >> static_cast<unsigned>(field)) & 1u; }
  constexpr bool ContainsAny(ColumnSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr ColumnSet operator|(ColumnSet other) const { return ColumnSet(bits_ | other.bits_); }
  constexpr ColumnSet operator&(ColumnSet other) const { return ColumnSet(bits_ & other.bits_); }
  constexpr ColumnSet Without(ColumnSet other) const { return ColumnSet(bits_ & ~other.bits_); }
  constexpr ColumnSet operator-(ColumnSet other) const { return ColumnSet(bits_ & ~other.bits_); }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(ColumnSet, ColumnSet) = default;

 private:
  constexpr explicit ColumnSet(uint32_t bits) : bits_(bits) {}
  uint32_t bits_ = 0;
};

// "time, client", in the order of the enumeration.
std::string FieldNames(ColumnSet fields);

// Every field there is.
inline constexpr ColumnSet kEveryField = [] {
  ColumnSet fields;
  for (size_t i = 0; i < kFieldCount; ++i) fields.Insert(static_cast<Field>(i));
  return fields;
}();

// The columns of which findings make use. A log that lacks some lacks the findings that need them.
inline constexpr ColumnSet kFindingColumns = {
    Field::kStatus,   Field::kTime,     Field::kBytes,        Field::kDuration, Field::kUpstreamStatus,
    Field::kClient,   Field::kUser,     Field::kMethod,       Field::kTarget,   Field::kPath,
    Field::kQuery,    Field::kProtocol, Field::kReferrer,     Field::kAgent,    Field::kHost,
    Field::kUpstream, Field::kReason,   Field::kRequestBytes, Field::kXff};

}  // namespace logstat

#endif  // LOGSTAT_SRC_RECORD_FIELD_H_
