// Metrics in the text format of Prometheus, for the textfile collector of its node exporter.
//
//   MakePrometheusWriter()->Write(report, sink);
//
// Every metric is a gauge that describes this report: values of two reports do not add up, and nothing is called
// _total. There are no time stamps, which the collector refuses. Labels are bounded: the codes that occurred, classes,
// reasons, states of inputs, and at most 20 keys of each list by key (fewer by --top), cut to 120 characters. Keys that
// look the same after masking and cutting are one series with their sum.
#ifndef LOGSTAT_SRC_REPORT_PROMETHEUS_H_
#define LOGSTAT_SRC_REPORT_PROMETHEUS_H_

#include <memory>

#include "src/report/writer.h"

namespace logstat {

std::unique_ptr<Writer> MakePrometheusWriter();

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_PROMETHEUS_H_
