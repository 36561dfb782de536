#include "src/catalog/static_files.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "src/catalog/extensions.h"

namespace logstat {
namespace {

// What pages load by themselves: images, styles, scripts, fonts, sound, film, and what belongs to them.
constexpr ExtensionSet kStaticExtensions(std::to_array<std::string_view>({
    "3gp",  "aac",  "apng", "avif", "bmp", "cjs",  "css", "cur",  "eot",         "flac", "flv",  "gif",   "ico",
    "jfif", "jpeg", "jpg",  "js",   "jxl", "less", "m4a", "m4s",  "m4v",         "map",  "mjs",  "mkv",   "mov",
    "mp3",  "mp4",  "mpeg", "mpg",  "oga", "ogg",  "ogv", "opus", "otf",         "png",  "scss", "svg",   "svgz",
    "swf",  "tif",  "tiff", "ttf",  "vtt", "wasm", "wav", "webm", "webmanifest", "webp", "woff", "woff2",
}));

}  // namespace

bool IsStaticFile(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);  // of npos: 0
  if (path.find('.') == std::string_view::npos) return false;
  path = path.substr(0, path.find_first_of("?#;"));
  const size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return false;
  return kStaticExtensions.Contains(path.substr(dot + 1));
}

bool IsAskedUnbidden(std::string_view path) {
  constexpr std::array<std::string_view, 6> kParts = {"favicon",     "apple-touch-icon",  "/.well-known/",
                                                      "/robots.txt", "browserconfig.xml", "/ads.txt"};
  const auto is_in = [&](std::string_view part) { return path.find(part) != std::string_view::npos; };
  return path.ends_with(".map") || std::any_of(kParts.begin(), kParts.end(), is_in);
}

}  // namespace logstat
