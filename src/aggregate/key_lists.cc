#include "src/aggregate/key_lists.h"

#include <algorithm>
#include <string_view>

#include "src/aggregate/key_text.h"
#include "src/aggregate/top_list.h"
#include "src/base/ratio.h"

namespace logstat {
namespace {

// A key that may come into a list: what it is sorted by, and where to find the rest. Without a view
// it stands for the rows without the field.
struct Candidate {
  uint64_t first;   // sorted by this, descending
  uint64_t second;  // then by this
  bool missing;
  std::string_view key;
  KeyView view;
  uint64_t error;
};

struct Before {
  bool operator()(const Candidate& a, const Candidate& b) const {
    if (a.first != b.first) return a.first > b.first;
    if (a.second != b.second) return a.second > b.second;
    if (a.missing != b.missing) return a.missing;
    return a.key < b.key;
  }
};

using CandidateList = TopList<Candidate, Before>;

constexpr size_t kCodes = StatusCounts::kCodes;

void AddStatus(int code, uint64_t count, ClassCounts* classes, Outcomes* outcomes) {
  (*classes)[std::min<size_t>(static_cast<size_t>(code) / 100, kClassCount - 1)] += count;
  outcomes->server_errors += IsServerError(code) ? count : 0;
  outcomes->client_errors += IsClientError(code) ? count : 0;
  outcomes->aborted += IsAborted(code) ? count : 0;
}

class Lister {
 public:
  Lister(const KeyTable& table, const ListOptions& options)
      : table_(table),
        options_(options),
        bound_(table.bound()),
        busiest_(options.top),
        failing_(options.top),
        of_code_(options.of_codes ? kCodes : 0, CandidateList(options.top)) {}

  KeyLists Run() {
    table_.ForEachKey([this](const KeyView& view) { AddKey(view); });
    lists_.exact = bound_ == 0;
    lists_.any_key = lists_.keys > 0 || !lists_.exact;  // if all keys are equally rare, none is kept
    lists_.bounds = ListBounds{bound_, failing_bound_};
    lists_.main_bound = main_bound_;
    if (options_.missing && table_.missing().total().count > 0) AddMissing();
    if (options_.busiest) lists_.busiest = Rows(busiest_.Sorted());
    if (options_.failing) lists_.failing = Rows(failing_.Sorted());
    for (CandidateList& list : of_code_) lists_.of_code.push_back(Counts(list.Sorted()));
    return std::move(lists_);
  }

 private:
  void AddKey(const KeyView& view) {
    ++lists_.keys;
    const std::string_view key = view.stored_key();
    if (options_.busiest && view.count() > bound_ && MayEnter(busiest_, view.count())) {
      busiest_.Add(Candidate{view.count(), 0, false, key, view, view.error()});
    }
    uint64_t server_errors = 0;
    uint64_t client_errors = 0;
    if (!options_.of_codes && !view.has_failing()) return;
    view.ForEachStatus([&](uint16_t status, uint64_t count, uint64_t error) {
      server_errors += IsServerError(status) ? count : 0;
      client_errors += IsClientError(status) ? count : 0;
      const uint64_t bound = KeyTable::IsFailing(status) ? failing_bound_ : main_bound_;
      if (options_.of_codes && count > bound && MayEnter(of_code_[status], count))
        of_code_[status].Add(Candidate{count, 0, false, key, view, error});
    });
    if (!options_.failing || server_errors + client_errors == 0) return;
    if (server_errors + client_errors > failing_bound_ && MayEnter(failing_, server_errors)) {
      failing_.Add(Candidate{server_errors, client_errors, false, key, view, view.error()});
    }
  }

  // Almost every key is turned away here, before a candidate is made of it.
  static bool MayEnter(const CandidateList& list, uint64_t first) {
    return list.worst() == nullptr || first >= list.worst()->first;
  }

  void AddMissing() {
    const StatusCounts& missing = table_.missing();
    const KeyView none(nullptr, nullptr, nullptr, nullptr);
    Outcomes outcomes;
    ClassCounts classes{};
    for (size_t code = 0; code < kCodes; ++code) {
      const uint64_t count = missing.of(code).count;
      if (count == 0) continue;
      AddStatus(static_cast<int>(code), count, &classes, &outcomes);
      if (options_.of_codes) of_code_[code].Add(Candidate{count, 0, true, {}, none, 0});
    }
    busiest_.Add(Candidate{missing.total().count, 0, true, {}, none, 0});
    if (outcomes.server_errors + outcomes.client_errors > 0) {
      failing_.Add(Candidate{outcomes.server_errors, outcomes.client_errors, true, {}, none, 0});
    }
  }

  std::vector<KeyRow> Rows(const std::vector<Candidate>& candidates) const {
    std::vector<KeyRow> rows;
    rows.reserve(candidates.size());
    for (const Candidate& candidate : candidates)
      rows.push_back(candidate.missing ? MissingRow() : Row(candidate.view));
    return rows;
  }

  KeyRow Row(const KeyView& view) const {
    KeyRow row;
    row.key = std::string(PrintedKey(view.stored_key()));
    row.key_bytes = KeyBytes(view.stored_key());
    row.count = view.count();
    row.bytes = view.bytes();
    row.first_time = view.span().first();
    row.last_time = view.span().last();
    row.error = view.error();
    row.share = Ratio(row.count, options_.counted);
    view.ForEachStatus([&](uint16_t s, uint64_t count, uint64_t) {
      AddStatus(s, count, &row.classes, &row.outcomes);
      if (options_.top_codes) row.top_codes.push_back(CodeCount{s, count});
    });
    SortCodes(row.top_codes);
    return row;
  }

  void SortCodes(std::vector<CodeCount>& codes) const {
    std::sort(codes.begin(), codes.end(), [](const CodeCount& a, const CodeCount& b) {
      return a.count != b.count ? a.count > b.count : a.code < b.code;
    });
    if (options_.top != 0 && codes.size() > options_.top) codes.resize(options_.top);
  }

  KeyRow MissingRow() const {
    const StatusCounts& missing = table_.missing();
    const StatusCounts::Counter total = missing.total();
    KeyRow row;
    row.missing = true;
    row.count = total.count;
    row.bytes = total.bytes;
    row.first_time = total.span.first();
    row.last_time = total.span.last();
    row.share = Ratio(row.count, options_.counted);
    for (size_t code = 0; code < kCodes; ++code) {
      AddStatus(static_cast<int>(code), missing.of(code).count, &row.classes, &row.outcomes);
    }
    return row;
  }

  static std::vector<KeyCount> Counts(const std::vector<Candidate>& candidates) {
    std::vector<KeyCount> counts;
    counts.reserve(candidates.size());
    for (const Candidate& candidate : candidates) {
      KeyCount count;
      count.key = std::string(PrintedKey(candidate.key));
      count.key_bytes = KeyBytes(candidate.key);
      count.missing = candidate.missing;
      count.count = candidate.first;
      count.error = candidate.error;
      counts.push_back(std::move(count));
    }
    return counts;
  }

  const KeyTable& table_;
  const ListOptions& options_;
  const uint64_t bound_;
  const uint64_t main_bound_ = table_.main_bound();
  const uint64_t failing_bound_ = table_.failing_bound();
  KeyLists lists_;
  CandidateList busiest_;
  CandidateList failing_;
  std::vector<CandidateList> of_code_;
};

}  // namespace

KeyLists ListKeys(const KeyTable& table, const ListOptions& options) { return Lister(table, options).Run(); }

}  // namespace logstat
