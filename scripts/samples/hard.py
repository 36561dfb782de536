"""hard-requests.log: one or more lines for every habit of real servers that readers of combined logs get wrong.

A line in seven of real logs is of one of these kinds. All but the last group count, and none may shift a field.
"""

from .log import SampleLog, stamp
from .twins import AGENT, combined


def other_protocols(log):
    combined(log, r"\x16\x03\x01\x00\xF4\x01\x00 ]=[\x03\x03\x5C\x22 200 5", 400, 166, agent="-")
    combined(log, r"\x03\x00\x00/*\xE0\x00\x00\x00\x00\x00Cookie: mstshash=Test", 400, 166, agent="-")
    combined(log, "SSH-2.0-probe", 400, 182, agent="-")
    combined(log, r"\x00\x00\x00T\xFFSMBr\x00", 400, 166, agent="-")
    combined(log, "OPTIONS sip:probe@192.0.2.1 SIP/2.0", 400, 166, agent="-")
    combined(log, r"{\x22id\x22:1,\x22method\x22:\x22mining.subscribe\x22}\x0A", 400, 166, agent="-")
    combined(log, "t3 12.1.2", 400, 166, agent="-")
    combined(log, "MGLNDD_192.0.2.1_80", 400, 166, agent="-")
    combined(log, "PRI * HTTP/2.0", 400, 166, agent="-")


def quotes(log):
    combined(log, r'{\"params\": [\"y\"], \"id\": 3}\n', 400, 3227)
    combined(log, r"GET /?q=\x22quoted\x22 HTTP/1.1", 200, 12)
    combined(log, r'\x16\x03\x01\x02\"\x03', 400, 0, agent="-")
    combined(log, r"GET /ends-with-a-backslash\\", 404, 19)
    combined(log, 'GET /index.php?<?print(sha1("x"))?>+/var/y.php HTTP/1.1', 404, 19)
    combined(log, 'GET /"" HTTP/1.1', 404, 20)
    combined(log, 'GET /a" 20 17 HTTP/1.1', 404, 21)
    combined(log, "GET /agent HTTP/1.1", 200, 13, agent=r'\"some research\"')


def requests(log):
    combined(log, "", 400, 0, agent="-")
    combined(log, "-", 408, "-", agent="-")
    combined(log, "-", 400, 0, agent="-")
    combined(log, "GET /http-0.9.html", 200, 7074)
    combined(log, "POST /no-version HTTP1.1", 400, 150)
    combined(log, "GET /" + "A" * 3000, 414, 177, agent="-")
    combined(log, "GET /shell?cd+/var;get+ 192.0.2.4/x HTTP/1.1", 404, 548)
    combined(log, "GET /wide.html   HTTP/1.0", 200, 14)
    combined(log, "GET   /lead.html HTTP/1.0", 200, 15)
    combined(log, "GET GET /twice", 400, 150)
    combined(log, "GET  HTTP/1.1", 400, 150)
    combined(log, " GET /blank-first HTTP/1.1", 400, 150)
    combined(log, "GET http://mirror.example.org/a?b HTTP/1.1", 404, 16)
    combined(log, "GET https://mirror.example.org:8443/c HTTP/1.1", 404, 17)
    combined(log, "CONNECT mail.example.org:25 HTTP/1.1", 405, 150)
    combined(log, "OPTIONS * HTTP/1.0", 200, 0)
    combined(log, "get /lower-case HTTP/1.1", 405, 150)
    combined(log, "GET /" + "k" * 1500 + "?q HTTP/1.1", 200, 18)
    combined(log, "GET /\x1b[31mred\x07 HTTP/1.1", 404, 548)


def prefixes(log):
    ok = ("GET /prefix HTTP/1.1", 200, 30)
    for prefix in ("192.0.2.40 TIME", "192.0.2.41 -  -  TIME", "192.0.2.42 - mary ann TIME",
                   "192.0.2.43 - someone@example.org TIME", '192.0.2.44 - "" TIME', "192.0.2.45 - a[b] TIME",
                   "shop.example.com:443 192.0.2.46 - - TIME", "10.0.0.2, 10.0.0.1, 127.0.0.1 - - TIME",
                   "client.example.org - - TIME", "192.0.2.47:51122 - - TIME", "::1 - - TIME",
                   "::ffff:192.0.2.48 - - TIME", "fe80::1%4 - - TIME", "- - - TIME", "unix: - - TIME",
                   " 192.0.2.49 - - TIME", "   192.0.2.50 - - TIME"):
        combined(log, *ok, prefix=prefix)
    combined(log, *ok, prefix='"192.0.2.51 - - TIME', tail=' "-" "whole line in quotes""')


def times(log):
    for text in ("[-]", "[31/Feb/2026:10:00:00 +0000]", "[23/Nov/2026:24:00:00 +0000]", "[23/Nov/2026:10:00:00]",
                 "[2026-11-23T10:00:00Z]"):
        combined(log, "GET /time HTTP/1.1", 200, 40, prefix=f"192.0.2.60 - - {text}")
    for text in ("[23/Nov/2026:15:30:59 +0530]", "[23/Nov/2026:02:00:59 -0800]"):
        combined(log, "GET /zone HTTP/1.1", 200, 41, prefix=f"192.0.2.61 - - {text}")
    combined(log, "GET /years-ago HTTP/1.1", 200, 42, prefix="192.0.2.62 - - [01/Jan/1970:00:00:07 +0000]")
    combined(log, "GET /in-years HTTP/1.1", 200, 42, prefix="192.0.2.62 - - TIME")
    combined(log, "GET /in-years HTTP/1.1", 200, 42, prefix="192.0.2.62 - - [31/Dec/9999:23:59:59 +0000]")


def tails(log):
    ok = ("GET /tail HTTP/1.1", 200, 1045)
    for tail in ("", ' "-"', ' "-" "a" 22', ' "-" "a" 404 9504 0.127 "240x240" 113 11', ' "-" "two\rparts"', ' "-" "cut',
                 ' "-" "-" "192.0.2.9"', " 404 17"):
        combined(log, *ok, tail=tail)
    combined(log, *ok, referrer="https://shop.example.com/?id=1%20UNION%20" + "S" * 4200)


def statuses(log):
    for status in ("0", "000", "-", "-1"):
        combined(log, "GET /not-sent HTTP/1.1", status, 0, code=0)
    for status in ("001", "299", "444", "460", "600", "783", "999"):
        combined(log, "GET /rare HTTP/1.1", status, 5)
    combined(log, "HEAD /rare HTTP/1.1", 200, "-")


def uncounted(log):
    start = f"192.0.2.70 - - {stamp(log.tick())} "
    for rest in ('TLSv1.3 TLS_AES_256_GCM_SHA384 "GET / HTTP/1.1" 1375', '"GET /cut-off-by-a-crash HT', '"GET / HTTP/1.1"',
                 '"GET / HTTP/1.1" ', '"GET / HTTP/1.1" 20 17', '"GET / HTTP/1.1" 2000 17', '"GET / HTTP/1.1" 200 OK',
                 '"GET / HTTP/1.1" 200', '"GET / HTTP/1.1" 200 17;'):
        log.reject(start + rest)
    log.reject("Segmentation fault")
    log.reject("200 17")


def make():
    log = SampleLog("hard-requests.log", "a line for every habit of real servers that shifts fields: other protocols, "
                    "quotes, blanks, prefixes, times, tails, statuses")
    for group in (other_protocols, quotes, requests, prefixes, times, tails, statuses, uncounted):
        combined(log, f"GET /{group.__name__} HTTP/1.1", 200, 1, agent=AGENT)
        group(log)
    return log
