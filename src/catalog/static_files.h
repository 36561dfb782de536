// Whether a path names a static file (an image, a style sheet, a font, …) and not a page or an interface.
//
//   IsStaticFile("/theme/site.min.css")     // true
//   IsStaticFile("/")                       // false
//   IsStaticFile("/download?f=a.css")       // false: nothing before the query names a file
//
// Told by the extension of the last segment alone, whatever its case; what stands behind "?", "#" or ";" is no part of
// it. Documents and data that people or programs ask for (html, php, json, xml, txt, pdf, zip) are not among them.
// Any bytes. Thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_STATIC_FILES_H_
#define LOGSTAT_SRC_CATALOG_STATIC_FILES_H_

#include <string_view>

namespace logstat {

bool IsStaticFile(std::string_view path);

// Icons and files that browsers and their tools ask for without a link: whatever page they name, it sent nobody there.
bool IsAskedUnbidden(std::string_view path);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_STATIC_FILES_H_
