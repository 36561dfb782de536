#include "src/format/ltsv_format.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "src/format/named_fields.h"

namespace logstat {
namespace {

constexpr char kTab = '\t';

// What a line is made of.
struct LtsvScan {
  size_t labelled = 0;
  size_t unlabelled = 0;
};

bool IsLabel(std::string_view text) {
  const auto is_label_byte = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' ||
           c == '-';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_label_byte);
}

// Lines of one log have their labels in the same order: each is compared with the one that the last line had in its
// place before it is looked up.
class LabelFinder {
 public:
  explicit LabelFinder(const NameTable& table) : table_(table) {}

  struct Label {
    std::string text;  // with its colon; empty: the field has none
    const Key* key = nullptr;
  };

  // The label of the field in this place of the line. Lives until the next call.
  const Label& Find(size_t place, std::string_view field) {
    if (place >= kMostPlaces) return LookUp(field, other_);
    if (place >= seen_.size()) seen_.resize(place + 1);
    Label& seen = seen_[place];
    if (!seen.text.empty() && field.size() >= seen.text.size() &&
        std::memcmp(field.data(), seen.text.data(), seen.text.size()) == 0) {
      return seen;
    }
    return LookUp(field, seen);
  }

 private:
  static constexpr size_t kMostPlaces = 256;

  const Label& LookUp(std::string_view field, Label& label) const {
    const size_t colon = field.find(':');
    const bool is_label = colon != std::string_view::npos && IsLabel(field.substr(0, colon));
    label.text = field.substr(0, is_label ? colon + 1 : 0);
    label.key = is_label ? table_.Find(field.substr(0, colon)) : nullptr;
    return label;
  }

  const NameTable& table_;
  std::vector<Label> seen_;
  Label other_;
};

LtsvScan ScanLine(const SplitLine& line, LabelFinder& labels, NamedFields& fields, bool may_stop) {
  LtsvScan scan;
  for (size_t place = 0; place < line.fields(); ++place) {
    const std::string_view field = line.Field(place);
    if (field.empty() && place + 1 == line.fields()) break;  // nothing stands behind the last tab
    const LabelFinder::Label& label = labels.Find(place, field);
    ++(label.text.empty() ? scan.unlabelled : scan.labelled);
    if (label.key == nullptr || !fields.Asks(*label.key)) continue;
    fields.Add(*label.key, NamedValue{field.substr(label.text.size())});
    if (may_stop && fields.complete()) break;
  }
  return scan;
}

class LtsvReader final : public LineReader {
 public:
  explicit LtsvReader(const NameTable& table) : labels_(table), fields_(table) {}

  void Read(std::string_view line, size_t row, RecordBatch& batch) override {
    ReadSplit(SplitAt(line, kTab, tabs_), row, batch);
  }

  std::optional<char> delimiter() const override { return kTab; }

  void ReadSplit(const SplitLine& line, size_t row, RecordBatch& batch) override {
    if (IsIgnoredLine(line.line())) {
      batch.kind(row) = LineKind::kIgnored;
      return;
    }
    fields_.Begin(batch.columns());
    const LtsvScan scan = ScanLine(line, labels_, fields_, true);
    if (fields_.status().has_value()) {
      fields_.Write(row, batch);
    } else {
      batch.kind(row) = scan.labelled > 0 ? LineKind::kNoStatus : LineKind::kTooFewFields;
    }
  }

 private:
  LabelFinder labels_;
  NamedFields fields_;
  std::vector<uint32_t> tabs_;
};

}  // namespace

std::unique_ptr<LineReader> LtsvFormat::MakeReader() const { return std::make_unique<LtsvReader>(table_); }

size_t LtsvFormat::CountFits(std::span<const std::string_view> lines, Fit fit) const {
  constexpr size_t kFewestFields = 3;
  LabelFinder labels(table_);
  NamedFields fields(table_);
  std::vector<uint32_t> tabs;
  return static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
    if (IsIgnoredLine(line)) return false;
    fields.Begin(kEveryField);
    const LtsvScan scan = ScanLine(SplitAt(line, kTab, tabs), labels, fields, false);
    if (!fields.status().has_value() || scan.labelled < kFewestFields) return false;
    return fit == Fit::kTolerant || (scan.unlabelled == 0 && fields.AreWellFormed());
  }));
}

}  // namespace logstat
