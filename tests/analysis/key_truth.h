// What is true of the clients and paths of a clean log in the combined format, counted with maps.
//
//   const KeyTruth truth(log);
//   truth.paths.Above(bound)            // those counted more often, busiest first
#ifndef LOGSTAT_TESTS_ANALYSIS_KEY_TRUTH_H_
#define LOGSTAT_TESTS_ANALYSIS_KEY_TRUTH_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace logstat {

struct KeyTruth {
  struct Key {
    uint64_t count = 0;
    uint64_t bytes = 0;
    uint64_t errors = 0;  // server and client errors
    std::array<uint64_t, 10> of_class{};
    std::map<int, uint64_t> of_code;
  };
  struct Keys {
    std::unordered_map<std::string, Key> of;

    std::vector<std::pair<std::string, uint64_t>> Above(uint64_t bound) const {
      std::vector<std::pair<std::string, uint64_t>> rows;
      for (const auto& [text, key] : of) {
        if (key.count > bound) rows.emplace_back(text, key.count);
      }
      std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
      });
      return rows;
    }
  };

  explicit KeyTruth(std::string_view log) {
    while (!log.empty()) {
      AddLine(log.substr(0, log.find('\n')));
      log.remove_prefix(log.find('\n') + 1);
    }
  }

  Keys clients;
  Keys paths;

 private:
  // client - user [time] "METHOD target PROTOCOL" status bytes …
  void AddLine(std::string_view line) {
    const size_t method = line.find('"') + 1;
    const size_t target = line.find(' ', method) + 1;
    const size_t target_end = line.find(' ', target);
    const size_t status = line.find('"', target_end) + 2;
    const int code = std::stoi(std::string(line.substr(status, 3)));
    const uint64_t bytes = std::stoull(std::string(line.substr(status + 4, 20)));
    Count(line.substr(0, line.find(' ')), code, bytes, clients);
    const std::string_view path = line.substr(target, target_end - target);
    Count(path.substr(0, path.find('?')), code, bytes, paths);
  }

  static void Count(std::string_view text, int code, uint64_t bytes, Keys& keys) {
    Key& key = keys.of[std::string(text)];
    ++key.count;
    key.bytes += bytes;
    const bool aborted = code == 444 || code == 460 || code == 499;
    key.errors += code >= 400 && code < 700 && !aborted ? 1 : 0;
    ++key.of_class[static_cast<size_t>(code / 100)];
    ++key.of_code[code];
  }
};

}  // namespace logstat

#endif  // LOGSTAT_TESTS_ANALYSIS_KEY_TRUTH_H_
