// The ten classes of status codes, by first digit. Data only: included by catalog.cc.
//
// Classes 1 to 6 are the document's; it puts 6xx beside 5xx as server errors. The notes are from RFC 9110 section 15.
#ifndef LOGSTAT_SRC_CATALOG_CLASSES_H_
#define LOGSTAT_SRC_CATALOG_CLASSES_H_

#include "logstat/status_codes.h"

namespace logstat::catalog {

inline constexpr StatusClass kClasses[] = {
    {.digit = 0,
     .label = "0xx",
     .name = "No status sent",
     .gloss = "Connection ended before any status was sent",
     .meaning =
         "The log has no status for these requests: -, -1, 0 or 000. The connection ended before the server sent "
         "one, or what came in was no HTTP request at all. Numbers from 001 to 099, which are no status, count here "
         "too.",
     .standard_note = "Not an HTTP status: codes go from 100 to 599."},
    {.digit = 1,
     .label = "1xx",
     .name = "Message",
     .gloss = "Accepted so far, processing continues",
     .meaning = "The request has been accepted, and processing has to go on.",
     .standard_note = "Called Informational. A server must not send one to an HTTP/1.0 client.",
     .in_document = true},
    {.digit = 2,
     .label = "2xx",
     .name = "Success",
     .gloss = "Received, understood and accepted",
     .meaning = "The server has received, understood and accepted the request.",
     .in_document = true},
    {.digit = 3,
     .label = "3xx",
     .name = "Redirect",
     .gloss = "The client must go on to another address",
     .meaning = "The client has to do something more to complete the request. The Location header says where the next "
                "request should go.",
     .advice = "A browser may send the next request by itself only if its method is GET or HEAD. It should not follow "
               "more than 5 redirects on its own.",
     .standard_note =
         "The limit of 5 is gone: a client should detect loops instead. After 307 and 308 it may repeat any "
         "method by itself. 304 leads nowhere: it sends the client to its own copy.",
     .in_document = true},
    {.digit = 4,
     .label = "4xx",
     .name = "Request error",
     .gloss = "The client seems to be at fault",
     .meaning =
         "The client seems to have made an error that keeps the server from processing the request. Any method can "
         "get such an answer.",
     .advice =
         "Unless the request was HEAD, the body should explain the error and say whether it is temporary or "
         "permanent; the browser should show it to the user. If the client is still sending, a server on TCP should "
         "make sure that the client has received the answer before it closes: otherwise the TCP stack's reset "
         "clears what the client has not read yet, and the answer is lost.",
     .standard_note = "Called Client Error. A client treats a 4xx that it does not know like a 400.",
     .in_document = true},
    {.digit = 5,
     .label = "5xx",
     .name = "Server error",
     .gloss = "The server failed and knows it",
     .meaning = "The server ran into an error or an abnormal state while processing the request, or sees that its "
                "hardware and software are not enough to complete it. Any method can get such an answer.",
     .advice = "Unless the request was HEAD, the body should explain the error and say whether it is temporary or "
               "permanent; the browser should show it to the user.",
     .standard_note = "A client treats a 5xx that it does not know like a 500.",
     .in_document = true},
    {.digit = 6,
     .label = "6xx",
     .name = "Server error",
     .gloss = "Server error, counted with 5xx",
     .meaning = "The document puts 6xx beside 5xx as server errors, and has one such code: 600.",
     .advice = "As for 5xx: unless the request was HEAD, the body should explain the error and say whether it is "
               "temporary or permanent.",
     .standard_note = "No such class: codes go from 100 to 599, and a client should treat others like a 5xx.",
     .in_document = true},
    {.digit = 7,
     .label = "7xx",
     .name = "No class",
     .gloss = "Not an HTTP class, some program's own code",
     .meaning = "Neither the document nor the standard has this class. The number is some program's own.",
     .standard_note = "No such class: codes go from 100 to 599, and a client should treat others like a 5xx."},
    {.digit = 8,
     .label = "8xx",
     .name = "No class",
     .gloss = "Not an HTTP class, some program's own code",
     .meaning = "Neither the document nor the standard has this class. The number is some program's own.",
     .standard_note = "No such class: codes go from 100 to 599, and a client should treat others like a 5xx."},
    {.digit = 9,
     .label = "9xx",
     .name = "No class",
     .gloss = "Not an HTTP class, some program's own code",
     .meaning = "Neither the document nor the standard has this class. The number is some program's own.",
     .standard_note = "No such class: codes go from 100 to 599, and a client should treat others like a 5xx."},
};

}  // namespace logstat::catalog

#endif  // LOGSTAT_SRC_CATALOG_CLASSES_H_
