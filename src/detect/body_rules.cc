// body-rule: bodies where none may be, and none where one belongs.
#include <fmt/format.h>

#include <map>
#include <string>

#include "logstat/report.h"
#include "src/base/hash.h"
#include "src/base/milliseconds.h"
#include "src/detect/entries.h"
#include "src/detect/evidence.h"
#include "src/detect/room.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kBodyRules = {
    .id = "body-rule",
    .title = "Bodies where none may be, or none where one belongs",
    .severity = Severity::kLow,
    .threshold = 1,
    .window_seconds = 86'400,
    .columns = {Field::kTime, Field::kMethod, Field::kBytes},
    .needs_all_statuses = true,
    .verdicts_are_apart = true,
    .statements = "S11 S12 S13 S20 S27 S32 S65",
    .rule =
        "Any body with 204, 304 or in answer to HEAD, and one of more than 5 bytes with 205 (nginx may count what "
        "frames an empty one); any 300 to GET without a body (info); and an error code whose answers, HEAD aside, lack "
        "a body in half of at least 20 cases within one hour of the clock (info). All this only where the log's byte "
        "count is known to be the body's. Any 205 to GET and any 304 to another method than GET and HEAD, whatever is "
        "counted.",
    .reason =
        "The document: 204, 205 and 304 end at the first blank line; a browser never shows a body of 204; 205 clears "
        "a form, which a GET does not send; 304 answers a condition, which only GET and HEAD have; 300 has a list of "
        "choices; errors explain themselves in the body. RFC 9110 says so, too. The 20 are ours.",
    .false_positives =
        "Byte counts that include headers where too few lines tell; errors for programs that read the code.",
    .advice = "Repair the program that writes the answer: a client may take such a body for the next answer.",
};

namespace {

constexpr uint64_t kLeastErrors = 20;
constexpr int64_t kFrameBytes = 5;

// Errors that nobody is there to read about.
bool IsUnread(int status) { return status == 408 || IsAborted(status); }

// Answers that a method cannot have: these the log tells without a byte count.
constexpr std::string_view kResetOfGet = "205-to-get";
constexpr std::string_view kUnaskedNotModified = "304-to-method";

bool IsOfMethod(std::string_view verdict) { return verdict == kResetOfGet || verdict == kUnaskedNotModified; }

// Empty: as it should be.
std::string_view WrongBody(const Event& event) {
  const int status = event.status();
  if (event.bytes > 0) {
    if (status == 204) return "body-of-204";
    if (status == 304) return "body-of-304";
    if (event.method() == MethodKind::kHead && event.has(Field::kMethod) && status >= 200) return "body-of-head";
    if (status == 205 && event.bytes > kFrameBytes) return "body-of-205";
  }
  if (status == 300 && event.bytes == 0 && event.method() == MethodKind::kGet) return "no-body-of-300";
  return {};
}

std::string_view WrongMethod(const Event& event) {
  if (event.status() == 205 && event.method() == MethodKind::kGet) return kResetOfGet;
  const bool may_ask = event.method() == MethodKind::kGet || event.method() == MethodKind::kHead;
  return event.status() == 304 && !may_ask && event.has(Field::kMethod) ? kUnaskedNotModified : "";
}

class BodyRules : public Detector {
 public:
  explicit BodyRules(RuleSettings settings) : Detector(kBodyRules, settings) {}

  void OnEvent(const Event& event, Surroundings& /*surroundings*/) override {
    for (const std::string_view verdict : {WrongBody(event), WrongMethod(event)}) {
      Broken* broken = verdict.empty() ? nullptr : Find(SketchHash(verdict), event);
      if (broken == nullptr) continue;
      if (broken->verdict.empty()) broken->verdict = verdict;
      broken->code = event.status();
      Add(event, *broken);
    }
    if (event.status() >= 400 && event.status() < 700 && event.method() != MethodKind::kHead &&
        event.has(Field::kMethod) && !IsUnread(event.status()) && event.bytes >= 0) {
      CountError(event);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    for (auto& [key, broken] : broken_) {
      if (context.byte_meaning != ByteMeaning::kBody && !IsOfMethod(broken.verdict)) continue;
      EndHour(broken);
      if (broken.evidence.count() < settings().threshold) continue;
      const std::string& verdict = broken.verdict;
      const std::string& host = broken.host;
      Finding finding = StartHostFinding(host);
      broken.evidence.Fill(context.inputs, &finding);
      finding.verdict = verdict;
      finding.code = broken.code;
      const bool lacks_body = verdict.starts_with("no-body");
      finding.advice_is_whole = true;  // the code is as it should be
      if (lacks_body) finding.severity = Severity::kInfo;
      if (lacks_body) finding.advice = "Let the program that writes these answers say in their body what is wrong.";
      if (!broken.upstreams.empty()) finding.facts.push_back(TextFact("upstream", broken.upstreams.Top(1)[0].key));
      if (broken.most_bytes != 0) finding.facts.push_back(NumberFact("most_bytes", broken.most_bytes));
      if (lacks_body && broken.code >= 400) finding.window_seconds = kHourMs / 1000;
      const std::string what = verdict == "body-of-head" ? "to HEAD" : std::to_string(broken.code);
      finding.sentence =
          fmt::format("{} answers {}{} {}", finding.count, what, host.empty() ? "" : " of " + host, FaultOf(verdict));
      findings.push_back(std::move(finding));
    }
  }

 private:
  static std::string_view FaultOf(std::string_view verdict) {
    if (verdict == kResetOfGet) return "went to GET, which sends no form";
    if (verdict == kUnaskedNotModified) return "went to methods other than GET and HEAD";
    return verdict.starts_with("no-body") ? "had no body" : "had a body, which they must not";
  }

  struct Broken {
    std::string verdict;
    std::string host;
    int code = 0;
    Evidence evidence;
    TextCounts upstreams;
    uint64_t most_bytes = 0;
    // Of the current hour of the clock.
    int64_t hour = 0;
    uint64_t hits = 0;
    Evidence empty;
  };

  Broken* Find(uint64_t verdict, const Event& event) {
    Broken* broken = AtIfRoom(broken_, JoinKeys(verdict, event.shadow.host), most_keys());
    if (broken != nullptr && broken->host.empty()) broken->host = event.text(Field::kHost);
    return broken;
  }

  static void Add(const Event& event, Broken& broken) {
    broken.evidence.Add(event);
    broken.upstreams.Add(event.text(Field::kUpstream));
    broken.most_bytes = std::max(broken.most_bytes, static_cast<uint64_t>(std::max<int64_t>(event.bytes, 0)));
  }

  void CountError(const Event& event) {
    Broken* broken = Find(static_cast<uint64_t>(event.status()), event);
    if (broken == nullptr) return;
    if (broken->verdict.empty()) broken->verdict = fmt::format("no-body-of-{}", event.status());
    const int64_t hour = event.time_ms / kHourMs;
    if (hour != broken->hour) EndHour(*broken);
    broken->hour = hour;
    broken->code = event.status();
    ++broken->hits;
    if (event.bytes > 0) return;
    broken->empty.Add(event);
    broken->upstreams.Add(event.text(Field::kUpstream));
  }

  static void EndHour(Broken& broken) {
    if (broken.hits >= kLeastErrors && broken.empty.count() * 2 >= broken.hits) broken.evidence.Merge(broken.empty);
    broken.hits = 0;
    broken.empty = Evidence();
  }

  std::map<uint64_t, Broken> broken_;  // by verdict and host
};

}  // namespace

constexpr DetectorEntry kBodyRulesEntry{&kBodyRules, MakeDetector<BodyRules>};

}  // namespace logstat
