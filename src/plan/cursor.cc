#include "src/plan/cursor.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "src/base/hash.h"
#include "src/base/milliseconds.h"
#include "src/format/cell_reader.h"
#include "src/format/detect.h"
#include "src/format/near_miss.h"
#include "src/input/text_check.h"

namespace logstat {
namespace {

uint64_t SumOfSizes(const InputList& list) {
  uint64_t total = 0;
  for (const PlannedInput& input : list.inputs) {
    if (!input.error.empty() || input.copy_of.has_value()) continue;
    struct stat info;
    const int failed = input.path == "-" ? fstat(0, &info) : stat(input.path.c_str(), &info);
    if (failed != 0) continue;
    if (!S_ISREG(info.st_mode)) return 0;
    total += static_cast<uint64_t>(info.st_size);
  }
  return total;
}

// How many of the lines do not fit a string that has a status in each of them, if they do fit a preset: as exactly as
// the string does not, so that differences which the string's own lines may have are no reason. 0: no reason.
double MisfitShareOfString(std::string_view sample, bool is_whole, const LineFormat& format, const Detection& found) {
  const double misfits = 1 - FitShare(sample, is_whole, format, found.odd_lines.empty() ? Fit::kExact : Fit::kTolerant);
  return found.preset != nullptr && found.share >= 0.5 && misfits >= 0.5 ? misfits : 0;
}

// Empty if the format that was given reads at least half of the sample, and no preset fits where a string does not.
std::string WarnOfWrongFormat(const NamedFormat& given, std::string_view sample, const LineFormat& format) {
  const bool is_whole = sample.size() < kSampleBytes;
  double misfits = MisfitShare(sample, is_whole, format);
  const bool is_read = misfits <= 0.5;
  if (is_read && (given.is_preset || FitShare(sample, is_whole, format, Fit::kExact) > 0.5)) return "";
  const Detection found = DetectPreset(sample, is_whole);
  if (is_read) misfits = MisfitShareOfString(sample, is_whole, format, found);
  if (misfits == 0) return "";
  const std::string_view option = given.definition.empty() ? "-f" : "--from-conf";
  std::string warning =
      fmt::format("{:.0f} % of the sampled lines do not fit {}; ", 100 * misfits,
                  given.name == "custom" ? fmt::format("the format of {}", option) : fmt::format("'{}'", given.name));
  if (found.preset == nullptr || found.share < 0.5) return warning + "they look like no format that is known, either";
  const std::string_view name = found.preset->name;
  return warning + fmt::format("they look like {}: run with -f {} or without {}", name, name, option);
}

}  // namespace

Cursor::Cursor(const Plan& plan)
    : plan_(plan),
      total_bytes_(SumOfSizes(plan.inputs)),
      outcomes_(plan.inputs.inputs.size()),
      first_looks_(plan.inputs.inputs.size()),
      order_(plan.inputs.inputs.size()),
      progress_(plan.inputs.inputs.size()) {
  std::iota(order_.begin(), order_.end(), size_t{0});
  for (size_t i = 0; i < outcomes_.size(); ++i) {
    const PlannedInput& input = plan.inputs.inputs[i];
    if (input.copy_of.has_value()) outcomes_[i].state = InputState::kCopy;
    if (!input.error.empty()) {
      outcomes_[i].state = InputState::kFailed;
      outcomes_[i].error = input.error;
    }
  }
  if (plan_.in_time_order && order_.size() > 1) OrderByTime();
}

// Only regular files can be looked into and read again; all others come first.
void Cursor::OrderByTime() {
  for (const size_t index : order_) {
    struct stat info;
    const std::string& path = plan_.inputs.inputs[index].path;
    if (outcomes_[index].state != InputState::kRead || path == "-") continue;
    if (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    progress_[index].newest = FirstTime(index);
  }
  std::stable_sort(order_.begin(), order_.end(),
                   [this](size_t a, size_t b) { return progress_[a].newest < progress_[b].newest; });
}

// The least time of the sample's begin: a single wrong clock must not put a file behind its time.
int64_t Cursor::FirstTime(size_t index) {
  constexpr size_t kEnough = 64 * 1024;
  FirstLook look{.outcome = outcomes_[index]};  // what is wrong with the input is said when it is read
  const std::shared_ptr<OpenInput> open = OpenInputAt(index, look.outcome);
  if (open == nullptr) return kNoTime;
  look.sample_hash = SketchHash(open->source->Sample());
  look.format = open->format;
  look.of_proxy = open->of_proxy;
  first_looks_[index] = std::move(look);
  std::string bytes(open->source->Sample().substr(0, kEnough));
  Block block;
  block.cell_bytes = block.readable_bytes = bytes.size();
  bytes.append(64, '\0');
  block.bytes = reinterpret_cast<const uint8_t*>(bytes.data());
  block.starts_line = block.ends_input = true;
  RecordBatch batch;
  CellReader(*plan_.kernels).Read(block, *open->format, ColumnSet{Field::kTime}, batch);
  int64_t least = kNoTime;
  for (size_t row = 0; row < batch.rows(); ++row) {
    const int64_t time = batch.time_ms(row);
    if (batch.kind(row) == LineKind::kCounted && IsTime(time)) least = least == kNoTime ? time : std::min(least, time);
  }
  return least;
}

// Of those that nobody reads the first that was opened; in time order the one that has come least far, and if memory is
// short only if no other input is further behind.
Cursor::Place Cursor::FindIdle() {
  const auto is_idle = [](const Reading& reading) { return !reading.busy; };
  if (!plan_.in_time_order) return std::find_if(readings_.begin(), readings_.end(), is_idle);
  Place found = readings_.end();
  int64_t least = std::numeric_limits<int64_t>::max();
  for (Place reading = readings_.begin(); reading != readings_.end(); ++reading) {
    const int64_t newest = progress_[reading->index].newest;
    if (is_idle(*reading) && (found == readings_.end() || newest < progress_[found->index].newest)) found = reading;
    least = std::min(least, newest);
  }
  if (found != readings_.end() && pressed_ && progress_[found->index].newest > least) return readings_.end();
  return found;
}

// Inputs that overlap must be read together, or the lines of all but one would wait in memory.
bool Cursor::ShouldOpenNext() {
  constexpr size_t kMostOpen = 256;
  constexpr int64_t kAheadMs = kTenMinutesMs;
  if (!HasUnopened()) return false;
  if (readings_.empty()) return true;
  if (!plan_.in_time_order) return false;
  const int64_t start = progress_[order_[next_]].newest;
  const auto is_reached = [&](const Reading& reading) {
    const int64_t newest = progress_[reading.index].newest;
    return newest != kNoTime && start - kAheadMs <= newest;  // which is the largest number of an input without times
  };
  return readings_.size() < kMostOpen &&
         (start == kNoTime || std::any_of(readings_.begin(), readings_.end(), is_reached));
}

Cursor::Advance Cursor::Delivered(size_t input, int64_t newest, bool pressed) {
  const std::lock_guard lock(mutex_);
  Progress& progress = progress_[input];
  ++progress.delivered;
  if (newest != kNoTime) progress.newest = newest;
  if (pressed_ && !pressed) changed_.notify_all();
  pressed_ = pressed;
  Advance advance;
  advance.come_to = std::numeric_limits<int64_t>::max();
  if (HasUnopened()) advance.come_to = progress_[order_[next_]].newest;
  std::erase_if(active_, [&](size_t index) {
    const bool finished = progress_[index].ended && progress_[index].delivered == progress_[index].handed_out;
    if (finished) advance.finished.push_back(index);
    if (!finished) advance.come_to = std::min(advance.come_to, progress_[index].newest);
    return finished;
  });
  return advance;
}

std::optional<CellTask> Cursor::Next() {
  std::unique_lock lock(mutex_);
  bool nothing_ahead = false;  // since the lock was taken
  while (!abandoned_) {
    if (ShouldOpenNext()) {
      OpenNext(lock);
      continue;
    }
    const Place idle = FindIdle();
    if (idle != readings_.end()) {
      if (std::optional<CellTask> task = TakeCell(idle, lock)) return task;
    } else if (readings_.size() < plan_.threads && HasUnopened()) {
      OpenNext(lock);
    } else if (readings_.empty()) {
      return std::nullopt;
    } else if (!nothing_ahead) {
      nothing_ahead = !DecodeAhead(lock);
    } else {
      changed_.wait(lock);
      nothing_ahead = false;
    }
  }
  return std::nullopt;
}

void Cursor::Abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  changed_.notify_all();
}

bool Cursor::HasUnopened() {
  while (next_ < order_.size() && outcomes_[order_[next_]].state != InputState::kRead) ++next_;
  return next_ < order_.size();
}

// The lock is not held meanwhile: opening may wait for a writer, and decodes the sample of an archive.
void Cursor::OpenNext(std::unique_lock<std::mutex>& lock) {
  const Place reading = readings_.emplace(readings_.end());
  reading->index = order_[next_++];
  active_.push_back(reading->index);
  lock.unlock();
  std::shared_ptr<OpenInput> open = OpenInputAt(reading->index, outcomes_[reading->index]);
  lock.lock();
  reading->open = std::move(open);
  reading->busy = false;
  if (reading->open == nullptr) {
    progress_[reading->index].ended = true;
    readings_.erase(reading);
  } else {
    formats_.insert(reading->open->format);
    if (!outcomes_[reading->index].format.empty()) {
      const LineFormat& format = *reading->open->format;
      possible_fields_ = possible_fields_ | format.columns();
      if (!format.columns_vary()) seen_fields_ = seen_fields_ | format.columns();
      any_format_known_ = true;
    }
  }
  CheckNamedFields();
  changed_.notify_all();
}

// When the last input is open: a field that none of them has would make an answer of nothing, and is a mistake.
void Cursor::CheckNamedFields() {
  const bool all_open = !HasUnopened() && std::none_of(readings_.begin(), readings_.end(),
                                                       [](const Reading& reading) { return reading.open == nullptr; });
  if (!all_open || !any_format_known_) return;
  const auto check = [this](std::string_view option, ColumnSet named) {
    const ColumnSet unknown = named.Without(possible_fields_);
    if (unknown == ColumnSet{} || !usage_error_.empty()) return;
    usage_error_ = fmt::format("{}: no input has the field {}; there are {}", option, FieldNames(unknown),
                               FieldNames(possible_fields_));
    abandoned_ = true;
  };
  check("--where", plan_.filter.named());
  if (plan_.client.active()) check("--client", {plan_.client.field()});
}

// Null if there is nothing to read.
std::shared_ptr<OpenInput> Cursor::OpenInputAt(size_t index, InputOutcome& outcome) {
  const PlannedInput& planned = plan_.inputs.inputs[index];
  SourceSettings settings = plan_.source;
  settings.most_bytes = planned.most_bytes;
  outcome.mark = MarkFile(planned.path);
  StatusOr<std::unique_ptr<Source>> source = OpenSource(planned.path, settings);
  if (!source.ok()) {
    outcome.state = InputState::kFailed;
    outcome.error = Message(source.status());
    return nullptr;
  }
  if (!(*source)->KnownSize().has_value()) total_bytes_ = 0;
  auto input = std::make_shared<OpenInput>();
  input->source = *std::move(source);
  if (!TakeFirstLook(index, *input, outcome)) {
    const std::string_view sample = input->source->Sample();
    if (!IsReadableText(index, sample, outcome) || !ChooseFormat(index, *input, outcome)) return nullptr;
    if (plan_.in_time_order) input->of_proxy = HasProxyTargets(sample, sample.size() < kSampleBytes, *input->format);
  }
  outcome.byte_meaning = input->format->byte_meaning();
  outcome.mapped = input->source->mapped();
  return input;
}

// To find the format of a log of 1,000 lines takes 1 ms, as long as to count 10,000 lines: not twice, unless the file
// has been replaced since.
bool Cursor::TakeFirstLook(size_t index, OpenInput& input, InputOutcome& outcome) {
  const std::optional<FirstLook> look = std::exchange(first_looks_[index], std::nullopt);
  if (!look.has_value() || look->sample_hash != SketchHash(input.source->Sample())) return false;
  input.format = look->format;
  input.of_proxy = look->of_proxy;
  outcome = look->outcome;
  return true;
}

// Empty if the input has ended.
std::optional<CellTask> Cursor::TakeCell(Place reading, std::unique_lock<std::mutex>& lock) {
  StatusOr<std::optional<Block>> block = ReadBlock(*reading, lock);
  if (block.ok() && block->has_value()) {
    ++progress_[reading->index].handed_out;
    return CellTask{reading->index, reading->open, **std::move(block)};
  }
  End(reading, block.status());
  return std::nullopt;
}

// Under the lock only if it takes no time.
StatusOr<std::optional<Block>> Cursor::ReadBlock(Reading& reading, std::unique_lock<std::mutex>& lock) {
  const OpenInput& input = *reading.open;
  if (input.source->mapped() && !input.format->has_state()) return input.source->Next();
  reading.busy = true;
  lock.unlock();
  StatusOr<std::optional<Block>> block = input.source->Next();
  if (input.format->has_state() && block.ok() && block->has_value()) {
    (*block)->state = reading.state;
    reading.state = input.format->StateAfter(reading.state, **block);
  }
  lock.lock();
  if (input.format->columns_vary()) seen_fields_ = seen_fields_ | input.format->ColumnsUntil(reading.state.get());
  reading.busy = false;
  changed_.notify_one();
  return block;
}

// Helps the first input that can be helped; false if there is none. The lock is not held meanwhile.
bool Cursor::DecodeAhead(std::unique_lock<std::mutex>& lock) {
  std::vector<std::shared_ptr<OpenInput>> read_by_others;
  for (const Reading& reading : readings_) {
    if (reading.open != nullptr) read_by_others.push_back(reading.open);
  }
  lock.unlock();
  const bool helped = std::any_of(read_by_others.begin(), read_by_others.end(),
                                  [](const auto& input) { return input->source->DecodeAhead(); });
  read_by_others.clear();  // the last one to let go closes the file
  lock.lock();
  return helped;
}

void Cursor::End(Place reading, const Status& status) {
  InputOutcome& outcome = outcomes_[reading->index];
  if (!status.ok()) {
    outcome.state = progress_[reading->index].handed_out != 0 ? InputState::kPartial : InputState::kFailed;
    outcome.error = Message(status);
  }
  const std::string warning = reading->open->source->Warning();
  if (!warning.empty()) outcome.warning += (outcome.warning.empty() ? "" : "; ") + warning;
  outcome.ended = !plan_.source.stop.stop_requested();  // asked to stop, a stream ends early
  progress_[reading->index].ended = true;
  readings_.erase(reading);
  changed_.notify_all();
}

// False if no line of it can be read whatever the format; a file of a directory may be of any kind.
bool Cursor::IsReadableText(size_t index, std::string_view sample, InputOutcome& outcome) const {
  outcome.warning = OddLineEnds(sample);
  const std::string why = WhyNotBytes(sample);
  if (why.empty()) return true;
  const bool from_directory = plan_.inputs.inputs[index].from_directory;
  outcome.state = from_directory ? InputState::kNotAccessLog : InputState::kFailed;
  (from_directory ? outcome.warning : outcome.error) = why;
  return false;
}

// False if the file turned out not to be an access log: it was found in a directory and most of its lines do not fit.
bool Cursor::ChooseFormat(size_t index, OpenInput& input, InputOutcome& outcome) const {
  // Below its limit a sample ends with a newline or with the input, from every kind of source.
  const std::string_view sample = input.source->Sample();
  const bool is_whole = sample.size() < kSampleBytes;
  if (plan_.format.format != nullptr) {
    const bool is_preset = plan_.format.is_preset;
    const std::shared_ptr<const LineFormat> format =
        is_preset ? ChoosePreset(sample, is_whole, plan_.format.name).format : plan_.format.format;
    input.format = InWrappers(DetectWrappers(sample, is_whole, *format), format);
    outcome.format = plan_.format.name;
    std::string& warning = outcome.warning;
    if (warning.empty()) warning = WarnOfWrongFormat(plan_.format, sample, *input.format);
    return true;
  }
  const Detection found = DetectPreset(sample, is_whole);
  if (plan_.inputs.inputs[index].from_directory && found.lines > 0 && found.share < 0.5) {
    outcome.state = InputState::kNotAccessLog;
    return false;
  }
  // A named file is always read; with the first preset if no line fits any, so that its lines are rejected with a
  // reason.
  const Preset& preset = found.preset != nullptr ? *found.preset : Presets().front();
  input.format = InWrappers(found.wrappers, preset.format);
  if (found.preset != nullptr) outcome.format = preset.name;
  if (found.runner_up != nullptr) {
    outcome.runner_up = found.runner_up->name;
    outcome.runner_up_share = found.runner_up_share;
  }
  outcome.near_miss = ExplainNearMiss(found.odd_lines);
  return true;
}

}  // namespace logstat
