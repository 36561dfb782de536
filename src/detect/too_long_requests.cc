// 414-flood: requests refused because their target is too long, and which of the document's three causes it is.
//
// The verdict is asked of each key's events by majority, in this order:
//   black-hole    a growing run of redirects of the same client before it, or a target nested three times in itself
//   exploit       machine bytes, or one byte fills half of the target
//   form-get      nine tenths of the visible query are name=value pairs, and the client saw a page of the site around
//                 it, or three clients sent the same names to the same path (and no byte repeats like a fill pattern)
//   exploit       a run of one byte of 64 or more; or no pairs at all, from a client with other broken requests (icons
//                 aside)
//   undetermined  none of these
// A 414 line never has a referrer, an agent or a protocol, whatever the client sent: nginx and Apache refuse before
// they read a header. None of the three is evidence; page and agent come from the client's other lines.
#include <absl/container/node_hash_map.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "src/base/milliseconds.h"
#include "src/detect/entries.h"
#include "src/detect/long_targets.h"
#include "src/detect/redirect_trail.h"
#include "src/detect/room.h"
#include "src/detect/sorted_keys.h"
#include "src/detect/windows.h"

namespace logstat {

constexpr Rule kTooLongRequests = {
    .id = "414-flood",
    .title = "Too-long URIs",
    .severity = Severity::kMedium,
    .threshold = 5,
    .window_seconds = 60,
    .columns = {Field::kTime, Field::kClient, Field::kTarget},
    .statements = "S53 S54 S55 S56",
    .rule =
        "Five answers 414, 431 or 494 (--too-long-codes) to one client within 60 s, or four times as many on one "
        "host. The verdict says which cause of the document it is: form-get, black-hole, exploit, or undetermined.",
    .reason =
        "The document calls 414 rare and names three causes. fail2ban bans after two in ten minutes; five in a "
        "minute leave one bad bookmark alone.",
    .false_positives = "A bad bookmark or a crawler that follows broken links, tried again and again.",
    .advice = "",
};

namespace {

constexpr int64_t kAroundMs = kMinuteMs;                // where page and agent of the same client are looked for
constexpr int64_t kBrokenBeforeMs = History::kReachMs;  // where its other broken requests are
constexpr uint64_t kHostFactor = 4;                     // 20 in 60 s on a host
constexpr size_t kNearLimit = 7500;                     // a target of this many bytes that was served
constexpr size_t kSeveral = 3;                          // so many clients sent the same form: it is the page
constexpr double kFormShare = 0.9;

// What the events of one key had in common.
struct Marks {
  uint64_t events = 0;
  uint64_t nested = 0;
  uint64_t after_growth = 0;
  uint64_t machine = 0;
  uint64_t filled = 0;  // half of it with one byte
  uint64_t runs = 0;
  uint64_t pairs = 0;     // nine tenths of the query
  uint64_t no_pairs = 0;  // none at all
  uint64_t with_page = 0;
  uint64_t broken = 0;  // other 400, 404, 501 of the client: the most that any event saw
  size_t longest_run = 0;
  size_t deepest = 0;
  size_t longest_target = 0;
  std::map<int, uint64_t> codes;          // a few: --too-long-codes
  std::map<std::string, uint64_t> forms;  // path and parameter names, 16 at most
  std::vector<size_t> growth;
  std::string growth_path;
  uint64_t page = 0;   // hash of a page that the client saw around the time
  uint32_t agent = 0;  // of the same line

  std::string MostOftenForm() const { return MostOften(forms); }
  int MostOftenCode() const { return MostOften(codes); }

 private:
  template <typename Key>
  static Key MostOften(const std::map<Key, uint64_t>& counts) {
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? Key{} : most->first;
  }
};

class TooLongRequests : public Detector {
 public:
  TooLongRequests(RuleSettings settings, const DetectSettings& common)
      : Detector(kTooLongRequests, settings),
        codes_(common.too_long_codes),
        clients_(settings.threshold, settings.window_ms(), settings.most_keys),
        hosts_(settings.threshold * kHostFactor, settings.window_ms(), settings.most_keys),
        near_limit_(1, settings.window_ms(), settings.most_keys) {}

