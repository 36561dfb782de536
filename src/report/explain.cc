#include "src/report/explain.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "logstat/status_codes.h"

namespace logstat {
namespace {

constexpr size_t kRuleIndent = 2;
constexpr size_t kLabelWidth = 8;  // "Client", "You", "Rules" and two spaces

constexpr std::string_view kDocument = "The document";
constexpr std::string_view kToday = "Today (RFC 9110, IANA registry)";
constexpr std::string_view kPractice = "In practice";

class Block {
 public:
  explicit Block(size_t width) : look_(ExplainLook(width)) {}

  // A blank line before every heading but the first.
  void Heading(std::string_view text) {
    if (!out_.empty()) out_ += '\n';
    Sentence(text);
  }

  void Sentence(std::string_view text) { Print(Wrap(look_, 0, text)); }

  void Paragraph(std::string_view text) { Print(Wrap(look_, kRuleIndent, text)); }

  // A label at the indent, the text right of it. Nothing if the text is empty.
  void Labelled(std::string_view label, std::string_view text, size_t label_width = kLabelWidth) {
    if (text.empty()) return;
    const size_t indent = kRuleIndent + label_width;
    Line line(look_);
    line.PadTo(kRuleIndent).Add(label).PadTo(indent);
    Print(WrapBehind(std::move(line), look_, indent, text));
  }

  std::string Take() { return std::move(out_); }

 private:
  void Print(const std::vector<Line>& lines) {
    for (const Line& line : lines) out_ += line.text() + '\n';
  }

  Look look_;
  std::string out_;
};

// "private use" is the catalogue's word for a code that nobody has claimed.
bool HasOwner(const StatusCode& entry) { return entry.vendor != "private use"; }

std::string OriginOf(const StatusCode& entry) {
  if (entry.in_document) return "";
  if (entry.vendor.empty()) return "Not in the document.";
  if (!HasOwner(entry)) return "Not in the document, and no standard: a private code.";
  return fmt::format("Not in the document, and no standard: a code of {}.", entry.vendor);
}

void AddToday(std::string_view note, Block* block) {
  block->Heading(kToday);
  block->Paragraph(note.empty() ? "Nothing different." : note);
}

// The document's voice, then today's, then ours.
void AddDocumentCode(const StatusCode& entry, Block* block) {
  block->Heading(kDocument);
  block->Paragraph(entry.meaning);
  block->Labelled("Client", entry.client_advice);
  if (entry.advice_from_document) block->Labelled("You", entry.operator_advice);
  block->Labelled("Rules", entry.rules);
  AddToday(entry.standard_note, block);
  const std::string_view practice = entry.advice_from_document ? entry.practice : entry.operator_advice;
  if (practice.empty()) return;
  block->Heading(kPractice);
  block->Paragraph(practice);
}

void AddOtherCode(const StatusCode& entry, Block* block) {
  block->Heading("What it means");
  block->Paragraph(entry.meaning);
  block->Labelled("Client", entry.client_advice);
  block->Labelled("You", entry.operator_advice);
  AddToday(entry.standard_note, block);
}

std::string ExplainUnknownCode(int code, size_t width) {
  const StatusClass& entry = FindStatusClass(code >= 0 ? code / 100 : 9);
  Block block(width);
  block.Heading(fmt::format("{} Unknown code", code < 0 ? fmt::format("{}", code) : fmt::format("{:03}", code)));
  block.Sentence("Not in the catalogue: neither the document, the IANA registry nor a known vendor has it.");
  if (code < 100) {
    block.Heading("What it means");
    block.Paragraph("No valid status: codes go from 100 to 599. Some program wrote its own number.");
    if (code > 0) block.Paragraph("It is counted as itself, and in class 0xx beside the lines without a status.");
    return block.Take();
  }
  block.Heading(fmt::format("Its class, {}: {}", entry.label, entry.name));
  block.Paragraph(entry.meaning);
  block.Labelled("Today", entry.standard_note);
  block.Labelled("You", "Find out which program sends it; its documentation has to say what it means.");
  return block.Take();
}

void AddCodesOfClass(int digit, Block* block) {
  const auto is_member = [digit](const StatusCode& entry) { return entry.code / 100 == digit; };
  const auto all = AllStatusCodes();
  if (std::none_of(all.begin(), all.end(), is_member)) return;
  block->Heading("Codes");
  bool has_unlisted = false;
  for (const StatusCode& entry : all) {
    if (!is_member(entry)) continue;
    has_unlisted = has_unlisted || !entry.in_document;
    const std::string owner = entry.vendor.empty() || !HasOwner(entry) ? "" : fmt::format(" ({})", entry.vendor);
    block->Labelled(fmt::format("{:03}{}", entry.code, entry.in_document ? ' ' : '*'),
                    fmt::format("{}{}: {}", entry.name, owner, entry.gloss), 6);
  }
  if (has_unlisted) block->Paragraph("* not in the document");
}

}  // namespace

Look ExplainLook(size_t width) { return {width == 0 ? 80 : std::clamp<size_t>(width, 40, 100), false}; }

bool ParseExplainTopic(std::string_view text, ExplainTopic* topic) {
  if (text == "-" || text == "-1" || text == "0") {
    *topic = {ExplainTopic::Kind::kCode, 0};
    return true;
  }
  if (text.size() != 3 || text[0] < '0' || text[0] > '9') return false;
  if ((text[1] == 'x' || text[1] == 'X') && (text[2] == 'x' || text[2] == 'X')) {
    *topic = {ExplainTopic::Kind::kClass, text[0] - '0'};
    return true;
  }
  int code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  *topic = {ExplainTopic::Kind::kCode, code};
  return true;
}

std::string ExplainCode(int code, size_t width) {
  const StatusCode* entry = FindStatusCode(code);
  if (entry == nullptr) return ExplainUnknownCode(code, width);
  Block block(width);
  block.Heading(fmt::format("{:03} {}", entry->code, entry->name));
  block.Sentence(fmt::format("{}.", entry->gloss));
  if (const std::string origin = OriginOf(*entry); !origin.empty()) block.Sentence(origin);
  if (entry->in_document) {
    AddDocumentCode(*entry, &block);
  } else {
    AddOtherCode(*entry, &block);
  }
  return block.Take();
}

std::string ExplainClass(int digit, size_t width) {
  const StatusClass& entry = FindStatusClass(digit);
  Block block(width);
  block.Heading(fmt::format("{} {}", entry.label, entry.name));
  block.Sentence(fmt::format("{}.", entry.gloss));
  if (!entry.in_document) block.Sentence("Not in the document.");
  block.Heading(entry.in_document ? kDocument : "What it means");
  block.Paragraph(entry.meaning);
  block.Labelled("Advice", entry.advice);
  AddToday(entry.standard_note, &block);
  AddCodesOfClass(entry.digit, &block);
  return block.Take();
}

std::string Explain(const ExplainTopic& topic, size_t width) {
  return topic.kind == ExplainTopic::Kind::kCode ? ExplainCode(topic.value, width) : ExplainClass(topic.value, width);
}

}  // namespace logstat
