"""The requests that are sent to every server, by what they are meant to show. Each has a name, unique in its list.

    for exchange in ordinary() + broken(): perform(exchange, port)

A server's module picks groups, and says in its table `LOGGED` where its log differs from what the client received.
"""

import base64

from client import Exchange
from site_layout import FILE_BYTES, HOST, PASSWORD, USERS

AGENT = b"servers-test/1.0"
DATE_AHEAD = b"Fri, 31 Dec 2100 23:59:59 GMT"


def message(target=b"/", method=b"GET", version=b"HTTP/1.1", host=HOST, headers=(), body=b"", agent=AGENT, close=True):
    """The bytes of a request; `headers` are whole lines without their ends."""
    lines = [b" ".join((method, target, version))]
    if host is not None:
        lines.append(b"Host: " + host)
    if agent is not None:
        lines.append(b"User-Agent: " + agent)
    if close:
        lines.append(b"Connection: close")
    if body:
        lines.append(b"Content-Length: %d" % len(body))
    lines += headers
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def basic(user, password=PASSWORD):
    return b"Authorization: Basic " + base64.b64encode(f"{user}:{password}".encode())


def ordinary():
    def at(name, *arguments, **named):
        return Exchange(name, message(*arguments, **named))

    return [
        at("root"), at("file", b"/file.txt"), at("empty file", b"/empty.txt"), at("query", b"/index.html?a=b&c=d%20e"),
        at("referrer", b"/file.txt", headers=[b"Referer: https://search.example.org/?q=lamps"]),
        at("range", b"/file.txt", headers=[b"Range: bytes=100-199"]),
        at("two ranges", b"/file.txt", headers=[b"Range: bytes=0-9,500-509"]),
        at("range beyond the end", b"/file.txt", headers=[b"Range: bytes=%d-" % (FILE_BYTES * 2)]),
        at("not modified", b"/file.txt", headers=[b"If-Modified-Since: " + DATE_AHEAD]),
        at("precondition failed", b"/file.txt", headers=[b'If-Match: "other"']),
        at("moved", b"/moved"), at("folder without slash", b"/listing"), at("folder without index", b"/listing/"),
        at("not found", b"/not/here.html"), at("forbidden", b"/forbidden/"), at("no user", b"/private/"),
        at("post to a file", b"/file.txt", b"POST", body=b"a=1"), at("options", b"/file.txt", b"OPTIONS"),
        at("absolute form", b"http://mirror.example.org/file.txt?x"), at("HTTP/1.0", version=b"HTTP/1.0"),
        at("HTTP/1.0 without host", version=b"HTTP/1.0", host=None), at("host with port", host=HOST + b":8080"),
        at("host in capitals", host=HOST.upper()), at("address as host", host=b"[::1]"),
        at("forwarded", headers=[b"X-Forwarded-For: 192.0.2.7, 198.51.100.9"]),
        Exchange("head", message(method=b"HEAD"), heads=(0,)),
        Exchange("head not found", message(b"/nope", b"HEAD"), heads=(0,)),
        Exchange("two at once", message(b"/file.txt", close=False) + message(b"/nothing")),
        Exchange("IPv6 client", message(b"/file.txt"), ipv6=True),
        Exchange("expects to continue", message(b"/file.txt", b"POST", headers=[b"Expect: 100-continue"], body=b"abc")),
    ]


def hostile_text():
    """Text that tries to look like something else in the log: fields, quotes, ends of lines."""
    fake = b'" 200 17 "-" "-'
    exchanges = []
    for name, text in [
            ("quotes", b'a"b"c'), ("fake status", b"x" + fake),
            ("backslash", b"a\\b"), ("backslash at the end", b"a\\"),
            ("backslash quote", b'a\\"b'), ("utf-8", "na\u00efve \u96ea".encode()), ("not utf-8", b"a\xff\xfe\xc3("),
            ("escape sequence", b"a\x1b[31mred"), ("control bytes", b"a\x01\x02\x7fb"), ("tab", b"a\tb"),
            ("separators", b"a|b;c,d{e}[f]<g>"), ("brackets", b'] "GET / HTTP/1.1" 500 1'), ("empty", b""),
            ("hyphen", b"-"), ("long", b"L" * 900), ("json", b'","status":"500","x":"'),
            ("literal escape", b"\\x22\\u0041")]:
        referrer = b"Referer: https://a.example/" + text if name not in ("empty", "hyphen") else b"Referer: " + text
        exchanges.append(Exchange("agent: " + name, message(b"/file.txt?agent", agent=text)))
        exchanges.append(Exchange("referrer: " + name, message(b"/file.txt?referrer", headers=[referrer])))
        exchanges.append(Exchange("target: " + name, message(b"/t/" + text)))
        exchanges.append(Exchange("query: " + name, message(b"/file.txt?" + text)))
        exchanges.append(Exchange("forwarded: " + name, message(headers=[b"X-Forwarded-For: 192.0.2.8, " + text])))
    exchanges += [
        Exchange("no agent", message(agent=None)),
        Exchange("line break in the path", message(b"/a%0d%0aSet-Cookie:%20x%0a127.0.0.1%20-%20-")),
        Exchange("percent quote", message(b"/file.txt?%22%20500%2017%5C%22")),
        Exchange("NUL in the path", message(b"/a%00b")), Exchange("not percent", message(b"/%zz%")),
        Exchange("up and away", message(b"/../../etc/passwd")), Exchange("slashes", message(b"//file.txt//..//")),
        Exchange("fragment", message(b"/file.txt#part")), Exchange("no slash", message(b"file.txt")),
    ]
    return exchanges


def users():
    exchanges = [Exchange(f"user {user}", message(b"/private/", headers=[basic(user)])) for user in USERS]
    exchanges += [Exchange(f"wrong password {user}", message(b"/private/", headers=[basic(user, "wrong")]))
                  for user in USERS[:5]]
    return exchanges + [
        Exchange("unknown user", message(b"/private/", headers=[basic('no\x01body" 200 17')])),
        Exchange("empty user", message(b"/private/", headers=[basic("")])),
        Exchange("not base64", message(b"/private/", headers=[b"Authorization: Basic ?\"?"])),
        Exchange("unknown scheme", message(b"/private/", headers=[b"Authorization: Sesame open"])),
    ]


def methods():
    """WebDAV, methods that are rarely allowed, and some that nobody knows."""
    exchanges = []
    for method in (b"PROPFIND", b"MKCOL", b"COPY", b"LOCK", b"PUT", b"DELETE", b"PATCH", b"TRACE", b"BREW", b"get",
                   b"M-SEARCH", b"A" * 40, b"G\xc3\x89T", b'G"T', b"G\\T"):
        name = method.decode("utf-8")
        exchanges.append(Exchange(f"method {name}", message(b"/upload/x", method)))
    return exchanges + [
        Exchange("connect", message(b"mail.example.org:25", b"CONNECT")),
        Exchange("options of all", message(b"*", b"OPTIONS")),
        Exchange("put", message(b"/upload/y", b"PUT", body=b"new")),
    ]