  void OnEvent(const Event& event, Surroundings& surroundings) override {
    if (IsRedirect(event.status())) trail_.Add(event);
    if (IsTooLong(event.status())) {
      AddRefused(event, surroundings);
    } else if (event.text(Field::kTarget).size() >= kNearLimit) {
      AddNearLimit(event);
    } else if (event.status() == 400 && event.text(Field::kReason) == "PR--" && !event.has(Field::kMethod)) {
      ++bad_requests_;  // HAProxy's <BADREQ>: it does not say why, a request over its buffer is one cause
    }
  }

  void Want(KeyTexts& texts) override {
    for (const uint64_t key : SortedKeys(marks_)) {
      const Marks& marks = marks_.at(key);
      texts.Want(Field::kPath, marks.page);
      texts.Want(Field::kAgent, marks.agent);
    }
  }

  void Finish(const FindingContext& context, std::vector<Finding>& findings) override {
    clients_.Flush();
    hosts_.Flush();
    near_limit_.Flush();
    std::map<uint64_t, uint64_t> of_clients;  // by host: events in findings about clients
    clients_.ForEachReached([&](uint64_t client, const SlidingWindow& window) {
      findings.push_back(MakeFinding(context, EntityKind::kClient, client, window));
      NoteShared(context, client, findings.back());
      of_clients[host_of_client_[client]] += findings.back().count;
    });
    hosts_.ForEachReached([&](uint64_t host, const SlidingWindow& window) {
      // What single clients did is said about them.
      if (of_clients[host] * 2 >= window.evidence().count()) return;
      const EntityKind kind = window.entity().empty() ? EntityKind::kSite : EntityKind::kHost;
      findings.push_back(MakeFinding(context, kind, host, window));
      findings.back().threshold *= kHostFactor;
    });
    near_limit_.ForEachReached([&](uint64_t path, const SlidingWindow& window) {
      findings.push_back(NearLimitFinding(context, path, window));
    });
  }

 private:
  bool IsTooLong(int status) const { return std::find(codes_.begin(), codes_.end(), status) != codes_.end(); }
  // Clients and hosts share the table of marks.
  static uint64_t HostKey(const Event& event) { return JoinKeys(event.shadow.host, 0x686f7374); }

  void AddRefused(const Event& event, Surroundings& surroundings) {
    const TargetMarks marks = MarksOf(event.text(Field::kTarget));
    const std::string form =
        marks.pair_share >= kFormShare ? fmt::format("{} {}", event.text(Field::kPath), marks.names) : std::string();
    if (auto* senders = form.empty() ? nullptr : AtIfRoom(form_clients_, form, most_keys())) {
      InsertIfRoom(*senders, event.client(), kSeveral);
    }
    if (event.client() != 0) {
      SlidingWindow& window = clients_.Add(event.client(), event);
      window.SetEntity(event.text(Field::kClient));
      if (window.reached()) surroundings.errands.WatchClient(event.client());
      AtIfRoom(host_of_client_, event.client(), most_keys(), HostKey(event));
      AddMarks(event.client(), event, marks, form, surroundings);
    }
    hosts_.Add(HostKey(event), event).SetEntity(event.text(Field::kHost));
    AddMarks(HostKey(event), event, marks, form, surroundings);
  }

  void AddMarks(uint64_t key, const Event& event, const TargetMarks& marks, const std::string& form,
                const Surroundings& surroundings) {
    constexpr size_t kForms = 16;
    Marks* found = AtIfRoom(marks_, key, 2 * most_keys());
    if (found == nullptr) return;
    Marks& sum = *found;
    ++sum.events;
    ++sum.codes[event.status()];
    sum.nested += marks.IsNested() ? 1 : 0;
    sum.machine += marks.machine_bytes ? 1 : 0;
    sum.filled += marks.HasRun() && marks.longest_run * 2 >= event.text(Field::kTarget).size() ? 1 : 0;
    sum.runs += marks.HasRun() ? 1 : 0;
    sum.pairs += marks.pair_share >= kFormShare ? 1 : 0;
    sum.no_pairs += marks.pair_share == 0 ? 1 : 0;
    sum.longest_run = std::max(sum.longest_run, marks.longest_run);
    sum.deepest = std::max({sum.deepest, marks.encoding_depth, marks.own_path_copies, marks.segment_cycles});
    sum.longest_target = std::max(sum.longest_target, event.text(Field::kTarget).size());
    uint64_t* of_form = form.empty() ? nullptr : AtIfRoom(sum.forms, form, kForms);
    if (of_form != nullptr) ++*of_form;
    LookAround(event, surroundings, sum);
  }

