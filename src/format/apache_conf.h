// The log formats of an Apache configuration: every LogFormat, CustomLog, GlobalLog and TransferLog, in any section and
// in included files.
//
//   StatusOr<ConfFormats> found = ReadApacheConf("/etc/apache2/apache2.conf");
//
// Which modules, defines and versions a server has is not known here, so the content of every <IfModule>, <IfDefine>
// and <IfVersion> counts; only where a negated one or <Else> defines a format anew does the other definition stand.
// ${NAME} is replaced if a Define gives it. Paths to include are relative to ServerRoot, or to the directory of the
// main file if there is none on this machine. A virtual host sees its own definitions and the server's. Errors are one
// line with file and line: sections without an end, and those of conf_file.h. Reads files; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_APACHE_CONF_H_
#define LOGSTAT_SRC_FORMAT_APACHE_CONF_H_

#include <string>

#include "src/base/status.h"
#include "src/format/conf_formats.h"

namespace logstat {

StatusOr<ConfFormats> ReadApacheConf(const std::string& path);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_APACHE_CONF_H_
