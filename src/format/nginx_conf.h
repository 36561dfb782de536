// The log formats of an nginx configuration: every `log_format` and `access_log`, at any depth and in included files.
//
//   StatusOr<ConfFormats> found = ReadNginxConf("/etc/nginx/nginx.conf");
//
// Paths to include are relative to the directory of the main file, as they are where nginx was built with its
// configuration there. The blocks `stream` and `mail` have logs of their own, which are no access logs of HTTP, and are
// left out. The predefined format `combined` is the last of the formats. Errors are one line with file and line: quotes
// or blocks without an end, and those of conf_file.h. Reads files; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_NGINX_CONF_H_
#define LOGSTAT_SRC_FORMAT_NGINX_CONF_H_

#include <string>

#include "src/base/status.h"
#include "src/format/conf_formats.h"

namespace logstat {

StatusOr<ConfFormats> ReadNginxConf(const std::string& path);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_NGINX_CONF_H_
