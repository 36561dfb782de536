// The members of a JSON object, one after the other, without a document: for wrappers, which want two or three of them
// from a line and must read lines that a strict parser refuses (bytes that are not UTF-8, raw control bytes).
//
//   JsonMembers members(R"({"log":"GET \/\n","stream":"stdout"})");
//   JsonMember member;
//   while (members.Next(&member)) ...                     // {log, "GET \/\n"}, {stream, "stdout"}
//   if (members.complete()) Use(UnescapeJson(StringOf(member.value), scratch));
//
// Views point into the object. What is not looked at is not checked. Not thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_JSON_MEMBERS_H_
#define LOGSTAT_SRC_FORMAT_JSON_MEMBERS_H_

#include <cstddef>
#include <string_view>

namespace logstat {

struct JsonMember {
  std::string_view key;    // between its quotes, escapes as they stand
  std::string_view value;  // a string with its quotes, an object or array with its brackets
};

class JsonMembers {
 public:
  explicit JsonMembers(std::string_view object);

  // False behind the last member, or where the text is no JSON object.
  bool Next(JsonMember* member);

  // Whether the object was read to its closing brace, and nothing but blanks stands behind it.
  bool complete() const { return complete_; }

 private:
  void SkipBlanks();
  bool Skip(char c);
  bool ReadString(std::string_view* text);  // with its quotes
  bool ReadNested();
  bool ReadValue(std::string_view* value);

  std::string_view text_;
  size_t at_ = 0;
  bool open_ = false;
  bool first_ = true;
  bool complete_ = false;
};

// The inside of a value that is a string, escapes as they stand; what is no string is itself.
std::string_view StringOf(std::string_view value);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_JSON_MEMBERS_H_
