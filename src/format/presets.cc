#include "src/format/presets.h"

#include <vector>

#include "src/format/presets_json.h"
#include "src/format/string_format.h"
#include "src/format/w3c_format.h"

namespace logstat {
namespace {

// Of those that IIS and CloudFront may write.
constexpr std::string_view kW3cFields = "#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status sc-bytes";
constexpr std::string_view kW3cLine = "2026-11-22 13:00:00 192.0.2.7 GET /cart id=7 200 5120";

void AppendStringPresets(std::span<const StringPreset> rows, std::vector<Preset>& presets) {
  for (const StringPreset& row : rows) {
    std::string_view example = row.example;
    for (const Preset& first : presets) {
      if (example.empty() && first.definition == row.definition) example = first.example;
    }
    FieldProgram program = *CompileFormat(row.definition);
    program.bytes = row.bytes;
    program.bare_dashes = row.bare_dashes;
    program.whole_addresses = row.whole_addresses;
    presets.push_back(
        Preset{row.name, row.definition, example, MakeStringFormat(std::move(program)), row.example.empty()});
  }
}

std::vector<Preset> MakePresets() {
  std::vector<Preset> presets;
  AppendStringPresets(CommonLogPresets(), presets);
  AppendStringPresets(ProxyPresets(), presets);
  AppendStringPresets(CloudPresets(), presets);
  AppendJsonPresets(&presets);
  const auto w3c = std::make_shared<W3cFormat>();
  presets.push_back(Preset{"w3c", kW3cFields, kW3cLine, w3c});
  presets.push_back(Preset{"netscaler", kW3cFields, kW3cLine, w3c, true});
  return presets;
}

}  // namespace

std::span<const Preset> Presets() {
  static const std::vector<Preset> presets = MakePresets();
  return presets;
}

const Preset* FindPreset(std::string_view name) {
  for (const Preset& preset : Presets()) {
    if (preset.name == name) return &preset;
  }
  return nullptr;
}

}  // namespace logstat
