// A server's configuration of any bytes, to both of its readers: it is refused with a message, or what was found is
// sound and found again. What stands behind a line of "---" is a second file, more.conf, for the first to include.
//
// Only files of its own may be read: a '/' may stand only where a section ends ("</VirtualHost>"), and ".." and a
// ServerRoot nowhere.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "src/format/apache_conf.h"
#include "src/format/field_program.h"
#include "src/format/from_conf.h"
#include "src/format/nginx_conf.h"

namespace {

void Fail(const char* what) {
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

// A directory with nothing else in it or beside it, in memory where that can be had.
struct OwnDirectory {
  OwnDirectory() {
    std::string made = std::filesystem::exists("/dev/shm") ? "/dev/shm/conf_fuzz.XXXXXX" : "/tmp/conf_fuzz.XXXXXX";
    if (mkdtemp(made.data()) == nullptr) Fail("cannot make a directory");
    top = made;
    std::filesystem::create_directory(top / "conf");
  }
  ~OwnDirectory() { std::filesystem::remove_all(top); }
  OwnDirectory(const OwnDirectory&) = delete;
  OwnDirectory& operator=(const OwnDirectory&) = delete;

  std::string Path(const char* name) const { return top / "conf" / name; }

  std::filesystem::path top;
};

bool StaysInside(std::string_view input) {
  for (size_t slash = input.find('/'); slash != std::string_view::npos; slash = input.find('/', slash + 1)) {
    if (slash == 0 || input[slash - 1] != '<') return false;
  }
  std::string lower(input);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower.find("..") == std::string::npos && lower.find("serverroot") == std::string::npos;
}

void WriteFile(const std::string& path, std::string_view text) { std::ofstream(path, std::ios::binary) << text; }

using Reader = logstat::StatusOr<logstat::ConfFormats> (*)(const std::string& path);

void Check(Reader read, const std::string& path) {
  const logstat::StatusOr<logstat::ConfFormats> found = read(path);
  if (!found.ok()) {
    if (logstat::Message(found.status()).empty()) Fail("refused without a message");
    return;
  }
  for (const logstat::ConfFormat& format : found->formats) {
    const auto compiled = logstat::CompileFormat(format.text);
    if (!compiled.ok() && logstat::Message(compiled.status()).empty()) Fail("a format refused without a message");
    if (format.place.line != 0 && format.place.file.empty()) Fail("a line of no file");
  }
  for (const logstat::ConfUse& use : found->uses) {
    if (use.format >= found->formats.size()) Fail("a use of no format");
  }
  const logstat::StatusOr<logstat::ConfFormats> again = read(path);
  if (!again.ok() || again->formats.size() != found->formats.size() || again->uses.size() != found->uses.size()) {
    Fail("read again it is another one");
  }
}

// What --from-conf answers for the name must be a definition of that name.
void CheckByName(const std::string& path) {
  const auto one = logstat::FormatFromConf(path);
  if (!one.ok()) {
    if (logstat::Message(one.status()).empty()) Fail("no choice and no message");
    return;
  }
  if (one->name.empty() || one->name.find(':') != std::string::npos) return;
  const auto named = logstat::FormatFromConf(path + ":" + one->name);
  if (named.ok() && named->name != one->name) Fail("another name than asked for");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const OwnDirectory directory;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (size > 5000 || !StaysInside(input)) return 0;
  constexpr std::string_view kMark = "\n---\n";
  const size_t mark = input.find(kMark);
  const std::string path = directory.Path("main.conf");
  WriteFile(path, input.substr(0, mark));
  WriteFile(directory.Path("more.conf"), mark == std::string_view::npos ? "" : input.substr(mark + kMark.size()));
  Check(logstat::ReadNginxConf, path);
  Check(logstat::ReadApacheConf, path);
  CheckByName(path);
  return 0;
}
