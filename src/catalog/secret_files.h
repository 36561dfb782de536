// Files that no visitor should ever get: what a path is if a server delivers it.
//
//   SecretFileKind("/.env.local")           // "environment"
//   SecretFileKind("/backup.tar.gz")        // "backup"
//   SecretFileKind("/files/tool-1.2.tar.gz") // "": an archive like any other
//   SecretFileKind("/%2eenv")               // "environment": decoded as servers do, twice at most
//
// Narrower than MayBeSensitivePath (sensitive_paths.h), which it implies of the decoded path: that one says what is
// worth a look, this one what is a leak. Names are facts: of CrowdSec's hub (MIT; http-sensitive-files), of the OWASP
// Core Rule Set (Apache-2.0; rule 930130, restricted-files.data), of nuclei's templates (MIT; exposures), and of the
// products' documentation.
// Letters of any case. The result lives for ever; empty: no such file. Any bytes. Thread-safe.
#ifndef LOGSTAT_SRC_CATALOG_SECRET_FILES_H_
#define LOGSTAT_SRC_CATALOG_SECRET_FILES_H_

#include <string_view>

namespace logstat {

// "environment", "repository", "key", "dump", "backup", "configuration", "log", "diagnostics", "listing", or "".
std::string_view SecretFileKind(std::string_view path);

// Pages from which a server, a database or a program is run: no leak if they are delivered, but what scanners look for.
// Each is one of MayBeSensitivePath(), too.
bool IsConsolePath(std::string_view path);

}  // namespace logstat

#endif  // LOGSTAT_SRC_CATALOG_SECRET_FILES_H_
