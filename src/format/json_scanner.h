// One line of JSON, walked once from the left: which keys it has, and where their values stand.
//
//   JsonScanner scanner(table);
//   NamedFields fields(table);
//   fields.Begin(columns);
//   JsonScan scan = scanner.Scan(line, fields, true);   // fields.status() and the values, if the line has them
//
// A log writes lines that are not quite JSON, and they count all the same if their status can be read. So this is no
// validator. It reads every line of valid JSON as JSON, and beyond that:
//   - any bytes may stand in a string: control bytes, bytes that are not UTF-8, `\xNN`
//   - a string ends at the first unescaped quote behind which `,`, `:`, `}`, `]` or the line's end follows, so that a
//     bare quote inside a text that somebody else wrote shifts nothing
//   - a value without quotes ends at a comma only if a key follows, as in `"upstream_time":0.1, 0.2,"status":200`;
//     it may be empty or a lone `-`
//   - what is broken inside an object ends that object, not the line
//   - a line may break off anywhere; the value that is cut is not taken
// Of several equal keys the caller is told of each in turn.
//
// Not thread-safe: it keeps scratch memory.
#ifndef LOGSTAT_SRC_FORMAT_JSON_SCANNER_H_
#define LOGSTAT_SRC_FORMAT_JSON_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/format/json_template.h"
#include "src/format/json_tokens.h"
#include "src/format/key_map.h"
#include "src/format/named_fields.h"

namespace logstat {

struct JsonScan {
  bool opened = false;    // the line begins with an object
  bool closed = false;    // and the object's end was found
  bool complete = false;  // and nothing had to be forgiven, and nothing follows
  bool stopped = false;   // everything wanted was found before the end
  uint32_t marks = 0;     // of the keys that were seen, see NameTable
};

class JsonScanner {
 public:
  // The table must outlive the scanner.
  explicit JsonScanner(const NameTable& table) : table_(table) {}

  // kJsonReadBehind bytes behind `line` must be readable. With `may_stop` the walk ends as soon as fields.complete();
  // else every object that holds a mark is walked, too. `shape`, if given, learns the line if nothing is wrong with it.
  JsonScan Scan(std::string_view line, NamedFields& fields, bool may_stop, JsonTemplate* shape = nullptr);

 private:
  enum class Step { kMember, kValueEnd, kEnd };

  Step ReadMember(NamedFields& fields, bool may_stop);
  Step ReadValue(const Key* key, NamedFields& fields, bool may_stop);
  Step EndValue();
  Step EndObject();
  Step Forgive();
  bool TakeKey(const Key** key);
  bool TakeString(const Key* key, NamedValue* value);
  bool TakeScalar(const Key* key, bool in_array, NamedValue* value);
  bool TakeFirstOfArray(const Key* key, NamedValue* value);
  bool PassContainer();
  const Key* LookUp(std::string_view name, bool escaped);
  void SkipSpace() { at_ = SkipJsonSpace(line_, at_); }
  // The byte at the cursor, NUL behind the end.
  char Here() const { return at_ < line_.size() ? line_[at_] : '\0'; }

  const NameTable& table_;

  // The line being walked.
  std::string_view line_;
  size_t at_ = 0;                    // the cursor
  std::vector<const Key*> parents_;  // objects that are open, but for the outermost
  JsonScan scan_;
  bool forgiven_ = false;
  JsonTemplate* shape_ = nullptr;
  std::string path_;
  std::string unescaped_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_JSON_SCANNER_H_
