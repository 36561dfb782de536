// Aggregates::FillReport: from counts to the lists that every output prints.
#include <algorithm>
#include <utility>

#include "src/aggregate/aggregates.h"
#include "src/aggregate/change_list.h"
#include "src/aggregate/key_lists.h"
#include "src/aggregate/rates.h"
#include "src/aggregate/row_kinds.h"
#include "src/aggregate/slow_paths.h"
#include "src/base/ratio.h"

namespace logstat {
namespace {

void FillTotals(const StatusCounts& statuses, Totals* totals) {
  const StatusCounts::Counter total = statuses.total();
  totals->counted = total.count;
  totals->response_bytes = total.bytes;
  totals->first_time = total.span.first();
  totals->last_time = total.span.last();
  totals->time_unknown = statuses.time_unknown();
  totals->clock_outliers = statuses.clock_outliers();
}

void FillSummary(const StatusCounts& statuses, const Totals& totals, Summary* summary) {
  uint64_t server_errors = 0;
  for (size_t code = 0; code < StatusCounts::kCodes; ++code) {
    if (IsServerError(static_cast<int>(code))) server_errors += statuses.of(code).count;
  }
  summary->error_rate = Ratio(server_errors, totals.counted);
  if (!totals.first_time || !totals.last_time) return;
  // Both ends are included: a span within one second is a second long.
  const uint64_t timed = totals.counted - statuses.time_unknown() - statuses.clock_outliers();
  const int64_t seconds = (*totals.last_time - *totals.first_time) / 1000 + 1;
  summary->mean_requests_per_second = static_cast<double>(timed) / static_cast<double>(seconds);
}

void FillClasses(const StatusCounts& statuses, uint64_t counted, Report* report) {
  ClassCounts classes{};
  for (size_t code = 0; code < StatusCounts::kCodes; ++code) classes[code / 100] += statuses.of(code).count;
  for (size_t digit = 0; digit < kClassCount; ++digit) {
    if (classes[digit] == 0) continue;
    report->classes.push_back(ClassRow{static_cast<int>(digit), classes[digit], Ratio(classes[digit], counted)});
  }
}

void MoveTop(size_t code, KeyLists* lists, std::vector<KeyCount>* top, uint64_t* bound) {
  if (lists->any_key) *top = std::move(lists->of_code[code]);
  *bound = KeyTable::IsFailing(static_cast<uint16_t>(code)) ? lists->bounds.failing : lists->main_bound;
}

void FillCodes(const StatusCounts& statuses, uint64_t counted, KeyLists* paths, KeyLists* clients, KeyLists* reasons,
               Report* report) {
  for (size_t code = 0; code < StatusCounts::kCodes; ++code) {
    const StatusCounts::Counter counter = statuses.of(code);
    if (counter.count == 0) continue;
    CodeRow row;
    row.code = static_cast<int>(code);
    row.count = counter.count;
    row.share = Ratio(counter.count, counted);
    row.bytes = counter.bytes;
    row.first_time = counter.span.first();
    row.last_time = counter.span.last();
    MoveTop(code, paths, &row.top_paths, &row.top_paths_bound);
    MoveTop(code, clients, &row.top_clients, &row.top_clients_bound);
    MoveTop(code, reasons, &row.top_reasons, &row.top_reasons_bound);
    report->codes.push_back(std::move(row));
  }
  std::sort(report->codes.begin(), report->codes.end(), [](const CodeRow& a, const CodeRow& b) {
    return a.count != b.count ? a.count > b.count : a.code < b.code;
  });
}

// Bounds stay also of a list that lost all of its rows for want of memory.
void MoveLists(KeyLists* from, std::vector<KeyRow>* busiest, std::vector<KeyRow>* failing, ListBounds* bounds) {
  *bounds = ListBounds{from->bounds.busiest, failing != nullptr ? from->bounds.failing : 0};
  if (!from->any_key) return;  // no line has the field: it does not exist in these logs
  *busiest = std::move(from->busiest);
  if (failing != nullptr) *failing = std::move(from->failing);
}

std::vector<KeyRow*> Listed(std::vector<KeyRow>& busiest, std::vector<KeyRow>& failing) {
  std::vector<KeyRow*> listed;
  for (auto* rows : {&busiest, &failing}) {
    for (KeyRow& row : *rows) listed.push_back(&row);
  }
  return listed;
}

}  // namespace

// The rates and what changed. The fields of kChangeFields are those of ChangeField, in its order.
void Aggregates::FillChanges(const ReportOptions& options, Report* report) const {
  const Totals& totals = report->totals;
  if (!minutes_ || !totals.first_time || !totals.last_time) return;
  FillRates(*minutes_, recent_, *totals.first_time, *totals.last_time, &report->summary);
  ChangeLister lister(*minutes_, *totals.last_time);
  for (size_t i = 0; i < kChangeFields.size(); ++i) {
    if (failing_[i] == nullptr) continue;
    if (kChangeFields[i] == Field::kStatus) {
      lister.AddCodes(statuses_, *failing_[i]);
    } else {
      lister.AddKeys(static_cast<ChangeField>(i), *table(kChangeFields[i]), *failing_[i]);
    }
  }
  std::vector<Change> changes = lister.TakeChanges(options.top);
  if (!changes.empty()) report->summary.top_change = changes.front();
  if (options.sections.Contains(Section::kChanges)) report->changes = std::move(changes);
}

void Aggregates::FillReport(const ReportOptions& options, Report* report) const {
  Totals& totals = report->totals;
  FillTotals(statuses_, &totals);
  FillSummary(statuses_, totals, &report->summary);
  FillChanges(options, report);

  const bool codes = options.sections.Contains(Section::kCodes);
  const auto list = [&](Field field, Section section, bool failing, bool of_codes) {
    const KeyTable* keys = table(field);
    if (keys == nullptr) return KeyLists{};
    const bool shown = options.sections.Contains(section);
    ListOptions wanted{options.top, totals.counted, shown, shown && failing, of_codes};
    wanted.top_codes = field == Field::kUpstream;
    wanted.missing = ListsMissing(field);
    KeyLists lists = ListKeys(*keys, wanted);
    // Where no line has a request, that is what there is to say of them; a format without requests is known elsewhere.
    lists.any_key = lists.any_key || field == Field::kPath || field == Field::kMethod;
    return lists;
  };
  KeyLists paths = list(Field::kPath, Section::kPaths, true, codes);
  KeyLists clients = list(Field::kClient, Section::kClients, true, codes);
  KeyLists hosts = list(Field::kHost, Section::kHosts, true, false);
  KeyLists methods = list(Field::kMethod, Section::kMethods, false, false);
  KeyLists upstreams = list(Field::kUpstream, Section::kUpstreams, true, false);
  KeyLists referrers = list(Field::kReferrer, Section::kReferrers, false, false);
  KeyLists agents = list(Field::kAgent, Section::kAgents, false, false);

  if (table(Field::kClient) != nullptr) {
    totals.distinct_clients = clients.exact ? clients.keys : clients_.Estimate();
    totals.distinct_clients_error = clients.exact ? 0 : DistinctCounter::kStandardError;
  }
  if (options.sections.Contains(Section::kClasses)) FillClasses(statuses_, totals.counted, report);
  if (codes) {
    KeyLists reasons;
    if (const KeyTable* keys = table(Field::kReason)) {
      const bool missing = ListsMissing(Field::kReason);
      reasons =
          ListKeys(*keys, ListOptions{.top = options.top, .busiest = false, .failing = false, .missing = missing});
    }
    FillCodes(statuses_, totals.counted, &paths, &clients, &reasons, report);
  }
  if (timeline_ && options.sections.Contains(Section::kTimeline)) report->timeline = timeline_->Rows();

  MoveLists(&paths, &report->paths, &report->failing_paths, &report->path_bounds);
  MoveLists(&clients, &report->clients, &report->failing_clients, &report->client_bounds);
  MoveLists(&hosts, &report->hosts, &report->failing_hosts, &report->host_bounds);
  MoveLists(&upstreams, &report->upstreams, &report->failing_upstreams, &report->upstream_bounds);
  MoveLists(&methods, &report->methods, nullptr, &report->method_bounds);
  MoveLists(&referrers, &report->referrers, nullptr, &report->referrer_bounds);
  MoveLists(&agents, &report->agents, nullptr, &report->agent_bounds);
  for (auto* rows : {&report->paths, &report->failing_paths}) MarkPaths(rows);
  MarkAgents(&report->agents);
  if (agents.any_key && options.sections.Contains(Section::kAgents)) {
    report->agent_kinds = CountAgentKinds(*table(Field::kAgent), totals.counted);
  }
  FillDurations(options, report);
  if (upstream_reasons_ != nullptr) {
    upstream_reasons_->Fill(*table(Field::kReason), options.top, Listed(report->upstreams, report->failing_upstreams));
  }
  if (client_facts_ != nullptr) client_facts_->Fill(Listed(report->clients, report->failing_clients));
}

void Aggregates::FillDurations(const ReportOptions& options, Report* report) const {
  const bool asked = options.sections.Contains(Section::kDurations);
  if (durations_ && asked) durations_->Fill(&report->durations);
  if (path_durations_ == nullptr) return;
  FillP95(*path_durations_, Listed(report->paths, report->failing_paths));
  if (asked) FillSlowPaths(*path_durations_, *table(Field::kPath), options.top, &report->durations);
}

}  // namespace logstat
