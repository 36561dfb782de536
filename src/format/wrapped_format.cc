#include "src/format/wrapped_format.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <string>

#include "src/format/cell_reader.h"
#include "src/format/part_joiner.h"
#include "src/format/time_text.h"

namespace logstat {
namespace {

// Enough for a sample of a rejected line, and to see that the line goes on behind it.
constexpr size_t kStartBytes = 256;

struct WrappedState final : LineState {
  PartJoiner parts;
  std::shared_ptr<const LineState> inner;
};

// Takes a stack of wrappers off lines. Scratch memory is kept; a payload lives until the next line.
class Peeler {
 public:
  explicit Peeler(const WrapperStack& wrappers) : wrappers_(wrappers), scratch_(wrappers.size()) {}

  // The outermost wrapper alone, which may have parts; a line without it is no part of anything.
  Unwrapped TakeFirst(std::string_view line, bool* has_wrapper) { return TakeOne(0, line, has_wrapper); }

  // What the others, and no more the first, stand around. Keeps the time of the outer ones if they have none.
  Unwrapped TakeRest(Unwrapped inside) {
    for (size_t i = 1; i < wrappers_.size(); ++i) {
      bool has_wrapper = false;
      const Unwrapped next = TakeOne(i, inside.payload, &has_wrapper);
      inside.payload = next.payload;
      if (!next.time.empty()) inside.time = next.time;
    }
    return inside;
  }

 private:
  // A line without the wrapper is its own payload.
  Unwrapped TakeOne(size_t i, std::string_view line, bool* has_wrapper) {
    std::optional<Unwrapped> inside = TakeOff(*wrappers_[i], line, scratch_[i]);
    *has_wrapper = inside.has_value();
    if (*has_wrapper) return *inside;
    Unwrapped bare;
    bare.payload = line;
    return bare;
  }

  const WrapperStack& wrappers_;
  std::vector<std::string> scratch_;
};

class WrappedReader final : public LineReader {
 public:
  WrappedReader(const WrapperStack& wrappers, std::unique_ptr<LineReader> inner)
      : peeler_(wrappers), has_parts_(wrappers.front()->has_parts), inner_(std::move(inner)) {}

  void BeginCell(const Block& block) override {
    block_ = block;
    block_.lease.reset();  // the caller's keeps the bytes
    const auto* state = static_cast<const WrappedState*>(block.state.get());
    parts_ = state == nullptr ? PartJoiner() : state->parts;
    Block inner_block = block_;
    inner_block.state = state == nullptr ? nullptr : state->inner;
    inner_->BeginCell(inner_block);
  }

  void ReadRest(std::string_view text, size_t step, size_t row, RecordBatch& batch) override {
    inner_->ReadRest(text, step, row, batch);
  }

  void Read(std::string_view line, size_t row, RecordBatch& batch) override {
    bool has_wrapper = false;
    Unwrapped inside = peeler_.TakeFirst(line, &has_wrapper);
    const JoinedLine* joined = nullptr;
    if (has_parts_ && has_wrapper) {
      inside.goes_on = inside.goes_on && !EndsInput(line);
      joined = parts_.Add(inside, block_.offset + batch.begin(row), static_cast<int64_t>(row));
      if (inside.goes_on) {
        batch.kind(row) = LineKind::kIgnored;
        return;
      }
      if (joined != nullptr) inside.payload = joined->text;
    }
    if (inside.payload.size() > kMaxLineBytes) {
      batch.kind(row) = LineKind::kTooLong;
    } else {
      inside = peeler_.TakeRest(inside);
      inner_->Read(inside.payload, row, batch);
    }
    if (batch.columns().Contains(Field::kTime) && batch.kind(row) == LineKind::kCounted &&
        batch.time_ms(row) == kNoTime && !inside.time.empty()) {
      batch.time_ms(row) = times_.Read(inside.time);
    }
    if (joined == nullptr) return;
    const auto lines_back = static_cast<uint64_t>(static_cast<int64_t>(row) - joined->first_row);
    const Text text = batch.Spill(std::string_view(joined->text).substr(0, kStartBytes));
    batch.AppendStart(RecordStart{static_cast<uint32_t>(row), joined->offset, lines_back, text});
  }