  // What else the client did. Once a second is enough: a flood of thousands has the same surroundings.
  void LookAround(const Event& event, const Surroundings& surroundings, Marks& sum) {
    RedirectTrail::Run growth = trail_.GrowingBefore(event.client(), event.time_ms);
    if (!growth.lengths.empty()) {
      ++sum.after_growth;
      sum.growth = std::move(growth.lengths);
      sum.growth_path = std::move(growth.first_path);
    }
    if (around_.size() >= most_keys()) around_.clear();
    Around& around = around_[event.client()];
    if (around.second != event.time_ms / 1000) {
      around = Around{event.time_ms / 1000, 0, 0, 0};
      surroundings.history.ForEachOf(
          event.client(), event.time_ms - kBrokenBeforeMs, event.time_ms + kAroundMs,
          [&](const Shadow& shadow, int64_t time_ms) {
            const int status = static_cast<int>(shadow.status);
            // Every browser asks for an icon that is not there.
            const bool is_broken = (status == 400 || status == 404 || status == 501) && shadow.is_static == 0;
            around.broken += is_broken ? 1 : 0;
            const bool is_near = time_ms >= event.time_ms - kAroundMs;
            const bool is_page = shadow.is_static == 0 && IsServed(status) && !IsRedirect(status) &&
                                 static_cast<MethodKind>(shadow.method) == MethodKind::kGet;
            // The smallest hash of several, because rows of an epoch come in no order.
            if (is_near && is_page && shadow.is_person != 0 && (around.page == 0 || shadow.path < around.page)) {
              around.page = shadow.path;
              around.agent = shadow.agent;
            }
          });
    }
    sum.broken = std::max(sum.broken, around.broken);
    sum.with_page += around.page != 0 ? 1 : 0;
    if (sum.page == 0 && around.page != 0) {
      sum.page = around.page;
      sum.agent = around.agent;
    }
  }

  void AddNearLimit(const Event& event) {
    if (IsSuccess(event.status())) near_limit_.Add(event.path(), event).SetEntity(event.text(Field::kPath));
    // Not refused cleanly: the server or what is behind it failed on it.
    const bool failed = event.status() == 500 || event.status() == 502;
    if (failed) CountIfRoom(failed_near_limit_, event.client(), most_keys());
  }

  std::string Verdict(const Marks& marks) const {
    const auto most = [&](uint64_t count) { return count * 2 >= marks.events && count != 0; };
    if (most(marks.nested) || most(marks.after_growth)) return "black-hole";
    if (most(marks.machine) || most(marks.filled)) return "exploit";
    const auto senders = form_clients_.find(marks.MostOftenForm());
    const bool several = senders != form_clients_.end() && senders->second.size() >= kSeveral;
    if (most(marks.pairs) && (most(marks.with_page) || (several && !most(marks.runs)))) return "form-get";
    if (most(marks.runs) || (most(marks.no_pairs) && marks.broken != 0)) return "exploit";
    return "undetermined";
  }

  Finding MakeFinding(const FindingContext& context, EntityKind kind, uint64_t key, const SlidingWindow& window) const {
    const auto found = marks_.find(key);
    const Marks marks = found == marks_.end() ? Marks{} : found->second;
    Finding finding = StartFinding(kind, window.entity());
    window.evidence().Fill(context.inputs, &finding);
    finding.code = marks.events == 0 ? codes_.front() : marks.MostOftenCode();
    finding.verdict = Verdict(marks);
    Describe(marks, key, context, finding);
    const std::string who = kind == EntityKind::kSite ? std::string("clients") : window.entity();
    finding.sentence = fmt::format("{}: {} too-long requests, {}", who, finding.count, Cause(finding.verdict));
    return finding;
  }

