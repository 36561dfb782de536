#include "src/cli/operands.h"

#include <fmt/format.h>

#include <utility>

namespace logstat {

Status TakeOperands(std::vector<std::string> remaining, std::vector<std::string>& operands) {
  bool options_ended = false;
  for (std::string& word : remaining) {
    if (!options_ended && word == "--") {
      options_ended = true;
    } else if (!options_ended && word.size() > 1 && word[0] == '-') {
      return UsageError(
          fmt::format("unknown option '{}'; `logstat --help` lists them, a file of that name is ./{}", word, word));
    } else if (word.empty()) {
      return UsageError("an empty argument is neither a file nor an option");
    } else {
      operands.push_back(std::move(word));
    }
  }
  return OkStatus();
}

Status CheckOperands(const CliOptions& options) {
  size_t count = options.operands.size();
  switch (options.command) {
    case Command::kExplain:
      if (count == 0)
        return UsageError("explain: say what, as in `logstat explain 404`, `4xx`, `414-flood` or `findings`");
      break;
    case Command::kFormats:
      if (count > 1) return UsageError("formats: takes one name, or none to list all");
      break;
    case Command::kDetect:
      if (count == 0) return UsageError("detect: name at least one file, as in `logstat detect access.log`");
      break;
    case Command::kBench:
      if (count != 1 || options.operands[0] == "-") {
        return UsageError("bench: takes exactly one file, which it reads many times, as in `logstat bench access.log`");
      }
      break;
    default:
      break;
  }
  return OkStatus();
}

}  // namespace logstat
