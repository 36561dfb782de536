#include "src/format/field_finder.h"

#include <algorithm>

#include "src/base/find_byte.h"
#include "src/format/quotes.h"

namespace logstat {
namespace {

bool IsTimeWithBlanks(Content content) { return content == Content::kZonedTime || content == Content::kClfTime; }
bool IsWord(Content content) { return content == Content::kWord || content == Content::kIdentity; }

// How far a look ahead goes for a field's end: it is made at each place where free text may end.
size_t Longest(Content content, bool list) { return list ? 512 : IsWord(content) ? 4096 : 64; }

constexpr std::string_view kBetweenQuotes = "\" \"";

// Bytes that a well-formed text may hold, so that the first delimiter need not be its end.
bool MayHold(Content content, char byte) {
  const bool digit = (byte >= '0' && byte <= '9') || byte == '-' || byte == '+';
  switch (content) {
    case Content::kWord:
    case Content::kIdentity:
      return false;  // it ends at the first one by definition
    case Content::kCount:
    case Content::kStatus:
      return digit;
    case Content::kDecimal:
      return digit || byte == '.';
    case Content::kDuration:
    case Content::kDurations:
      return digit || byte == '.' || byte == ' ' || byte == 'm' || byte == 's' || byte == 'u' || byte == 'n';
    case Content::kTime:
    case Content::kZonedTime:
    case Content::kClfTime:
      return byte != '|' && byte != '"' && byte != '\t' && byte != ']' && byte != ';';
    case Content::kText:
      return true;
  }
  return true;
}

// Whether the blank at `at` is inside of ", " or " : ".
bool IsInsideList(std::string_view line, size_t at) {
  if (line[at] != ' ' || at == 0) return false;
  return line[at - 1] == ',' || line.substr(at, 3) == " : " || (at >= 2 && line.substr(at - 2, 2) == " :");
}

}  // namespace

FieldFinder::FieldFinder(std::span<const ProgramStep> steps, std::string_view tail, bool bare_dashes)
    : rules_(steps.size() + 1) {
  size_t next_text = steps.size();
  for (size_t i = steps.size() + 1; i-- > 0;) {
    Rule& rule = rules_[i];
    rule.literal = i < steps.size() ? steps[i].literal : std::string(tail);
    rule.pads = rule.literal.find("  ") != std::string::npos;
    if (i == steps.size()) continue;
    rule.content = steps[i].content;
    rule.list = steps[i].list;
    rule.is_status = steps[i].IsStatus();
    rule.longest = Longest(rule.content, rule.list);
    rule.next_text = next_text;
    const std::string& next = rules_[i + 1].literal;
    rule.quoted = !next.empty() && next[0] == '"';
    rule.opens_quote = rules_[i + 1].closes_quote =
        bare_dashes && rule.quoted && rule.literal.size() > 1 && rule.literal.substr(rule.literal.size() - 2) == " \"";
    const bool is_text = rule.content == Content::kText;
    rule.ends_at_own_quote = rule.quoted && is_text && rule.literal.ends_with('"') && !steps[i].IsRequest();
    rule.ends_at_first = is_text ? next_text == i + 1 : !rule.list && !next.empty() && !MayHold(rule.content, next[0]);
    if (rule.ends_at_first && next.size() == 1 && next[0] != '"') rule.ends_at_byte = next[0];
    if (is_text) next_text = i;
  }
  for (Rule& rule : rules_) rule.is_loose = rule.pads || rule.opens_quote || rule.closes_quote;
  if (steps.size() < 2) return;
  const char byte = rules_[1].literal.empty() ? '"' : rules_[1].literal[0];
  const bool alone = std::all_of(rules_.begin() + 1, rules_.end() - 1,
                                 [&](const Rule& rule) { return rule.literal == std::string_view(&byte, 1); });
  const bool parted = byte == ' ' && std::any_of(rules_.begin(), rules_.end() - 1,
                                                 [](const Rule& rule) { return IsTimeWithBlanks(rule.content); });
  if (parted || byte == '"' || !rules_.front().literal.empty() || !rules_.back().literal.empty()) return;
  if (!alone) {
    FindWords();
    return;
  }
  delimiter_ = byte;
  last_takes_rest_ = rules_[steps.size() - 1].content == Content::kText &&
                     std::all_of(rules_.begin(), rules_.end() - 2,
                                 [](const Rule& rule) { return rule.ends_at_first && rule.content != Content::kText; });
}

// Words there are if every literal is blanks, or a byte at which the field in front of it ends.
void FieldFinder::FindWords() {
  std::vector<Word> words(1);
  for (size_t i = 1; i < size(); ++i) {
    const std::string& literal = rules_[i].literal;
    if (rules_[i].list || literal.empty()) return;
    if (literal.find_first_not_of(' ') == std::string::npos) {
      words.push_back(Word{rules_[i].pads, 1});
    } else if (rules_[i - 1].ends_at_byte == literal[0] && literal.size() == 1) {
      ++words.back().fields;
    } else {
      return;
    }
  }
  delimiter_ = ' ';
  words_ = std::move(words);
}

bool FieldFinder::TakeWordsApart(const SplitLine& line, std::span<std::string_view> texts) const {
  size_t part = 0;
  size_t step = 0;
  for (const Word& word : words_) {
    if (word.padded) {
      while (part < line.fields() && line.Field(part).empty()) ++part;
    }
    if (part >= line.fields()) return false;
    std::string_view text = line.Field(part++);
    if (text.empty()) return false;
    for (size_t left = word.fields - 1; left > 0; --left, ++step) {
      const size_t end = FindByte(text, rules_[step + 1].literal[0]);
      if (end == npos) return false;
      texts[step] = text.substr(0, end);
      text.remove_prefix(end + 1);
    }
    texts[step++] = text;
  }
  return part == line.fields();
}

size_t FieldFinder::TakePadded(std::string_view line, size_t at, std::string_view literal) {
  for (size_t i = 0; i < literal.size(); ++at) {
    if (at >= line.size() || line[at] != literal[i]) return npos;
    if (literal[i++] != ' ' || literal.substr(i, 1) != " ") continue;
    while (literal.substr(i, 1) == " ") ++i;
    while (line.substr(at + 1, 1) == " ") ++at;
  }
  return at;
}

// Padded, or without the quotes of a field that is a bare dash: the one behind it, the one in front of it, or both.
size_t FieldFinder::TakeLooseLiteral(std::string_view line, size_t at, size_t i) const {
  std::string_view literal = rules_[i].literal;
  if (rules_[i].pads) return TakePadded(line, at, literal);
  if (line.substr(at, literal.size()) == literal) return at + literal.size();
  if (rules_[i].closes_quote && at > 0 && IsBareDash(line, at - 1, i - 1)) {
    literal.remove_prefix(1);
    if (line.substr(at, literal.size()) == literal) return at + literal.size();
  }
  if (!rules_[i].opens_quote) return npos;
  literal.remove_suffix(1);
  if (line.substr(at, literal.size()) != literal) return npos;
  at += literal.size();
  return at < line.size() && IsBareDash(line, at, i) ? at : npos;
}

// Whether field `i`, which begins at `at`, is one.
bool FieldFinder::IsBareDash(std::string_view line, size_t at, size_t i) const {
  return rules_[i].opens_quote && line[at] == '-' && at > 0 && line[at - 1] == ' ' &&
         (at + 1 == line.size() || line[at + 1] == ' ');
}

// The first place at or behind `from` where the literal behind field `i` stands. If that is a quote, escapes are
// counted from `from`.
size_t FieldFinder::FindDelimiter(std::string_view line, size_t from, size_t i) const {
  const char first = rules_[i + 1].literal[0];
  const bool is_byte = rules_[i + 1].literal.size() == 1;
  while (from < line.size()) {
    if (first == '"') {
      from = FindUnescapedQuote(line, from);
      if (from == npos) return npos;
    } else {
      from = FindByte(line, first, from);
      if (from == npos) return npos;
    }
    if (is_byte || TakeLiteral(line, from, i + 1) != npos) return from;
    ++from;
  }
  return npos;
}

size_t FieldFinder::FindAnyEnd(std::string_view line, size_t at, size_t i) const {
  const Rule& rule = rules_[i];
  if (rule.opens_quote && at < line.size() && IsBareDash(line, at, i)) return at + 1;
  if (rules_[i + 1].literal.empty()) return EndOfLast(line, at, rule);
  const size_t first = FindDelimiter(line, at, i);
  if (first == npos) return EndWithoutDelimiter(line, at, rule);
  if (rule.ends_at_first) return first;
  if (rule.list) {
    const size_t end = FindListEnd(line, first, i);
    return end == npos ? first : end;
  }
  if (rule.content != Content::kText) {
    const size_t end = FindKnownEnd(line, at, i);
    return end == npos ? first : end;
  }
  return FindTextEnd(line, at, first, i);
}

// The first delimiter at or behind `from` that parts no elements of the list that field `i` is.
size_t FieldFinder::FindListEnd(std::string_view line, size_t from, size_t i) const {
  size_t end = FindDelimiter(line, from, i);
  while (end != npos && IsInsideList(line, end)) end = FindDelimiter(line, end + 1, i);
  return end;
}

// Whether field `i`, which begins at `at`, ends at the quote at `end` although what should follow does not: whole
// fields in quotes do, and behind them what should. nginx's own example has the forwarded addresses behind the agent,
// to which people add durations: the addresses are no part of the agent.
bool FieldFinder::EndsBeforeQuotedFields(std::string_view line, size_t at, size_t end, size_t i) const {
  // An odd quote before it, which was not escaped: this one closes what that opened.
  bool is_open = false;
  for (size_t quote = FindUnescapedQuote(line, at); quote < end; quote = FindUnescapedQuote(line, quote + 1)) {
    is_open = !is_open;
  }
  while (line.substr(end, kBetweenQuotes.size()) == kBetweenQuotes) {
    end = FindUnescapedQuote(line, end + kBetweenQuotes.size());
    if (end == npos) return false;
  }
  return !is_open && FieldsFollow(line, end, i + 1) != Follow::kNot;
}

// Of free text whose first delimiter is known. Wherever a list begins between two ends of lists, it ends at the same
// place and the same follows it, so one look ahead is enough for all of these.
size_t FieldFinder::FindTextEnd(std::string_view line, size_t at, size_t first, size_t i) const {
  const Rule& next = rules_[i + 1];
  const bool list_follows = next.list && !rules_[i + 2].literal.empty();
  size_t list_end = 0;
  bool is_judged = false;
  bool ends_at_own_quote = rules_[i].ends_at_own_quote;  // asked once: it looks at the whole line
  size_t well_formed = npos;
  for (size_t end = first; end != npos; end = FindDelimiter(line, end + 1, i)) {
    const size_t from = end + next.literal.size();
    if (ends_at_own_quote && line.substr(end, kBetweenQuotes.size()) == kBetweenQuotes) {
      ends_at_own_quote = false;
      if (EndsBeforeQuotedFields(line, at, end, i)) return end;
    }
    if (list_follows && from > list_end) {
      list_end = std::min(FindListEnd(line, from, i + 1), line.size());
      is_judged = false;
    }
    const bool is_near = list_end <= from + next.longest;
    if (list_follows && (is_judged || !is_near)) continue;
    is_judged = true;
    const Follow follow = FieldsFollow(line, end, i + 1);
    if (follow == Follow::kExactly) return end;
    if (follow == Follow::kWellFormed && well_formed == npos) well_formed = end;
  }
  return well_formed == npos ? first : well_formed;
}

// Of a field whose content is known, where it is well-formed.
size_t FieldFinder::FindKnownEnd(std::string_view line, size_t at, size_t i) const {
  const Rule& rule = rules_[i];
  const std::string& next = rules_[i + 1].literal;
  if (rule.opens_quote && at < line.size() && IsBareDash(line, at, i)) return at + 1;
  if (next.empty()) {
    const size_t end = EndOfLast(line.substr(0, at + rule.longest + 1), at, rule);  // asked at many places of a line
    return end - at <= rule.longest && IsMadeOf(rule.content, rule.list, line.substr(at, end - at)) ? end : npos;
  }
  size_t last = at + rule.longest;
  if (IsWord(rule.content) && !rule.list) last = FindWordEnd(line.substr(0, last), at);
  const std::string_view near = line.substr(0, std::min(line.size(), last + next.size()));
  for (size_t end = FindDelimiter(near, at, i); end != npos; end = FindDelimiter(near, end + 1, i)) {
    if (rule.list && IsInsideList(line, end)) continue;
    if (rule.list || IsMadeOf(rule.content, false, line.substr(at, end - at))) return end;
    if (rule.ends_at_first) return npos;
  }
  const bool cut = rule.is_status && near.size() == line.size();
  return cut && IsMadeOf(rule.content, rule.list, line.substr(at)) ? line.size() : npos;
}

// Whether at `at`, where the literal of field `i` should be, all fields follow that come before the next free text.
FieldFinder::Follow FieldFinder::FieldsFollow(std::string_view line, size_t at, size_t i) const {
  const size_t end = rules_[i - 1].next_text;
  for (; i < end; ++i) {
    at = TakeLiteral(line, at, i);
    if (at == npos) return Follow::kNot;
    at = FindKnownEnd(line, at, i);
    if (at == npos) return Follow::kNot;
    if (at == line.size() && i + 1 < end) return Follow::kWellFormed;  // it is cut off
  }
  const size_t behind = TakeLiteral(line, at, end);
  const bool exactly = end == size() ? behind == line.size() : behind != npos;
  return exactly ? Follow::kExactly : Follow::kWellFormed;
}

// Nothing is to follow the field; if something does, it is a field too many.
size_t FieldFinder::EndOfLast(std::string_view line, size_t at, const Rule& rule) const {
  if (rule.content == Content::kText) return line.size();
  size_t blank = line.find(' ', at);
  while (rule.list && blank != npos && IsInsideList(line, blank)) blank = line.find(' ', blank + 1);
  if (blank == npos) return line.size();
  return (rule.content == Content::kTime || IsTimeWithBlanks(rule.content)) &&
                 IsMadeOf(rule.content, false, line.substr(at))
             ? line.size()
             : blank;
}

// What should follow does not: the line is cut off, or it is another one.
size_t FieldFinder::EndWithoutDelimiter(std::string_view line, size_t at, const Rule& rule) const {
  if (at == line.size()) return npos;
  if (rule.quoted) return FindUnescapedQuote(line, at);
  return rule.content != Content::kText && FindWordEnd(line, at) == line.size() ? line.size() : npos;
}

}  // namespace logstat
