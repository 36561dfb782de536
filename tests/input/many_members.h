// Archives of many members, good and damaged, and what reading one gives.
//
//   for (const ManyMembers& archive : HardArchives()) {
//     const std::unique_ptr<Source> source = *OpenSource(dir.Write("log", archive.data), SettingsFor(4096));
//     const ArchiveOutcome outcome = ReadArchive(*source, 4096);
//   }
#ifndef LOGSTAT_TESTS_INPUT_MANY_MEMBERS_H_
#define LOGSTAT_TESTS_INPUT_MANY_MEMBERS_H_

#include <cstdint>
#include <memory>
#include <ostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "src/input/source.h"
#include "tests/input/compress.h"
#include "tests/input/lines.h"

namespace logstat {

struct ManyMembers {
  std::string name;
  std::string data;
};

// What an archive gives, to the byte.
struct ArchiveOutcome {
  std::string text;
  std::string error;
  std::string warning;

  bool operator==(const ArchiveOutcome&) const = default;
};

// Short, because texts are long.
inline void PrintTo(const ArchiveOutcome& outcome, std::ostream* out) {
  *out << outcome.text.size() << " bytes, error '" << outcome.error << "', warning '" << outcome.warning << "'";
}

// Lines of a log that compress like one, always the same.
inline std::string LinesOf(size_t bytes, uint32_t seed) {
  std::minstd_rand random(seed);
  std::string text;
  while (text.size() < bytes) {
    text += "192.0.2." + std::to_string(random() % 256) + " /" + std::to_string(random() % 1'000'000) + " 200\n";
  }
  text.resize(bytes);
  return text;
}

// Members of 0 bytes, of 1, of a few and of some thousand, most of which end inside a line.
inline std::vector<std::string> MixedMembers(std::string (*compress)(std::string_view), size_t count = 60) {
  std::vector<std::string> members;
  for (size_t i = 0; i < count; ++i) {
    constexpr size_t kSizes[] = {3000, 0, 1, 9000, 77, 1, 0, 5000, 20'000, 2};
    const uint32_t seed = static_cast<uint32_t>(i) + 1;
    members.push_back(compress(LinesOf(kSizes[i % std::size(kSizes)] + i, seed)));
  }
  return members;
}

inline std::string Joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += part;
  return all;
}

inline std::string GzipOf(std::string_view text) { return Gzip(text); }

// They begin with a member that is longer than the window that a source fills when it is opened: what follows is not
// decoded before anybody can help.
inline std::vector<ManyMembers> HardArchives() {
  std::string first;
  while (first.size() < 1'200'000) first += "192.0.2.1 / 200\n";
  const std::string lead = Gzip(first);
  const std::vector<std::string> members = MixedMembers(GzipOf);
  const std::string all = Joined(members);
  const std::string start = Joined({members.begin(), members.begin() + 45});
  const std::string text = LinesOf(400'000, 7);
  std::vector<ManyMembers> archives = {
      {"mixed members", all},
      {"bzip2 streams", Joined(MixedMembers(Bzip2))},
      {"BGZF and its end", Bgzf(text) + Bgzf("")},
      {"one member", Gzip(text)},
      {"a large member between", all + Gzip(text) + all},
      {"padding between", Gzip("one\n") + std::string(3000, '\0') + all + std::string(70'000, '\0') + all},
      {"garbage behind", all + "garbage " + all},
      {"garbage like a header behind", all + std::string("\x1f\x8b\x08\xff", 4) + all},
      // Bytes of whole members, which are text of another one.
      {"members inside a member", all + Gzip(all + text, "", 0) + Gzip(all) + all},
      {"headers inside a member", Gzip(Joined(std::vector<std::string>(3000, "\x1f\x8b\x08\x04 x")), "", 0) + all},
      {"a member inside another's header", Gzip("one\n", all.substr(0, 60'000)) + all},
  };
  for (const size_t kept : {start.size() + 1, start.size() + 5, start.size() + 2000, all.size() - 4}) {
    archives.push_back({"cut at " + std::to_string(kept), all.substr(0, kept)});
  }
  for (const size_t at : {start.size() + 2, start.size() + 3, start.size() - 6, start.size() - 1, start.size() / 2}) {
    std::string damaged = all;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x21);
    archives.push_back({"damage at " + std::to_string(at), damaged});
  }
  for (ManyMembers& archive : archives) archive.data.insert(0, archive.name == "bzip2 streams" ? Bzip2(first) : lead);
  return archives;
}

// Small cells have small stripes, so that a small archive has many.
inline SourceSettings SettingsFor(size_t cell_bytes) {
  SourceSettings settings;
  settings.cell_bytes = cell_bytes;
  settings.map_from_bytes = 1;
  return settings;
}

inline ArchiveOutcome ReadArchive(Source& source, size_t cell_bytes) {
  const Lines lines = ReadLines(source, cell_bytes);
  return {lines.cells, Message(lines.error), source.Warning()};
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_INPUT_MANY_MEMBERS_H_
