#include "src/cli/output_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <utility>

#include "src/report/csv.h"

namespace logstat {
namespace {

enum class Place { kNothing, kFile, kDirectory };

Place WhatIs(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return Place::kNothing;
  return S_ISDIR(info.st_mode) ? Place::kDirectory : Place::kFile;
}

// Of CSV: a name that is neither taken by a file nor ends in .csv.
bool IsDirectory(const OutputRequest& request) {
  if (request.kind != OutputKind::kCsv || request.path.empty()) return false;
  const Place place = WhatIs(request.path);
  return place == Place::kDirectory || (place == Place::kNothing && !request.path.ends_with(".csv"));
}

}  // namespace

std::vector<std::string> PathsOf(const OutputRequest& request, SectionSet sections) {
  if (!IsDirectory(request)) return {request.path};
  std::vector<std::string> paths;
  const std::string slash = request.path.ends_with('/') ? "" : "/";
  for (const std::string& table : CsvFiles(sections)) paths.push_back(request.path + slash + table + ".csv");
  return paths;
}

StatusOr<OutputFiles> OutputFiles::Open(const OutputRequest& request, SectionSet sections) {
  OutputFiles output;
  output.kind_ = request.kind;
  if (IsDirectory(request)) {
    if (WhatIs(request.path) == Place::kNothing) {
      return EnvironmentError(fmt::format("{}: there is no such directory; make it first, as in `mkdir -p {}`",
                                          request.path, request.path));
    }
    output.tables_ = CsvFiles(sections);
  } else if (request.kind == OutputKind::kCsv && sections.size() != 1) {
    return UsageError(
        fmt::format("-o: CSV of {} sections needs a directory, and '{}' is a file; ask for one with --sections, or "
                    "write to another directory",
                    sections.size(), request.path));
  }
  for (const std::string& path : PathsOf(request, sections)) {
    StatusOr<Output> file = Output::Open(path);
    if (!file.ok()) return file.status();
    output.files_.push_back(*std::move(file));
  }
  return output;
}

Status OutputFiles::Write(const Report& report, const WriterSettings& settings) {
  for (size_t i = 0; i < files_.size(); ++i) {
    const Sink sink = [&file = files_[i]](std::string_view piece) { file.Write(piece); };
    if (tables_.empty()) {
      MakeWriter(kind_, settings)->Write(report, sink);
    } else {
      WriteCsvFile(report, tables_[i], sink);
    }
    Status status = files_[i].Flush();
    if (!status.ok()) return status;
  }
  for (Output& file : files_) {
    Status status = file.Finish();
    if (!status.ok()) return status;
  }
  return OkStatus();
}

StatusOr<std::vector<OutputFiles>> OpenOutputs(const std::vector<OutputRequest>& requests, SectionSet sections) {
  std::vector<OutputFiles> outputs;
  for (const OutputRequest& request : requests) {
    StatusOr<OutputFiles> output = OutputFiles::Open(request, sections);
    if (!output.ok()) return output.status();
    outputs.push_back(*std::move(output));
  }
  return outputs;
}

}  // namespace logstat
