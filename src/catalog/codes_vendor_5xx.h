// Codes 5xx and above that vendors made for themselves; none is in the document or in the IANA registry. Data only:
// included by catalog.cc, which joins and checks the tables.
//
// Where the facts come from:
//   Cloudflare 520-527, 530   "Cloudflare 5xx errors" in Cloudflare's support documentation; 527 left it with Railgun
//   Qualys 529                the SSL Labs server test's API documentation
//   Pantheon, Shopify 530     Pantheon's and Shopify's lists of errors
//   Shopify 540, 783          "API response status and error codes" in Shopify's developer documentation
//   AWS 561                   "Troubleshoot your Application Load Balancers" in the Elastic Load Balancing user guide
//   598, 599                  conventions of HTTP proxies without a standard
//   LinkedIn 999              what its site answers to robots
//   528                       nobody has published a definition
#ifndef LOGSTAT_SRC_CATALOG_CODES_VENDOR_5XX_H_
#define LOGSTAT_SRC_CATALOG_CODES_VENDOR_5XX_H_

#include "src/catalog/codes_vendor_4xx.h"

namespace logstat::catalog {

inline constexpr std::string_view kNotAValidStatus =
    "Not in the IANA registry, and no valid status: codes go from 100 to 599. Treat it like a 5xx.";

inline constexpr StatusCode kCodesVendor5xx[] = {
    {.code = 520,
     .name = "Web Server Returned an Unknown Error",
     .gloss = "The origin's answer was empty or broken",
     .meaning =
         "Cloudflare reached the origin server, but its answer was empty, unexpected or could not be understood.",
     .operator_advice =
         "Look in the origin's error log for crashes and resets at that time, and for oversized response "
         "headers.",
     .standard_note = kNotRegistered,
     .vendor = "Cloudflare"},
    {.code = 521,
     .name = "Web Server Is Down",
     .gloss = "The origin refused the connection",
     .meaning = "The origin server refused Cloudflare's connection.",
     .operator_advice = "Check that the web server runs and that no firewall refuses Cloudflare's addresses.",
     .standard_note = kNotRegistered,
     .vendor = "Cloudflare"},
    {.code = 522,
     .name = "Connection Timed Out",
     .gloss = "Connecting to the origin took too long",
     .meaning = "Cloudflare could not complete a TCP connection to the origin server in time.",
     .operator_advice = "Look for overload, for a firewall that drops Cloudflare's packets, or a wrong address in DNS.",
     .standard_note = kNotRegistered,
     .vendor = "Cloudflare"},
    {.code = 523,
     .name = "Origin Is Unreachable",
     .gloss = "No route to the origin server",
     .meaning = "Cloudflare could not reach the origin server at all, for instance because its DNS record is wrong.",
     .operator_advice = "Check the origin's address in DNS and the routing at its provider.",
     .standard_note = kNotRegistered,
     .vendor = "Cloudflare"},
    {.code = 524,
     .name = "A Timeout Occurred",
     .gloss = "The origin connected but did not answer in time",
     .meaning = "Cloudflare connected to the origin server, but no HTTP response came in time.",
     .operator_advice =
         "Find the slow request. Work that takes minutes is better started in one request and asked for in "
         "another.",
     .standard_note = kNotRegistered,
     .vendor = "Cloudflare"},
    {.code = 525,
     .name = "SSL Handshake Failed",
     .gloss = "The TLS handshake with the origin failed",
     .meaning = "Cloudflare and the origin server could not agree on a TLS connection.",
     .operator_advice =
         "Check that the origin speaks TLS on port 443, has a certificate for the host, and shares a cipher "
         "and a version.",
     .standard_note = kNotRegistered,
     .vendor = "Cloudflare"},
    {.code = 526,
     .name = "Invalid SSL Certificate",
     .gloss = "The origin's certificate is not valid",
     .meaning = "Cloudflare could not verify the origin's certificate, and is set to insist (Full, strict).",
     .operator_advice = "Renew or replace the origin's certificate: expired, self-signed, or for another host.",
     .standard_note = kNotRegistered,
     .vendor = "Cloudflare"},
    {.code = 527,
     .name = "Railgun Error",
     .gloss = "Connection to the origin's Railgun failed",
     .meaning = "The connection between Cloudflare and the Railgun listener at the origin broke. Railgun has been "
                "discontinued.",
     .operator_advice = "Old. If it still appears, remove the Railgun setup.",
     .standard_note = kNotRegistered,
     .vendor = "Cloudflare"},
    {.code = 528,
     .name = "(No published name)",
     .gloss = "Private code, nobody has published a meaning",
     .meaning = "Nobody has published a meaning. It stands between Cloudflare's codes but is not one of them.",
     .operator_advice = "Find out which program of yours sends it. Treat it like a 500.",
     .standard_note = kNotRegistered,
     .vendor = "private use"},
    {.code = 529,
     .name = "Site Is Overloaded",
     .gloss = "The service is overloaded",
     .meaning = "The SSL Labs server test says with it that it is overloaded; some other APIs do the same.",
     .client_advice = "Wait, and try again later.",
     .operator_advice = "If your own program sends it, 503 with Retry-After is the standard answer.",
     .standard_note = kNotRegistered,
     .vendor = "Qualys SSL Labs"},
    {.code = 530,
     .name = "Origin Error",
     .gloss = "Cloudflare error 1xxx, see the page body",
     .meaning = "Cloudflare could not serve the site and shows an error 1xxx in the body that says why, often that the "
                "origin's name cannot be resolved. Pantheon sends 530 for a site that is frozen.",
     .operator_advice = "Read the number in the body. For an origin that cannot be resolved check its DNS record.",
     .standard_note = kNotRegistered,
     .vendor = "Cloudflare"},
    {.code = 540,
     .name = "Temporarily Disabled",
     .gloss = "The endpoint is switched off for now",
     .meaning = "Shopify has switched this endpoint off for the time being.",
     .client_advice = "Try again later.",
     .operator_advice = "Wait, and watch Shopify's status page.",
     .standard_note = kNotRegistered,
     .vendor = "Shopify"},
    {.code = 561,
     .name = "Unauthorized",
     .gloss = "The login provider answered with an error",
     .meaning = "The load balancer is set to log users in, and the identity provider returned an error.",
     .operator_advice = "Check the client ID, the secret and the endpoints of the identity provider in the listener "
                        "rule.",
     .standard_note = kNotRegistered,
     .vendor = "AWS Elastic Load Balancing"},
    {.code = 598,
     .name = "Network Read Timeout Error",
     .gloss = "A proxy gave up reading from the server",
     .meaning = "Some proxies report with it that reading from the server behind them took too long.",
     .operator_advice = "Treat it like a 504: see why the upstream is slow.",
     .standard_note = "Not in the IANA registry; 504 is the standard answer.",
     .vendor = "HTTP proxies"},
    {.code = 599,
     .name = "Network Connect Timeout Error",
     .gloss = "A proxy gave up connecting to the server",
     .meaning = "Some proxies report with it that connecting to the server behind them took too long.",
     .operator_advice = "Treat it like a 504: see whether the upstream runs and can be reached.",
     .standard_note = "Not in the IANA registry; 504 is the standard answer.",
     .vendor = "HTTP proxies"},
    {.code = 783,
     .name = "Unexpected Token",
     .gloss = "The request's JSON has a syntax error",
     .meaning = "Shopify could not read the JSON in the request.",
     .client_advice = "Correct the JSON before sending it again.",
     .operator_advice = "If it is your own client, check how it writes JSON.",
     .standard_note = kNotAValidStatus,
     .vendor = "Shopify"},
    {.code = 999,
     .name = "Request Denied",
     .gloss = "LinkedIn refuses robots and visitors not logged in",
     .meaning = "LinkedIn refuses the request because it takes the client for a robot, or wants it to log in first.",
     .operator_advice = "Seen in the log of a proxy or of your own crawler: LinkedIn does not want it.",
     .standard_note = kNotAValidStatus,
     .vendor = "LinkedIn"},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_CODES_VENDOR_5XX_H_
