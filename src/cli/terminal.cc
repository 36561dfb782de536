#include "src/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace logstat {
namespace {

// No terminal is wider or higher; a larger value in the environment is a mistake that would cost memory.
constexpr size_t kLargestSide = 10000;

size_t FromEnvironment(const char* name, size_t otherwise) {
  const char* text = std::getenv(name);
  if (text == nullptr) return otherwise;
  std::string_view digits = text;
  size_t value = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  bool good = error == std::errc() && end == digits.data() + digits.size() && value > 0 && value <= kLargestSide;
  return good ? value : otherwise;
}

bool IsCapable(int descriptor) {
  const char* kind = std::getenv("TERM");
  return IsTerminal(descriptor) && kind != nullptr && *kind != '\0' && std::string_view(kind) != "dumb";
}

}  // namespace

bool IsTerminal(int descriptor) { return isatty(descriptor) == 1; }

TerminalSize SizeOf(int descriptor) {
  winsize size{};
  TerminalSize result;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) size = {};
  result.columns = size.ws_col > 0 ? size.ws_col : FromEnvironment("COLUMNS", result.columns);
  result.rows = size.ws_row > 0 ? size.ws_row : FromEnvironment("LINES", result.rows);
  return result;
}

bool UseColor(When when, int descriptor) {
  if (when != When::kAuto) return when == When::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  return (no_color == nullptr || *no_color == '\0') && IsCapable(descriptor);
}

bool UseProgress(When when, int descriptor) {
  return when == When::kAuto ? IsCapable(descriptor) : when == When::kAlways;
}

}  // namespace logstat
