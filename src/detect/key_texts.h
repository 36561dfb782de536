// The texts behind hashes of lines that were no events: looked up once, at the end, in the tables that counted them.
//
//   texts.Want(Field::kPath, shadow.path);                      // Detector::Want()
//   texts.Offer(Field::kPath, "/cart");                         // for every key of the table
//   texts.Find(Field::kPath, shadow.path)                       // "/cart"; empty if no table kept it
//
// Agents and hosts are known by the low 32 bits of their hash, as in shadows, and clients of IPv6 by their /64. Not
// thread-safe.
#ifndef LOGSTAT_SRC_DETECT_KEY_TEXTS_H_
#define LOGSTAT_SRC_DETECT_KEY_TEXTS_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "src/base/hash.h"
#include "src/deliver/tags.h"
#include "src/record/field.h"

namespace logstat {

class KeyTexts {
 public:
  static constexpr std::array kFields = {Field::kPath, Field::kAgent, Field::kHost, Field::kClient};

  void Want(Field field, uint64_t hash) {
    if (hash != 0 && texts_[field].size() < kMost) texts_[field].try_emplace(hash);
  }
  bool wants(Field field) const { return texts_.find(field) != texts_.end(); }
  void Offer(Field field, std::string_view text) {
    const std::string group = field == Field::kClient ? ClientGroup(text) : std::string();
    if (!group.empty()) text = group;
    const auto found = texts_[field].find(Key(field, text));
    if (found != texts_[field].end()) found->second = text;
  }
  std::string_view Find(Field field, uint64_t hash) const {
    const auto of_field = texts_.find(field);
    if (of_field == texts_.end()) return {};
    const auto found = of_field->second.find(hash);
    return found == of_field->second.end() ? std::string_view() : std::string_view(found->second);
  }

 private:
  static constexpr size_t kMost = 4096;

  static uint64_t Key(Field field, std::string_view text) {
    if (field == Field::kPath) return PathHash(text);
    const uint64_t hash = SketchHash(text);
    return field == Field::kClient ? hash : static_cast<uint32_t>(hash);
  }

  std::map<Field, std::unordered_map<uint64_t, std::string>> texts_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_KEY_TEXTS_H_
