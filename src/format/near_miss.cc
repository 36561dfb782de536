#include "src/format/near_miss.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

#include "src/format/address.h"
#include "src/format/clf_format.h"
#include "src/format/clf_time.h"
#include "src/format/presets.h"
#include "src/format/request.h"
#include "src/format/time_text.h"

namespace logstat {
namespace {

// A field of a line: what stands between two blanks, in quotes or in brackets.
struct Token {
  char around = 0;  // '"', '[' or 0
  std::string_view text;
};

bool IsClfTime(std::string_view text) { return ClfTimeReader().Read(text) != kNoTime; }
bool IsIso(std::string_view text) { return text.size() > 10 && text[4] == '-' && TimeReader().Read(text) != kNoTime; }

// Parted by one blank each; none if the line is not of this kind.
std::vector<Token> Split(std::string_view line) {
  std::vector<Token> tokens;
  for (size_t at = 0; at < line.size();) {
    const char around = line[at] == '"' || line[at] == '[' ? line[at] : '\0';
    const char end = around == '"' ? '"' : around == '[' ? ']' : ' ';
    const size_t begin = at + (around != 0 ? 1 : 0);
    size_t close = begin;
    // A common log's time without its brackets holds a blank.
    if (around == 0 && IsClfTime(line.substr(begin, kClfTimeBytes))) close += kClfTimeBytes;
    while (close < line.size() && line[close] != end) close += around == '"' && line[close] == '\\' ? 2 : 1;
    if (close >= line.size() && around != 0) return {};
    close = std::min(close, line.size());
    tokens.push_back(Token{around, line.substr(begin, close - begin)});
    at = close + (around != 0 ? 1 : 0);
    if (at < line.size() && line[at++] != ' ') return {};
  }
  return tokens;
}

bool IsNumber(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct GuessedField {
  char around = 0;
  std::string name;  // of nginx's variable; "-" stands for itself; empty: not known
};

bool IsTime(const GuessedField& field) {
  return field.name == "time_local" || field.name == "time_iso8601" || field.name == "msec";
}

bool Has(const std::vector<GuessedField>& fields, std::string_view name) {
  return std::any_of(fields.begin(), fields.end(), [&](const GuessedField& field) { return field.name == name; });
}

std::string TimeName(std::string_view text) {
  if (IsClfTime(text)) return "time_local";
  if (IsIso(text)) return "time_iso8601";
  return text.find('.') == 10 && ParseEpochTime(text) != kNoTime ? "msec" : "";
}

// Before the request: host client - user time, of which any may be missing.
std::string NameInHead(const std::vector<GuessedField>& before, const Token& token) {
  if (std::none_of(before.begin(), before.end(), IsTime)) {
    if (std::string time = TimeName(token.text); !time.empty()) return time;
  }
  if (token.around != 0) return "";
  if (before.empty() && !LooksLikeAddress(token.text) && token.text.find('.') != std::string_view::npos) return "host";
  if (LooksLikeAddress(token.text) && !Has(before, "remote_addr")) return "remote_addr";
  if (before.empty()) return "";
  if (before.back().name == "remote_addr" && token.text == "-") return "-";
  return before.back().name == "-" ? "remote_user" : "";
}

// What may follow a status: a byte count, or a duration.
bool IsCount(const Token& token) {
  return token.around == 0 && (token.text == "-" || token.text.find_first_not_of("0123456789.") == std::string::npos);
}

// Behind the request: status bytes "referrer" "agent". A number that nothing like a byte count follows may be the byte
// count itself, as in ssl_request_log.
std::string NameInTail(const std::vector<GuessedField>& before, const Token& token, const Token* next) {
  const auto& [around, text] = token;
  if (around == 0 && !Has(before, "status")) {
    const bool is_status = (text.size() == 3 && IsNumber(text)) || text == "-";
    return is_status && next != nullptr && IsCount(*next) ? "status" : "";
  }
  if (around == 0 && !Has(before, "body_bytes_sent")) return IsNumber(text) || text == "-" ? "body_bytes_sent" : "";
  if (around != '"' || Has(before, "http_user_agent")) return "";
  if (!Has(before, "http_referer") && (text == "-" || text.find("://") < 10)) return "http_referer";
  const bool is_agent = text == "-" || (text.find('/') != std::string_view::npos &&
                                        std::isalpha(static_cast<unsigned char>(text[0])) != 0);
  return is_agent ? "http_user_agent" : "";
}

bool IsRequest(const Token& token) { return token.around == '"' && SplitRequest(token.text).protocol.has_value(); }

// The fields of a line; empty if there is no request among them.
std::vector<GuessedField> GuessFields(std::string_view line) {
  std::vector<GuessedField> fields;
  bool seen = false;
  const std::vector<Token> tokens = Split(line);
  for (const Token& token : tokens) {
    const Token* next = &token == &tokens.back() ? nullptr : &token + 1;
    const bool is_request = !seen && IsRequest(token);
    seen = seen || is_request;
    std::string name = is_request ? "request" : seen ? NameInTail(fields, token, next) : NameInHead(fields, token);
    fields.push_back(GuessedField{token.around, std::move(name)});
  }
  return seen ? fields : std::vector<GuessedField>{};
}

// As a string of nginx. Fields whose meaning cannot be seen are $field1, $field2, …
std::string FormatOf(const std::vector<GuessedField>& fields) {
  std::string format;
  int unknown = 0;
  for (const GuessedField& field : fields) {
    const std::string name = field.name == "-"    ? "-"
                             : field.name.empty() ? fmt::format("$field{}", ++unknown)
                                                  : "$" + field.name;
    if (!format.empty()) format += ' ';
    format += field.around == '"' ? "\"" + name + "\"" : field.around == '[' ? "[" + name + "]" : name;
  }
  return format;
}

std::string_view Words(const GuessedField& field) {
  if (field.name == "http_user_agent") return "the agent";
  if (field.name == "http_referer") return "the referrer";
  if (field.name == "request") return "the request";
  if (field.name == "status") return "the status";
  return field.name == "body_bytes_sent" ? "the byte count" : "the last field";
}

bool Same(const GuessedField& a, const GuessedField& b) {
  return (a.name == b.name && a.around == b.around) || (IsTime(a) && IsTime(b));
}

using GuessedFields = std::vector<GuessedField>;
using Place = GuessedFields::const_iterator;

// What is different behind the request; empty: nothing.
std::string TailDifference(Place preset, Place preset_end, Place log, Place log_end) {
  const auto [end, more] = std::mismatch(preset, preset_end, log, log_end, Same);
  if (end == preset_end && more == log_end) return "";
  if (end == preset_end) {
    const std::string count = log_end - more == 1 ? "a field follows" : fmt::format("{} fields follow", log_end - more);
    return fmt::format("{} {}", count, Words(*(end - 1)));
  }
  if (more != log_end) return fmt::format("other fields follow {}", Words(*(end - 1)));
  std::string missing;
  for (auto field = end; field != preset_end; ++field) {
    missing.append(missing.empty() ? "" : " and ").append(Words(*field));
  }
  return fmt::format("{} {} missing", missing, preset_end - end == 1 ? "is" : "are");
}

std::vector<std::string> Differences(const GuessedFields& preset, const GuessedFields& log) {
  const auto is_request = [](const GuessedField& field) { return field.name == "request"; };
  const Place preset_request = std::find_if(preset.begin(), preset.end(), is_request);
  const Place log_request = std::find_if(log.begin(), log.end(), is_request);
  const Place preset_time = std::find_if(preset.begin(), preset_request, IsTime);
  const Place log_time = std::find_if(log.begin(), log_request, IsTime);
  std::vector<std::string> differences;
  if (!std::equal(preset.begin(), preset_request, log.begin(), log_request, Same)) {
    differences.emplace_back("other fields stand before the request");
  }
  if (preset_time != preset_request && log_time != log_request &&
      (preset_time->name != log_time->name || preset_time->around != log_time->around)) {
    differences.emplace_back("the time is in another form");
  }
  std::string tail = TailDifference(preset_request, preset.end(), log_request, log.end());
  if (!tail.empty()) differences.push_back(std::move(tail));
  return differences;
}

// "like combined, but …"; empty if it is like none.
std::string LikeWhat(const GuessedFields& fields) {
  constexpr size_t kMostDifferences = 2;
  std::vector<std::string> fewest(kMostDifferences + 1);
  std::string_view name;
  for (const Preset& preset : Presets()) {
    const GuessedFields own = GuessFields(preset.example);
    if (own.empty()) continue;
    std::vector<std::string> differences = Differences(own, fields);
    // None is a preset whose fields look the same and are not.
    if (differences.empty() || differences.size() >= fewest.size()) continue;
    fewest = std::move(differences);
    name = preset.name;
  }
  if (name.empty()) return "";
  return fmt::format("like {}, but {}", name, fmt::join(fewest, ", and "));
}

bool FitsHalf(std::span<const std::string> lines, const std::string& format) {
  const StatusOr<FieldProgram> program = CompileFormat(format);
  if (!program.ok()) return false;
  const auto fits =
      std::count_if(lines.begin(), lines.end(), [&](const std::string& line) { return LineFits(line, *program); });
  return static_cast<size_t>(fits) * 2 >= lines.size();
}

// Whether every line with a request has a status where one is guessed: byte counts are now and then of three digits.
bool AllHaveAStatus(std::span<const std::string> lines) {
  return std::all_of(lines.begin(), lines.end(), [](const std::string& line) {
    const std::vector<GuessedField> fields = GuessFields(line);
    return fields.empty() || Has(fields, "status");
  });
}

bool FitsAPreset(std::span<const std::string> lines) {
  const std::vector<std::string_view> views(lines.begin(), lines.end());
  return std::any_of(Presets().begin(), Presets().end(), [&](const Preset& preset) {
    return preset.format->CountFits(views, Fit::kExact) * 2 >= lines.size();
  });
}

}  // namespace

std::string ExplainNearMiss(std::span<const std::string> lines) {
  if (FitsAPreset(lines) || !AllHaveAStatus(lines)) return "";
  constexpr size_t kTries = 10;  // a line may be an odd one
  for (const std::string& line : lines.subspan(0, std::min(lines.size(), kTries))) {
    const GuessedFields fields = GuessFields(line);
    if (fields.empty()) continue;
    const std::string format = FormatOf(fields);
    if (!FitsHalf(lines, format)) continue;
    const std::string like = LikeWhat(fields);
    if (like.empty()) return "";
    return fmt::format("{}: try -f '{}'", like, format);
  }
  return "";
}

}  // namespace logstat
