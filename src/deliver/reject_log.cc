#include "src/deliver/reject_log.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace logstat {
namespace {

constexpr LineKind kRejectedKinds[] = {LineKind::kNoStatus, LineKind::kTooFewFields, LineKind::kTooLong,
                                       LineKind::kNotJson, LineKind::kNoFields};

}  // namespace

void RejectLog::Add(const Cell& cell, uint64_t first_line) {
  uint64_t rejected = 0;
  for (const LineKind kind : kRejectedKinds) {
    counts_[static_cast<size_t>(kind)] += cell.kinds[static_cast<size_t>(kind)];
    rejected += cell.kinds[static_cast<size_t>(kind)];
  }
  if (rejected == 0) return;
  auto& samples = samples_[cell.input];
  for (size_t row = 0; row < cell.batch.rows() && rejected > 0; ++row) {
    const LineKind kind = cell.batch.kind(row);
    if (!IsRejected(kind)) continue;
    --rejected;
    auto& kept = samples[static_cast<size_t>(kind)];
    if (kept.size() < kSamples) Keep(cell, row, first_line + row, kept);
  }
}

void RejectLog::Keep(const Cell& cell, size_t row, uint64_t line, std::vector<Sample>& samples) const {
  const CellLine found = LineOf(cell, row);
  samples.push_back(Sample{line - found.lines_back, found.offset, std::string(found.text.substr(0, kSampleBytes)),
                           found.text.size() > kSampleBytes});
}

std::vector<RejectRow> RejectLog::Rows(const std::vector<std::string>& paths) const {
  std::vector<RejectRow> rows;
  for (const LineKind kind : kRejectedKinds) {
    const size_t index = static_cast<size_t>(kind);
    if (counts_[index] == 0) continue;
    RejectRow row;
    row.reason = std::string(RejectReason(kind));
    row.count = counts_[index];
    for (const auto& [input, samples] : samples_) {
      const size_t first = row.samples.size();
      for (const Sample& sample : samples[index]) {
        if (row.samples.size() == kSamples) break;
        row.samples.push_back(LineSample{paths[input], sample.line, sample.offset, sample.text, sample.cut});
      }
      // A record that was joined from parts comes with the last one, and stands at the first.
      std::sort(row.samples.begin() + static_cast<std::ptrdiff_t>(first), row.samples.end(),
                [](const LineSample& a, const LineSample& b) { return a.line < b.line; });
    }
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const RejectRow& a, const RejectRow& b) {
    return a.count != b.count ? a.count > b.count : a.reason < b.reason;
  });
  return rows;
}

}  // namespace logstat
