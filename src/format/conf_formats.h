// What a server's configuration says about its access logs: the formats it defines and the logs that use them.
//
//   StatusOr<ConfFormats> nginx = ReadNginxConf("/etc/nginx/nginx.conf");      // nginx_conf.h
//   StatusOr<ConfFormats> apache = ReadApacheConf("/etc/apache2/apache2.conf");  // apache_conf.h
//
// Plain values; from_conf.h chooses among them.
#ifndef LOGSTAT_SRC_FORMAT_CONF_FORMATS_H_
#define LOGSTAT_SRC_FORMAT_CONF_FORMATS_H_

#include <cstddef>
#include <string>
#include <vector>

namespace logstat {

enum class ConfDialect { kNginx, kApache };

// How nginx writes the bytes of a value, `log_format name escape=…`. Apache has one way, which is kDefault.
enum class ConfEscape { kDefault, kJson, kNone };

struct ConfPlace {
  std::string file;
  size_t line = 0;  // 1-based; 0: built into the server
};

struct ConfFormat {
  std::string name;  // empty: a string without one, in a CustomLog or as Apache's default
  std::string text;  // without the quoting of the configuration: as CompileFormat takes it
  ConfDialect dialect = ConfDialect::kNginx;
  ConfEscape escape = ConfEscape::kDefault;
  ConfPlace place;
};

struct ConfUse {
  std::string log;  // the path or pipe that is written to, as the configuration has it
  size_t format = 0;
};

struct ConfFormats {
  std::vector<ConfFormat> formats;  // in the order of the configuration
  std::vector<ConfUse> uses;
  // Why the lists may lack something, one line each with its place: a file to include that cannot be read, a use of a
  // format that is not defined. Whoever finds a format by its name has lost nothing by them.
  std::vector<std::string> gaps;
};

}  // namespace logstat

#endif  // LOGSTAT_SRC_FORMAT_CONF_FORMATS_H_
