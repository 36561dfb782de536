// The values of secrets in query strings, replaced before anything is printed: a report is mailed and kept.
//
//   MaskSecrets("/login?user=eve&token=s3cr3t")          // "/login?user=eve&token=***"
//   MaskSecrets("/cb#id_token=eyJhb…&state=1")           // "/cb#id_token=***&state=1"
//   MaskSecrets("/go?to=https%3A%2F%2Fx%2F%3Fsig%3Dab")  // "/go?to=https%3A%2F%2Fx%2F%3Fsig%3D***"
//
// A parameter is a name, "=" and a value. Names are compared without case, signs and percent-encoding, so that
// X-Amz-Signature, api%5Fkey and user[password] are found. Names that mean nothing else (token, password, ...) are
// masked wherever they stand before "="; names that are also ordinary words (code, key, session, ...) only where a
// query can begin or go on: behind ? & ; # : a quote, or at the start of the text. Separators count in every spelling:
// percent-encoded (also more than once, as in a URL inside a URL) and as JSON writes them (\u0026). A value ends at "&"
// in a spelling that can end it, at a blank, a control byte, an unescaped quote, or at a ";" behind which another
// parameter stands. So too much may be masked, never a part of a value too little.
//
// `raw` is any bytes, as logged: to be called before escaping. Linear time; a pure function, thread-safe.
#ifndef LOGSTAT_SRC_REPORT_MASK_SECRETS_H_
#define LOGSTAT_SRC_REPORT_MASK_SECRETS_H_

#include <string>
#include <string_view>

namespace logstat {

std::string MaskSecrets(std::string_view raw);

}  // namespace logstat

#endif  // LOGSTAT_SRC_REPORT_MASK_SECRETS_H_
