// A row of the tables of known user agents, agents_*.h.
//
// `text` is found in an agent whatever its case, if it stands there as words of its own: "nmap" is in "(nmap/7)", not
// in "unmap" or "nmaps". It is written in lower case and has at least three characters; a blank also finds a "+", by
// which IIS logs blanks.
#ifndef LOGSTAT_SRC_CATALOG_AGENT_ROW_H_
#define LOGSTAT_SRC_CATALOG_AGENT_ROW_H_

#include <string_view>

namespace logstat::catalog {

struct AgentRow {
  std::string_view text;
  std::string_view name;  // of the product
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_AGENT_ROW_H_
