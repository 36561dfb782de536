// Codes 4xx that vendors made for themselves; none is in the document or in the IANA registry. Data only: included by
// catalog.cc, which joins and checks the tables.
//
// Where the facts come from:
//   nginx 444, 494-497, 499   nginx's sources, src/http/ngx_http_request.h (the constants and why each exists) and
//                             ngx_http_special_response.c (494 to 497 become 400 unless error_page takes them); its
//                             manual pages of the rewrite and SSL modules
//   AWS 460, 463, 464         "Troubleshoot your Application Load Balancers" in the Elastic Load Balancing user guide
//   Shopify 430               "API response status and error codes" in Shopify's developer documentation
//   Esri 498, 499             ArcGIS REST API documentation on tokens
//   Microsoft 440, 449, 450   IIS and Exchange documentation; MS-WDV and Windows parental controls for 449 and 450
//   Laravel 419               its CSRF protection (TokenMismatchException is answered with 419)
//   Twitter 420               its retired API v1 (search and trends limits)
//   461, 462                  nobody has published a definition; the uses named are those seen in the field
#ifndef LOGSTAT_SRC_CATALOG_CODES_VENDOR_4XX_H_
#define LOGSTAT_SRC_CATALOG_CODES_VENDOR_4XX_H_

#include "logstat/status_codes.h"

