// The catalogue's entries 3xx. Data only: included by catalog.cc, which joins and checks the tables.
//
// Sources: the document (docs/status-codes.md) for meaning, advice and rules; RFC 9110 section 15.4 and the IANA
// registry of HTTP status codes for today's standard.
#ifndef LOGSTAT_SRC_CATALOG_CODES_3XX_H_
#define LOGSTAT_SRC_CATALOG_CODES_3XX_H_

#include "logstat/status_codes.h"

namespace logstat::catalog {

inline constexpr StatusCode kCodes3xx[] = {
    {.code = 300,
     .name = "Multiple Choices",
     .gloss = "Several versions exist, the client picks one",
     .meaning = "The resource comes in several versions, each with an address of its own and information by which the "
                "browser can choose.",
     .client_advice = "The user or the browser picks an address and goes there. A browser may choose by itself, by "
                      "format and by what it can show; RFC 2616 does not say how. It may follow Location on its own.",
     .operator_advice = "If you prefer one version, put its URI into Location.",
     .rules = "Unless the request was HEAD, the body should list the versions with attributes and addresses, in the "
              "format that Content-Type names. Cacheable unless stated otherwise.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 301,
     .name = "Moved Permanently",
     .gloss = "Moved for good, use the new address",
     .meaning = "The resource has a new place for good. Every later reference should use one of the URIs that this "
                "response gives.",
     .client_advice = "Change stored links to the new address where possible. If the request was not GET or HEAD, do "
                      "not follow before the user agrees: the conditions may have changed.",
     .operator_advice = "Fix the pages that still link to the old address. Move the target of a form rather than let "
                        "its POST run into a 301.",
     .rules = "Location should hold the new URI. Unless the request was HEAD, the body should hold a link to it and a "
              "short note. Cacheable unless stated otherwise. Some HTTP/1.0 browsers turn a POST into a GET when they "
              "follow.",
     .standard_note =
         "A client may turn POST into GET when it follows, and need not ask the user. 308 keeps the method.",
     .in_document = true},
    {.code = 302,
     .name = "Moved Temporarily",
     .gloss = "For now the answer is at another address",
     .meaning =
         "For now the resource answers at another URI. Because that may change, the old address stays the right "
         "one. Many browsers treat a 302 like a 303 and fetch the new URI with GET, whatever the first method was, "
         "although RFC 1945 and RFC 2068 forbid it; 303 and 307 were added to say which of the two is meant.",
     .client_advice =
         "Keep sending later requests to the old address. If the request was not GET or HEAD, do not follow "
         "before the user agrees: the conditions may have changed.",
     .operator_advice = "Say what you mean: 303 to be fetched with GET, 307 to keep the method, 301 if it is for good.",
     .rules = "Cacheable only if Cache-Control or Expires says so.",
     .standard_note =
         "Named Found today. Turning POST into GET is now allowed, and nobody has to ask the user. 307 keeps "
         "the method.",
     .in_document = true},
    {.code = 303,
     .name = "See Other",
     .gloss = "The result is elsewhere, fetch it with GET",
     .meaning =
         "The answer to this request is at another URI and is to be fetched with GET. Made so that the output of "
         "a script started by POST can lead on to a new page. The new URI is no replacement for the old one.",
     .client_advice = "Fetch the other URI with GET.",
     .operator_advice = "Many browsers older than HTTP/1.1 do not know 303. Where they matter, send 302: most of them "
                        "treat it as a 303 should be treated.",
     .rules = "The 303 itself must not be cached; the response to the second request may be.",
     .standard_note = "Caching is no longer forbidden: a 303 may be cached if Cache-Control or Expires allows it.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 304,
     .name = "Not Modified",
     .gloss = "Unchanged, the client's copy is still good",
     .meaning =
         "The client asked by a conditional GET, was allowed to, and the document has not changed since its last "
         "visit, or by the condition it gave. No body is sent.",
     .client_advice = "If there is no cached copy of the entity, ignore this answer and repeat the request without "
                      "conditions. If it updates a cached entry, take over every field that has changed.",
     .operator_advice = "Healthy: caches work and bandwidth is saved. A 304 followed at once by a 200 for the same "
                        "client and path points to a broken cache on the way.",
     .rules =
         "No body: the response ends at the first blank line after the headers. It must have Date, unless the "
         "server has no clock (then proxy and client may add it); ETag and/or Content-Location, if a 200 would have "
         "them; Expires, Cache-Control and/or Vary, if they may differ from the last time. Other entity headers "
         "should be left out with a strong validator, and are forbidden with a weak one.",
     .standard_note =
         "For conditional GET and HEAD. Must repeat Cache-Control, Content-Location, Date, ETag, Expires and "
         "Vary if a 200 would have had them.",
     .in_document = true},
    {.code = 305,
     .name = "Use Proxy",
     .gloss = "Must be fetched through the named proxy",
     .meaning = "The resource must be reached through the proxy that Location names.",
     .client_advice = "Repeat this one request through that proxy.",
     .operator_advice = "Only the origin server may send it. To ignore that, or to take it for more than one request, "
                        "can have serious security consequences.",
     .practice = "Hardly any server sends it on purpose. Find out which one did: someone may be diverting traffic.",
     .rules = "Location holds the URI of the proxy. Only the origin server may create a 305. It is meant for a single "
              "request, which RFC 2068 failed to say clearly.",
     .standard_note = "Deprecated for security reasons; browsers ignore it.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 306,
     .name = "Switch Proxy",
     .gloss = "Reserved, no longer used",
     .meaning = "The latest version of the specification no longer uses this code.",
     .operator_advice = "No sound software sends it: find out which program did.",
     .standard_note = "\"(Unused)\" in the IANA registry, and reserved.",
     .in_document = true},
    {.code = 307,
     .name = "Temporary Redirect",
     .gloss = "For now the resource is at another address",
     .meaning = "For now the resource answers at another URI.",
     .client_advice =
         "If the request was not GET or HEAD, do not follow before the user agrees: the conditions may have "
         "changed.",
     .operator_advice =
         "Some browsers do not know 307. Send the link and the note in the body, so that the user can go "
         "on by hand.",
     .rules =
         "Location should hold the new, temporary URI. Unless the request was HEAD, the body should hold a link to "
         "it and a short note.",
     .standard_note = "The client must keep the method when it follows, and need not ask the user.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 308,
     .name = "Permanent Redirect",
     .gloss = "Moved for good, same method at the new address",
     .meaning =
         "The resource has a new address for good, as with 301, but the client must not change the method: a POST "
         "stays a POST.",
     .client_advice = "Use the new address from now on, and repeat the request there with the same method.",
     .operator_advice = "Fix the pages that still link to the old address.",
     .standard_note = "RFC 9110 (first in RFC 7538), in the IANA registry."},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_CODES_3XX_H_
