// What a log format is to everything outside this folder: something that reads lines into rows.
//
//   std::shared_ptr<const LineFormat> format = FindPreset("combined")->format;
//   std::unique_ptr<LineReader> reader = format->MakeReader();      // one per worker
//   reader->BeginCell(block);
//   reader->Read(line, row, batch);                                 // kind, status, and the columns of the batch
//
// One class per kind of format (anchored and delimited field programs, JSON, W3C, labelled values), each in a file of
// its own; what tells two formats of a kind apart is data. Nobody outside this folder asks which kind it is.
#ifndef LOGSTAT_SRC_FORMAT_LINE_FORMAT_H_
#define LOGSTAT_SRC_FORMAT_LINE_FORMAT_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "logstat/report.h"
#include "src/format/split_line.h"
#include "src/input/block.h"
#include "src/record/record_batch.h"

namespace logstat {

struct Shape;

// Reads lines one after the other. Not thread-safe: it keeps scratch memory and remembers the last minute.
class LineReader {
 public:
  virtual ~LineReader() = default;

  // Before the first line of a cell. Block::state is what the lines before it left behind.
  virtual void BeginCell(const Block& /*block*/) {}

  // Reads one line, without its line end and of at most kMaxLineBytes. Row `row` of `batch` is clear
  // (RecordBatch::ClearRow); kind, status and whatever the line has of the batch's columns are written. Lines of a
  // cell come in order.
  virtual void Read(std::string_view line, size_t row, RecordBatch& batch) = 0;

  // For formats with a shape: reads what stands behind the byte count of a counted line, from `step` of the program on,
  // whose literal stands at the begin of `text`. Only the columns of these steps are written, and only those that are
  // found.
  virtual void ReadRest(std::string_view /*text*/, size_t /*step*/, size_t /*row*/, RecordBatch& /*batch*/) {}

  // The byte that parts the fields of most lines of the cell, if one byte does. Then lines may come by ReadSplit() with
  // the places of that byte, which a vector kernel found for many lines at once (a search for each field of each line
  // takes half of the time that reading takes). The row is the same as of Read().
  virtual std::optional<char> delimiter() const { return std::nullopt; }
  virtual void ReadSplit(const SplitLine& line, size_t row, RecordBatch& batch) { Read(line.line(), row, batch); }
};

// How detection judges a line.
enum class Fit {
  kExact,     // every field is present and well-formed, and nothing follows
  kTolerant,  // as a reader would read it: counted, and with the fields that tell the format from others
};

// Immutable; shared by any number of threads.
class LineFormat {
 public:
  virtual ~LineFormat() = default;

  virtual std::unique_ptr<LineReader> MakeReader() const = 0;

  // How many of these lines of one log, in order and without their ends, fit. Blank lines and '#' directives are among
  // them and never fit.
  virtual size_t CountFits(std::span<const std::string_view> lines, Fit fit) const = 0;

  // Whether lines that fit look like this format rather than like another one with the same spelling: a number may be
  // what the format says it is, or anything else.
  virtual bool IsBorneOut(std::span<const std::string_view> /*lines*/) const { return true; }

  // Of two formats that fit equally well the one with more fields wins.
  virtual size_t fields() const = 0;

  // The fields that its lines may have. Where the lines themselves say it (W3C), all.
  virtual ColumnSet columns() const = 0;
  // Then this is true, a text that a line has not got says nothing about its request, and ColumnsUntil() has the fields
  // that lines said until a state.
  virtual bool columns_vary() const { return false; }
  virtual ColumnSet ColumnsUntil(const LineState* /*state*/) const { return columns(); }

  // What the format itself says about its byte count; unknown: the lines have to tell.
  virtual ByteMeaning byte_meaning() const { return ByteMeaning::kUnknown; }

  // Whether its targets are whole addresses in every log, because a proxy or a balancer writes it: see
  // HasProxyTargets() in detect.h. Else the lines have to tell.
  virtual bool has_whole_addresses() const { return false; }

  // The shape by which the fast path may read clean lines; null: every line is read by a reader.
  virtual const Shape* shape() const { return nullptr; }
  // Whether other programs wrote something in front of the lines, and how much of a line that is. Then a shape is that
  // of what follows.
  virtual bool has_prefix() const { return false; }
  virtual size_t PrefixLength(std::string_view /*line*/) const { return 0; }

  // Whether a record may be cut into several lines. Otherwise a line depends on no line before it but directives.
  virtual bool joins_lines() const { return false; }

  // For formats whose lines depend on lines before them. `before` is the state at the block's first byte; the result is
  // the state behind the lines that its cell owns. Called for the cells of an input in order, under the source's lock.
  virtual bool has_state() const { return false; }
  virtual std::shared_ptr<const LineState> StateAfter(const std::shared_ptr<const LineState>& before,
                                                      const Block& /*block*/) const {
    return before;
  }
};

// Whether the line is blank (spaces, tabs, NULs) or a '#' directive.
bool IsIgnoredLine(std::string_view line);

// Without the blanks in front, and the hole of NULs that a writer without O_APPEND leaves before its first line after a
// truncation. A line that does not begin with any costs one comparison.
inline std::string_view WithoutBlanksInFront(std::string_view line) {
  if (line.empty() || static_cast<unsigned char>(line[0]) > ' ') return line;
  line.remove_prefix(std::min(line.find_first_not_of(std::string_view(" \t\0", 3)), line.size()));
  return line;
}

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_LINE_FORMAT_H_
