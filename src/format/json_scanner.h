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
// Where time goes: the vector kernel gives the positions of all quotes in one pass, so no string is searched for its
// end. Lines of one log have their keys in the same order, so a key is compared with the one that stood in its place
// in the line before; only a surprise is looked up. Neither changes what is read. Not thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_JSON_SCANNER_H_
#define LOGSTAT_SRC_FORMAT_JSON_SCANNER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/format/key_map.h"
#include "src/format/named_fields.h"
#include "src/scan/kernels.h"

namespace logstat {

struct JsonScan {
  bool opened = false;    // the line begins with an object
  bool closed = false;    // and the object's end was found
  bool complete = false;  // and nothing had to be forgiven, and nothing follows
  bool stopped = false;   // everything wanted was found before the end
  uint32_t marks = 0;     // of the keys that were seen, see KeyTable
};

class JsonScanner {
 public:
  // The table must outlive the scanner.
  explicit JsonScanner(const KeyTable& table, const Kernels& kernels = BestKernels())
      : table_(table), kernels_(kernels) {}

  // `line` has at most kMaxLineBytes; kOverread bytes behind it may be read. With `may_stop` the walk ends as soon as
  // fields.complete(); else every object that holds a mark is walked, too.
  JsonScan Scan(std::string_view line, NamedFields& fields, bool may_stop);

 private:
  // A key that stood in some place of a line before.
  struct Seen {
    static constexpr size_t kLongestName = 32;
    const Key* parent = nullptr;  // the object it stood in, null: the outermost
    const Key* key = nullptr;     // null: the table does not know it
    uint32_t length = 0;
    char name[kLongestName] = {};
  };
  enum class Step { kMember, kValueEnd, kEnd };

  void IndexQuotes();
  Step ReadMember(NamedFields& fields, bool may_stop);
  Step ReadValue(const Key* key, NamedFields& fields, bool may_stop);
  Step EndValue();
  Step EndObject();
  Step Forgive();
  bool TakeFirstOfArray(NamedValue* value);
  bool TakeString(std::string_view* text);
  bool TakeScalar(bool in_array, std::string_view* text);
  bool SkipContainer(size_t depth);
  const Key* FindKey(std::string_view name);
  const Key* LookUp(std::string_view name);
  bool ClosesString(size_t quote) const;
  void SkipSpace() {
    while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t')) ++at_;
  }
  // The byte at the cursor, NUL behind the end.
  char Here() const { return at_ < line_.size() ? line_[at_] : '\0'; }

  const KeyTable& table_;
  const Kernels& kernels_;

  // The line being walked.
  std::string_view line_;
  size_t at_ = 0;                    // the cursor; no quote lies between it and quotes_[quote_]
  size_t quote_ = 0;                 // index of the first quote at or behind the cursor
  std::vector<const Key*> parents_;  // objects that are open, but for the outermost
  JsonScan scan_;
  bool forgiven_ = false;
  std::unique_ptr<uint32_t[]> quotes_;    // positions, then kNoQuote
  std::unique_ptr<uint32_t[]> newlines_;  // what the kernel finds besides
  size_t index_capacity_ = 0;
  std::string path_;
  std::string unescaped_;

  // The order of keys.
  std::vector<Seen> order_;
  size_t place_ = 0;
  size_t surprises_ = 0;
  bool learn_ = true;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_JSON_SCANNER_H_
