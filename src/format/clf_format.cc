#include "src/format/clf_format.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "src/format/address.h"
#include "src/format/careful_reader.h"
#include "src/format/head.h"

namespace logstat {
namespace {

bool IsWord(std::string_view text) { return IsMadeOf(Content::kWord, false, text) && text.front() != '['; }

bool Fits(const ProgramStep& step, std::string_view text) {
  if (step.Is(Field::kClient)) text = ClientAddress(text);
  if (step.Is(Field::kClient) || step.Is(Field::kHost)) return IsWord(text) && text != "-" && text.back() != ',';
  if (step.Is(Field::kUser)) return IsWord(text);
  if (step.content == Content::kIdentity) return text == "-";
  return IsMadeOf(step.content, step.list, text);
}

// Whether the client's address stands in the host's place: the two are the other way round. Told by the texts of the
// fields, one after the other.
class SwappedNames {
 public:
  void Take(const ProgramStep& step, std::string_view text) {
    if (step.Is(Field::kClient)) client_ = text;
    if (step.Is(Field::kHost)) host_ = text;
  }
  explicit operator bool() const {
    return !client_.empty() && !host_.empty() && LooksLikeAddress(host_) && !LooksLikeAddress(client_);
  }

 private:
  std::string_view client_, host_;
};

// Where these steps of the program end with which the text begins; npos if it does not, or a field is not well-formed.
size_t EndOfFitting(std::string_view text, size_t from_step, size_t to_step, const FieldProgram& program,
                    const FieldFinder& finder) {
  SwappedNames swapped;
  size_t at = 0;
  for (size_t i = from_step; i < to_step; ++i) {
    const size_t from = finder.TakeLiteral(text, at, i);
    const size_t end = from == FieldFinder::npos ? from : finder.FindEnd(text, from, i);
    if (end == FieldFinder::npos || !Fits(program.steps[i], text.substr(from, end - from))) return FieldFinder::npos;
    swapped.Take(program.steps[i], text.substr(from, end - from));
    at = end;
  }
  return swapped ? FieldFinder::npos : at;
}

// A whole number at the line's end says nothing of what it counts; in front of other fields it is another one.
bool EndsInBareDuration(const FieldProgram& program) {
  return program.tail.empty() && program.steps.back().content == Content::kCount &&
         program.steps.back().Is(Field::kDuration);
}

// Whether the fields behind the byte count are well-formed, if the format has some whose content is known.
bool RestIsMadeRight(std::string_view rest, const FieldProgram& program, const FieldFinder& finder) {
  const auto is_known = [](const ProgramStep& step) { return step.content != Content::kText; };
  const auto begin = program.steps.begin() + static_cast<std::ptrdiff_t>(program.request) + 3;
  if (std::none_of(begin, program.steps.end(), is_known)) return true;
  const size_t end = EndOfFitting(rest, program.request + 3, program.steps.size(), program, finder);
  return end == rest.size() || (end != FieldFinder::npos && !EndsInBareDuration(program));
}

// As the careful path would read it: the line is counted, and has the quoted fields and the host that the preset has.
bool LineFitsLoosely(std::string_view line, const FieldProgram& program, const FieldFinder& finder) {
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
  const bool head_fits = rules.known ? rules.host_first == has_host
                                     : EndOfFitting(line.substr(0, anchor->head.size() + 1), 0, program.request,
                                                    program, finder) != FieldFinder::npos;
  return quotes >= wanted && head_fits && RestIsMadeRight(anchor->rest, program, finder);
}

}  // namespace

bool LineFits(std::string_view line, const FieldProgram& program) {
  return LineFits(line, program, FieldFinder(program.steps, program.tail));
}

bool LineFits(std::string_view line, const FieldProgram& program, const FieldFinder& finder) {
  SwappedNames swapped;
  size_t at = 0;
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const size_t from = finder.TakeLiteral(line, at, i);
    if (from == FieldFinder::npos) return false;
    size_t end = 0;
    if (program.anchored && i == program.request) {
      // Only now, because most presets have failed at the line's head: the anchor is what costs.
      LineKind kind = LineKind::kCounted;
      const std::optional<Anchor> anchor = FindAnchor(line, program, &kind);
      if (!anchor.has_value() || from != anchor->head.size() + 1) return false;
      if (anchor->request.find("\" \"") != std::string_view::npos) return false;  // two fields in quotes
      end = from + anchor->request.size();
    } else {
      end = finder.FindEnd(line, from, i);
    }
    if (end == FieldFinder::npos || !Fits(program.steps[i], line.substr(from, end - from))) return false;
    swapped.Take(program.steps[i], line.substr(from, end - from));
    at = end;
  }
  return !swapped && finder.TakeLiteral(line, at, finder.size()) == line.size();
}

size_t CountFields(const FieldProgram& program) {
  return static_cast<size_t>(std::count_if(program.steps.begin(), program.steps.end(),
                                           [](const ProgramStep& step) { return step.field.has_value(); }));
}

ClfFormat::ClfFormat(FieldProgram program)
    : program_(std::move(program)), finder_(program_.steps, program_.tail), shape_(MakeShape(program_)) {}

std::unique_ptr<LineReader> ClfFormat::MakeReader() const { return std::make_unique<CarefulReader>(program_); }

bool ClfFormat::IsBorneOut(std::span<const std::string_view> lines) const {
  constexpr int64_t kLargestPort = 65'535;  // more than a status or seconds, too
  return !EndsInBareDuration(program_) || std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
    return ParseByteCount(line.substr(line.rfind(' ') + 1)) > kLargestPort;
  });
}

size_t ClfFormat::CountFits(std::span<const std::string_view> lines, Fit fit) const {
  return static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
    if (IsIgnoredLine(line)) return false;
    return fit == Fit::kExact ? LineFits(line, program_, finder_) : LineFitsLoosely(line, program_, finder_);
  }));
}

}  // namespace logstat
