// The small typesetter under the text output: lines that cannot be too wide, tables, bars and sparklines.
//
//   Line line(look);
//   line.Add("codes", Style::kLabel).PadTo(9).Add("502", Style::kServerError);
//   Table table({{"count", Align::kRight}, {"path", Align::kLeft}});
//   table.Add({{"1,204"}, {"/api/cart"}});
//   for (Line& row : table.TakeLines(look, 2)) page.Print(row);
//
// All text given here must be escaped or our own (escape.h). Widths are cells of a terminal. Values; not shared
// between threads.
#ifndef LOGSTAT_SRC_REPORT_TEXT_LAYOUT_H_
#define LOGSTAT_SRC_REPORT_TEXT_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/report/writer.h"

namespace logstat {

// What a piece of text means; colours follow from it.
enum class Style : uint8_t {
  kPlain,
  kLabel,        // dim
  kHeading,      // bold
  kServerError,  // red
  kClientError,  // yellow
};

// How lines are made: the width that no line exceeds (0: no limit) and whether colours are used.
struct Look {
  size_t columns = 80;
  bool colour = false;

  // The width to lay out for.
  size_t Width() const { return columns == 0 ? 80 : columns; }
};

// One line of output, built from left to right. Text that does not fit is cut with "…"; the rest is dropped.
class Line {
 public:
  explicit Line(const Look& look) : look_(look) {}

  Line& Add(std::string_view text, Style style = Style::kPlain);
  Line& PadTo(size_t column);

  size_t cells() const { return cells_; }
  const std::string& text() const { return text_; }

 private:
  Look look_;
  std::string text_;
  size_t cells_ = 0;
  size_t pending_spaces_ = 0;  // written only when text follows, so that no line ends with blanks
  bool full_ = false;
};

// Collects lines and hands them to the sink in large pieces.
class Page {
 public:
  explicit Page(const Sink& sink) : sink_(sink) {}
  ~Page() { Flush(); }
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  void Print(const Line& line);
  void PrintAll(const std::vector<Line>& lines);
  void Blank();
  void Flush();

 private:
  const Sink& sink_;
  std::string buffer_;
};

// Of a section's content under its heading.
inline constexpr size_t kIndent = 2;

enum class Align : uint8_t { kLeft, kRight };

struct TableCell {
  std::string text;
  Style style = Style::kPlain;
};

// A table whose columns are as wide as their widest cell, with two spaces between; a column without any text vanishes.
// Rows may be taken in portions: the widths reached so far stay, so that a list of millions never is in memory at once.
class Table {
 public:
  struct Column {
    std::string title;
    Align align = Align::kLeft;
    size_t min_cells = 0;
  };

  explicit Table(std::vector<Column> columns);

  void Add(std::vector<TableCell> cells);
  size_t rows() const { return rows_.size(); }

  // One blank between the columns instead of two, where the rows would not fit into `cells` otherwise.
  void TightenTo(size_t cells);

  // The line of titles and the rows added since the last call; each starts with `indent` blanks.
  Line Titles(const Look& look, size_t indent) const;
  std::vector<Line> TakeLines(const Look& look, size_t indent);

 private:
  Line Lay(const Look& look, size_t indent, const std::vector<TableCell>& cells) const;

  std::vector<Column> columns_;
  size_t gap_ = 2;
  std::vector<size_t> widths_;
  std::vector<std::vector<TableCell>> rows_;
};

// Text in lines of at most the look's width, broken at blanks, each with `indent` blanks before.
std::vector<Line> Wrap(const Look& look, size_t indent, std::string_view text);
// The same behind what `line` holds already, a label or a severity; the text goes on in lines with `indent` blanks.
std::vector<Line> WrapBehind(Line line, const Look& look, size_t indent, std::string_view text);

// A bar of `share` of `cells` cells, in eighths of a cell; what is not zero shows at least one eighth.
std::string Bar(double share, size_t cells);

// One block per value, scaled to the largest: "▁▂▃▄▅▆▇█"; zero is "·". More values than `cells` go into
// `cells` groups of nearly equal size, each drawn by its largest value, so that no spike vanishes; fewer values give a
// shorter line.
std::string Sparkline(const std::vector<uint64_t>& values, size_t cells);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_TEXT_LAYOUT_H_
