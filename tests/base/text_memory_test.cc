#include "src/base/text_memory.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace logstat {
namespace {

TEST(TextMemoryTest, KnowsWhatWasPutAndNothingElse) {
  TextMemory<int, 32, 16> memory;
  const std::string text = "/catalogue/kettles";
  const size_t slot = memory.SlotOf(text);
  EXPECT_EQ(memory.Find(text, slot), nullptr);
  EXPECT_EQ(memory.Put(text, slot, 7), 7);
  ASSERT_NE(memory.Find(text, slot), nullptr);
  EXPECT_EQ(*memory.Find(text, slot), 7);
  EXPECT_EQ(memory.Find("/catalogue/kettleS", slot), nullptr);
  EXPECT_EQ(memory.Find("/catalogue/kettle", slot), nullptr);
}

TEST(TextMemoryTest, EmptyAndLongTextsAreNeverRemembered) {
  TextMemory<int, 8, 16> memory;
  for (const std::string& text : {std::string(), std::string(9, 'a')}) {
    const size_t slot = memory.SlotOf(text);
    EXPECT_EQ(memory.Put(text, slot, 3), 3);
    EXPECT_EQ(memory.Find(text, slot), nullptr) << text;
  }
  const std::string longest(8, 'b');
  memory.Put(longest, memory.SlotOf(longest), 4);
  EXPECT_NE(memory.Find(longest, memory.SlotOf(longest)), nullptr);
}

// Texts that share begin, middle, end and size have one slot; that must not make one pass for another.
TEST(TextMemoryTest, TextsOfOneSlotAreToldApart) {
  TextMemory<int, 64, 16> memory;
  std::string honest(40, 'x');
  std::string other = honest;
  other[10] = '\'';  // in no word that the weak hash looks at
  ASSERT_EQ(memory.SlotOf(honest), memory.SlotOf(other));
  memory.Put(honest, memory.SlotOf(honest), 1);
  EXPECT_EQ(memory.Find(other, memory.SlotOf(other)), nullptr);
}

TEST(TextMemoryTest, AgreesWithATableWhateverPushesOutWhat) {
  TextMemory<size_t, 24, 64> memory;
  std::mt19937 random(1);
  std::vector<std::string> texts;
  for (size_t i = 0; i < 500; ++i) {
    texts.emplace_back(random() % 24 + 1, static_cast<char>('a' + random() % 26));
    texts.back().back() = static_cast<char>('a' + random() % 26);
  }
  for (size_t round = 0; round < 20'000; ++round) {
    const std::string& text = texts[random() % texts.size()];
    const size_t expected = std::hash<std::string>()(text);
    const size_t slot = memory.SlotOf(text);
    ASSERT_LT(slot, 64U);
    const size_t* known = memory.Find(text, slot);
    if (known == nullptr) known = &memory.Put(text, slot, expected);
    ASSERT_EQ(*known, expected) << text;
  }
}

}  // namespace
}  // namespace logstat