  static std::string_view Cause(std::string_view verdict) {
    if (verdict == "form-get") return "a form that sends with GET what belongs into a POST";
    if (verdict == "black-hole") return "a redirect that copies the URI into itself";
    if (verdict == "exploit") return "written to overflow a buffer";
    return "of a cause that the log does not show";
  }

  void Describe(const Marks& marks, uint64_t key, const FindingContext& context, Finding& finding) const {
    const auto number = [&](std::string_view name, uint64_t value) {
      finding.facts.push_back(NumberFact(name, value));
    };
    const auto text = [&](std::string_view name, std::string_view value) {
      if (!value.empty()) finding.facts.push_back(TextFact(name, value));
    };
    number("longest_target", marks.longest_target);
    if (finding.verdict == "form-get") {
      finding.severity = Severity::kLow;
      finding.advice = "Let the form send with POST.";
      const std::string form = marks.MostOftenForm();
      text("parameters", form.substr(std::min(form.find(' '), form.size() - 1) + 1));
      number("pair_percent", marks.pairs * 100 / marks.events);
    } else if (finding.verdict == "black-hole") {
      finding.severity = Severity::kMedium;
      finding.advice = "Mend the redirect or rewrite rule that copies the request URI into the new one.";
      number("nesting", marks.deepest);
      text("first_redirect", marks.growth_path);
      text("lengths", fmt::format("{}", fmt::join(marks.growth, " > ")));
    } else if (finding.verdict == "exploit") {
      finding.severity = Severity::kHigh;
      finding.advice = "A sound server only refuses: check the versions of what reads the request, block the client.";
      number("longest_run", marks.longest_run);
      number("machine_bytes", marks.machine);
      number("other_broken_requests", marks.broken);
    }
    const auto failed = failed_near_limit_.find(key);
    if (failed != failed_near_limit_.end()) number("near_limit_answered_5xx", failed->second);
    text("page", context.texts.Find(Field::kPath, marks.page));
    text("agent", context.texts.Find(Field::kAgent, marks.agent));
    if (bad_requests_ != 0) number("possibly_too_long", bad_requests_);
  }

  Finding NearLimitFinding(const FindingContext& context, uint64_t /*path*/, const SlidingWindow& window) const {
    Finding finding = StartFinding(EntityKind::kPath, window.entity());
    window.evidence().Fill(context.inputs, &finding);
    finding.code = 414;
    finding.severity = Severity::kInfo;
    finding.threshold = 1;
    finding.verdict = "near-limit";
    finding.advice = "The next longer value is refused: send it with POST.";
    finding.sentence =
        fmt::format("{} was served {} with a URI of {} bytes or more, near the limit of 8 KiB", window.entity(),
                    finding.count == 1 ? "once" : fmt::format("{} times", finding.count), kNearLimit);
    return finding;
  }

  struct Around {
    int64_t second = INT64_MIN;
    uint64_t broken = 0;
    uint64_t page = 0;
    uint32_t agent = 0;
  };

  const std::vector<int> codes_;
  SlidingWindows clients_;
  SlidingWindows hosts_;
  SlidingWindows near_limit_;  // by path
  RedirectTrail trail_{most_keys()};
  absl::node_hash_map<uint64_t, Marks> marks_;                        // by client and by host
  absl::node_hash_map<uint64_t, Around> around_;                      // by client
  absl::node_hash_map<uint64_t, uint64_t> host_of_client_;            // the first one
  absl::node_hash_map<uint64_t, uint64_t> failed_near_limit_;         // by client
  std::unordered_map<std::string, std::set<uint64_t>> form_clients_;  // kSeveral of each
  uint64_t bad_requests_ = 0;
};

}  // namespace

constexpr DetectorEntry kTooLongRequestsEntry{&kTooLongRequests, MakeDetector<TooLongRequests>};

}  // namespace logstat
