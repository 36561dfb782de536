#include "src/catalog/secret_files.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

#include "src/catalog/attack_patterns.h"
#include "src/catalog/sensitive_paths.h"

namespace logstat {
namespace {

struct Name {
  std::string_view end;  // of the path, in small letters
  std::string_view kind;
};

constexpr Name kSecretNames[] = {
    {"/.htpasswd", "key"},
    {"/.pgpass", "key"},
    {"/.netrc", "key"},
    {"/.git-credentials", "key"},
    {"/.aws/credentials", "key"},
    {"/.docker/config.json", "key"},
    {"/.dockercfg", "key"},
    {"/.my.cnf", "key"},
    {"/id_rsa", "key"},
    {"/id_dsa", "key"},
    {"/id_ed25519", "key"},
    {"/privkey.pem", "key"},
    {"/private.pem", "key"},
    {"/private.key", "key"},
    {"/privatekey.key", "key"},
    {"/server.key", "key"},
    {"/ssl.key", "key"},
    {"/localhost.key", "key"},
    {"/.npmrc", "key"},
    {"/.vscode/sftp.json", "key"},
    {"/.htaccess", "configuration"},
    {"/.bash_history", "log"},
    {"/wp-config.php", "configuration"},
    {"/web.config", "configuration"},
    {"/web-inf/web.xml", "configuration"},
    {"/docker-compose.yml", "configuration"},
    {"/application.yml", "configuration"},
    {"/application.properties", "configuration"},
    {"/database.yml", "configuration"},
    {"/secrets.yml", "configuration"},
    {"/parameters.yml", "configuration"},
    {"/config.yml", "configuration"},
    {"/config.ini", "configuration"},
    {"/laravel.log", "log"},
    {"/debug.log", "log"},
    {"/error.log", "log"},
    {"/access.log", "log"},
    {"/actuator/env", "diagnostics"},
    {"/heapdump", "diagnostics"},
    {"/phpinfo.php", "diagnostics"},
    {"/info.php", "diagnostics"},
    {"/server-status", "diagnostics"},
    {"/server-info", "diagnostics"},
    {"/elmah.axd", "diagnostics"},
    {"/trace.axd", "diagnostics"},
    {"/.ds_store", "listing"},  // the names of all files beside it
};

constexpr Name kSecretExtensions[] = {
    {"sql", "dump"},     {"dump", "dump"},
    {"mdb", "dump"},     {"sqlite", "dump"},
    {"sqlite3", "dump"}, {"kdbx", "key"},
    {"ppk", "key"},      {"jks", "key"},
    {"p12", "key"},      {"pfx", "key"},
    {"ovpn", "key"},     {"swp", "backup"},
    {"swo", "backup"},   {"tfstate", "configuration"},
};

constexpr std::string_view kConsoles[] = {"/adminer.php", "/phpmyadmin/", "/console", "/actuator", "/debug/pprof/"};

constexpr std::string_view kArchives[] = {"zip", "gz", "tgz", "bz2", "xz", "tar", "rar", "7z"};
// What people call the archive of a whole site, beside the host's name.
constexpr std::string_view kBackupNames[] = {"backup",  "backups", "bak",  "dump",        "db",   "database", "site",
                                             "website", "web",     "www",  "wwwroot",     "html", "htdocs",   "sql",
                                             "data",    "old",     "copy", "public_html", "full", "wordpress"};
constexpr std::string_view kOldNames[] = {"bak", "old", "orig", "save"};
// Programs and settings: a copy of one under another name is delivered as text.
constexpr std::string_view kPrograms[] = {"php", "inc", "py",   "rb",  "conf", "yml",    "yaml",    "json",
                                          "xml", "env", "aspx", "jsp", "ini",  "config", "htpasswd"};

template <size_t N>
bool IsOneOf(std::string_view text, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), text) != std::end(names);
}

// "php" of "config.php"; empty without a dot.
std::string_view ExtensionOf(std::string_view name) {
  const size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

std::string_view WithoutExtension(std::string_view name) {
  return name.substr(0, std::min(name.rfind('.'), name.size()));
}

std::string_view KindOfHidden(std::string_view path, std::string_view name) {
  if (name == ".env" || (name.starts_with(".env.") && !name.ends_with("example") && !name.ends_with("sample") &&
                         !name.ends_with("dist") && !name.ends_with("template"))) {
    return "environment";
  }
  for (const std::string_view folder : {"/.git/", "/.svn/", "/.hg/", "/.bzr/"}) {
    if (path.find(folder) != std::string_view::npos && !name.empty()) return "repository";
  }
  return path.find("/.ssh/") != std::string_view::npos && !name.empty() ? "key" : "";
}

std::string_view KindOfCopy(std::string_view name) {
  if (name.ends_with('~')) return IsOneOf(ExtensionOf(name.substr(0, name.size() - 1)), kPrograms) ? "backup" : "";
  const std::string_view extension = ExtensionOf(name);
  if (IsOneOf(extension, kOldNames)) return IsOneOf(ExtensionOf(WithoutExtension(name)), kPrograms) ? "backup" : "";
  if (!IsOneOf(extension, kArchives)) return {};
  std::string_view stem = WithoutExtension(name);
  if (ExtensionOf(stem) == "sql") return "dump";
  if (ExtensionOf(stem) == "tar") stem = WithoutExtension(stem);
  return IsOneOf(stem, kBackupNames) || stem.starts_with("www.") ? "backup" : "";
}

std::string Decoded(std::string_view path) {
  int depth = 0;
  return DecodeTarget(path, &depth);
}

}  // namespace

bool IsConsolePath(std::string_view path) {
  const std::string small = Decoded(path);
  if (!MayBeSensitivePath(small)) return false;
  return std::any_of(std::begin(kConsoles), std::end(kConsoles),
                     [&](std::string_view name) { return small.ends_with(name); });
}

std::string_view SecretFileKind(std::string_view path) {
  const std::string small = Decoded(path);
  path = small;
  if (!MayBeSensitivePath(path)) return {};
  const size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (const std::string_view kind = KindOfHidden(path, name); !kind.empty()) return kind;
  const auto known = std::find_if(std::begin(kSecretNames), std::end(kSecretNames),
                                  [path](const Name& entry) { return path.ends_with(entry.end); });
  if (known != std::end(kSecretNames)) return known->kind;
  const std::string_view extension = ExtensionOf(name);
  const auto by_extension = std::find_if(std::begin(kSecretExtensions), std::end(kSecretExtensions),
                                         [extension](const Name& entry) { return entry.end == extension; });
  return by_extension != std::end(kSecretExtensions) ? by_extension->kind : KindOfCopy(name);
}

}  // namespace logstat
