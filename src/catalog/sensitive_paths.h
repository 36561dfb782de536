// Paths that mean something to detectors: files that nobody should be able to fetch, and places where people log in.
//
//   MayBeSensitivePath("/.git/config")    // true
//   IsLoginPath("/wp-login.php")          // true
//
// The names are facts: of CrowdSec's hub (MIT; scenarios http-sensitive-files, http-generic-bf and
// http-wordpress_*, https://github.com/crowdsecurity/hub), of the OWASP Core Rule Set (Apache-2.0; rule 930130,
// restricted-files.data), and of the documentation of the products that the files belong to.
// Pure functions; thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_SENSITIVE_PATHS_H_
#define LOGSTAT_SRC_CATALOG_SENSITIVE_PATHS_H_

#include <string_view>

namespace logstat {

// Hidden files (but /.well-known/), dumps, backups, keys, configurations, consoles.
bool MayBeSensitivePath(std::string_view path);

// Where a POST is an attempt to log in, in letters of any case.
bool IsLoginPath(std::string_view path);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_SENSITIVE_PATHS_H_
