#include "src/report/text_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "src/report/escape.h"

namespace logstat {
namespace {

constexpr size_t kPieceBytes = 64 * 1024;
constexpr std::array<std::string_view, 9> kEighthsWide = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
constexpr std::array<std::string_view, 9> kEighthsHigh = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

// SGR parameters, the only control sequences that we ever write.
std::string_view StyleCode(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kLabel:
      return "\x1b[2m";
    case Style::kHeading:
      return "\x1b[1m";
    case Style::kServerError:
      return "\x1b[31m";
    case Style::kClientError:
      return "\x1b[33m";
  }
  return "";
}

}  // namespace

Line& Line::Add(std::string_view text, Style style) {
  if (full_ || text.empty()) return *this;
  const size_t wanted = CellCount(text);
  std::string cut;
  if (look_.columns != 0 && cells_ + pending_spaces_ + wanted > look_.columns) {
    full_ = true;
    const size_t room = look_.columns > cells_ + pending_spaces_ ? look_.columns - cells_ - pending_spaces_ : 0;
    if (room == 0) return *this;
    cut = CutToCells(text, room);
    text = cut;
  }
  text_.append(pending_spaces_, ' ');
  cells_ += pending_spaces_ + CellCount(text);
  pending_spaces_ = 0;
  const std::string_view code = look_.colour ? StyleCode(style) : "";
  text_.append(code).append(text);
  if (!code.empty()) text_.append("\x1b[0m");
  return *this;
}

Line& Line::PadTo(size_t column) {
  if (column > cells_ + pending_spaces_) pending_spaces_ = column - cells_;
  return *this;
}

void Page::Print(const Line& line) {
  buffer_ += line.text();
  buffer_ += '\n';
  if (buffer_.size() >= kPieceBytes) Flush();
}

void Page::PrintAll(const std::vector<Line>& lines) {
  for (const Line& line : lines) Print(line);
}

void Page::Blank() { buffer_ += '\n'; }

void Page::Flush() {
  if (!buffer_.empty()) sink_(buffer_);
  buffer_.clear();
}

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {
  for (const Column& column : columns_) widths_.push_back(std::max(column.min_cells, CellCount(column.title)));
}

void Table::Add(std::vector<TableCell> cells) {
  cells.resize(columns_.size());
  for (size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], CellCount(cells[i].text));
  rows_.push_back(std::move(cells));
}

void Table::TightenTo(size_t cells) {
  size_t wanted = 0;
  for (size_t width : widths_) wanted += width == 0 ? 0 : width + (wanted == 0 ? 0 : gap_);
  if (wanted > cells) gap_ = 1;
}

Line Table::Lay(const Look& look, size_t indent, const std::vector<TableCell>& cells) const {
  Line line(look);
  size_t left = indent;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (widths_[i] == 0) continue;
    const size_t slack = widths_[i] - CellCount(cells[i].text);
    line.PadTo(columns_[i].align == Align::kRight ? left + slack : left);
    line.Add(cells[i].text, cells[i].style);
    left += widths_[i] + gap_;
  }
  return line;
}

Line Table::Titles(const Look& look, size_t indent) const {
  std::vector<TableCell> titles;
  for (const Column& column : columns_) titles.push_back({column.title, Style::kLabel});
  return Lay(look, indent, titles);
}

std::vector<Line> Table::TakeLines(const Look& look, size_t indent) {
  std::vector<Line> lines;
  for (const std::vector<TableCell>& row : rows_) lines.push_back(Lay(look, indent, row));
  rows_.clear();
  return lines;
}

std::vector<Line> Wrap(const Look& look, size_t indent, std::string_view text) {
  if (text.empty()) return {};
  Line line(look);
  line.PadTo(indent);
  return WrapBehind(std::move(line), look, indent, text);
}

std::vector<Line> WrapBehind(Line line, const Look& look, size_t indent, std::string_view text) {
  constexpr size_t kReadableCells = 100;  // longer lines of prose are hard to follow
  const size_t width = std::min(look.Width(), indent + kReadableCells);
  std::vector<Line> lines = {std::move(line)};
  bool blank_wanted = lines.back().cells() > indent;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (blank_wanted && lines.back().cells() + 1 + CellCount(word) > width) {
      lines.emplace_back(look).PadTo(indent);
      blank_wanted = false;
    }
    if (blank_wanted) lines.back().Add(" ");
    lines.back().Add(word);
    blank_wanted = true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string Bar(double share, size_t cells) {
  if (!(share > 0)) return {};
  size_t eighths = static_cast<size_t>(std::llround(std::min(share, 1.0) * static_cast<double>(cells) * 8));
  eighths = std::max<size_t>(eighths, 1);
  std::string bar;
  for (size_t i = 0; i < eighths / 8; ++i) bar += kEighthsWide[8];
  bar += kEighthsWide[eighths % 8];
  return bar;
}

std::string Sparkline(const std::vector<uint64_t>& values, size_t cells) {
  const size_t groups = std::min(cells, values.size());
  std::vector<uint64_t> heights(groups);
  for (size_t group = 0; group < groups; ++group) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(group * values.size() / groups);
    const auto end = values.begin() + static_cast<std::ptrdiff_t>((group + 1) * values.size() / groups);
    heights[group] = *std::max_element(begin, end);
  }
  const uint64_t largest = heights.empty() ? 0 : *std::max_element(heights.begin(), heights.end());
  std::string out;
  for (uint64_t height : heights) {
    const double eighths = largest == 0 ? 0 : static_cast<double>(height) / static_cast<double>(largest) * 8;
    out += kEighthsHigh[static_cast<size_t>(std::ceil(eighths))];
  }
  return out;
}

}  // namespace logstat
