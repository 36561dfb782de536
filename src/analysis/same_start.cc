#include "src/analysis/same_start.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <map>
#include <utility>

#include "src/base/hash.h"

namespace logstat {
namespace {

constexpr size_t kPageBytes = size_t{4} << 10;
constexpr size_t kStartBytes = size_t{1} << 20;

// The first bytes of a file; empty if it cannot be read.
std::string ReadStart(const std::string& path, size_t bytes) {
  std::string start(bytes, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(start.data(), static_cast<std::streamsize>(bytes));
  start.resize(static_cast<size_t>(file.gcount()));
  return start;
}

bool MayBeCompared(const std::string& path, const InputOutcome& outcome) {
  const bool was_read = outcome.state == InputState::kRead || outcome.state == InputState::kPartial;
  return was_read && outcome.mark.is_regular && path != "-";
}

}  // namespace

std::vector<std::string> WarnOfSameStarts(const InputList& list, const std::vector<InputOutcome>& outcomes) {
  if (list.inputs.size() < 2) return {};
  std::map<uint64_t, std::vector<size_t>> by_page;
  for (size_t i = 0; i < list.inputs.size(); ++i) {
    const std::string& path = list.inputs[i].path;
    if (!MayBeCompared(path, outcomes[i])) continue;
    const std::string page = ReadStart(path, kPageBytes);
    if (!page.empty()) by_page[SketchHash(page)].push_back(i);
  }
  std::map<size_t, std::string> warnings;  // by input
  for (const auto& [page, indices] : by_page) {
    if (indices.size() < 2) continue;
    std::map<uint64_t, size_t> first_of;
    for (const size_t i : indices) {
      const std::string& path = list.inputs[i].path;
      const std::string start = ReadStart(path, kStartBytes);
      const auto [first, is_new] = first_of.emplace(SketchHash(start), i);
      if (is_new) continue;
      const std::string& original = list.inputs[first->second].path;
      const bool whole = start.size() < kStartBytes;
      warnings[i] = fmt::format("{}: {} as {}; if one is a copy of the other, name only one, or lines count twice",
                                path, whole ? "the same content" : "the same first MiB", original);
    }
  }
  std::vector<std::string> lines;
  for (auto& [input, warning] : warnings) lines.push_back(std::move(warning));
  return lines;
}

}  // namespace logstat
