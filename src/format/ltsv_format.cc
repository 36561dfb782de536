#include "src/format/ltsv_format.h"

#include <algorithm>
#include <string>
#include <vector>

#include "src/format/named_fields.h"

namespace logstat {
namespace {

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
  explicit LabelFinder(const KeyTable& table) : table_(table) {}

  // The key of the label in this place of the line; null: unknown, or no label at all.
  const Key* Find(size_t place, std::string_view label, bool* is_label) {
    if (place >= kMostPlaces) return LookUp(label, is_label);
    if (place >= seen_.size()) seen_.resize(place + 1);
    Seen& seen = seen_[place];
    if (seen.label != label || label.empty()) {
      seen.label = label;
      seen.key = LookUp(label, &seen.is_label);
    }
    *is_label = seen.is_label;
    return seen.key;
  }

 private:
  static constexpr size_t kMostPlaces = 256;

  struct Seen {
    std::string label;
    const Key* key = nullptr;
    bool is_label = false;
  };

  const Key* LookUp(std::string_view label, bool* is_label) const {
    *is_label = IsLabel(label);
    return *is_label ? table_.Find(label) : nullptr;
  }

  const KeyTable& table_;
  std::vector<Seen> seen_;
};

LtsvScan ScanLine(std::string_view line, LabelFinder& labels, NamedFields& fields, bool may_stop) {
  LtsvScan scan;
  for (size_t place = 0; !line.empty(); ++place) {
    const size_t tab = line.find('\t');
    const std::string_view field = line.substr(0, tab);
    line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
    const size_t colon = field.find(':');
    bool is_label = false;
    const Key* key = nullptr;
    if (colon != std::string_view::npos) key = labels.Find(place, field.substr(0, colon), &is_label);
    ++(is_label ? scan.labelled : scan.unlabelled);
    if (key == nullptr || !fields.Asks(*key)) continue;
    fields.Add(*key, NamedValue{field.substr(colon + 1)});
    if (may_stop && fields.complete()) break;
  }
  return scan;
}

class LtsvReader final : public LineReader {
 public:
  explicit LtsvReader(const KeyTable& table) : labels_(table), fields_(table) {}

  void Read(std::string_view line, size_t row, RecordBatch& batch) override {
    if (IsIgnoredLine(line)) {
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
};

}  // namespace

std::unique_ptr<LineReader> LtsvFormat::MakeReader() const { return std::make_unique<LtsvReader>(table_); }

size_t LtsvFormat::CountFits(std::span<const std::string_view> lines, Fit fit) const {
  constexpr size_t kFewestFields = 3;
  LabelFinder labels(table_);
  NamedFields fields(table_);
  return static_cast<size_t>(std::count_if(lines.begin(), lines.end(), [&](std::string_view line) {
    if (IsIgnoredLine(line)) return false;
    fields.Begin(kEveryField);
    const LtsvScan scan = ScanLine(line, labels, fields, false);
    if (!fields.status().has_value() || scan.labelled < kFewestFields) return false;
    return fit == Fit::kTolerant || (scan.unlabelled == 0 && fields.AreWellFormed());
  }));
}

}  // namespace logstat
