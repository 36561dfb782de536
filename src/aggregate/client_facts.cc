#include "src/aggregate/client_facts.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "src/aggregate/key_text.h"
#include "src/base/hash.h"
#include "src/base/milliseconds.h"
#include "src/catalog/text_tags.h"

namespace logstat {
namespace {

// Of a client with fewer kept pairs nothing is said: the error would be a third and more.
constexpr uint64_t kLeastKept = 10;

// Most pairs of a client and a path come once, so there are almost as many as a log has lines. To keep 115,000 of them
// costs 43 ns per row of a log with ten times as many, to keep all costs 87 ns (BM_ClientFacts; a row costs 500 ns in
// all sections). A client with 5,000 paths is then known within 5 %. Clients have an agent or two: these pairs are few,
// and an estimate of two would say nothing.
constexpr uint64_t kMostPathBytes = uint64_t{2} << 20;
constexpr uint64_t kMostAgentBytes = uint64_t{48} << 20;

std::optional<DistinctCount> Estimate(uint64_t kept, unsigned level, uint64_t rows) {
  if (level == 0) return DistinctCount{kept, 0};
  if (kept < kLeastKept) return std::nullopt;
  const double scale = std::ldexp(1.0, static_cast<int>(level));
  const double estimate = static_cast<double>(kept) * scale;
  const uint64_t count = std::min(rows, static_cast<uint64_t>(estimate));
  return DistinctCount{count, std::sqrt((scale - 1) / estimate)};
}

// Those of one client among a partition's pairs, which are ordered by client.
template <typename Pair>
std::span<const Pair> PairsOf(uint64_t client, const std::vector<Pair>& pairs) {
  const auto before = [](const Pair& pair, uint64_t wanted) { return pair.client() < wanted; };
  const auto begin = std::lower_bound(pairs.begin(), pairs.end(), client, before);
  const auto end = std::lower_bound(begin, pairs.end(), client + 1, before);
  return {begin, end};
}

}  // namespace

ClientPairKey::ClientPairKey(uint64_t client_hash, uint64_t other_hash) {
  // Every bit of both hashes decides every bit: a path must not be kept for all clients or for none.
  uint64_t mixed = (client_hash + other_hash * 0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93;
  mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93;
  value_ = ClientOf(client_hash) << kPairBits | mixed >> (64 - kPairBits) | 1;
}

void ClientAgent::AddSuccess(int64_t time_ms) {
  if (!IsTime(time_ms)) return;
  first_ms_ = std::min(first_ms_, time_ms);
  last_ms_ = std::max(last_ms_, time_ms);
  successes_ += successes_ != std::numeric_limits<uint32_t>::max();
}

void ClientAgent::Merge(const ClientAgent& other) {
  first_ms_ = std::min(first_ms_, other.first_ms_);
  last_ms_ = std::max(last_ms_, other.last_ms_);
  const uint64_t sum = uint64_t{successes_} + other.successes_;
  successes_ = static_cast<uint32_t>(std::min<uint64_t>(sum, std::numeric_limits<uint32_t>::max()));
}

ClientFacts::ClientFacts(const Columns& columns, uint64_t budget_bytes, unsigned workers, TableSeed seed)
    : columns_(columns),
      paths_(std::min(budget_bytes / 2, kMostPathBytes), workers, seed),
      agents_(std::min(budget_bytes / 2, kMostAgentBytes), workers, seed) {}

ClientFacts::Worker::Worker(ClientFacts* shared)
    : columns_(shared->columns_), paths_(&shared->paths_), agents_(&shared->agents_) {}

void ClientFacts::Worker::Add(const RecordBatch& batch, const Selection& selection, size_t first, size_t size,
                              const RowTags& tags) {
  if (batch.IsEntirelyMissing(Field::kClient)) return;
  const bool users = columns_.users && !batch.IsEntirelyMissing(Field::kUser);
  const Text* clients = batch.texts(Field::kClient);
  const Text* user_texts = users ? batch.texts(Field::kUser) : nullptr;
  for (size_t i = 0; i < size; ++i) {
    const size_t row = selection[first + i];
    const Text text = clients[row];
    if (text.length - 1 >= kMaxKeyBytes) continue;
    const uint64_t client = SketchHash(batch.View(text));
    if (columns_.paths) {
      const uint64_t path = HashOfPathTag(tags.Of(Field::kPath, i));
      if (path != 0) paths_.Add(ClientPairKey::PartitionOf(client), ClientPath(ClientPairKey(client, path)));
    }
    if (columns_.agents) {
      const KeyTag agent = tags.Of(Field::kAgent, i);
      if (agent != 0) AddAgent(batch, row, client, agent);
    }
    if (!users) continue;
    const std::string_view user = batch.View(user_texts[row]);
    if (!IsMissingText(user)) AddUser(batch, row, client, user);
  }
}

void ClientFacts::Worker::AddAgent(const RecordBatch& batch, size_t row, uint64_t client, KeyTag agent) {
  const bool person = KindOfAgentTag(agent) == AgentKind::kPerson;
  ClientAgent pair(ClientPairKey(client, HashOfAgentTag(agent)),
                   person ? ClientAgent::Kind::kPerson : ClientAgent::Kind::kOtherAgent);
  if (batch.status(row) / 100 == 2) pair.AddSuccess(batch.time_ms(row));
  agents_.Add(ClientPairKey::PartitionOf(client), pair);
}

void ClientFacts::Worker::AddUser(const RecordBatch& batch, size_t row, uint64_t client, std::string_view user) {
  if (batch.status(row) / 100 != 2) return;
  // Another multiple of the hash than that of an agent with the same text.
  ClientAgent pair(ClientPairKey(client, SketchHash(user) * 3), ClientAgent::Kind::kUser);
  pair.AddSuccess(batch.time_ms(row));
  agents_.Add(ClientPairKey::PartitionOf(client), pair);
}

void ClientFacts::Worker::Flush() {
  paths_.Flush();
  agents_.Flush();
}

void ClientFacts::FillAgents(std::span<const ClientAgent> pairs, KeyRow* row) const {
  const auto count = [&](auto predicate) {
    return static_cast<uint64_t>(std::count_if(pairs.begin(), pairs.end(), predicate));
  };
  using Kind = ClientAgent::Kind;
  const uint64_t users = count([](const ClientAgent& pair) { return pair.kind() == Kind::kUser; });
  if (!agents_.empty()) row->distinct_agents = Estimate(pairs.size() - users, agents_.level(), row->count);
  if (!columns_.users) return;
  // As SharedAddresses of src/detect judges (statement S61 of docs/findings.md), over the whole log.
  const uint64_t people = count([](const ClientAgent& pair) {
    return pair.kind() == Kind::kPerson && pair.successes() >= 3 && pair.span_ms() >= kTenMinutesMs;
  });
  if (users >= 3 || people >= 5) {
    row->shared = Shared::kLikely;
  } else {
    row->shared = agents_.level() == 0 && pairs.size() > users ? Shared::kUnlikely : Shared::kUnknown;
  }
}

// Each partition is sorted once however many of its clients are listed.
void ClientFacts::Fill(const std::vector<KeyRow*>& listed) const {
  std::vector<std::pair<uint64_t, KeyRow*>> rows;  // by hash, and so by partition
  for (KeyRow* row : listed) {
    if (row->missing || row->key_bytes > kMaxKeyBytes) continue;
    rows.emplace_back(SketchHash(row->key), row);
  }
  std::sort(rows.begin(), rows.end());
  for (size_t i = 0; i < rows.size();) {
    const size_t partition = ClientPairKey::PartitionOf(rows[i].first);
    const std::vector<ClientPath> paths = paths_.SortedPairs(partition);
    const std::vector<ClientAgent> agents = agents_.SortedPairs(partition);
    for (; i < rows.size() && ClientPairKey::PartitionOf(rows[i].first) == partition; ++i) {
      const auto& [hash, row] = rows[i];
      const uint64_t client = ClientPairKey::ClientOf(hash);
      if (!paths_.empty()) row->distinct_paths = Estimate(PairsOf(client, paths).size(), paths_.level(), row->count);
      if (columns_.agents) FillAgents(PairsOf(client, agents), row);
    }
  }
}

}  // namespace logstat
