// A set of file extensions that says of most others at once that they are not in it.
//
//   constexpr ExtensionSet kScripts(std::to_array<std::string_view>({"cgi", "php", "pl"}));
//   kScripts.Contains("PHP")                                    // true
//
// Asked of every different path of a log: size, first and last letter choose a chain of the list, which is empty for
// most others. Whatever the case. Pure; thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_EXTENSIONS_H_
#define LOGSTAT_SRC_CATALOG_EXTENSIONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "src/base/ascii.h"

namespace logstat {

template <size_t kCount>
class ExtensionSet {
  static_assert(kCount < UINT8_MAX);

 public:
  constexpr explicit ExtensionSet(const std::array<std::string_view, kCount>& extensions) : extensions_(extensions) {
    for (size_t i = 0; i < kCount; ++i) {
      uint8_t& head = heads_[Chain(extensions[i])];
      next_[i] = head;
      head = static_cast<uint8_t>(i + 1);
    }
  }

  constexpr bool Contains(std::string_view extension) const {
    if (extension.empty()) return false;
    for (size_t i = heads_[Chain(extension)]; i != 0; i = next_[i - 1]) {
      if (EqualsIgnoringCase(extension, extensions_[i - 1])) return true;
    }
    return false;
  }

 private:
  static constexpr size_t Chain(std::string_view extension) {
    const auto first = static_cast<unsigned char>(LowerAscii(extension.front()));
    const auto last = static_cast<unsigned char>(LowerAscii(extension.back()));
    return (extension.size() * 67 + first * 29U + last * 5U) % 512;
  }

  std::array<std::string_view, kCount> extensions_;
  std::array<uint8_t, 512> heads_{};  // the first of a chain, plus 1
  std::array<uint8_t, kCount> next_{};
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_EXTENSIONS_H_
