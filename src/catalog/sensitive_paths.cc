#include "src/catalog/sensitive_paths.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "src/base/ascii.h"
#include "src/catalog/extensions.h"

namespace logstat {
namespace {

// What follows the last dot.
constexpr ExtensionSet kSensitiveExtensions(std::to_array<std::string_view>(
    {"sql", "bak",  "old",        "orig", "save",    "swp",  "swo",          "env",      "ini",     "conf",   "config",
     "cfg", "pem",  "key",        "p12",  "pfx",     "jks",  "ppk",          "kdbx",     "db",      "sqlite", "sqlite3",
     "mdb", "dump", "tar",        "gz",   "tgz",     "bz2",  "xz",           "zip",      "rar",     "7z",     "log",
     "yml", "yaml", "properties", "inc",  "tfstate", "ovpn", "bash_history", "htpasswd", "htaccess"}));

// The end of the path.
constexpr std::string_view kSensitiveNames[] = {
    "/id_rsa",          "/id_dsa",      "/id_ed25519", "/wp-config.php", "/phpinfo.php", "/info.php",
    "/server-status",   "/server-info", "/heapdump",   "/actuator/env",  "/actuator",    "/docker-compose.yml",
    "/Dockerfile",      "/credentials", "/web.config", "/adminer.php",   "/phpmyadmin/", "/console",
    "/WEB-INF/web.xml", "/backup",      "/dump",       "/elmah.axd",     "/trace.axd",   "/debug/pprof/"};

constexpr std::string_view kLogins[] = {"/wp-login.php",
                                        "/xmlrpc.php",
                                        "/login",
                                        "/login.php",
                                        "/signin",
                                        "/sign-in",
                                        "/sign_in",
                                        "/log-in",
                                        "/api/login",
                                        "/auth/login",
                                        "/user/login",
                                        "/users/sign_in",
                                        "/account/login",
                                        "/accounts/login",
                                        "/administrator/index.php",
                                        "/admin/login",
                                        "/admin",
                                        "/session",
                                        "/sessions",
                                        "/api/auth",
                                        "/oauth/token",
                                        "/token",
                                        "/j_security_check",
                                        "/login.aspx",
                                        "/login.jsp",
                                        "/login.do",
                                        "/auth",
                                        "/authenticate",
                                        "/api/authenticate",
                                        "/rest/auth/1/session",
                                        "/owa/auth.owa",
                                        "/index.php/login",
                                        "/ghost/api/admin/session",
                                        "/user/login/",
                                        "/login/",
                                        "/accounts/login/"};

// Which last bytes (in lower case) some name ends with: nearly every honest path fails here.
constexpr std::array<bool, 256> kLastBytes = [] {
  std::array<bool, 256> last{};
  for (const std::string_view name : kSensitiveNames) last[static_cast<unsigned char>(name.back())] = true;
  return last;
}();

bool HasSensitiveExtension(std::string_view path) {
  constexpr size_t kLongest = 12;
  const std::string_view end = path.substr(path.size() - std::min(path.size(), kLongest + 1));
  const size_t dot = end.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string_view extension = end.substr(dot + 1);
  if (extension.ends_with('~')) return true;  // an editor's backup
  return kSensitiveExtensions.Contains(extension);
}

}  // namespace

bool MayBeSensitivePath(std::string_view path) {
  if (path.empty()) return false;
  const auto last = static_cast<unsigned char>(LowerAscii(path.back()));
  if (kLastBytes[last] && std::any_of(std::begin(kSensitiveNames), std::end(kSensitiveNames),
                                      [&](std::string_view name) { return EndsWithIgnoringCase(path, name); })) {
    return true;
  }
  if (path.find('.') == std::string_view::npos) return false;
  const size_t hidden = path.find("/.");
  if (hidden != std::string_view::npos && path.compare(hidden, 13, "/.well-known/") != 0) return true;
  return HasSensitiveExtension(path);
}

bool IsLoginPath(std::string_view path) {
  return std::any_of(std::begin(kLogins), std::end(kLogins),
                     [&](std::string_view name) { return EndsWithIgnoringCase(path, name); });
}

}  // namespace logstat
