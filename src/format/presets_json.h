// The presets whose lines name their fields: JSON and LTSV. Part of the table in presets.h.
//
// A row is a key map (key_map.h), the keys that tell its lines from those of the other rows, and an example. All JSON
// rows know each other's keys: one file may mix them. A row's own keys come first, as some names mean different things
// (Envoy's `duration` is milliseconds, Caddy's is seconds).
#ifndef LOGSTAT_SRC_FORMAT_PRESETS_JSON_H_
#define LOGSTAT_SRC_FORMAT_PRESETS_JSON_H_

#include <vector>

#include "src/format/presets.h"

namespace logstat {

void AppendJsonPresets(std::vector<Preset>* presets);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_PRESETS_JSON_H_
