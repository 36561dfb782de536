// Prints how often each status code occurs in a log, by nothing but the installed headers.
#include <logstat/analyze.h>
#include <logstat/status_codes.h>

#include <cstdio>

int main(int, char** argv) {
  logstat::Options options;
  options.inputs = {argv[1]};
  logstat::RunControl control;
  const logstat::Report report = logstat::Analyze(options, control);
  if (!report.complete) return 1;
  for (const logstat::CodeRow& row : report.codes) {
    const logstat::StatusCode* code = logstat::FindStatusCode(row.code);
    if (code == nullptr) return 1;
    std::printf("%d %s %llu\n", row.code, std::string(code->name).c_str(), static_cast<unsigned long long>(row.count));
  }
}
