// Where the fields of a line begin and end, by the steps of a field program, from the left.
//
//   FieldFinder finder(program.steps, program.tail);
//   size_t at = finder.TakeLiteral(line, 0, 0);       // behind literal 0; npos: it does not stand there
//   size_t end = finder.FindEnd(line, at, 0);         // field 0 is [at, end); npos: it has no end
//   at = finder.TakeLiteral(line, end, 1);            // and so on
//
// A field ends where the next literal stands. That may stand inside the field, too; then:
//   - a field whose content is known (a number, a time, a status) ends where it is well-formed, else at the first
//   - free text ends at the first place behind which all fields up to the next free text are well-formed and what
//     should follow them does, which is the line's end if there is no such text; else at the first where they are
//     well-formed, else at the first; so what somebody wrote into a request does not move the status behind it. In
//     quotes it ends at the first of these that closes it if whole fields in quotes stand between, which are too many
//   - in front of a quote only unescaped quotes are looked at
//   - a list of several upstreams goes on behind ", " and " : "
//   - two or more blanks in a literal stand for one or more: formats that pad have them
// Where one byte alone parts all fields, and a line has it exactly as often as the format, it is taken apart at each of
// them: no field can hold one. See SplitsAtEach(). The same where blanks part words, some of which are two fields with
// a byte between them (Squid's `TCP_MISS/200`) or padded: see TakeWordsApart(). No search goes on without a bound for
// each place, so a line costs time in proportion to its length.
//
// Immutable; shared by any number of threads. No call allocates.
#ifndef LOGSTAT_SRC_FORMAT_FIELD_FINDER_H_
#define LOGSTAT_SRC_FORMAT_FIELD_FINDER_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/find_byte.h"
#include "src/format/field_program.h"
#include "src/format/split_line.h"

namespace logstat {

class FieldFinder {
 public:
  static constexpr size_t npos = std::string_view::npos;

  // `bare_dashes`: a value in quotes may be a `-` without them, as S3 writes it where there was none.
  FieldFinder(std::span<const ProgramStep> steps, std::string_view tail, bool bare_dashes = false);

  size_t size() const { return rules_.size() - 1; }

  // Behind the literal in front of field `i` (the tail, if i is size()) if it stands at `at`.
  size_t TakeLiteral(std::string_view line, size_t at, size_t i) const {
    const Rule& rule = rules_[i];
    if (rule.is_loose) return TakeLooseLiteral(line, at, i);
    const size_t size = rule.literal.size();
    if (size == 1) return at < line.size() && line[at] == rule.literal[0] ? at + 1 : npos;
    if (line.size() - at < size || line.compare(at, size, rule.literal) != 0) return npos;
    return at + size;
  }

  size_t FindEnd(std::string_view line, size_t at, size_t i) const {
    const Rule& rule = rules_[i];
    if (rule.ends_at_byte.has_value()) {  // most fields of most formats
      const size_t end = FindByte(line, *rule.ends_at_byte, at);
      if (end != npos) return end;
    }
    return FindAnyEnd(line, at, i);
  }

  // The byte that parts fields or words, if nothing stands in front of the first or behind the last.
  std::optional<char> delimiter() const { return delimiter_; }
  // Whether the delimiter parts words; else it is every literal between fields.
  bool has_words() const { return !words_.empty(); }
  // For has_words(): the texts of all fields of a line that has exactly as many words; false if it has not.
  bool TakeWordsApart(const SplitLine& line, std::span<std::string_view> texts) const;
  // Whether a line that the delimiter parts into `fields` is taken apart at each of its first size() - 1 delimiters.
  bool SplitsAtEach(size_t fields) const { return fields == size() || (fields > size() && last_takes_rest_); }

 private:
  struct Rule {
    std::string literal;  // in front of the field
    bool pads = false;
    bool is_loose = false;  // it may stand there in another way: padded, or without a quote
    Content content = Content::kText;
    bool list = false;
    bool quoted = false;               // a quote ends it
    bool ends_at_own_quote = false;    // text in quotes that is no request: see EndsBeforeQuotedFields()
    bool opens_quote = false;          // the literal does, of a field that may be a bare dash
    bool closes_quote = false;         // the literal does, of such a field
    bool ends_at_first = false;        // no other place need be looked at
    std::optional<char> ends_at_byte;  // the same, and what ends it is one byte and no quote
    bool is_status = false;            // the line's own: a line may be cut off behind it
    size_t longest = 0;                // of a content that is known
    size_t next_text = 0;              // the next field that is free text, or size()
  };

  // What stands between two delimiters.
  struct Word {
    bool padded = false;  // any number of delimiters may stand in front of it
    size_t fields = 1;
  };

  void FindWords();
  size_t FindAnyEnd(std::string_view line, size_t at, size_t i) const;
  size_t TakeLooseLiteral(std::string_view line, size_t at, size_t i) const;
  bool IsBareDash(std::string_view line, size_t at, size_t i) const;
  static size_t TakePadded(std::string_view line, size_t at, std::string_view literal);
  size_t FindDelimiter(std::string_view line, size_t from, size_t i) const;
  size_t FindKnownEnd(std::string_view line, size_t at, size_t i) const;
  // How well what stands behind a free text goes on up to the next free text.
  enum class Follow { kNot, kWellFormed, kExactly };  // exactly: the literal behind it stands there, or the line ends
  size_t FindTextEnd(std::string_view line, size_t at, size_t first, size_t i) const;
  bool EndsBeforeQuotedFields(std::string_view line, size_t at, size_t end, size_t i) const;
  size_t FindListEnd(std::string_view line, size_t from, size_t i) const;
  Follow FieldsFollow(std::string_view line, size_t at, size_t i) const;
  size_t EndOfLast(std::string_view line, size_t at, const Rule& rule) const;
  size_t EndWithoutDelimiter(std::string_view line, size_t at, const Rule& rule) const;

  std::vector<Rule> rules_;  // one per field, and one for the tail
  std::optional<char> delimiter_;
  std::vector<Word> words_;
  bool last_takes_rest_ = false;  // it is free text, and no other field can hold the delimiter
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_FIELD_FINDER_H_
