// The shape of one line of JSON: what stands between its values. Lines of one log are alike, so the next line is read
// by comparing these literals and finding the ends of values, without parsing or looking up a key.
//
//   JsonTemplate shape;
//   scanner.Scan(line, fields, true, &shape);             // learns it
//   if (shape.known() && shape.Read(next_line, fields)) … // as Scan() would have read it; false: it is not like that
//
// Read() gives what Scan() gives for the same columns, or gives up; tests and the fuzzer hold the two together.
#ifndef LOGSTAT_SRC_FORMAT_JSON_TEMPLATE_H_
#define LOGSTAT_SRC_FORMAT_JSON_TEMPLATE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/format/key_map.h"
#include "src/format/named_fields.h"

namespace logstat {

class JsonTemplate {
 public:
  enum class Value : uint8_t {
    kString,
    kScalar,
    kContainer,  // an array or object, or the rest of one, that is passed over
  };

  bool known() const { return known_; }

  // Reads a line; kJsonReadBehind bytes behind it must be readable. After false the fields are undefined.
  bool Read(std::string_view line, NamedFields& fields) const;

  // Learning: a value whose text begins at `begin` of the line and ends at `end`, in order. `key` may be null.
  void Forget();
  void Add(std::string_view line, Value value, const Key* key, size_t begin, size_t end);
  // The walk stopped behind the last value.
  void EndStopped() { Finish(true); }
  // It came to the line's end.
  void EndWhole(std::string_view line);

 private:
  struct Step {
    uint32_t literal = 0;  // where it begins in literals_
    uint32_t length = 0;   // never 0
    Value value = Value::kString;
    const Key* key = nullptr;  // null: nobody asks for the value
  };

  void Finish(bool stopped);

  bool known_ = false;
  bool stops_ = false;  // the last step completes the fields
  bool learnable_ = true;
  size_t value_end_ = 0;  // while learning: of the last value
  std::vector<Step> steps_;
  std::string literals_;
  std::string tail_;  // behind the last value, if the template does not stop there
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_JSON_TEMPLATE_H_
