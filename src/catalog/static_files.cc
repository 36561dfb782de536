#include "src/catalog/static_files.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "src/base/ascii.h"

namespace logstat {
namespace {

// What pages load by themselves: images, styles, scripts, fonts, sound, film, and what belongs to them.
constexpr std::string_view kExtensions[] = {
    "3gp",  "aac",  "apng", "avif", "bmp", "cjs",  "css", "cur",  "eot",         "flac", "flv",  "gif",   "ico",
    "jfif", "jpeg", "jpg",  "js",   "jxl", "less", "m4a", "m4s",  "m4v",         "map",  "mjs",  "mkv",   "mov",
    "mp3",  "mp4",  "mpeg", "mpg",  "oga", "ogg",  "ogv", "opus", "otf",         "png",  "scss", "svg",   "svgz",
    "swf",  "tif",  "tiff", "ttf",  "vtt", "wasm", "wav", "webm", "webmanifest", "webp", "woff", "woff2",
};
constexpr size_t kLongest = 11;

static_assert(std::is_sorted(std::begin(kExtensions), std::end(kExtensions)));
static_assert(std::all_of(std::begin(kExtensions), std::end(kExtensions),
                          [](std::string_view extension) { return extension.size() <= kLongest; }));

}  // namespace

bool IsStaticFile(std::string_view path) {
  // From the end to the last slash, by hand: this is asked of every line, and most last segments are short.
  size_t begin = path.size();
  bool any_dot = false;
  while (begin > 0 && path[begin - 1] != '/') any_dot |= path[--begin] == '.';
  if (!any_dot) return false;
  path = path.substr(begin);
  path = path.substr(0, path.find_first_of("?#;"));
  const size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view extension = path.substr(dot + 1);
  if (extension.size() > kLongest) return false;
  std::array<char, kLongest> folded{};
  std::transform(extension.begin(), extension.end(), folded.begin(), [](char c) { return LowerAscii(c); });
  return std::binary_search(std::begin(kExtensions), std::end(kExtensions),
                            std::string_view(folded.data(), extension.size()));
}

}  // namespace logstat
