#include "src/format/json_scanner.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "src/format/json_text.h"

namespace logstat {
namespace {

constexpr uint32_t kNoQuote = std::numeric_limits<uint32_t>::max();
// How far behind its place a key is sought in the order of the line before: so many keys may be missing in a row.
constexpr size_t kMissingKeys = 4;
// A line with more keys than this is not learned to its end.
constexpr size_t kLongestOrder = 256;

// Whether two names of `size` > 0 bytes are equal. Eight bytes behind both may be read. Neither a call of memcmp nor a
// loop over bytes is as fast for names of some ten bytes.
bool SameName(const char* a, const char* b, size_t size) {
  uint64_t x;
  uint64_t y;
  for (; size > sizeof(x); size -= sizeof(x), a += sizeof(x), b += sizeof(x)) {
    std::memcpy(&x, a, sizeof(x));
    std::memcpy(&y, b, sizeof(y));
    if (x != y) return false;
  }
  std::memcpy(&x, a, sizeof(x));
  std::memcpy(&y, b, sizeof(y));
  return (x ^ y) << (64 - 8 * size) == 0;  // little-endian: the first byte is the lowest
}

}  // namespace

// Whether the quote at this position may close a string: by what follows it.
bool JsonScanner::ClosesString(size_t quote) const {
  size_t next = quote + 1;
  while (next < line_.size() && (line_[next] == ' ' || line_[next] == '\t')) ++next;
  if (next >= line_.size()) return true;
  const char c = line_[next];
  return c == ',' || c == ':' || c == '}' || c == ']';
}

// Takes the string that opens at the cursor; false, and nothing is taken, if it is not closed.
bool JsonScanner::TakeString(std::string_view* text) {
  const size_t open = at_;
  for (size_t i = quote_ + 1; quotes_[i] != kNoQuote; ++i) {
    const size_t quote = quotes_[i];
    size_t backslashes = 0;
    while (quote - backslashes > open + 1 && line_[quote - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 != 0 || !ClosesString(quote)) continue;
    *text = line_.substr(open + 1, quote - open - 1);
    at_ = quote + 1;
    quote_ = i + 1;
    return true;
  }
  return false;
}

// Takes a value without quotes; false if the line is cut in it. In an array any comma ends it.
bool JsonScanner::TakeScalar(bool in_array, std::string_view* text) {
  const size_t begin = at_;
  size_t end = begin;
  for (; end < line_.size(); ++end) {
    const char c = line_[end];
    if (c == '}' || c == ']' || c == '"' || c == '{' || c == '[') break;
    if (c != ',') continue;
    if (in_array) break;
    size_t next = end + 1;
    while (next < line_.size() && (line_[next] == ' ' || line_[next] == '\t')) ++next;
    if (next >= line_.size() || line_[next] == '"' || line_[next] == '}') break;
  }
  at_ = end;
  if (end >= line_.size()) return false;
  while (end > begin && (line_[end - 1] == ' ' || line_[end - 1] == '\t')) --end;
  *text = line_.substr(begin, end - begin);
  return true;
}

// Moves behind the bracket that closes `depth` open containers; false if the line ends before.
bool JsonScanner::SkipContainer(size_t depth) {
  std::string_view ignored;
  while (true) {
    const size_t gap_end = std::min<size_t>(quotes_[quote_], line_.size());
    for (; at_ < gap_end; ++at_) {
      const char c = line_[at_];
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) {
        ++at_;
        return true;
      }
    }
    if (at_ >= line_.size() || !TakeString(&ignored)) {
      at_ = line_.size();
      return false;
    }
  }
}

const Key* JsonScanner::LookUp(std::string_view name) {
  name = UnescapeJson(name, unescaped_);
  if (parents_.empty()) return table_.Find(name);
  path_.assign(parents_.back()->path).append(1, '.').append(name);
  return table_.Find(path_);
}

const Key* JsonScanner::FindKey(std::string_view name) {
  if (name.empty() || name.size() > Seen::kLongestName) return LookUp(name);
  const Key* parent = parents_.empty() ? nullptr : parents_.back();
  if (learn_) {
    const Key* key = LookUp(name);
    if (order_.size() < kLongestOrder) {
      Seen& seen = order_.emplace_back();
      seen.parent = parent;
      seen.key = key;
      seen.length = static_cast<uint32_t>(name.size());
      std::memcpy(seen.name, name.data(), name.size());
    }
    return key;
  }
  const size_t end = std::min(place_ + 1 + kMissingKeys, order_.size());
  for (size_t i = place_; i < end; ++i) {
    const Seen& seen = order_[i];
    if (seen.length != name.size() || seen.parent != parent) continue;
    if (!SameName(seen.name, name.data(), name.size())) continue;
    place_ = i + 1;
    return seen.key;
  }
  ++surprises_;
  return LookUp(name);
}

// Something stands where it cannot: the innermost object ends here, and its rest is passed over.
JsonScanner::Step JsonScanner::Forgive() {
  forgiven_ = true;
  if (parents_.empty() || !SkipContainer(1)) return Step::kEnd;
  parents_.pop_back();
  return Step::kValueEnd;
}

JsonScanner::Step JsonScanner::EndObject() {
  ++at_;
  if (!parents_.empty()) {
    parents_.pop_back();
    return Step::kValueEnd;
  }
  SkipSpace();
  scan_.closed = true;
  scan_.complete = !forgiven_ && at_ == line_.size();
  return Step::kEnd;
}

JsonScanner::Step JsonScanner::EndValue() {
  SkipSpace();
  if (Here() == '}') return EndObject();
  if (Here() != ',') return Forgive();
  ++at_;
  return Step::kMember;
}

JsonScanner::Step JsonScanner::ReadMember(NamedFields& fields, bool may_stop) {
  SkipSpace();
  if (Here() == '}') return EndObject();
  std::string_view name;
  if (Here() != '"' || !TakeString(&name)) return Forgive();
  SkipSpace();
  if (Here() != ':') return Forgive();
  ++at_;
  SkipSpace();
  const Key* key = FindKey(name);
  if (key != nullptr) scan_.marks |= key->mark;
  return ReadValue(key, fields, may_stop);
}

JsonScanner::Step JsonScanner::ReadValue(const Key* key, NamedFields& fields, bool may_stop) {
  NamedValue value;
  bool taken = true;
  switch (Here()) {
    case '{':
      ++at_;
      if (key != nullptr && (fields.Wants(*key) || (!may_stop && key->marks_below != 0))) {
        parents_.push_back(key);
        return Step::kMember;
      }
      taken = SkipContainer(1);
      key = nullptr;
      break;
    case '[':
      ++at_;
      if (key != nullptr && key->is_field) {
        if (!TakeFirstOfArray(&value)) key = nullptr;
      } else {
        key = nullptr;
      }
      taken = SkipContainer(1);
      break;
    case '"':
      value.kind = NamedValue::kJsonString;
      taken = TakeString(&value.text);
      break;
    default:
      value.kind = NamedValue::kJsonScalar;
      taken = TakeScalar(false, &value.text);
      break;
  }
  if (!taken) return Forgive();
  if (key == nullptr) return Step::kValueEnd;
  fields.Add(*key, value);
  if (!may_stop || !fields.complete()) return Step::kValueEnd;
  scan_.stopped = true;
  return Step::kEnd;
}

// The first element of the array behind whose bracket the cursor stands, if it is a string or a scalar.
bool JsonScanner::TakeFirstOfArray(NamedValue* value) {
  SkipSpace();
  if (Here() == '"') {
    value->kind = NamedValue::kJsonString;
    return TakeString(&value->text);
  }
  value->kind = NamedValue::kJsonScalar;
  return TakeScalar(true, &value->text) && !value->text.empty();
}

void JsonScanner::IndexQuotes() {
  const size_t needed = line_.size() + kOverread + 2;
  if (needed > index_capacity_) {
    index_capacity_ = std::max<size_t>(2 * needed, 4096);
    quotes_.reset(new uint32_t[index_capacity_]);
    newlines_.reset(new uint32_t[index_capacity_]);
  }
  const StructureCounts counts = kernels_.index_structure(reinterpret_cast<const uint8_t*>(line_.data()), line_.size(),
                                                          0, newlines_.get(), quotes_.get());
  quotes_[counts.quotes] = kNoQuote;
  quotes_[counts.quotes + 1] = kNoQuote;
}

JsonScan JsonScanner::Scan(std::string_view line, NamedFields& fields, bool may_stop) {
  line_ = line;
  at_ = 0;
  quote_ = 0;
  parents_.clear();
  scan_ = JsonScan{};
  forgiven_ = false;
  SkipSpace();
  if (Here() != '{') return scan_;
  ++at_;
  scan_.opened = true;
  IndexQuotes();
  place_ = 0;
  surprises_ = 0;
  if (learn_) order_.clear();
  Step step = Step::kMember;
  while (step != Step::kEnd) step = step == Step::kMember ? ReadMember(fields, may_stop) : EndValue();
  learn_ = surprises_ > 0;
  return scan_;
}

}  // namespace logstat
