// The log format that an nginx or Apache configuration defines: `--from-conf PATH[:NAME]`.
//
//   StatusOr<ConfFormat> format = FormatFromConf("/etc/nginx/nginx.conf:timed");
//   StatusOr<FieldProgram> program = CompileFormat(format->text);
//
// Without a name it is the format of the configuration's access logs, if they all have the same. A path that holds a
// ':' is taken whole if there is such a file. Which server the configuration is for is seen from it. Errors are the
// user's, one line each: with file and line where something is wrong, with the choices where a name is missing or not
// known. Reads files; thread-safe.
#ifndef LOGSTAT_SRC_FORMAT_FROM_CONF_H_
#define LOGSTAT_SRC_FORMAT_FROM_CONF_H_

#include <string_view>

#include "src/base/status.h"
#include "src/format/conf_formats.h"

namespace logstat {

StatusOr<ConfFormat> FormatFromConf(std::string_view path_and_name);

// Whether the text is nginx's: its directives end with ';' or begin a block with '{', Apache's end with their line.
bool LooksLikeNginx(std::string_view text);

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_FROM_CONF_H_
