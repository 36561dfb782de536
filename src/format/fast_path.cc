#include "src/format/fast_path.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "src/format/address.h"
#include "src/format/request.h"
#include "src/input/block.h"

namespace logstat {

static_assert(std::endian::native == std::endian::little, "words are compared as little-endian text");

namespace {

uint64_t Load64(const uint8_t* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}
uint32_t Load32(const uint8_t* bytes) {
  uint32_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return word;
}

// Up to eight characters as the word that Load64 gives for them.
constexpr uint64_t Word(std::string_view text) {
  uint64_t word = 0;
  for (size_t i = 0; i < text.size(); ++i) word |= static_cast<uint64_t>(static_cast<uint8_t>(text[i])) << (8 * i);
  return word;
}
constexpr uint64_t LowBytes(size_t count) { return (uint64_t{1} << (8 * count)) - 1; }

constexpr uint64_t kZeros = 0x3030303030303030;
constexpr uint64_t kHighBits = 0x8080808080808080;

// A high bit in every byte of `word` that is not a decimal digit. Only the lowest one is certain: a byte above 0x89
// carries into the next, which may make a digit look wrong but never a non-digit right.
uint64_t NotDigits(uint64_t word) {
  const uint64_t values = word ^ kZeros;
  return ((values + 0x7676767676767676) | values) & kHighBits;
}

// The value of eight bytes that are digits, or zero bytes in front: pairs, then fours, then all, one multiply each.
uint64_t EightDigits(uint64_t word) {
  word &= 0x0f0f0f0f0f0f0f0f;
  word = (word * 10 + (word >> 8)) & 0x00ff00ff00ff00ff;
  word = (word * 100 + (word >> 16)) & 0x0000ffff0000ffff;
  return (word * 10000 + (word >> 32)) & 0xffffffff;
}

struct CleanAnchor {
  bool clean;
  uint16_t status;
  uint32_t end;  // behind the byte count
  int64_t bytes;
};

// Reads `" 404 5120` at `close`; the line's content ends at `end`. A count of eight digits and more is rare enough to
// be left to the careful path.
template <bool kNeedBytes>
inline CleanAnchor ReadAnchor(const uint8_t* block, uint32_t close, uint32_t end) {
  constexpr uint64_t kSpaces = 0x0000ff000000ff00;  // bytes 1 and 5 of `" 404 5`
  const uint64_t word = Load64(block + close);
  const uint64_t digits = (word >> 16 & 0xffffff) ^ 0x303030;
  const uint64_t count = Load64(block + close + 6);
  const uint64_t not_digits = NotDigits(count);
  size_t length = static_cast<size_t>(std::countr_zero(not_digits)) / 8;  // 8 if all are digits
  bool clean = (word & kSpaces) == 0x0000200000002000;
  clean &= (((digits + 0x767676) | digits) & 0x808080) == 0;
  int64_t bytes = kNoBytes;
  if (length == 0) {
    clean &= (count & 0xff) == '-';
    length = 1;
  } else if (kNeedBytes && length < 8) {
    bytes = static_cast<int64_t>(EightDigits(count << (64 - 8 * length)));
  }
  const uint32_t count_end = close + 6 + static_cast<uint32_t>(length);
  clean &= length < 8 && (count_end == end || (count_end < end && block[count_end] == ' '));
  const uint64_t status = (digits & 0xff) * 100 + (digits >> 8 & 0xff) * 10 + (digits >> 16 & 0xff);
  return {clean, static_cast<uint16_t>(status), count_end, bytes};
}

// Length of the method at `from`, 0 if it is not followed by a space, or is CONNECT, whose target is not split. GET is
// most of any log.
inline uint32_t MethodLength(const uint8_t* block, uint32_t from, uint32_t limit) {
  const uint32_t word = Load32(block + from);
  if (word == Word("GET ")) return 3;
  uint32_t end = from;
  while (end < limit && end - from <= 32 && IsTokenByte(block[end])) ++end;
  const uint32_t length = end - from;
  if (length == 7 && Load64(block + from) == Word("CONNECT ")) return 0;
  return length >= 1 && length <= 32 && end < limit && block[end] == ' ' ? length : 0;
}

// Whether ` HTTP/d.d` stands right before `close`.
inline bool EndsInProtocol(const uint8_t* block, uint32_t close) {
  const uint64_t word = Load64(block + close - 8);
  const uint64_t digits = (word >> 40 & 0xff00ff) ^ 0x300030;
  return (word & 0x00ff00ffffffffff) == Word(std::string_view("HTTP/\0.", 7)) &&
         (((digits + 0x760076) | digits) & 0x800080) == 0 && block[close - 9] == ' ';
}

// A line that starts with anything else may be blank, a directive, wrapped in quotes, indented, or behind a byte order
// mark or a run of NULs.
inline bool IsPlainStart(uint8_t byte) { return byte > '#' && byte < 0x80; }

// The first quote of a line is the request's if no backslash escapes it and, where the format has the time before the
// request, that is what stands there. At least one byte of the line stands before it.
inline bool IsPlainOpening(const uint8_t* block, uint32_t open, const Shape& shape) {
  if (!shape.time_before_request) return block[open - 1] != '\\';
  return open >= 2 && block[open - 1] == ' ' && block[open - 2] == ']';
}

// The column from a row on, null if nobody asked for it.
Text* TextsFrom(Field field, size_t first_row, RecordBatch& batch) {
  return batch.columns().Contains(field) ? batch.texts(field) + first_row : nullptr;
}

constexpr ColumnSet kHeadColumns = {Field::kTime, Field::kClient, Field::kUser, Field::kHost};
constexpr ColumnSet kRequestColumns = {Field::kMethod, Field::kTarget, Field::kPath, Field::kQuery, Field::kProtocol};

}  // namespace

void FastPath::LeaveToCarefulPath(size_t i, size_t row) {
  if (open_[i] == 0 && close_[i] == 0) return;
  open_[i] = close_[i] = 0;
  careful_rows_.push_back(static_cast<uint32_t>(row));
}

template <bool kStatusOnly>
size_t FastPath::ReadAnchors(const PieceIndex& index, uint32_t first_begin, const Shape& shape, RecordBatch& batch) {
  const uint8_t* block = batch.block_bytes();
  const size_t first_row = batch.AppendRows(index.lines);
  uint32_t* begins = batch.begins() + first_row;
  LineKind* kinds = batch.kinds() + first_row;
  uint16_t* statuses = batch.statuses() + first_row;
  int64_t* bytes = kStatusOnly ? nullptr : batch.bytes_column();
  if (bytes != nullptr) bytes += first_row;
  uint32_t begin = first_begin;
  size_t quote = 0;
  for (size_t i = 0; i < index.lines; ++i) {
    const uint32_t newline = index.newlines[i];
    const uint32_t open = index.quotes[quote];
    const uint32_t close = index.quotes[quote + 1];
    // The shape's number of quotes is right for nearly every line; else look for the next line's first quote.
    size_t next = quote + shape.quotes;
    const bool usual = index.quotes[next - 1] < newline && index.quotes[next] > newline;
    if (!kStatusOnly) quote_[i] = usual ? static_cast<uint32_t>(quote) : kNoPosition;
    if (!usual) {
      next = quote;
      while (index.quotes[next] < newline) ++next;
    }
    quote = next;
    begins[i] = begin;
    kinds[i] = LineKind::kCounted;
    const uint32_t record = index.records == nullptr ? begin : index.records[i];
    bool clean = close < newline && open > record && newline - begin <= kMaxLineBytes;
    if (clean) {
      const uint32_t end = newline - (block[newline - 1] == '\r' ? 1 : 0);
      const CleanAnchor anchor = ReadAnchor<!kStatusOnly>(block, close, end);
      statuses[i] = anchor.status;
      if (bytes != nullptr) bytes[i] = anchor.bytes;
      if (!kStatusOnly) rest_[i] = anchor.end;
      clean =
          anchor.clean && IsPlainOpening(block, open, shape) && block[close - 1] != '\\' && IsPlainStart(block[record]);
    }
    if (!kStatusOnly) {
      open_[i] = clean ? open : 0;
      close_[i] = clean ? close : 0;
    }
    if (!clean) careful_rows_.push_back(static_cast<uint32_t>(first_row + i));
    begin = newline + 1;
  }
  return quote;
}

// The names behind the first one (or two): ` - - [` in most logs, ` identity user [` for authenticated requests.
// Both names must be plain words, so that the careful path takes the head apart in the same places.
bool FastPath::ReadNames(size_t i, size_t row, const Shape& shape, RecordBatch& batch) {
  const uint8_t* block = batch.block_bytes();
  const uint32_t begin = records_[i];
  const uint32_t bracket = open_[i] - kBracketBefore;
  const uint32_t client_from = shape.host_first ? second_from_[i] : begin;
  const uint32_t client_end = shape.host_first ? second_end_[i] : first_end_[i];
  uint32_t user_from = client_end + 3;
  uint32_t user_end = user_from + 1;
  if (client_end + 5 != bracket || (Load64(block + client_end) & LowBytes(6)) != Word(" - - [")) {
    uint32_t identity_end = client_end + 1;
    while (identity_end < bracket && block[identity_end] != ' ') ++identity_end;
    user_from = identity_end + 1;
    user_end = user_from;
    while (user_end < bracket && block[user_end] != ' ') ++user_end;
    if (user_end + 1 != bracket || user_end == user_from || identity_end == client_end + 1 || block[bracket] != '[' ||
        block[identity_end - 1] == ',' || block[user_end - 1] == ',') {
      return false;
    }
    // Where an address stands in another name's place, the careful path finds out what is what.
    const std::string_view identity(reinterpret_cast<const char*>(block) + client_end + 1,
                                    identity_end - client_end - 1);
    if (!shape.host_first && identity.size() > 1 && LooksLikeAddress(identity)) return false;
  }
  if (shape.host_first && client_end - client_from == 1 && block[client_from] == '-') return false;
  if (client_end == client_from || block[client_end - 1] == ',') return false;
  if (shape.client_is_forwarded && std::memchr(block + client_from, ',', client_end - client_from) != nullptr) {
    return false;  // a list without blanks
  }
  if (shape.host_first && (first_end_[i] == begin || block[first_end_[i] - 1] == ',')) return false;
  const ColumnSet columns = batch.columns();
  if (columns.Contains(Field::kClient)) {
    const char* text = reinterpret_cast<const char*>(block);
    const std::string_view client = ClientAddress({text + client_from, client_end - client_from});
    batch.texts(Field::kClient)[row] =
        Text{static_cast<uint32_t>(client.data() - text), static_cast<uint32_t>(client.size())};
  }
  if (columns.Contains(Field::kUser)) batch.texts(Field::kUser)[row] = Text{user_from, user_end - user_from};
  if (columns.Contains(Field::kHost) && shape.host_first) {
    const std::string_view name(reinterpret_cast<const char*>(block) + begin, first_end_[i] - begin);
    batch.texts(Field::kHost)[row] = Text{begin, static_cast<uint32_t>(WithoutPort(name).size())};
  }
  return true;
}

void FastPath::ReadHeads(size_t first_row, const Shape& shape, RecordBatch& batch) {
  const uint8_t* block = batch.block_bytes();
  const size_t rows = batch.rows() - first_row;
  int64_t* times = batch.columns().Contains(Field::kTime) ? batch.times_ms() + first_row : nullptr;
  kernels_.first_of(block, records_, open_.data(), rows, ' ', ' ', first_end_.data());
  if (shape.host_first) {
    for (size_t i = 0; i < rows; ++i) second_from_[i] = first_end_[i] + 1;
    kernels_.first_of(block, second_from_.data(), open_.data(), rows, ' ', ' ', second_end_.data());
  }
  for (size_t i = 0; i < rows; ++i) {
    const uint32_t open = open_[i];
    if (open == 0) continue;
    int64_t time_ms = kNoTime;
    if (times_are_read_) {
      time_ms = times[i];
    } else if (open - records_[i] > kBracketBefore) {
      time_ms = time_reader_.Read(block + open - kTimeBefore);
    }
    if (time_ms == kNoTime || !ReadNames(i, first_row + i, shape, batch)) {
      LeaveToCarefulPath(i, first_row + i);
    } else if (times != nullptr) {
      times[i] = time_ms;
    }
  }
}

void FastPath::ReadRequests(size_t first_row, const Shape& shape, RecordBatch& batch) {
  const uint8_t* block = batch.block_bytes();
  const size_t rows = batch.rows() - first_row;
  Text* methods = TextsFrom(Field::kMethod, first_row, batch);
  // A clean request has no authority; rows of the careful path are written later.
  if (batch.columns().Contains(Field::kHost) && !shape.host_first) batch.SetMissing(Field::kHost, first_row, rows);
  for (size_t i = 0; i < rows; ++i) {
    const uint32_t from = open_[i] + 1;
    const uint32_t close = close_[i];
    target_from_[i] = target_end_[i] = 0;
    if (close == 0) continue;
    const uint32_t method = MethodLength(block, from, close);
    const uint32_t target = from + method + 1;
    // The target of a clean request starts with '/': not absolute, not "*", not an authority, nothing to trim.
    if (method == 0 || target + 10 > close || !EndsInProtocol(block, close) || block[target] != '/' ||
        block[close - 10] == ' ') {
      LeaveToCarefulPath(i, first_row + i);
      continue;
    }
    target_from_[i] = target;
    target_end_[i] = close - 9;
    if (methods != nullptr) methods[i] = Text{from, method};
  }
  kernels_.first_of(block, target_from_.data(), target_end_.data(), rows, '?', '?', path_end_.data());
  Text* paths = TextsFrom(Field::kPath, first_row, batch);
  Text* targets = TextsFrom(Field::kTarget, first_row, batch);
  Text* queries = TextsFrom(Field::kQuery, first_row, batch);
  Text* protocols = TextsFrom(Field::kProtocol, first_row, batch);
  for (size_t i = 0; i < rows; ++i) {
    if (close_[i] == 0) continue;
    const uint32_t from = target_from_[i];
    const uint32_t end = target_end_[i];
    const uint32_t path_end = path_end_[i];
    if (paths != nullptr) paths[i] = Text{from, path_end - from};
    if (targets != nullptr) targets[i] = Text{from, end - from};
    if (protocols != nullptr) protocols[i] = Text{close_[i] - 8, 8};
    if (queries == nullptr) continue;
    if (path_end < end) {
      queries[i] = Text{path_end + 1, end - path_end - 1};
    } else {
      batch.SetMissing(Field::kQuery, first_row + i);
    }
  }
}

// The fields in quotes right behind the byte count. No quote in the line is escaped if as many stand there as the shape
// has and none of those that close a field stands behind a backslash; so the careful path parts them in the same
// places.
bool FastPath::ReadQuotedRest(const uint32_t* quotes, size_t i, size_t row, const Shape& shape, RecordBatch& batch) {
  const uint8_t* block = batch.block_bytes();
  uint32_t at = rest_[i];
  for (size_t k = 0; k < shape.quoted_rest.size(); ++k) {
    if (quotes[2 * k] != at + 1 || block[at] != ' ' || block[quotes[2 * k + 1] - 1] == '\\') return false;
    at = quotes[2 * k + 1] + 1;
  }
  for (size_t k = 0; k < shape.quoted_rest.size(); ++k) {
    const std::optional<FieldSpec>& field = shape.quoted_rest[k];
    if (!field.has_value()) continue;
    const uint32_t from = quotes[2 * k] + 1;
    const uint32_t size = quotes[2 * k + 1] - from;
    if (field->reading != Reading::kText) {
      writer_.Put(*field, {reinterpret_cast<const char*>(block) + from, size}, row, batch);
    } else if (batch.columns().Contains(field->field)) {
      batch.SetText(field->field, row, Text{from, size});
    }
  }
  rest_[i] = at - 1;  // the last quote, with which the next literal begins
  return true;
}

void FastPath::ReadRests(const PieceIndex& index, size_t first_row, const Shape& shape, LineReader& reader,
                         RecordBatch& batch) {
  const char* block = reinterpret_cast<const char*>(batch.block_bytes());
  const size_t quoted = shape.quoted_rest.size();
  for (size_t i = 0; i < index.lines; ++i) {
    if (open_[i] == 0) continue;
    const size_t row = first_row + i;
    size_t step = shape.first_rest_step;
    if (quoted > 0 && quote_[i] != kNoPosition && ReadQuotedRest(index.quotes + quote_[i] + 2, i, row, shape, batch)) {
      if (!shape.has_more_rest) continue;
      step += quoted;
    }
    uint32_t end = index.newlines[i];
    if (end > rest_[i] && block[end - 1] == '\r') --end;
    reader.ReadRest({block + rest_[i], end - rest_[i]}, step, row, batch);
  }
}

size_t FastPath::Read(const PieceIndex& index, uint32_t first_begin, const Shape& shape, LineReader& reader,
                      RecordBatch& batch) {
  const size_t first_row = batch.rows();
  const size_t first_careful = careful_rows_.size();
  const ColumnSet columns = batch.columns();
  batch.Reserve(first_row + index.lines);
  if (columns == ColumnSet{Field::kStatus}) {
    const size_t quotes = ReadAnchors<true>(index, first_begin, shape, batch);
    for (size_t i = first_careful; i < careful_rows_.size(); ++i) batch.ClearRow(careful_rows_[i]);
    return quotes;
  }
  for (std::vector<uint32_t>* scratch : {&open_, &close_, &rest_, &quote_, &first_end_, &second_from_, &second_end_,
                                         &target_from_, &target_end_, &path_end_}) {
    if (scratch->size() < index.lines) scratch->resize(index.lines);
  }
  const size_t quotes = ReadAnchors<false>(index, first_begin, shape, batch);
  records_ = index.records == nullptr ? batch.begins() + first_row : index.records;
  const ColumnSet absent = columns & shape.absent_columns;
  const bool all_fast = (columns & shape.fast_columns) == columns - absent;
  const bool any_left = early_ == nullptr || DropEarly(first_row, shape, batch);
  if (all_fast && any_left) {
    const ColumnSet rest = columns & shape.rest_columns;
    batch.ClearColumns(absent | rest, first_row, index.lines);
    if (columns.ContainsAny(kHeadColumns)) ReadHeads(first_row, shape, batch);
    if (columns.ContainsAny(kRequestColumns | ColumnSet{Field::kHost})) ReadRequests(first_row, shape, batch);
    if (!rest.empty()) ReadRests(index, first_row, shape, reader, batch);
  } else if (any_left) {
    for (size_t i = 0; i < index.lines; ++i) LeaveToCarefulPath(i, first_row + i);
  }
  for (size_t i = first_careful; i < careful_rows_.size(); ++i) batch.ClearRow(careful_rows_[i]);
  return quotes;
}

}  // namespace logstat
