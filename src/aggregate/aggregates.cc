#include "src/aggregate/aggregates.h"

#include <algorithm>
#include <numeric>

#include "src/catalog/text_tags.h"

namespace logstat {
namespace {

// Parts of the memory for tables, in the order of kKeyFields: paths and clients are what grows, then what clients may
// write as they like. Hosts, methods, upstreams and reasons are few in any honest log.
constexpr std::array<uint64_t, Aggregates::kKeyFields.size()> kParts = {10, 8, 2, 1, 1, 5, 4, 1};
constexpr uint64_t kAllParts = 32;
static_assert(std::accumulate(kParts.begin(), kParts.end(), uint64_t{0}) == kAllParts);

// A worker's own table: 160,000 keys. Smaller is slower, because it is flushed more often: with 120,000 clients by
// Zipf's law a row costs 57, 44, 29 ns with tables of 6, 12, 24 MiB.
constexpr uint64_t kMaxLocalBytes = uint64_t{32} << 20;

uint64_t PathDurationPart(const AggregatePlan& plan) { return plan.table_bytes / 8; }
uint64_t ClientFactsPart(const AggregatePlan& plan) { return plan.table_bytes / 16; }
uint64_t MinutesPart(const AggregatePlan& plan) { return plan.table_bytes / 32; }
uint64_t UpstreamReasonPart(const AggregatePlan& plan) { return plan.table_bytes / 256; }
uint64_t KeyPart(const AggregatePlan& plan) {
  return plan.table_bytes - PathDurationPart(plan) - ClientFactsPart(plan) - MinutesPart(plan) -
         UpstreamReasonPart(plan);
}
uint64_t LocalPart(const AggregatePlan& plan) { return KeyPart(plan) / 3; }

bool CountsDurations(const AggregatePlan& plan) {
  return plan.columns.Contains(Field::kDuration) && plan.sections.Contains(Section::kDurations);
}

// Also without the section: paths show their p95.
bool CountsPathDurations(const AggregatePlan& plan) {
  return plan.columns.Contains(Field::kDuration) && plan.columns.Contains(Field::kPath);
}

bool CountsUpstreamReasons(const AggregatePlan& plan) {
  return plan.columns.Contains(Field::kUpstream) && plan.columns.Contains(Field::kReason) &&
         plan.sections.Contains(Section::kUpstreams);
}

// Only of what is read anyway: with `--sections clients` agents, the longest texts of a line, are not.
ClientFacts::Columns ClientColumns(const AggregatePlan& plan) {
  if (!plan.columns.Contains(Field::kClient) || !plan.sections.Contains(Section::kClients)) return {};
  const bool agents = plan.columns.Contains(Field::kAgent) && plan.columns.Contains(Field::kTime);
  return {.paths = plan.columns.Contains(Field::kPath),
          .agents = agents,
          .users = agents && plan.columns.Contains(Field::kUser)};
}

// The minutes of failing rows, in the order of kChangeFields. With a budget of 1 GiB there is room for 245,760 pairs of
// path and minute, as many of client and minute, and 98,304 of each other kind.
constexpr std::array<uint64_t, kChangeFields.size()> kMinuteParts = {4, 10, 4, 10, 4};
static_assert(std::accumulate(kMinuteParts.begin(), kMinuteParts.end(), uint64_t{0}) == kAllParts);
constexpr size_t kMaxLocalMinutes = 4096;  // of a worker, then they are flushed

}  // namespace

Aggregates::Aggregates(const AggregatePlan& plan) : plan_(plan) {
  const uint64_t shared = KeyPart(plan) - LocalPart(plan);
  for (size_t i = 0; i < kKeyFields.size(); ++i) {
    if (plan.columns.Contains(kKeyFields[i])) tables_[i] = std::make_unique<KeyTable>(shared / kAllParts * kParts[i]);
  }
  if (plan.columns.Contains(Field::kTime) && plan.sections.Contains(Section::kTimeline)) {
    timeline_.emplace(plan.interval_seconds);
  }
  if (CountsDurations(plan)) durations_.emplace();
  if (CountsPathDurations(plan)) {
    path_durations_ = std::make_unique<PathDurations>(PathDurationPart(plan), plan.workers, plan.seed);
  }
  if (CountsUpstreamReasons(plan)) {
    upstream_reasons_ = std::make_unique<UpstreamReasons>(UpstreamReasonPart(plan), plan.seed);
  }
  const ClientFacts::Columns facts = ClientColumns(plan);
  if (facts.paths || facts.agents) {
    client_facts_ = std::make_unique<ClientFacts>(facts, ClientFactsPart(plan), plan.workers, plan.seed);
    if (facts.paths) plan_.tags.try_emplace(Field::kPath, PathHash);
    if (facts.agents) plan_.tags.try_emplace(Field::kAgent, AgentTag);
  }
  const bool changes = plan.sections.Contains(Section::kSummary) || plan.sections.Contains(Section::kChanges);
  if (!changes || !plan.columns.Contains(Field::kTime)) return;
  minutes_.emplace();
  for (size_t i = 0; i < kChangeFields.size(); ++i) {
    if (kChangeFields[i] != Field::kStatus && table(kChangeFields[i]) == nullptr) continue;
    failing_[i] = std::make_unique<FailingMinutes>(MinutesPart(plan) / kAllParts * kMinuteParts[i], plan.seed);
  }
}

const KeyTable* Aggregates::table(Field field) const {
  for (size_t i = 0; i < kKeyFields.size(); ++i) {
    if (kKeyFields[i] == field) return tables_[i].get();
  }
  return nullptr;
}

ColumnSet Aggregates::over_budget() const {
  ColumnSet fields;
  for (size_t i = 0; i < kKeyFields.size(); ++i) {
    if (tables_[i] != nullptr && tables_[i]->bound() != 0) fields.Insert(kKeyFields[i]);
  }
  return fields;
}

void Aggregates::BeginRecount() {
  for (size_t i = 0; i < kKeyFields.size(); ++i) {
    recounted_[i] = tables_[i] != nullptr && tables_[i]->bound() != 0;
    if (recounted_[i]) tables_[i]->BeginRecount();
  }
  recounting_ = true;
}

bool Aggregates::EndRecount() {
  recounting_ = false;
  KeyTable::StatusKinds kinds;
  for (size_t code = 0; code < StatusCounts::kCodes; ++code) {
    if (statuses_.of(code).count == 0) continue;
    ++(KeyTable::IsFailing(static_cast<uint16_t>(code)) ? kinds.failing : kinds.main);
  }
  bool all = true;
  for (size_t i = 0; i < kKeyFields.size(); ++i) {
    if (recounted_[i] && !tables_[i]->EndRecount(kinds)) all = false;
  }
  return all;
}

uint64_t Aggregates::memory_bytes() const {
  uint64_t bytes = path_durations_ ? path_durations_->memory_bytes() : 0;
  bytes += upstream_reasons_ ? upstream_reasons_->memory_bytes() : 0;
  bytes += client_facts_ ? client_facts_->memory_bytes() : 0;
  for (const auto& table : tables_) bytes += table ? table->memory_bytes() : 0;
  for (const auto& minutes : failing_) bytes += minutes ? minutes->memory_bytes() : 0;
  return bytes;
}

Aggregates::Worker::Worker(Aggregates* aggregates) : aggregates_(aggregates), statuses_(aggregates->plan_.columns) {
  const AggregatePlan& plan = aggregates->plan_;
  const uint64_t local = LocalPart(plan) / std::max(1u, plan.workers);
  for (size_t i = 0; i < kKeyFields.size(); ++i) {
    if (!aggregates->IsCounted(i)) continue;
    const uint64_t bytes = std::min(local / kAllParts * kParts[i], kMaxLocalBytes);
    const auto tag = plan.tags.find(kKeyFields[i]);
    const TagFunction tag_of = tag != plan.tags.end() && !aggregates->recounting_ ? tag->second : nullptr;
    keys_.push_back(
        std::make_unique<KeyCounter>(kKeyFields[i], aggregates->tables_[i].get(), plan.seed, bytes, tag_of));
  }
  if (aggregates->recounting_) return;
  if (aggregates->timeline_) timeline_.emplace(plan.interval_seconds);
  if (aggregates->durations_) durations_.emplace();
  if (aggregates->path_durations_) path_durations_.emplace(aggregates->path_durations_.get());
  if (aggregates->upstream_reasons_) upstream_reasons_.emplace(aggregates->upstream_reasons_.get());
  if (aggregates->client_facts_) client_facts_.emplace(aggregates->client_facts_.get());
  if (!aggregates->minutes_) return;
  minutes_.emplace();
  failing_rows_.emplace(aggregates->failing_);
}

void Aggregates::Worker::Add(const RecordBatch& batch, const Selection& selection, const TagsConsumer& then) {
  if (aggregates_->recounting_) return AddKeys(batch, selection, then);
  statuses_.Add(batch, selection);
  if (timeline_) timeline_->Add(batch, selection);
  if ((durations_ || path_durations_) && HasDurations(batch, selection)) {
    if (durations_) durations_->Add(batch, selection);
    if (path_durations_) path_durations_->Add(batch, selection);
  }
  if (upstream_reasons_) upstream_reasons_->Add(batch, selection);
  if (minutes_) {
    minutes_->Add(batch, selection);
    recent_.Add(batch, selection);
    if (minutes_->size() > kMaxLocalMinutes) FlushMinutes();
  }
  AddKeys(batch, selection, then);
  if (failing_rows_) failing_rows_->Add(batch, selection);
}

void Aggregates::Worker::AddKeys(const RecordBatch& batch, const Selection& selection, const TagsConsumer& then) {
  for (const auto& keys : keys_) {
    if (ListsMissing(keys->field()) && batch.IsEntirelyMissing(keys->field())) keys->AddMissing(batch, selection);
  }
  // A few rows at a time over all key columns: a line's client and path are neighbours in memory, so the second one is
  // still in the core's first cache.
  tags_.Clear();
  for (size_t first = 0; first < selection.size(); first += RowTags::kRows) {
    const size_t size = std::min(RowTags::kRows, selection.size() - first);
    for (const auto& keys : keys_) {
      if (batch.IsEntirelyMissing(keys->field())) continue;
      const bool is_tagged = (then != nullptr || client_facts_) && keys->is_tagged();
      keys->Add(batch, selection, first, size, is_tagged ? tags_.Column(keys->field()) : nullptr);
    }
    if (client_facts_) client_facts_->Add(batch, selection, first, size, tags_);
    if (then != nullptr) then(first, size, tags_);
  }
}

void Aggregates::Worker::FlushMinutes() {
  const std::lock_guard lock(aggregates_->mutex_);
  aggregates_->minutes_->Merge(*minutes_);
  minutes_.emplace();
}

void Aggregates::Worker::Flush() {
  for (const auto& keys : keys_) keys->Flush();
  if (aggregates_->recounting_) return;
  if (path_durations_) path_durations_->Flush();
  if (upstream_reasons_) upstream_reasons_->Flush();
  if (client_facts_) client_facts_->Flush();
  if (minutes_) {
    FlushMinutes();
    failing_rows_->Flush();
  }
  const std::lock_guard lock(aggregates_->mutex_);
  aggregates_->recent_.Merge(recent_);
  recent_ = RecentSeconds();
  aggregates_->statuses_.Merge(statuses_);
  statuses_ = StatusCounts(aggregates_->plan_.columns);
  if (timeline_) {
    aggregates_->timeline_->Merge(*timeline_);
    timeline_.emplace(aggregates_->plan_.interval_seconds);
  }
  if (durations_) {
    aggregates_->durations_->Merge(*durations_);
    durations_.emplace();
  }
  for (const auto& keys : keys_) {
    if (keys->field() == Field::kClient) aggregates_->clients_.Merge(keys->distinct());
  }
}

}  // namespace logstat
