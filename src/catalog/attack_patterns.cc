#include "src/catalog/attack_patterns.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "re2/re2.h"
#include "re2/set.h"
#include "src/base/ascii.h"
#include "src/base/percent_code.h"
#include "src/catalog/secret_files.h"

namespace logstat {
namespace {

constexpr size_t kMostBytes = 8192;
constexpr size_t kMostPartBytes = 120;

struct Pattern {
  AttackKind kind;
  const char* text;
};

// Of texts in small letters.
constexpr Pattern kPatterns[] = {
    {AttackKind::kLookup, R"(\$\{\s*(?:jndi|lower|upper|env|sys|date|java|ctx|::-|\$\{))"},

    {AttackKind::kCommand,
     R"([;|`]\s*(?:cat|id|ls|wget|curl|nc|bash|sh|ping|uname|whoami|chmod|echo|python3?|perl|nslookup|rm|sleep)(?:[\s;|&<>`')]|$))"},
    {AttackKind::kCommand,
     R"(&&\s*(?:cat|id|ls|wget|curl|nc|bash|sh|ping|uname|whoami|chmod|echo|rm)(?:[\s;|&<>`]|$))"},
    {AttackKind::kCommand, R"(\$\(\s*(?:cat|id|ls|wget|curl|nc|bash|sh|ping|uname|whoami|echo|nslookup)\b)"},
    {AttackKind::kCommand, R"((?:\$\{ifs\}|\$ifs\$?\d))"},
    {AttackKind::kCommand, R"((?:wget|curl)\s+(?:-\w+\s+)*(?:https?:|ftp:|\d+\.\d+\.))"},
    {AttackKind::kCommand, R"(/bin/(?:ba|da|z)?sh\b|\bcmd(?:\.exe)?\s*/c\b|/cmd\.exe|\bpowershell\b.{0,20}\s-)"},
    {AttackKind::kCommand, R"(\(\)\s*\{\s*[:_])"},
    {AttackKind::kCommand, R"(<\?(?:php\b|=|\s*(?:echo|print|system|eval)))"},
    {AttackKind::kCommand,
     R"(\b(?:eval|system|passthru|shell_exec|popen|proc_open|assert|call_user_func(?:_array)?|phpinfo|base64_decode|md5|var_dump|die)\s*\()"},
    {AttackKind::kCommand, R"((?:allow_url_include|auto_prepend_file|disable_functions)(?:\s*[=d]))"},
    {AttackKind::kCommand, R"(invokefunction&function=|\\think\\|think\\app)"},
    {AttackKind::kCommand,
     R"(class\.module\.classloader|ognl\.|@java\.lang|java\.lang\.(?:runtime|processbuilder)|#_memberaccess)"},
    {AttackKind::kCommand, R"(\{\{\s*\d+\s*[*+]\s*\d+)"},

    {AttackKind::kInclusion, R"(=\s*(?:https?|ftps?)://\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})"},
    {AttackKind::kInclusion, R"(=\s*(?:https?|ftps?)://[^&\s]+(?:\.txt\?*|\?)(?:&|$))"},
    {AttackKind::kInclusion, R"(=\s*(?:php://(?:input|filter)|data:(?://)?text/|expect://|phar://|zip://|file:///))"},

    {AttackKind::kTraversal, R"((?:^|[/\\=;])\.\.[/\\;])"},
    {AttackKind::kTraversal, R"(/etc/(?:passwd|shadow|group|issue|hosts|crontab)\b)"},
    {AttackKind::kTraversal, R"(/proc/(?:self|\d+)/(?:environ|cmdline|fd|maps|status))"},
    {AttackKind::kTraversal, R"([/\\](?:win|boot|system)\.ini|windows[/\\]system32)"},
    {AttackKind::kTraversal, R"(\x00)"},

    {AttackKind::kSql, R"(\bunion\b[^&]{0,40}\bselect\b.{0,200}(?:\bfrom\b|,|null|\d|'))"},
    {AttackKind::kSql,
     R"(['"`)]\s*(?:or|and|xor|\|\||&&)\s*[('"`]*\s*[\w]+['"`)]*\s*(?:=|like\b|<|>|is\b|in\b|between\b))"},
    {AttackKind::kSql, R"((?:^|[^a-z])(?:or|and)\s+\(?(\d+)\s*(?:=|<|>)\s*\d+)"},
    {AttackKind::kSql,
     R"(\b(?:sleep|benchmark|pg_sleep|extractvalue|updatexml|load_file|xp_cmdshell|dbms_pipe\.receive_message|char|chr|concat|randomblob)\s*\(\s*(?:['"\d(]|0x|select|char))"},
    {AttackKind::kSql, R"(\bwaitfor\s+delay\b|\binformation_schema\b|\bsysobjects\b|\binto\s+(?:out|dump)file\b)"},
    {AttackKind::kSql, R"(['"`);]\s*;?\s*(?:drop|insert|update|delete|select|declare|exec|create|alter)\s+\w)"},
    {AttackKind::kSql, R"(['"]\s*\)*\s*(?:--|#|/\*)|\border\s+by\s+\d+\s*(?:--|#))"},
    {AttackKind::kSql, R"(\(\s*select\b.{1,200}\bfrom\b)"},

    {AttackKind::kScript, R"(<\s*/?\s*(?:script|svg|iframe|object|embed|marquee)\b)"},
    {AttackKind::kScript, R"(<[^>]{1,100}\bon(?:error|load|click|mouseover|focus|toggle|start|pointer\w+)\s*=)"},
    {AttackKind::kScript, R"(\b(?:javascript|vbscript):\s*(?:alert|eval|prompt|confirm|document|window|\w+\())"},
    {AttackKind::kScript,
     R"(\b(?:alert|prompt|confirm)\s*[(`]\s*(?:\d|['"`]|document)|document\.(?:cookie|domain|location))"},
};

RE2::Options PatternOptions() {
  RE2::Options options(RE2::Quiet);
  options.set_encoding(RE2::Options::EncodingLatin1);  // a byte is a character: any text can be matched
  options.set_dot_nl(true);
  options.set_max_mem(32 << 20);
  return options;
}

// All patterns, each on its own to know what matched, and together to know whether any does.
struct Patterns {
  Patterns() : set(PatternOptions(), RE2::UNANCHORED) {
    for (const Pattern& pattern : kPatterns) {
      set.Add(pattern.text, nullptr);
      single.push_back(std::make_unique<RE2>(pattern.text, PatternOptions()));
    }
    set.Compile();
  }
  // Places in kPatterns of those that match. The set may run out of memory on hostile texts; then each is asked.
  std::vector<int> Match(const std::string& text) const {
    std::vector<int> matches;
    RE2::Set::ErrorInfo error{};
    if (set.Match(text, &matches, &error)) return matches;
    if (error.kind == RE2::Set::kNoError) return {};
    for (size_t i = 0; i < single.size(); ++i) {
      if (RE2::PartialMatch(text, *single[i])) matches.push_back(static_cast<int>(i));
    }
    return matches;
  }
  RE2::Set set;
  std::vector<std::unique_ptr<RE2>> single;
};

const Patterns& AllPatterns() {
  static const auto* const kAll = new Patterns();
  return *kAll;
}

// Whether anything was decoded.
bool DecodeOnce(std::string& text) {
  bool in_query = false;
  bool changed = false;
  size_t to = 0;
  for (size_t from = 0; from < text.size(); ++from) {
    char c = text[from];
    in_query = in_query || c == '?';
    if (c == '+' && in_query) c = ' ';
    if (const int byte = PercentByte(text, from); byte >= 0) {
      c = static_cast<char>(byte);
      from += 2;
      changed = true;
    }
    // Two bytes where one would do: 0xC0 0xAE is ".", 0xC0 0xAF is "/".
    if (to > 0 && text[to - 1] == '\xC0' && (c == '\xAE' || c == '\xAF')) {
      text[to - 1] = c == '\xAE' ? '.' : '/';
      continue;
    }
    text[to++] = c;
  }
  text.resize(to);
  return changed;
}

// The target as a client that takes ".." out of its path would have sent it; the target itself if one leaves the root.
std::string WithoutClimbs(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  std::string walked;
  for (size_t begin = 0; begin < path.size();) {
    const size_t end = std::min(path.find('/', begin + 1), path.size());
    const std::string_view segment = path.substr(begin, end - begin);  // with the slash before it
    if (segment == "/..") {
      const size_t parent = walked.rfind('/');
      if (parent == std::string::npos) return std::string(target);
      const std::string_view left = std::string_view(walked).substr(parent);
      if (left.starts_with("/..") || left.find('%') != std::string_view::npos) return std::string(target);  // a trick
      walked.resize(parent);
    } else if (segment != "/" && segment != "/.") {  // to most servers both are nothing
      walked += segment;
    }
    begin = end;
  }
  if (path.ends_with('/') || walked.empty()) walked += '/';
  return walked.append(target.substr(path.size()));
}

// What a text is held against the patterns as.
std::string_view WithoutHarmlessClimbs(std::string_view target, std::string& changed) {
  if (!target.starts_with('/') || target.find("/..") == std::string_view::npos) return target;
  changed = WithoutClimbs(target);
  const std::string_view path = std::string_view(changed).substr(0, changed.find('?'));
  return SecretFileKind(path).empty() && !IsConsolePath(path) ? std::string_view(changed) : target;
}

}  // namespace

std::string_view AttackKindName(AttackKind kind) {
  constexpr std::array<std::string_view, 7> kKindNames = {
      "",           "script injection", "SQL injection", "path traversal", "remote inclusion", "command injection",
      "JNDI lookup"};
  return kKindNames[static_cast<size_t>(kind)];
}

std::string DecodeTarget(std::string_view target, int* depth) {
  std::string text(target.substr(0, kMostBytes));
  *depth = 0;
  while (*depth < 2 && DecodeOnce(text)) ++*depth;
  for (char& c : text) c = LowerAscii(c);
  return text;
}

Attack FindAttack(std::string_view target) {
  Attack attack;
  std::string changed;
  const std::string text = DecodeTarget(WithoutHarmlessClimbs(target.substr(0, kMostBytes), changed), &attack.depth);
  const Patterns& patterns = AllPatterns();
  std::vector<int> matches = patterns.Match(text);
  if (matches.empty()) return {};
  std::sort(matches.begin(), matches.end());
  // The table is in descending order of kinds.
  const auto first = static_cast<size_t>(matches[0]);
  attack.kind = kPatterns[first].kind;
  re2::StringPiece part;
  if (patterns.single[first]->Match(text, 0, text.size(), RE2::UNANCHORED, &part, 1)) {
    const size_t begin = static_cast<size_t>(part.data() - text.data());
    attack.part = text.substr(begin, kMostPartBytes);
  }
  return attack;
}

}  // namespace logstat
