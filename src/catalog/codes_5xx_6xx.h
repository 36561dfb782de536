// The catalogue's entries 5xx and 6xx, without vendors' codes. Data only: included by catalog.cc, which joins and
// checks the tables.
//
// Sources: the document (docs/status-codes.md) for meaning, advice and rules; RFC 9110 section 15.6 and the IANA
// registry of HTTP status codes for today's standard; the RFC that a note names for a code that the document lacks.
#ifndef LOGSTAT_SRC_CATALOG_CODES_5XX_6XX_H_
#define LOGSTAT_SRC_CATALOG_CODES_5XX_6XX_H_

#include "logstat/status_codes.h"

namespace logstat::catalog {

inline constexpr StatusCode kCodes5xx[] = {
    {.code = 500,
     .name = "Internal Server Error",
     .gloss = "The server's program failed",
     .meaning =
         "The server met something unexpected that kept it from completing the request. In general the program's "
         "source code on the server is wrong.",
     .operator_advice = "Look at the code behind the failing path, and at the error log of the same minute.",
     .in_document = true},
    {.code = 501,
     .name = "Not Implemented",
     .gloss = "The server does not know this method or feature",
     .meaning = "The server lacks a feature that the request needs; for instance it does not recognise the method and "
                "cannot support it for any resource.",
     .operator_advice = "Odd methods are mostly scanners: ignore or block them. 501 for GET means a misconfigured "
                        "server.",
     .in_document = true},
    {.code = 502,
     .name = "Bad Gateway",
     .gloss = "The upstream server sent an invalid answer",
     .meaning = "The server works as a gateway or proxy, and the server behind it gave an invalid response.",
     .operator_advice = "Look at the upstream server, not at this one: is it running, did it crash, did it close the "
                        "connection?",
     .in_document = true},
    {.code = 503,
     .name = "Service Unavailable",
     .gloss = "Overloaded or in maintenance, for now",
     .meaning =
         "The server cannot process the request at present, because of maintenance or overload. This is temporary "
         "and ends after some time.",
     .client_advice = "Try again after the time in Retry-After. Without that header, treat it like a 500.",
     .operator_advice = "If you can tell how long it will last, send Retry-After.",
     .practice = "Nobody is doing maintenance? Look at load, worker limits and upstream health. It lasts? It is not "
                 "temporary: act.",
     .rules = "The response may have a Retry-After header that gives the delay.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 504,
     .name = "Gateway Timeout",
     .gloss = "The upstream server or DNS did not answer in time",
     .meaning =
         "The server works as a gateway or proxy, and got no answer in time from the upstream server that the URI "
         "names (HTTP, FTP, LDAP) or from a helper such as DNS.",
     .operator_advice = "See why the upstream is slow: load, database, DNS. A longer timeout only hides it.",
     .in_document = true},
    {.code = 505,
     .name = "HTTP Version Not Supported",
     .gloss = "The server refuses this HTTP version",
     .meaning = "The server does not support the HTTP version of the request, or refuses to. It cannot or will not use "
                "the same version as the client.",
     .operator_advice = "Mostly broken clients and scanners. Look at the request lines.",
     .rules = "The body should give the reason, and list the protocols that the server takes.",
     .standard_note = "It is the major version only that the server refuses.",
     .in_document = true},
    {.code = 506,
     .name = "Variant Also Negotiates",
     .gloss = "The server's content negotiation is set up wrong",
     .meaning =
         "From transparent content negotiation (RFC 2295): the server is configured wrongly. The variant that was "
         "chosen is set up to negotiate itself, so it is no proper end of a negotiation.",
     .operator_advice = "Mend the server's negotiation settings for this path.",
     .standard_note = "In the IANA registry for RFC 2295, an experiment; hardly any server sends it.",
     .in_document = true},
    {.code = 507,
     .name = "Insufficient Storage",
     .gloss = "No space left to complete the request",
     .meaning = "The server cannot store what it needs to complete the request. This is taken as temporary (RFC 4918, "
                "WebDAV).",
     .operator_advice = "Free space, or raise the quota.",
     .standard_note =
         "If a user's action caused it, the client must not repeat the request before the user asks again.",
     .in_document = true},
    {.code = 508,
     .name = "Loop Detected",
     .gloss = "Endless loop found while processing",
     .meaning = "The server stopped because it met an endless loop, such as a WebDAV collection that contains itself.",
     .operator_advice =
         "Look for bindings or rewrites that lead back to themselves. On shared hosting with cPanel, 508 "
         "means that the account has used up its resources.",
     .standard_note = "WebDAV bindings (RFC 5842), in the IANA registry."},
    {.code = 509,
     .name = "Bandwidth Limit Exceeded",
     .gloss = "The site has used up its bandwidth",
     .meaning = "The server has reached its limit of bandwidth. Not an official code, but widely used.",
     .operator_advice = "Find the path or the client that takes the most bytes, or raise the limit.",
     .standard_note =
         "Not in the IANA registry. Known from Apache modules and cPanel; 429 or 503 is the standard answer.",
     .in_document = true},
    {.code = 510,
     .name = "Not Extended",
     .gloss = "The policy for this resource is not met",
     .meaning = "The policy that must be met to get the resource is not met (RFC 2774).",
     .operator_advice = "No common server sends it: find out which program does.",
     .standard_note = "Marked obsolete in the IANA registry: RFC 2774 was an experiment and is historic.",
     .in_document = true},
    {.code = 511,
     .name = "Network Authentication Required",
     .gloss = "The client must log in to the network first",
     .meaning = "A captive portal, as in a hotel or at an airport, wants the user to log in before it lets the client "
                "into the network.",
     .client_advice = "Open the login page that the body names.",
     .operator_advice =
         "It comes from the network between, never from a web server. Seen in your log: find who sends it.",
     .standard_note = "RFC 6585, in the IANA registry."},
};

inline constexpr StatusCode kCodes6xx[] = {
    {.code = 600,
     .name = "Unparseable Response Headers",
     .gloss = "The origin sent a body without headers",
     .meaning = "The origin server returned no response headers, only the content.",
     .operator_advice = "The program behind the server writes no header: look at its first lines of output.",
     .standard_note = "Not a valid status: codes go from 100 to 599, and a client should treat others like a 5xx. Some "
                      "proxies and caches log it.",
     .in_document = true},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_CODES_5XX_6XX_H_