 private:
  // Whether nothing but a line end stands behind `line`.
  bool EndsInput(std::string_view line) const {
    if (!block_.ends_input) return false;
    const char* end = reinterpret_cast<const char*>(block_.bytes) + block_.readable_bytes;
    const std::string_view rest(line.data() + line.size(), static_cast<size_t>(end - (line.data() + line.size())));
    return rest.empty() || rest == "\n" || rest == "\r\n" || rest == "\r";
  }

  Peeler peeler_;
  const bool has_parts_;
  const std::unique_ptr<LineReader> inner_;
  Block block_;
  PartJoiner parts_;
  TimeReader times_;
};

}  // namespace

WrappedFormat::WrappedFormat(WrapperStack wrappers, std::shared_ptr<const LineFormat> inner)
    : wrappers_(std::move(wrappers)),
      inner_(std::move(inner)),
      only_prefixes_(
          std::all_of(wrappers_.begin(), wrappers_.end(), [](const Wrapper* wrapper) { return wrapper->is_prefix; })) {}

size_t WrappedFormat::PrefixLength(std::string_view line) const {
  std::string unused;
  std::string_view payload = line;
  for (const Wrapper* wrapper : wrappers_) {
    const std::optional<Unwrapped> inside = TakeOff(*wrapper, payload, unused);
    if (inside.has_value()) payload = inside->payload;
  }
  return line.size() - payload.size();
}

std::unique_ptr<LineReader> WrappedFormat::MakeReader() const {
  return std::make_unique<WrappedReader>(wrappers_, inner_->MakeReader());
}

size_t WrappedFormat::CountFits(std::span<const std::string_view> lines, Fit fit) const {
  Peeler peeler(wrappers_);
  std::deque<std::string> payloads;
  std::vector<std::string_view> views;
  for (const std::string_view line : lines) {
    bool has_wrapper = false;
    views.push_back(payloads.emplace_back(peeler.TakeRest(peeler.TakeFirst(line, &has_wrapper)).payload));
  }
  return inner_->CountFits(views, fit);
}

ColumnSet WrappedFormat::ColumnsUntil(const LineState* state) const {
  const LineState* inner = state == nullptr ? nullptr : static_cast<const WrappedState*>(state)->inner.get();
  return inner_->ColumnsUntil(inner) | ColumnSet{Field::kTime};
}

std::shared_ptr<const LineState> WrappedFormat::StateAfter(const std::shared_ptr<const LineState>& before,
                                                           const Block& block) const {
  auto after = std::make_shared<WrappedState>();
  if (before != nullptr) *after = static_cast<const WrappedState&>(*before);
  Peeler peeler(wrappers_);
  std::string directives;  // of the inner format
  int64_t row = 0;
  OwnedLines lines(block);
  for (std::string_view line; lines.Next(&line); ++row) {
    if (line.size() > kMaxLineBytes) continue;
    bool has_wrapper = false;
    Unwrapped inside = peeler.TakeFirst(line, &has_wrapper);
    if (has_wrapper && wrappers_.front()->has_parts) {
      const JoinedLine* joined = after->parts.Add(inside, lines.offset(), row);
      if (inside.goes_on) continue;
      if (joined != nullptr) inside.payload = joined->text;
    }
    if (!inner_->has_state()) continue;
    const std::string_view payload = peeler.TakeRest(inside).payload;
    if (payload.substr(0, 1) == "#") directives.append(payload).append("\n");
  }
  after->parts.EndCell(row);
  if (!directives.empty()) {
    Block inner_block;
    directives.append(kOverread, '\0');
    inner_block.bytes = reinterpret_cast<const uint8_t*>(directives.data());
    inner_block.cell_bytes = inner_block.readable_bytes = directives.size() - kOverread;
    inner_block.starts_line = true;
    inner_block.offset = 1;  // not the start of the input: a byte order mark there would be the wrapper's
    after->inner = inner_->StateAfter(after->inner, inner_block);
  }
  if (after->parts.empty() && after->inner == nullptr) return nullptr;
  return after;
}

std::shared_ptr<const LineFormat> InWrappers(WrapperStack wrappers, std::shared_ptr<const LineFormat> inner) {
  if (wrappers.empty()) return inner;
  return std::make_shared<WrappedFormat>(std::move(wrappers), std::move(inner));
}

}  // namespace logstat
