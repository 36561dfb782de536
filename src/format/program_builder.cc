#include "src/format/program_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace logstat {
namespace {

constexpr FieldSpec kTargetField{Field::kTarget, Reading::kTarget};

bool IsTarget(const std::optional<FieldSpec>& field) { return field == kTargetField; }
bool IsPath(const std::optional<FieldSpec>& field) { return field.has_value() && field->field == Field::kPath; }
bool IsPort(const ProgramStep& step) {
  return step.literal == ":" && step.content == Content::kCount && !step.field.has_value();
}
bool IsQuery(const std::optional<FieldSpec>& field) { return field.has_value() && field->field == Field::kQuery; }

}  // namespace

Status FormatError(std::string_view format, size_t at, std::string_view why) {
  return UsageErrorAt(fmt::format("format string, character {}: {}", at + 1, why), {std::string(format), at});
}

bool ProgramBuilder::JoinsTarget(const Variable& variable) const {
  const std::optional<FieldSpec>& last = program_.steps.back().field;
  return IsQuery(variable.field) && (IsPath(last) || IsTarget(last)) && (literal_.empty() || literal_ == "?");
}

// How many steps of `$scheme://$host:$server_port` the target behind them makes one with itself; 0: none.
size_t ProgramBuilder::StepsOfAuthority(const Variable& variable) const {
  const std::vector<ProgramStep>& steps = program_.steps;
  if ((!IsTarget(variable.field) && !IsPath(variable.field)) || !literal_.empty() || steps.size() < 2) return 0;
  const bool has_port = IsPort(steps.back());
  const size_t count = steps.size() - (has_port ? 1 : 0);
  const bool is_authority = count >= 2 && steps[count - 1].Is(Field::kHost) && steps[count - 1].literal == "://" &&
                            steps[count - 2].Is(Field::kScheme);
  return is_authority ? steps.size() - count + 2 : 0;
}

// A time that cannot be read is as many words as it has, or what follows it would move into its second one.
void ProgramBuilder::EndTime() {
  const std::string sample = std::exchange(sample_time_, {});
  if (program_.steps.empty() || TimeWrittenAs(sample).field.has_value()) return;
  for (auto blanks = std::count(sample.begin(), sample.end(), ' '); blanks > 0; --blanks) {
    program_.steps.back().content = Content::kWord;
    program_.steps.push_back(ProgramStep{" ", std::nullopt, Content::kWord});
  }
}

Status ProgramBuilder::Add(const Variable& variable, size_t at) {
  std::vector<ProgramStep>& steps = program_.steps;
  EndTime();
  if (!steps.empty() && JoinsTarget(variable)) {
    literal_.clear();
    steps.back().field = kTargetField;
    return OkStatus();
  }
  if (const size_t joined = StepsOfAuthority(variable); joined > 0) {
    steps.resize(steps.size() - joined + 1);
    steps.back().field = kTargetField;
    steps.back().content = Content::kText;
    return OkStatus();
  }
  if (!steps.empty() && literal_.empty()) {
    const ProgramStep& last = steps.back();
    if (last.field.has_value() || variable.field.has_value() || last.list || variable.list) {
      return FormatError(format_, at,
                         "nothing stands between this field and the one before, so that nobody can tell them apart");
    }
    steps.back().content = Content::kText;  // two that are read over are one
    return OkStatus();
  }
  steps.push_back(ProgramStep{std::exchange(literal_, {}), variable.field, variable.content, variable.list,
                              variable.bytes, at, variable.rank});
  return OkStatus();
}

Status ProgramBuilder::AddQueryMark(size_t at) {
  if (!program_.steps.empty() && IsPath(program_.steps.back().field) && literal_.empty()) {
    program_.steps.back().field = kTargetField;
    return OkStatus();
  }
  return Add(Variable{}, at);
}

Status ProgramBuilder::AddTime(std::string_view argument, size_t at) {
  const std::string sample = SampleTime(argument);
  constexpr std::string_view kJoints = " .,:T";
  const auto is_time = [](std::string_view text) { return TimeWrittenAs(text).field.has_value(); };
  const bool two_times = is_time(sample_time_) && is_time(sample);  // %{begin:msec}t %{end:msec}t
  const bool joins = !sample_time_.empty() && !two_times &&
                     (literal_.empty() || (literal_.size() == 1 && kJoints.find(literal_[0]) != std::string::npos));
  if (!joins) {
    const Status status = Add(FindApacheDirective("t", argument), at);
    sample_time_ = sample;
    return status;
  }
  sample_time_ += std::exchange(literal_, {}) + sample;
  const Variable whole = TimeWrittenAs(sample_time_);
  program_.steps.back().field = whole.field;
  program_.steps.back().content = whole.content;
  return OkStatus();
}

// A client and, behind a ':', a number that is its port: of an IPv6 address what stands behind the last ':'.
void ProgramBuilder::JoinPorts() {
  std::vector<ProgramStep>& steps = program_.steps;
  for (size_t i = 0; i + 1 < steps.size(); ++i) {
    const std::string_view behind = i + 2 < steps.size() ? steps[i + 2].literal : program_.tail;
    if (!steps[i].Is(Field::kClient) || !IsPort(steps[i + 1]) || behind.substr(0, 1) == ":") continue;
    steps[i].field->reading = Reading::kAddressAndPort;
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

FieldProgram ProgramBuilder::Finish() {
  EndTime();
  program_.tail = std::move(literal_);
  JoinPorts();
  return std::move(program_);
}

}  // namespace logstat
