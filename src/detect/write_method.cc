// write-method: a file written to the server by somebody who never wrote before; methods tried out.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "src/base/ascii.h"
#include "src/base/milliseconds.h"
#include "src/detect/background_runs.h"
#include "src/detect/entries.h"
#include "src/detect/key_map.h"
#include "src/detect/pending_answers.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kWriteMethod = {
    .id = "write-method",
    .title = "Write accepted from a stranger",
    .severity = Severity::kCritical,
    .threshold = 1,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kClient, Field::kMethod, Field::kPath},
    .statements = "S42 S43 S67",
    .meaning =
        "Somebody writes files to this server, or a part of the site takes writes from many as a matter of course.",
    .rule =
        "`threshold` times a PUT, MOVE or COPY answered 2xx to a client with fewer than 3 accepted writes, under a "
        "folder to which fewer than 3 other clients write, if the path is that of a program, or is new and a later GET "
        "of it is answered 2xx. All other folders that take writes are learned as interfaces: information. Methods "
        "that are tried out (405 and 501, 14 within 120 s, or what was set) are background-probing.",
    .reason =
        "The document: PUT and DELETE write, and most servers refuse them. A file that a stranger can put and get is "
        "how servers are taken over; 14 refusals in 120 s are Wazuh's rule 31161. The counts of clients are ours.",
    .false_positives =
        "The first days of an interface with one or two clients which reads back what it wrote and has neither "
        "'api' nor a version in its paths.",
    .advice = "Look at the file that was written and remove it; close the methods for strangers.",
};

