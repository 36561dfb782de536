// The catalogue's entries 0, 1xx and 2xx. Data only: included by catalog.cc, which joins and checks the tables.
//
// Sources: the document (docs/status-codes.md) for meaning, advice and rules; RFC 9110 and the IANA registry of HTTP
// status codes for today's standard; the RFC that a note names for a code that the document lacks.
#ifndef LOGSTAT_SRC_CATALOG_CODES_1XX_2XX_H_
#define LOGSTAT_SRC_CATALOG_CODES_1XX_2XX_H_

#include "logstat/status_codes.h"

namespace logstat::catalog {

inline constexpr StatusCode kCodes0xx[] = {
    {.code = 0,
     .name = "No status sent",
     .gloss = "Connection ended before any status was sent",
     .meaning = "The log has no status for this request: the connection ended before the server sent one, or what came "
                "in was no HTTP request at all.",
     .operator_advice = "A few are normal: people close pages and scanners hang up. Many at once point to clients that "
                        "give up waiting, a crashing server, or other protocols on the HTTP port.",
     .standard_note = "Not an HTTP status. Servers and proxies write -, -1, 0 or 000 in its place."},
};

inline constexpr StatusCode kCodes1xx[] = {
    {.code = 100,
     .name = "Continue",
     .gloss = "All well so far, send the rest of the request",
     .meaning = "An interim answer: the first part of the request has arrived and has not been refused so far.",
     .client_advice = "Send the rest of the request. If it is already complete, ignore this answer.",
     .operator_advice = "In a log it should never be the last word. If it is, find out why no final answer followed.",
     .rules = "The server must send a final response once the request is complete.",
     .in_document = true},
    {.code = 101,
     .name = "Switching Protocols",
     .gloss = "The connection changes to another protocol",
     .meaning = "The server has understood the request and goes on in another protocol, which it names in the Upgrade "
                "header. The change happens right after the blank line that ends this response.",
     .operator_advice = "Switch only where the new protocol is better: a newer HTTP version, or a real-time, "
                        "synchronous protocol for resources that profit from one.",
     .rules = "The Upgrade header names the new protocols.",
     .standard_note = "HTTP/1.1 only, mostly for WebSocket. HTTP/2 and HTTP/3 have no 101 (RFC 9113, RFC 9114).",
     .in_document = true,
     .advice_from_document = true},
    {.code = 102,
     .name = "Processing",
     .gloss = "Still working on it, the answer will follow",
     .meaning = "The server goes on processing the request.",
     .operator_advice = "In a log it should never be the last word. If it is, find out why no final answer followed.",
     .standard_note = "Registered by RFC 2518 (WebDAV). Its successor RFC 4918 dropped it, so few servers send it.",
     .in_document = true},
    {.code = 103,
     .name = "Early Hints",
     .gloss = "Hints to load ahead, the answer will follow",
     .meaning = "An interim answer with headers, mostly Link, that the final response is likely to have. It lets the "
                "client fetch style sheets and scripts while the server still works.",
     .client_advice = "Load what the hints name if you like, and wait for the final response.",
     .operator_advice = "In a log it should never be the last word. If it is, find out why no final answer followed.",
     .standard_note = "RFC 8297, in the IANA registry."},
    {.code = 104,
     .name = "Upload Resumption Supported",
     .gloss = "The upload can be resumed if it breaks off",
     .meaning = "An interim answer during an upload: the server can resume it, and Location says where.",
     .client_advice = "If the upload breaks off, ask at that address how much has arrived, and send the rest.",
     .operator_advice = "Rare today. In a log it should never be the last word.",
     .standard_note = "Only a temporary entry of the IANA registry, for a draft on resumable uploads; it may change."},
};

inline constexpr StatusCode kCodes2xx[] = {
    {.code = 200,
     .name = "OK",
     .gloss = "Success, the answer is in this response",
     .meaning = "The request succeeded. The headers or the body that it asked for come with this response.",
     .operator_advice = "Nothing to do. A page that usually has a body and suddenly has none deserves a look.",
     .in_document = true},
    {.code = 201,
     .name = "Created",
     .gloss = "Success, a new resource was created",
     .meaning = "The request was carried out and a new resource was made as it asked. Its URI comes back in the "
                "Location header.",
     .operator_advice = "If the resource cannot be made in time, answer 202 Accepted instead.",
     .rules = "The Location header holds the URI of the new resource.",
     .standard_note = "Location may be absent: then the request's own URI is the new resource.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 202,
     .name = "Accepted",
     .gloss = "Taken in, will be worked on later",
     .meaning = "The server has taken the request but not carried it out. It may still be refused, so it may or may "
                "not happen in the end. For work done later, such as a batch that runs once a day: the client need not "
                "stay connected until it is over.",
     .operator_advice = "For asynchronous work no other answer fits better. Tell the user how to see when it is done.",
     .rules = "The body should give the present state of the work, and point to a status monitor or give a forecast.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 203,
     .name = "Non-Authoritative Information",
     .gloss = "Success, but the metadata is from a copy",
     .meaning = "The request succeeded, but the metadata in the headers is not the origin server's own: it was taken "
                "from a local or a third-party copy. It may hold less than the original, or more.",
     .operator_advice = "Nobody has to use it. It is proper only where the answer would be 200 OK without it.",
     .standard_note = "Today it says that a transforming proxy changed the content of the origin's 200.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 204,
     .name = "No Content",
     .gloss = "Success, there is no body to send",
     .meaning = "The request succeeded and needs no body in return. The headers may bring new or updated metadata.",
     .client_advice = "A browser keeps showing the page that sent the request. New metadata applies to the document in "
                      "view.",
     .operator_advice = "Body bytes logged with a 204 mean that a handler writes where it must not.",
     .rules = "No body: the response ends at the first blank line after the headers. Metadata in the headers should "
              "match the requested variant.",
     .in_document = true},
    {.code = 205,
     .name = "Reset Content",
     .gloss = "Success, clear the form for the next input",
     .meaning =
         "The request succeeded and no body comes back. Unlike after a 204, the form is to be cleared: the user's "
         "input was accepted and the next can begin.",
     .client_advice = "Reset the document view, so that the user can start another input at once.",
     .operator_advice = "Body bytes logged with a 205 mean that a handler writes where it must not.",
     .rules = "No body: the response ends at the first blank line after the headers.",
     .in_document = true},
    {.code = 206,
     .name = "Partial Content",
     .gloss = "Success, the part of the file asked for",
     .meaning =
         "The server fulfilled a partial GET. Download tools such as FlashGet or Thunder (Xunlei) use it to resume a "
         "broken download, or to fetch a large file in several parts at the same time.",
     .operator_advice = "Many for one file from one client are mostly a download tool or a video player. If they hurt, "
                        "limit connections.",
     .rules = "An answer to a partial GET request.",
     .standard_note = "The request has a Range header, the response Content-Range or multipart/byteranges. Servers may "
                      "refuse many small or overlapping ranges, which can be an attack.",
     .in_document = true},
    {.code = 207,
     .name = "Multi-Status",
     .gloss = "Several results, listed in an XML body",
     .meaning = "The body is an XML message that may hold several separate status codes, as many as the request had "
                "parts.",
     .operator_advice = "Expected only where WebDAV is served. On any other site find out who answers PROPFIND.",
     .rules = "The body is XML.",
     .standard_note = "WebDAV (RFC 4918). 207 itself does not mean that all went well: read the codes inside.",
     .in_document = true},
    {.code = 208,
     .name = "Already Reported",
     .gloss = "Part of a WebDAV listing, already reported",
     .meaning = "Stands inside a 207: the members of this collection were listed before under another binding and are "
                "not repeated.",
     .operator_advice = "It belongs inside a 207 body. As the status of a log line it is odd.",
     .standard_note = "WebDAV bindings (RFC 5842), in the IANA registry."},
    {.code = 226,
     .name = "IM Used",
     .gloss = "Success, sent as a change to an older copy",
     .meaning = "A GET was answered with the result of instance manipulations, such as the difference to the copy that "
                "the client already has.",
     .client_advice = "Apply the difference to the copy you have.",
     .operator_advice = "Rare. Nothing to do if the site serves delta encoding.",
     .standard_note = "Delta encoding (RFC 3229), in the IANA registry."},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_CODES_1XX_2XX_H_
