#include "src/format/clf_format.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "src/format/careful_reader.h"
#include "src/format/clf_time.h"
#include "src/format/field_value.h"
#include "src/format/head.h"
#include "src/format/quotes.h"

namespace logstat {
namespace {

bool IsWord(std::string_view text) {
  return !text.empty() && text.find_first_of(" \t\"") == std::string_view::npos && text.front() != '[';
}

bool IsWellFormed(Slot slot, std::string_view text) {
  switch (slot) {
    case Slot::kClient:
    case Slot::kHost:
      return IsWord(text) && text != "-" && text.back() != ',';
    case Slot::kPort:
      return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    case Slot::kTime:
      return ClfTimeReader().Read(text) != kNoTime;
    case Slot::kSkip:
    case Slot::kUser:
      return IsWord(text);
    case Slot::kStatus:
      return ParseStatus(text).has_value();
    case Slot::kBytes:
      return text == "-" || ParseByteCount(text) != kNoBytes;
    case Slot::kRequest:
    case Slot::kReferrer:
    case Slot::kAgent:
      return true;
  }
  return false;
}

// As the careful path would read it: the line is counted, and has the quoted fields and the host that the preset has.
bool LineFitsLoosely(std::string_view line, const FieldProgram& program) {
  LineKind kind = LineKind::kCounted;
  const std::optional<Anchor> anchor = FindAnchor(line, program, &kind);
  if (!anchor.has_value()) return false;
  const auto quotes = std::count(anchor->rest.begin(), anchor->rest.end(), '"');
  std::ptrdiff_t wanted = std::count(program.tail.begin(), program.tail.end(), '"');
  for (size_t i = program.request + 3; i < program.steps.size(); ++i) {
    wanted += std::count(program.steps[i].literal.begin(), program.steps[i].literal.end(), '"');
  }
  const HeadRules rules = MakeHeadRules(program);
  const bool has_host = ReadHead(anchor->head, HeadRules{}).host.has_value();
  return quotes >= wanted && rules.host_first == has_host;
}

}  // namespace

bool LineFits(std::string_view line, const FieldProgram& program) {
  size_t at = 0;
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const ProgramStep& step = program.steps[i];
    if (line.substr(at, step.literal.size()) != step.literal) return false;
    at += step.literal.size();
    const std::string_view next = i + 1 < program.steps.size() ? program.steps[i + 1].literal : program.tail;
    size_t end = FindFieldEnd(line, at, next);
    if (step.slot == Slot::kRequest) {
      // Only now, because most presets have failed at the line's head: the anchor is what costs.
      LineKind kind = LineKind::kCounted;
      const std::optional<Anchor> anchor = FindAnchor(line, program, &kind);
      if (!anchor.has_value() || at != anchor->head.size() + 1) return false;
      end = at + anchor->request.size();
    }
    if (end == std::string_view::npos || !IsWellFormed(step.slot, line.substr(at, end - at))) return false;
    at = end;
  }
  return line.substr(at) == program.tail;
}

ClfFormat::ClfFormat(FieldProgram program) : program_(std::move(program)), shape_(MakeShape(program_)) {}

std::unique_ptr<LineReader> ClfFormat::MakeReader() const { return std::make_unique<CarefulReader>(program_); }

size_t ClfFormat::CountFits(std::span<const std::string_view> lines, Fit fit) const {
  return static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
    if (IsIgnoredLine(line)) return false;
    return fit == Fit::kExact ? LineFits(line, program_) : LineFitsLoosely(line, program_);
  }));
}

}  // namespace logstat
