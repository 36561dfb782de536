// Remembers what was found out about texts that come often: as many as fit, the last of each slot.
//
//   TextMemory<Facts, 104, 8192> memory;
//   const size_t slot = memory.SlotOf(text);
//   memory.Prefetch(slot);                             // rows ahead, then, when it is here:
//   const Facts* facts = memory.Find(text, slot);      // null: not remembered
//   if (facts == nullptr) facts = &memory.Put(text, slot, Compute(text));
//
// A slot keeps the text itself, so what is remembered is what would be computed: a hash could be forged by somebody who
// wants his text to pass for another one. For the same reason it may be a weak one, of the text's begin, middle, end
// and size, which costs no look at the other bytes. Texts over kMostBytes are never remembered. Not thread-safe.
#ifndef LOGSTAT_SRC_BASE_TEXT_MEMORY_H_
#define LOGSTAT_SRC_BASE_TEXT_MEMORY_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "src/base/hash.h"

namespace logstat {

template <typename Value, size_t kMostBytes, size_t kSlots>
class TextMemory {
  static_assert(std::has_single_bit(kSlots) && kMostBytes <= UINT16_MAX);

 public:
  static size_t SlotOf(std::string_view text) {
    const uint64_t hash = text.size() < sizeof(uint64_t) ? SketchHash(text) : WeakHash(text);
    return static_cast<size_t>(hash >> (64 - std::countr_zero(kSlots)));
  }
  void Prefetch(size_t slot) const {
    if (slots_.empty()) return;
    const char* begin = reinterpret_cast<const char*>(&slots_[slot]);
    for (size_t at = 0; at < sizeof(Slot); at += 64) __builtin_prefetch(begin + at);
  }

  const Value* Find(std::string_view text, size_t slot) const {
    if (slots_.empty()) return nullptr;
    const Slot& found = slots_[slot];
    if (found.size != text.size() || text.empty()) return nullptr;
    return std::memcmp(found.text.data(), text.data(), text.size()) == 0 ? &found.value : nullptr;
  }
  // What Find() then returns, or, of a text that is too long, the value until the next call.
  const Value& Put(std::string_view text, size_t slot, const Value& value) {
    if (text.empty() || text.size() > kMostBytes) return unkept_ = value;
    if (slots_.empty()) slots_.resize(kSlots);
    Slot& taken = slots_[slot];
    taken.value = value;
    taken.size = static_cast<uint16_t>(text.size());
    std::memcpy(taken.text.data(), text.data(), text.size());
    return taken.value;
  }

 private:
  struct alignas(64) Slot {
    Value value{};
    uint16_t size = 0;  // 0: empty
    std::array<char, kMostBytes> text{};
  };

  static uint64_t Word(const char* bytes) {
    uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof(word));
    return word;
  }
  static uint64_t WeakHash(std::string_view text) {
    const char* const end = text.data() + text.size() - sizeof(uint64_t);
    const uint64_t middle = Word(text.data() + (text.size() - sizeof(uint64_t)) / 2);
    uint64_t hash = (Word(text.data()) ^ text.size()) * 0x9E3779B97F4A7C15ULL;
    hash = (std::rotl(hash, 23) ^ middle) * 0xC2B2AE3D27D4EB4FULL;
    return (std::rotl(hash, 29) ^ Word(end)) * 0x9E3779B97F4A7C15ULL;
  }

  std::vector<Slot> slots_;  // made by the first Put(): an empty log pays for none
  Value unkept_{};
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_BASE_TEXT_MEMORY_H_
