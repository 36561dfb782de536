// A report whose every text tries to break out of the place where a writer puts it; and the texts themselves.
//
//   Report report = TortureReport();
//   for (const std::string& text : TortureTexts()) ...
#ifndef LOGSTAT_TESTS_REPORT_TORTURE_REPORT_H_
#define LOGSTAT_TESTS_REPORT_TORTURE_REPORT_H_

#include <string>
#include <vector>

#include "tests/report/sample_report.h"

namespace logstat::testing {

inline std::vector<std::string> TortureTexts() {
  std::vector<std::string> texts = HostileTexts();
  for (const std::string& text : {
           std::string("=cmd|' /C calc'!A0"),
           std::string("+1+1"),
           std::string("-2+3"),
           std::string("@SUM(1)"),
           std::string("\t=1"),
           std::string("\r=1"),
           std::string("a,b;c\"d\"\"e"),
           std::string("</script><script>alert(1)</script>"),
           std::string("</style></title><svg onload=alert(1)>"),
           std::string("\" onmouseover=\"alert(1)"),
           std::string("' autofocus onfocus='alert(1)"),
           std::string("]]>--><!--<![CDATA["),
           std::string("&lt;&amp;&#0;"),
           std::string("{{title}}{{script}}"),
           std::string("a | b || c\\|d\\"),
           std::string("`code` ``two`` *bold* _it_ ~~s~~"),
           std::string("[link](javascript:alert(1)) ![img](http://outside.example/x.png)"),
           std::string("<img src=http://outside.example/x.png>"),
           std::string("http://outside.example/ www.outside.example me@outside.example"),
           std::string("# heading\n- list\n\n    code"),
           std::string("label\"} 1\nlogstat_owned 1\\"),
           std::string("/x?token=TOPSECRET&a=1;password=TOPSECRET"),
           std::string("/\xe2\x81\xa6isolate\xe2\x81\xa9\xe2\x80\xae"),
           std::string("   "),
           std::string("/y?password=TOPSECRET\\\"TOPSECRET"),
       }) {
    texts.push_back(text);
  }
  return texts;
}

inline Report TortureReport() {
  Report report = HostileReport();
  CodeRow& code = report.codes[3];
  report.options.where = "\"</code><script>alert(1)</script> `x` [a](http://outside.example/) {{title}}";
  report.options.client_field = "<img src=http://outside.example/x.png>";
  for (std::vector<KeyRow>* list : {&report.paths, &report.failing_paths, &report.clients, &report.failing_clients,
                                    &report.methods, &report.hosts, &report.failing_hosts}) {
    for (const std::string& text : TortureTexts()) list->insert(list->begin(), Key(text, 1'000, 10, 10, 1'000));
  }
  for (const std::string& text : TortureTexts()) {
    code.top_paths.push_back(Count(text, 10));
    code.top_clients.push_back(Count(text, 10));
    report.findings.rows.push_back(HostileFinding(text, Severity::kCritical));
    report.rejects[0].samples.push_back({"access.log", 1, 0, text, false});
    // The rest is not of the log: nothing is masked in the name of a file.
    if (text.find("TOPSECRET") != std::string::npos) continue;
    RejectRow row;
    row.reason = text;
    row.count = 1;
    row.samples = {{text, 1, 0, text, false}};
    report.rejects.push_back(row);
    InputReport input;
    input.path = text;
    input.state = InputState::kCopy;
    input.format = text;
    input.copy_of = text;
    report.inputs.push_back(input);
    report.errors.push_back({text, text});
  }
  return report;
}

}  // namespace logstat::testing

#endif  // LOGSTAT_TESTS_REPORT_TORTURE_REPORT_H_