namespace logstat::catalog {

inline constexpr std::string_view kNotRegistered = "Not in the IANA registry.";

inline constexpr StatusCode kCodesVendor4xx[] = {
    {.code = 419,
     .name = "Page Expired",
     .gloss = "The form's security token is missing or old",
     .meaning =
         "Laravel could not match the token that protects the form against forged requests: the session expired, "
         "or the form lacks the token.",
     .client_advice = "Load the page again and send the form once more.",
     .operator_advice = "Seen now and then it is normal. For everybody at once: check the session store, the cookie "
                        "domain, and caches that keep pages with forms.",
     .standard_note = kNotRegistered,
     .vendor = "Laravel"},
    {.code = 420,
     .name = "Enhance Your Calm",
     .gloss = "Rate limit (old Twitter API)",
     .meaning = "The old Twitter API told clients with it that they ask too often. Spring once used 420 as Method "
                "Failure, which is deprecated.",
     .client_advice = "Wait, and then send fewer requests.",
     .operator_advice = "If your own program sends it as a rate limit, 429 is the standard code.",
     .standard_note = "Not in the IANA registry; 429 is the registered code for rate limits.",
     .vendor = "Twitter"},
    {.code = 430,
     .name = "Security Rejection",
     .gloss = "Request refused as possibly malicious",
     .meaning = "Shopify refuses a request that looks malicious. Earlier it used 430 when too many addresses were "
                "requested in a short time.",
     .operator_advice =
         "If it is your own client, send fewer requests and pass on the buyer's address where the API asks "
         "for it.",
     .standard_note = kNotRegistered,
     .vendor = "Shopify"},
    {.code = 440,
     .name = "Login Time-out",
     .gloss = "The login session has expired",
     .meaning = "The client's session has expired and the user must log in again. Sent by Microsoft IIS, Exchange and "
                "Outlook on the web.",
     .client_advice = "Log in again.",
     .operator_advice = "Normal for sessions left open. If users complain, look at the session time-out.",
     .standard_note = kNotRegistered,
     .vendor = "Microsoft"},
    {.code = 444,
     .name = "No Response",
     .gloss = "Connection closed on purpose without an answer",
     .meaning = "nginx was told to close the connection without sending anything (return 444). Only the log has this "
                "number; the client never sees it.",
     .operator_advice = "Your own rule against unwanted traffic at work. Real users among them? Then the rule is too "
                        "wide.",
     .standard_note = kNotRegistered,
     .vendor = "nginx"},
    {.code = 449,
     .name = "Retry With",
     .gloss = "Missing information, retry with it",
     .meaning =
         "Microsoft servers (IIS, Exchange ActiveSync) ask the client to repeat the request with information that "
         "was missing, such as a policy that the device must accept.",
     .client_advice = "Repeat the request with the information that the answer asks for.",
     .operator_advice =
         "Normal when mobile devices register. A device that never gets past it needs its account set up "
         "again.",
     .standard_note = kNotRegistered,
     .vendor = "Microsoft"},
    {.code = 450,
     .name = "Blocked by Windows Parental Controls",
     .gloss = "Blocked by parental controls on the client's side",
     .meaning = "Windows Parental Controls on the client's machine block access to the page.",
     .operator_advice =
         "It comes from the client's side, never from a web server. Seen in your log: find who sends it.",
     .standard_note = kNotRegistered,
     .vendor = "Microsoft"},
    {.code = 460,
     .name = "Client Closed Connection",
     .gloss = "The client left before the load balancer replied",
     .meaning = "The client closed its connection to the load balancer before the idle time-out was over and before an "
                "answer came.",
     .operator_advice = "Compare how long your targets take with the clients' time-out. Make the slow paths faster, or "
                        "raise the clients' time-out.",
     .standard_note = kNotRegistered,
     .vendor = "AWS Elastic Load Balancing"},
    {.code = 461,
     .name = "(No published name)",
     .gloss = "Private code, often a block or a captcha demand",
     .meaning = "Nobody has published a meaning. Applications use it as they like; some sites answer suspected robots "
                "with it.",
     .operator_advice = "Find out which program of yours sends it.",
     .standard_note = kNotRegistered,
     .vendor = "private use"},
    {.code = 462,
     .name = "(No published name)",
     .gloss = "Private code, often a firewall's block",
     .meaning = "Nobody has published a meaning. Some firewalls refuse addresses of data centres with it.",
     .operator_advice = "Find out which program of yours, or which firewall before it, sends it.",
     .standard_note = kNotRegistered,
     .vendor = "private use"},
    {.code = 463,
     .name = "Too Many IP Addresses Forwarded",
     .gloss = "X-Forwarded-For lists more than 30 addresses",
     .meaning = "The load balancer refuses the request because its X-Forwarded-For header holds more than 30 IP "
                "addresses.",
     .operator_advice = "Look for proxies that pass requests in a circle, or for clients that send a forged header.",
     .standard_note = kNotRegistered,
     .vendor = "AWS Elastic Load Balancing"},
    {.code = 464,
     .name = "Incompatible Protocol",
     .gloss = "Protocol does not fit the target group's version",
     .meaning = "The load balancer got a request in a protocol that does not fit the protocol version of the target "
                "group, such as HTTP/1.1 for a group set to gRPC or HTTP/2.",
     .operator_advice = "Compare the protocol version of the target group with what your clients speak.",
     .standard_note = kNotRegistered,
     .vendor = "AWS Elastic Load Balancing"},
    {.code = 494,
     .name = "Request Header Too Large",
     .gloss = "A header line is too long for nginx",
     .meaning = "The request line or a header does not fit into nginx's large_client_header_buffers. The client gets a "
                "400, and so does the log unless an error_page for 494 takes over.",
     .operator_advice = "Mostly cookies that grew. See what sets them, or raise large_client_header_buffers.",
     .standard_note = "Not in the IANA registry; 431 is the registered code.",
     .vendor = "nginx"},
    {.code = 495,
     .name = "SSL Certificate Error",
     .gloss = "The client's certificate failed the check",
     .meaning =
         "nginx asked for a client certificate and could not verify the one it got. The client gets a 400, and so "
         "does the log unless an error_page for 495 takes over.",
     .client_advice = "Send a certificate that is valid and issued by an authority the server trusts.",
     .operator_advice =
         "Check expiry and issuer of the client's certificate, and ssl_client_certificate on the server.",
     .standard_note = kNotRegistered,
     .vendor = "nginx"},
    {.code = 496,
     .name = "SSL Certificate Required",
     .gloss = "The client sent no certificate",
     .meaning = "nginx requires a client certificate here and the client sent none. The client gets a 400, and so does "
                "the log unless an error_page for 496 takes over.",
     .client_advice = "Send a client certificate.",
     .operator_advice = "Expected from strangers. For known clients check how they are set up.",
     .standard_note = kNotRegistered,
     .vendor = "nginx"},
    {.code = 497,
     .name = "HTTP Request Sent to HTTPS Port",
     .gloss = "Plain HTTP spoken to the HTTPS port",
     .meaning = "The client spoke plain HTTP to a port where nginx expects TLS. The client gets a 400, and so does the "
                "log unless an error_page for 497 takes over.",
     .client_advice = "Use https:// for this port.",
     .operator_advice = "Mostly wrong links and scanners. An error_page for 497 can redirect users to https://.",
     .standard_note = kNotRegistered,
     .vendor = "nginx"},
    {.code = 498,
     .name = "Invalid Token",
     .gloss = "The access token is invalid or expired",
     .meaning =
         "ArcGIS Server: the token sent with the request is wrong or has expired. nginx once used the number for "
         "invalid host names and gave it up.",
     .client_advice = "Get a new token and send the request again.",
     .operator_advice = "Many for one client: it does not renew its token.",
     .standard_note = kNotRegistered,
     .vendor = "Esri ArcGIS"},
    {.code = 499,
     .name = "Client Closed Request",
     .gloss = "The client left before the server answered",
     .meaning = "The client closed the connection while nginx was still working on its request. Only the log has this "
                "number; the client never sees it. ArcGIS Server uses 499 for a missing token.",
     .operator_advice = "A few are people who closed the page. Many on one path: it is too slow, and clients or the "
                        "balancer in front give up.",
     .standard_note = kNotRegistered,
     .vendor = "nginx"},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_CODES_VENDOR_4XX_H_
