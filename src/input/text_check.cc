#include "src/input/text_check.h"

#include <algorithm>
#include <cstddef>

namespace logstat {
namespace {

constexpr size_t kPairs = 256;      // of bytes that are looked at
constexpr size_t kFewestPairs = 8;  // below it chance is not excluded

std::string Advice(std::string_view encoding) {
  std::string message = "is UTF-16 text, of which no line can be read: pipe it through `iconv -f ";
  return message.append(encoding).append(" -t UTF-8` into logstat");
}

// What is packed in a way that is not read here: by its first bytes, none of which a log begins with.
struct Packing {
  std::string_view bytes;
  std::string_view name;
  std::string_view unpack;  // to standard output
};
constexpr Packing kPackings[] = {
    {"\x04\x22\x4d\x18", "an lz4 archive", "lz4 -dc"},
    {"PK\x03\x04", "a zip archive", "unzip -p"},
    {std::string_view("7z\xbc\xaf\x27\x1c", 6), "a 7z archive", "7z x -so"},
    {"LZIP\x01", "an lzip archive", "lzip -dc"},
    {"\x1f\x9d\x90", "a file of compress", "zcat"},
};
constexpr Packing kTar = {"ustar", "a tar archive", "tar -xOf"};
constexpr size_t kTarMagicAt = 257;
constexpr size_t kTarNameBytes = 100;

std::string UnpackAdvice(const Packing& packing) {
  std::string message = "is ";
  message.append(packing.name).append(", which is not unpacked: pipe what `").append(packing.unpack);
  return message.append("` writes into logstat");
}

std::string WhyPacked(std::string_view sample) {
  for (const Packing& packing : kPackings) {
    if (sample.substr(0, packing.bytes.size()) == packing.bytes) return UnpackAdvice(packing);
  }
  const bool has_name = sample.substr(0, kTarNameBytes).find('\0') != std::string_view::npos && sample[0] != '\0';
  const bool is_tar =
      has_name && sample.size() > kTarMagicAt && sample.substr(kTarMagicAt, kTar.bytes.size()) == kTar.bytes;
  return is_tar ? UnpackAdvice(kTar) : "";
}

}  // namespace

std::string WhyNotBytes(std::string_view sample) {
  if (std::string packed = WhyPacked(sample); !packed.empty()) return packed;
  const std::string_view mark = sample.substr(0, 2);
  // The mark alone is not enough: a hostile first line may begin with it.
  const bool has_nul = sample.substr(0, 2 * kPairs).find('\0') != std::string_view::npos;
  if (has_nul && (mark == "\xff\xfe" || mark == "\xfe\xff")) return Advice("UTF-16");
  const size_t pairs = std::min(sample.size() / 2, kPairs);
  size_t high_zero = 0;  // of little-endian pairs: ASCII in UTF-16LE
  size_t low_zero = 0;
  for (size_t i = 0; i < pairs; ++i) {
    const bool first = sample[2 * i] == '\0';
    const bool second = sample[2 * i + 1] == '\0';
    high_zero += !first && second ? 1 : 0;
    low_zero += first && !second ? 1 : 0;
  }
  // A path of another script has pairs without a NUL; holes of a log (runs of NULs) have pairs of two.
  if (pairs < kFewestPairs || 10 * std::max(high_zero, low_zero) < 9 * pairs) return {};
  return Advice(high_zero > low_zero ? "UTF-16LE" : "UTF-16BE");
}

std::string OddLineEnds(std::string_view sample) {
  const size_t end = sample.find('\r');
  if (end == std::string_view::npos || end + 1 == sample.size()) return {};
  if (sample.find('\n') != std::string_view::npos || sample.find('\0') != std::string_view::npos) return {};
  return "its lines end with carriage returns alone, so all of it is one line: pipe it through `tr '\\r' '\\n'` into "
         "logstat";
}

}  // namespace logstat
