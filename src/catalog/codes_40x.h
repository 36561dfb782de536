// The catalogue's entries 400 to 409. Data only: included by catalog.cc, which joins and checks the tables.
//
// Sources: the document (docs/status-codes.md) for meaning, advice and rules; RFC 9110 section 15.5 and the IANA
// registry of HTTP status codes for today's standard.
#ifndef LOGSTAT_SRC_CATALOG_CODES_40X_H_
#define LOGSTAT_SRC_CATALOG_CODES_40X_H_

#include "logstat/status_codes.h"

namespace logstat::catalog {

inline constexpr StatusCode kCodes40x[] = {
    {.code = 400,
     .name = "Bad Request",
     .gloss = "The server cannot understand the request",
     .meaning = "Either the request makes no sense to the server and it cannot understand it, or a parameter of the "
                "request is wrong.",
     .client_advice = "Do not send the request again unchanged.",
     .operator_advice =
         "Tell the two apart. Garbled requests are mostly scanners, or TLS spoken to a plain port. For a "
         "wrong parameter, say in the answer which one.",
     .standard_note = "Covers any client error seen, also broken framing and deceptive routing. The ban on sending it "
                      "again unchanged is gone.",
     .in_document = true},
    {.code = 401,
     .name = "Unauthorized",
     .gloss = "Login needed, or the login was refused",
     .meaning = "The request needs a user to log in. If it already carried credentials, the server has refused them.",
     .client_advice =
         "Repeat the request with a fitting Authorization header. If the same challenge comes again after at "
         "least one try, show the body to the user: it may say what is wrong.",
     .operator_advice = "A few are normal. Many from one address, or for one user from many, mean that passwords are "
                        "being guessed.",
     .rules = "The response must have a WWW-Authenticate header that fits the resource.",
     .in_document = true},
    {.code = 402,
     .name = "Payment Required",
     .gloss = "Reserved for future use",
     .meaning = "Set aside for a possible need in the future.",
     .operator_advice = "If your own application does not send it, find out what does.",
     .standard_note = "Still reserved. Some paid services send it when an account is not paid for.",
     .in_document = true},
    {.code = 403,
     .name = "Forbidden",
     .gloss = "Understood, but refused; a login will not help",
     .meaning = "The server understood the request and refuses to carry it out. Unlike with 401, logging in changes "
                "nothing.",
     .client_advice = "Do not repeat the request.",
     .operator_advice = "Give the reason in the body if you want it known. If the client is to learn nothing at all, "
                        "answer 404 instead.",
     .practice = "Users refused by mistake: check file permissions and access rules. The rest is mostly probing.",
     .rules = "Unless the request was HEAD, a server that wants to explain the refusal should do so in the body.",
     .standard_note = "If credentials were sent, they were not enough; the client may try again with others.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 404,
     .name = "Not Found",
     .gloss = "The page is not on this server",
     .meaning =
         "The resource was not found on the server, most likely because there is no such page. Nothing tells "
         "whether that is for now or for good. Also sent when the server does not want to say why it refuses, or "
         "when no other answer fits.",
     .operator_advice = "If you know that an old resource is gone for good and has no new address, answer 410 instead.",
     .practice = "Called from your own pages: mend the link. Many paths from one client: a scanner at work.",
     .in_document = true,
     .advice_from_document = true},
    {.code = 405,
     .name = "Method Not Allowed",
     .gloss = "This method may not be used on this resource",
     .meaning =
         "The method in the request line cannot be used on this resource. PUT and DELETE write to the server, so "
         "most web servers do not support or allow them as they are installed, and answer 405.",
     .operator_advice = "PUT or DELETE tried here and there is probing. On your own API, compare the client's method "
                        "with what the route accepts.",
     .rules = "The response must have an Allow header that lists the methods the resource accepts.",
     .in_document = true},
    {.code = 406,
     .name = "Not Acceptable",
     .gloss = "No version fits what the client accepts",
     .meaning = "The resource cannot be given in a form that meets the conditions in the request headers, so no body "
                "could be made.",
     .client_advice = "The user or the browser picks the best of the versions offered. No rule says how to pick "
                      "automatically.",
     .operator_advice =
         "Look at the Accept headers of these clients. Scripts often ask for a type that you do not offer.",
     .rules = "Unless the request was HEAD, the body should list the versions with attributes and addresses, in the "
              "format that Content-Type names.",
     .standard_note = "A server may also ignore the Accept headers and send what it has.",
     .in_document = true},
    {.code = 407,
     .name = "Proxy Authentication Required",
     .gloss = "The client must log in at the proxy first",
     .meaning = "Like 401, but the client has to log in at the proxy.",
     .client_advice = "Repeat the request with a Proxy-Authorization header.",
     .operator_advice = "Expected only from a forward proxy. On a web server, someone is testing for an open proxy.",
     .rules = "The proxy must send a Proxy-Authenticate header with its challenge.",
     .in_document = true},
    {.code = 408,
     .name = "Request Timeout",
     .gloss = "The client took too long to send its request",
     .meaning = "The client did not finish its request within the time that the server was prepared to wait.",
     .client_advice = "Send the same request again, at any time, unchanged.",
     .operator_advice =
         "Some come from browsers that open spare connections. Many from one address without any request "
         "are a slow-request attack: shorten the header timeout, limit connections.",
     .in_document = true},
    {.code = 409,
     .name = "Conflict",
     .gloss = "Clashes with the present state of the resource",
     .meaning = "The request clashes with the present state of the resource. It mostly happens with PUT where versions "
                "are checked: the change was made against a version that a third party has replaced meanwhile.",
     .client_advice = "Find the conflict with the help of the body, merge the two versions, and send a new request.",
     .operator_advice =
         "Send 409 only where the user can solve the conflict and try again. Give both versions or their "
         "difference.",
     .rules = "The body should hold enough for the user to find the cause of the conflict.",
     .in_document = true,
     .advice_from_document = true},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_CODES_40X_H_
