// One line in a format, and what it says, in words that a test can compare.
//
//   EXPECT_EQ(Read("$status|$remote_addr", "404|192.0.2.7"), "404 client<192.0.2.7>");
//   EXPECT_EQ(ReadPreset("envoy", line), "503 … reason<UF>");
#ifndef LOGSTAT_TESTS_FORMAT_SAY_LINE_H_
#define LOGSTAT_TESTS_FORMAT_SAY_LINE_H_

#include <string>
#include <string_view>

#include "src/format/presets.h"
#include "src/format/string_format.h"
#include "src/record/record_batch.h"
#include "src/scan/kernels.h"

namespace logstat {

// "404 client<192.0.2.7> …": what is present, in the order of the fields; "no_status", "too_few_fields", "ignored".
inline std::string Say(const LineFormat& format, std::string_view line) {
  // With readable bytes behind it, as Block promises them.
  const std::string padded = std::string(line) + std::string(kOverread, '\0');
  line = std::string_view(padded).substr(0, line.size());
  RecordBatch batch;
  batch.Reset(reinterpret_cast<const uint8_t*>(line.data()), kEveryField, line.size());
  batch.AppendRow(0);
  format.MakeReader()->Read(line, 0, batch);
  if (batch.kind(0) == LineKind::kNoStatus) return "no_status";
  if (batch.kind(0) == LineKind::kTooFewFields) return "too_few_fields";
  if (batch.kind(0) == LineKind::kIgnored) return "ignored";
  std::string says = std::to_string(batch.status(0));
  for (size_t i = 1; i < kFieldCount; ++i) {
    const Field field = static_cast<Field>(i);
    if (IsText(field) && !batch.IsMissing(field, 0)) {
      says += " " + std::string(FieldName(field)) + "<" + std::string(batch.View(field, 0)) + ">";
    } else if (IsNumber(field) && batch.number(field, 0) != (field == Field::kTime ? kNoTime : kNoNumber)) {
      says += " " + std::string(FieldName(field)) + "<" + std::to_string(batch.number(field, 0)) + ">";
    }
  }
  return says;
}

inline std::string Read(std::string_view definition, std::string_view line) {
  return Say(*MakeStringFormat(*CompileFormat(definition)), line);
}

// By the row of the preset that the line fits.
inline std::string ReadPreset(std::string_view name, std::string_view line) {
  for (const Fit fit : {Fit::kExact, Fit::kTolerant}) {
    for (const Preset& preset : Presets()) {
      if (preset.name == name && preset.format->CountFits({&line, 1}, fit) == 1) return Say(*preset.format, line);
    }
  }
  return Say(*FindPreset(name)->format, line);
}

}  // namespace logstat

#endif  // LOGSTAT_TESTS_FORMAT_SAY_LINE_H_
