// The texts behind hashes of lines that were no events: looked up once, at the end, in the tables that counted them.
//
//   texts.Want(Field::kPath, shadow.path);                      // Detector::Want()
//   texts.Offer(Field::kPath, "/cart");                         // for every key of the table
//   texts.Find(Field::kPath, shadow.path)                       // "/cart"; empty if no table kept it
//
// Agents are known by the low 32 bits of their hash, as in shadows. Not thread-safe.
#ifndef LOGSTAT_SRC_DETECT_KEY_TEXTS_H_
#define LOGSTAT_SRC_DETECT_KEY_TEXTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "src/base/hash.h"
#include "src/record/field.h"

namespace logstat {

class KeyTexts {
 public:
  void Want(Field field, uint64_t hash) {
    if (hash != 0 && TextsOf(field).size() < kMost) TextsOf(field).try_emplace(hash);
  }
  bool wants(Field field) const { return !(field == Field::kAgent ? agents_ : paths_).empty(); }
  void Offer(Field field, std::string_view text) {
    const auto found = TextsOf(field).find(Key(field, text));
    if (found != TextsOf(field).end()) found->second = text;
  }
  std::string_view Find(Field field, uint64_t hash) const {
    const auto& texts = field == Field::kAgent ? agents_ : paths_;
    const auto found = texts.find(hash);
    return found == texts.end() ? std::string_view() : std::string_view(found->second);
  }

 private:
  static constexpr size_t kMost = 4096;

  static uint64_t Key(Field field, std::string_view text) {
    const uint64_t hash = SketchHash(reinterpret_cast<const uint8_t*>(text.data()), text.size());
    return field == Field::kAgent ? static_cast<uint32_t>(hash) : hash;
  }
  std::unordered_map<uint64_t, std::string>& TextsOf(Field field) { return field == Field::kAgent ? agents_ : paths_; }

  std::unordered_map<uint64_t, std::string> paths_;
  std::unordered_map<uint64_t, std::string> agents_;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_DETECT_KEY_TEXTS_H_
