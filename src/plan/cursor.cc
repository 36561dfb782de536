#include "src/plan/cursor.h"

#include <sys/stat.h>

#include <string_view>
#include <utility>

#include "src/format/detect.h"
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

}  // namespace

Cursor::Cursor(const Plan& plan)
    : plan_(plan), total_bytes_(SumOfSizes(plan.inputs)), outcomes_(plan.inputs.inputs.size()) {
  for (size_t i = 0; i < outcomes_.size(); ++i) {
    const PlannedInput& input = plan.inputs.inputs[i];
    if (input.copy_of.has_value()) outcomes_[i].state = InputState::kCopy;
    if (!input.error.empty()) {
      outcomes_[i].state = InputState::kFailed;
      outcomes_[i].error = input.error;
    }
  }
}

// One lock for opening and reading: a mapped input hands out a cell in nanoseconds, and a stream can be read by one
// worker at a time anyway.
std::optional<CellTask> Cursor::Next() {
  const std::lock_guard lock(mutex_);
  while (open_ != nullptr || OpenNext()) {
    StatusOr<std::optional<Block>> block = open_->source->Next();
    if (block.ok() && block->has_value()) {
      open_->has_cells = true;
      if (open_->format->has_state()) {
        (*block)->state = open_->state;
        open_->state = open_->format->StateAfter(open_->state, **block);
      }
      return CellTask{open_index_, next_sequence_++, open_, **std::move(block)};
    }
    InputOutcome& outcome = outcomes_[open_index_];
    if (!block.ok()) {
      outcome.state = open_->has_cells ? InputState::kPartial : InputState::kFailed;
      outcome.error = Message(block.status());
    }
    outcome.ended = !plan_.source.stop.stop_requested();  // asked to stop, a stream ends early
    open_.reset();
  }
  return std::nullopt;
}

// Opens the next input that can be read; false if there is none.
bool Cursor::OpenNext() {
  while (open_ == nullptr && next_index_ < outcomes_.size()) {
    open_index_ = next_index_++;
    if (outcomes_[open_index_].state == InputState::kRead) OpenInputAt(open_index_);
  }
  return open_ != nullptr;
}

void Cursor::OpenInputAt(size_t index) {
  StatusOr<std::unique_ptr<Source>> source = OpenSource(plan_.inputs.inputs[index].path, plan_.source);
  if (!source.ok()) {
    outcomes_[index].state = InputState::kFailed;
    outcomes_[index].error = Message(source.status());
    return;
  }
  auto input = std::make_shared<OpenInput>();
  input->source = *std::move(source);
  if (!IsReadableText(index, input->source->Sample()) || !ChooseFormat(index, *input)) return;
  formats_.insert(input->format);
  outcomes_[index].mapped = input->source->mapped();
  open_ = std::move(input);
}

// False if no line of it can be read whatever the format; a file of a directory may be of any kind.
bool Cursor::IsReadableText(size_t index, std::string_view sample) {
  InputOutcome& outcome = outcomes_[index];
  outcome.warning = OddLineEnds(sample);
  const std::string why = WhyNotBytes(sample);
  if (why.empty()) return true;
  const bool from_directory = plan_.inputs.inputs[index].from_directory;
  outcome.state = from_directory ? InputState::kNotAccessLog : InputState::kFailed;
  (from_directory ? outcome.warning : outcome.error) = why;
  return false;
}

// False if the file turned out not to be an access log: it was found in a directory and most of its lines do not fit.
bool Cursor::ChooseFormat(size_t index, OpenInput& input) {
  // Below its limit a sample ends with a newline or with the input, from every kind of source.
  const std::string_view sample = input.source->Sample();
  const bool is_whole = sample.size() < kSampleBytes;
  if (plan_.format.format != nullptr) {
    input.format = InWrappers(DetectWrappers(sample, is_whole, *plan_.format.format), plan_.format.format);
    outcomes_[index].format = plan_.format.name;
    return true;
  }
  const Detection found = DetectPreset(sample, is_whole);
  if (plan_.inputs.inputs[index].from_directory && found.lines > 0 && found.share < 0.5) {
    outcomes_[index].state = InputState::kNotAccessLog;
    return false;
  }
  // A named file is always read; with the first preset if no line fits any, so that its lines are rejected with a
  // reason.
  const Preset& preset = found.preset != nullptr ? *found.preset : Presets().front();
  input.format = InWrappers(found.wrappers, preset.format);
  if (found.preset != nullptr) outcomes_[index].format = preset.name;
  return true;
}

}  // namespace logstat