namespace {

constexpr uint64_t kManyRefusals = 14;
constexpr int64_t kRefusalsMs = 2 * kMinuteMs;
constexpr uint64_t kFewWrites = 3;
constexpr size_t kFewClients = 3;
constexpr size_t kMostPrefixes = 4096;

bool IsWrite(std::string_view method) {
  constexpr std::array<std::string_view, 6> kWrites = {"PUT", "DELETE", "MOVE", "COPY", "PATCH", "MKCOL"};
  return std::find(kWrites.begin(), kWrites.end(), method) != kWrites.end();
}

bool MakesAFile(std::string_view method) { return method == "PUT" || method == "MOVE" || method == "COPY"; }

// What a server runs instead of delivering it.
bool IsProgram(std::string_view path) {
  constexpr std::array<std::string_view, 20> kPrograms = {
      ".php",  ".php3", ".php4", ".php5", ".php7", ".phtml", ".phar", ".asp", ".aspx", ".ashx",
      ".asmx", ".cer",  ".asa",  ".jsp",  ".jspx", ".jspf",  ".war",  ".cgi", ".pl",   ".cfm"};
  while (!path.empty() && (path.back() == '/' || path.back() == '.')) path.remove_suffix(1);  // as "x.jsp/" is written
  const std::string small = LowerAscii(path);
  return std::any_of(kPrograms.begin(), kPrograms.end(), [&](std::string_view end) { return small.ends_with(end); });
}

// "/api/items/" of "/api/items/7": two segments at most.
std::string_view PrefixOf(std::string_view path) {
  size_t end = path.find('/', 1);
  if (end == std::string_view::npos) return path.substr(0, std::min<size_t>(path.size(), 1));
  const size_t second = path.find('/', end + 1);
  return path.substr(0, (second == std::string_view::npos ? end : second) + 1);
}

// By convention, an interface for programs.
bool IsInterface(std::string_view prefix) {
  if (prefix.find("api") != std::string_view::npos || prefix.find("rest") != std::string_view::npos) return true;
  for (size_t at = prefix.find("/v"); at != std::string_view::npos; at = prefix.find("/v", at + 1)) {
    if (at + 3 < prefix.size() && prefix[at + 2] >= '0' && prefix[at + 2] <= '9' && prefix[at + 3] == '/') return true;
  }
  return false;
}

class WriteMethod : public Detector {
 public:
  explicit WriteMethod(RuleSettings settings)
      : Detector(kWriteMethod, settings),
        refused_(ChosenOr(kManyRefusals, settings.threshold, kWriteMethod.threshold),
                 ChosenOr(kRefusalsMs, settings.window_ms(), kWriteMethod.window_seconds * 1000), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (event.method() != MethodKind::kOther || event.client() == 0) return;
    const std::string_view method = event.text(Field::kMethod);
    if (event.status() == 405 || event.status() == 501) {
      if (method == "OPTIONS") return;
      SlidingWindow& window = refused_.Add(event.client(), event);
      background_.Add(event, window.current().count() == 1, window.current_reached(), surroundings.errands);
    } else if (IsSuccess(event.status()) && IsWrite(method)) {
      OnAccepted(event, method, surroundings);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    std::set<std::string> reported;
    std::map<std::string, std::vector<const PendingAnswer*>> by_client;
    writes_.ForEach([&](const PendingAnswer& write) {
      if (IsPage(context, write)) {
        context.errands.AddToBackground(write.waiting, write.request.client, ProbeFamily::kWrite);
      } else if (IsStrange(context, write)) {
        by_client[write.client].push_back(&write);
        reported.emplace(PrefixOf(write.path));
      }
    });
    for (const auto& [client, writes] : by_client) ReportWrites(context, client, writes, findings);
    for (const auto& [prefix, learned] : prefixes_) {
      if (reported.contains(prefix) || learned.evidence.count() < std::max<uint64_t>(settings().threshold, 1)) continue;
      ReportPrefix(context, prefix, learned, findings);
    }
  }

 private:
  struct Prefix {
    std::set<uint64_t> clients;  // one more than kFewClients at most
    Evidence evidence;
  };

  void OnAccepted(const Event& event, std::string_view method, Surroundings& surroundings) {
    ++accepted_.At(event.client(), event.time_ms);
    const std::string_view path = event.text(Field::kPath);
    PendingAnswer* write = MakesAFile(method) ? writes_.Add(event, "write", surroundings) : nullptr;
    if (write != nullptr && event.shadow.has_user != 0) write->part = "user";
    const std::string prefix(PrefixOf(path).substr(0, kMostEvidenceBytes));
    Prefix* learned = AtIfRoom(prefixes_, prefix, kMostPrefixes);
    if (learned == nullptr) return;
    InsertIfRoom(learned->clients, event.client(), kFewClients + 1);
    if (event.shadow.bytes == 0 || event.shadow.bytes == kNoShadowBytes ||
        !surroundings.answers.IsFallback(event.shadow)) {
      learned->evidence.Add(event);
    }
  }

  // The server took no notice of the method: it sent the page that it sends to everybody.
  static bool IsPage(const FindingContext& context, const PendingAnswer& write) {
    const bool has_body = write.request.bytes != 0 && write.request.bytes != kNoShadowBytes;
    return has_body && context.answers.IsFallback(write.request);
  }

  bool IsStrange(const FindingContext& context, const PendingAnswer& write) const {
    const std::string prefix(PrefixOf(write.path));
    const auto learned = prefixes_.find(prefix);
    if (learned == prefixes_.end()) return false;
    const size_t others =
        learned->second.clients.size() - (learned->second.clients.contains(write.request.client) ? 1 : 0);
    if (others >= kFewClients) return false;
    const Answers::Sizes* sizes = context.answers.SizesOf(write.request);
    const bool is_new = sizes != nullptr && sizes->first_get_ms > write.all.first_ms();
    // A program that is there already answers a PUT itself, with 200.
    if (IsProgram(write.path)) return write.request.status != 200 || is_new;
    const uint64_t* accepted = accepted_.Find(write.request.client);
    if (write.part == "user" || IsInterface(prefix) || (accepted != nullptr && *accepted > kFewWrites)) return false;
    return is_new && sizes->last_get_ms > write.all.first_ms();
  }

  void ReportWrites(const FindingContext& context, const std::string& client,
                    const std::vector<const PendingAnswer*>& writes, std::vector<Finding>& findings) const {
    Finding finding = StartFinding(EntityKind::kClient, client);
    Evidence evidence;
    for (const PendingAnswer* write : writes) evidence.Merge(write->all);
    if (evidence.count() < settings().threshold) return;
    evidence.Fill(context.inputs, &finding);
    const PendingAnswer& first = *writes.front();
    finding.verdict = "written";
    finding.code = static_cast<int>(first.request.status);
    const Answers::Sizes* sizes = context.answers.SizesOf(first.request);
    const bool was_read = sizes != nullptr && sizes->last_get_ms > first.all.first_ms();
    finding.facts.push_back(TextFact("method", first.method));
    finding.facts.push_back(TextFact("read_back", was_read ? "yes" : "no"));
    finding.sentence = fmt::format("{} wrote {} by {}, which nobody but it does there{}", client, first.path,
                                   first.method, was_read ? ", and it was delivered afterwards" : "");
    findings.push_back(std::move(finding));
  }

  void ReportPrefix(const FindingContext& context, const std::string& prefix, const Prefix& learned,
                    std::vector<Finding>& findings) const {
    Finding finding = StartFinding(EntityKind::kPath, prefix);
    learned.evidence.Fill(context.inputs, &finding);
    finding.verdict = "interface";
    finding.severity = Severity::kInfo;
    finding.advice = "Nothing, if programs are meant to write there; else refuse PUT, DELETE and their like there.";
    finding.sentence = fmt::format("writes under {} are taken for an interface: {} from {}{}", prefix,
                                   learned.evidence.count(), learned.clients.size(),
                                   learned.clients.size() > kFewClients ? " or more clients"
                                   : learned.clients.size() == 1        ? " client"
                                                                        : " clients");
    findings.push_back(std::move(finding));
  }

  SlidingWindows refused_;
  BackgroundRuns background_{ProbeFamily::kWrite, most_keys()};
  KeyMap<uint64_t> accepted_{most_keys()};  // writes by client
  PendingAnswers writes_{most_keys()};
  std::map<std::string, Prefix> prefixes_;
};

}  // namespace

constexpr DetectorEntry kWriteMethodEntry{&kWriteMethod, MakeDetector<WriteMethod>};

}  // namespace logstat
