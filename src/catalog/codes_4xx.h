// The catalogue's entries 410 to 451, without vendors' codes. Data only: included by catalog.cc, which joins and
// checks the tables.
//
// Sources: the document (docs/status-codes.md) for meaning, advice and rules; RFC 9110 section 15.5 and the IANA
// registry of HTTP status codes for today's standard; the RFC that a note names for a code that the document lacks.
#ifndef LOGSTAT_SRC_CATALOG_CODES_4XX_H_
#define LOGSTAT_SRC_CATALOG_CODES_4XX_H_

#include "logstat/status_codes.h"

namespace logstat::catalog {

inline constexpr StatusCode kCodes4xx[] = {
    {.code = 410,
     .name = "Gone",
     .gloss = "Gone for good, no new address is known",
     .meaning =
         "The resource is no longer on the server and no new address is known; take it as permanent. It helps the "
         "site's owner: users learn that the resource is gone on purpose, and remote links to it should go. Common "
         "for offers of limited time, and for what belonged to a person who has left the site.",
     .client_advice = "Remove links to this address, after asking the user.",
     .operator_advice =
         "If you are not sure that it is for good, answer 404. You need not mark everything that is gone, "
         "and how long you keep the mark is up to you.",
     .rules = "Cacheable unless stated otherwise.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 411,
     .name = "Length Required",
     .gloss = "The request must state its Content-Length",
     .meaning = "The server refuses the request because it does not say how long its body is.",
     .client_advice = "Send the request again with a valid Content-Length header.",
     .operator_advice = "Mostly a client that sends its body in chunks. Find it by its agent.",
     .rules = "The request needs a Content-Length header with the length of its body.",
     .in_document = true},
    {.code = 412,
     .name = "Precondition Failed",
     .gloss = "A condition in the request headers was not met",
     .meaning =
         "The client put conditions into the request headers and the server found that at least one of them does "
         "not hold. So the method is not applied to another resource than the client had in mind.",
     .operator_advice = "Common with editors and sync tools: the client should read the resource again and then write.",
     .in_document = true},
    {.code = 413,
     .name = "Request Entity Too Large",
     .gloss = "The request body is larger than allowed",
     .meaning = "The body of the request is larger than the server is willing or able to process. The server may close "
                "the connection to stop the client from sending on.",
     .client_advice = "If Retry-After is given, try again after that time.",
     .operator_advice = "If the condition is temporary, send Retry-After.",
     .practice = "If real uploads are refused, raise the limit, or state it on the form.",
     .rules = "A temporary refusal should have a Retry-After header.",
     .standard_note = "Named Content Too Large today, Payload Too Large before. The meaning is the same.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 414,
     .name = "Request-URI Too Long",
     .gloss = "The address is longer than the server reads",
     .meaning =
         "The requested URI is longer than the server can interpret, so it refuses. That is rare. Usual causes: a "
         "form that should use POST uses GET and makes the query too long; a redirect \"black hole\", where each "
         "redirect builds the old URI into the new one; or a client attacking servers that read the URI into a "
         "buffer of fixed length, where a long GET parameter overflows it and may run code.",
     .operator_advice = "A server without that hole should answer 414.",
     .practice = "Find out which cause it is: change the form to POST, mend the redirect rule, or block the attacker.",
     .standard_note = "Named URI Too Long today, with the same causes. Servers should take at least 8000 bytes "
                      "(RFC 9112).",
     .in_document = true,
     .advice_from_document = true},
    {.code = 415,
     .name = "Unsupported Media Type",
     .gloss = "The server does not take this body format",
     .meaning = "The body is in a format that the server does not support for this method and this resource.",
     .operator_advice = "Say which formats you accept. Then look at the Content-Type that the client sends.",
     .standard_note = "Also for a Content-Encoding that is not supported.",
     .in_document = true},
    {.code = 416,
     .name = "Requested Range Not Satisfiable",
     .gloss = "The requested range lies beyond the file's end",
     .meaning = "The request had a Range header, but none of its ranges overlaps the resource as it is now, and there "
                "was no If-Range. For byte ranges: every first position lies beyond the end.",
     .operator_advice = "Mostly a download tool that resumes a file already complete, or a file that became shorter. A "
                        "client that repeats it without end should be stopped.",
     .rules =
         "The server should send a Content-Range header with the present length of the resource. The response must "
         "not be multipart/byteranges.",
     .standard_note = "Named Range Not Satisfiable today. Also for too many small or overlapping ranges.",
     .in_document = true},
    {.code = 417,
     .name = "Expectation Failed",
     .gloss = "What the Expect header asks cannot be met",
     .meaning = "The server cannot meet what the Expect header asks for; or it is a proxy and has clear evidence that "
                "the next server on the way cannot.",
     .operator_advice =
         "Mostly old HTTP libraries behind a proxy that does not know Expect. The client should send none.",
     .standard_note = "100-continue is the only expectation defined.",
     .in_document = true},
    {.code = 418,
     .name = "(Unused)",
     .gloss = "\"I'm a teapot\": a joke, also used to refuse bots",
     .meaning =
         "From a joke specification for coffee pots: a teapot cannot brew coffee. Some sites send it to requests "
         "that they take for bots.",
     .operator_advice = "If it is not your own joke, look in the bot filter.",
     .standard_note = "Registered as \"(Unused)\" and reserved because of the joke's spread (RFC 2324, RFC 7168)."},
    {.code = 421,
     .name = "Too many connections from your Internet address",
     .gloss = "One address holds more connections than permitted",
     .meaning =
         "The client's IP address has more connections to the server than the server permits. The address is the "
         "one that the server sees, often a gateway or a proxy, so more than one user may be behind it and counted "
         "together.",
     .operator_advice = "Raise the limit per address, or ask the client to open fewer connections. Do not block the "
                        "address before you know that no gateway with many users stands behind it.",
     .standard_note =
         "A different code today: Misdirected Request. The connection led to a server that does not answer "
         "for this host, as when HTTP/2 reuses one under a shared certificate; the client may retry on "
         "another. Limits per address are answered with 429 or 503.",
     .in_document = true},
    {.code = 422,
     .name = "Unprocessable Entity",
     .gloss = "Well formed, but its content makes no sense",
     .meaning =
         "The request is well formed, but an error in what it says keeps the server from answering it (RFC 4918, "
         "WebDAV).",
     .operator_advice = "Mostly form or API input that fails a check. Say in the answer which field is wrong.",
     .standard_note = "Named Unprocessable Content today, and for all of HTTP, not only WebDAV.",
     .in_document = true},
    {.code = 423,
     .name = "Locked",
     .gloss = "The resource is locked",
     .meaning = "The resource is locked at present (RFC 4918, WebDAV).",
     .operator_advice = "If it does not go away, look for a stale lock of a client that has left.",
     .in_document = true},
    {.code = 424,
     .name = "Failed Dependency",
     .gloss = "Failed because an earlier request failed",
     .meaning = "The request failed because of an error in an earlier one, for instance with PROPPATCH (RFC 4918, "
                "WebDAV).",
     .operator_advice = "Look for the first failure, and mend that.",
     .standard_note = "Mostly seen inside a 207: one step of a method failed, and the steps that needed it got 424.",
     .in_document = true},
    {.code = 425,
     .name = "Too Early",
     .gloss = "Came in TLS early data, which can be replayed",
     .meaning =
         "The request came in TLS early data, which an attacker can send again, and the server will not take that "
         "risk.",
     .client_advice = "Send the request again after the TLS handshake is complete.",
     .operator_advice = "Normal where early data (0-RTT) is on. Clients repeat the request by themselves.",
     .standard_note = "RFC 8470, in the IANA registry."},
    {.code = 426,
     .name = "Upgrade Required",
     .gloss = "The client must switch to another protocol",
     .meaning = "The server refuses to answer in this protocol, but might after the client changes to one that the "
                "Upgrade header names.",
     .client_advice = "Repeat the request in a protocol that the Upgrade header names.",
     .operator_advice = "Mostly a plain GET to a WebSocket address, or a client with an old HTTP version.",
     .standard_note = "RFC 9110, in the IANA registry."},
    {.code = 428,
     .name = "Precondition Required",
     .gloss = "The request must carry a condition (If-Match)",
     .meaning =
         "The server wants the request to be conditional, so that two clients do not overwrite each other's work.",
     .client_advice = "Read the resource, and send the change again with If-Match.",
     .operator_advice = "Find the clients that write without reading first.",
     .standard_note = "RFC 6585, in the IANA registry."},
    {.code = 429,
     .name = "Too Many Requests",
     .gloss = "Rate limit: too many requests in a short time",
     .meaning = "The client has sent too many requests in a given time.",
     .client_advice = "Wait as long as Retry-After says, and then send fewer.",
     .operator_advice = "See who is limited: a bot that should be, or many users behind one address. Send Retry-After.",
     .standard_note = "RFC 6585, in the IANA registry."},
    {.code = 431,
     .name = "Request Header Fields Too Large",
     .gloss = "The request headers are too large",
     .meaning = "One header of the request, or all of them together, are larger than the server takes.",
     .client_advice = "Send the request again with smaller headers, for instance after deleting cookies.",
     .operator_advice = "Mostly cookies that grew. For real users see what sets them, and raise the header limit.",
     .standard_note = "RFC 6585, in the IANA registry."},
    {.code = 451,
     .name = "Unavailable For Legal Reasons",
     .gloss = "Refused for legal reasons",
     .meaning = "The server refuses because of a legal demand, such as a court order or a block by country.",
     .operator_advice = "Say in the body who demanded it and on which ground, if you may.",
     .standard_note =
         "RFC 7725, in the IANA registry. Microsoft Exchange ActiveSync uses 451 as a redirect to a better "
         "server."},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_CODES_4XX_H_
