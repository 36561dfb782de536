// Markdown, as GitHub renders it and as people read it in a mail: headings, amounts, a table per section.
//
//   MakeMarkdownWriter()->Write(report, sink);
//
// Tables are padded so that they line up as plain text, too (by their first 1,000 rows); the key of a list by key
// stands last, where it may be as long as it likes. Text from outside stands in code spans (QuoteForMarkdown), so that
// nothing in a log can become a link, markup or HTML.
#ifndef LOGSTAT_SRC_REPORT_MARKDOWN_H_
#define LOGSTAT_SRC_REPORT_MARKDOWN_H_

#include <memory>

#include "src/report/writer.h"

namespace logstat {

std::unique_ptr<Writer> MakeMarkdownWriter();

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_MARKDOWN_H_
