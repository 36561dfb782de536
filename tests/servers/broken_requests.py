"""Requests that are no good HTTP, no HTTP at all, or that the client does not finish; and trouble behind a proxy.

Same use as plain_requests.py.
"""

from client import Exchange
from plain_requests import message
from site_layout import HOST

TLS_HELLO = (bytes.fromhex("16030100f4010000f00303") + bytes(range(0x20, 0x60)) +
             b'"\\"\x00' * 8 + bytes(range(0x80, 0xA0)))


def other_protocols():
    """Not HTTP; some have a newline, at which a server may give up, the others end with the client's FIN."""
    def sent(name, data):
        return Exchange(name, data, shut=True)

    return [
        sent("TLS hello", TLS_HELLO), sent("TLS hello with newline", TLS_HELLO + b"\n"),
        sent("RDP", b"\x03\x00\x00/*\xe0\x00\x00\x00\x00\x00Cookie: mstshash=Test\r\n\x01\x00\x08\x00\x03\x00\x00\x00"),
        sent("SSH", b"SSH-2.0-probe\r\n"),
        sent("SMB", b"\x00\x00\x00T\xffSMBr\x00\x00\x00\x00\x18\x01(\x00\x00\r\n\r\n"),
        sent("SIP", b"OPTIONS sip:probe@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/TCP x\r\n\r\n"),
        sent("JSON-RPC", b'{"id":1,"method":"mining.subscribe","params":["x\\"y"]}\n'),
        sent("HTTP/2 preface", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), sent("T3", b"t3 12.1.2\nAS:2048\nHL:19\n\n"),
        sent("a word", b"HELP\r\n\r\n"), sent("quote", b'"\r\n\r\n'), sent("backslash", b"\\\r\n\r\n"),
        sent("NULs", bytes(64) + b"\r\n\r\n"),
    ]


def broken():
    good = message()

    def sent(name, data):
        return Exchange(name, data, shut=True)

    return [
        sent("HTTP/0.9", b"GET /file.txt\r\n\r\n"), sent("HTTP/2.0", message(version=b"HTTP/2.0")),
        sent("HTTP/9.9", message(version=b"HTTP/9.9")), sent("HTTP/1", message(version=b"HTTP/1")),
        sent("HTTP1.1", message(version=b"HTTP1.1")), sent("http/1.1", message(version=b"http/1.1")),
        sent("HTTP/1.12345", message(version=b"HTTP/1.12345")), sent("no target", b"GET\r\n\r\n"),
        sent("no target but a version", b"GET  HTTP/1.1\r\nHost: " + HOST + b"\r\n\r\n"),
        sent("word after version", message(version=b"HTTP/1.1 HTTP/1.1")),
        sent("space in target", message(b"/a b c")), sent("many spaces", b"GET   /file.txt   HTTP/1.1\r\nHost: a\r\n"
                                                          b"Connection: close\r\n\r\n"),
        sent("tab in request line", b"GET\t/file.txt\tHTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        sent("space first", b" " + good), sent("empty lines first", b"\r\n\r\n" + good),
        sent("newlines only", good.replace(b"\r\n", b"\n")),
        sent("carriage returns only", good.replace(b"\r\n", b"\r")),
        sent("carriage return in target", message(b"/a\rb")), sent("NUL in target", message(b"/a\x00b")),
        sent("raw control byte in target", message(b"/a\x01b")), sent("empty line alone", b"\r\n"),
        sent("no host", message(host=None)), sent("two hosts", message(headers=[b"Host: other.example.org"])),
        sent("host with quotes", message(host=b'a"b c')), sent("host with path", message(host=b"a/../b")),
        sent("empty host", message(host=b"")), sent("header without colon", message(headers=[b"nonsense"])),
        sent("space before colon", message(headers=[b"X-Test : a"])), sent("folded", message(headers=[b"X: a", b" b"])),
        sent("NUL in header", message(headers=[b"X-Test: a\x00b"])),
        sent("bad length", message(b"/file.txt", b"POST", headers=[b"Content-Length: many"])),
        sent("negative length", message(b"/file.txt", b"POST", headers=[b"Content-Length: -5"])),
        sent("length and chunked", message(b"/file.txt", b"POST", body=b"0\r\n\r\n",
                                           headers=[b"Transfer-Encoding: chunked"])),
        sent("unknown coding", message(b"/file.txt", b"POST", headers=[b"Transfer-Encoding: rot13"])),
        sent("unknown expectation", message(headers=[b"Expect: the-unexpected"])),
        sent("long target", message(b"/" + b"A" * 20000)), sent("long query", message(b"/?q=" + b"%22" * 7000)),
        sent("long header", message(headers=[b"X-Long: " + b"h" * 20000])),
        sent("many headers", message(headers=[b"X-%d: y" % number for number in range(400)])),
        sent("large body", message(b"/file.txt", b"POST", body=b"b" * 40000)),
    ]


def unfinished():
    """Clients that stop in the middle or go away; all of them take time."""
    return [
        Exchange("half a request line", b"GET /half", slow=True),
        Exchange("half a header", b"GET /half HTTP/1.1\r\nHost: shop.exa", slow=True),
        Exchange("half a request and gone", b"GET /gone HTTP/1.1\r\nHost: shop.exa", leave_after=0.2, slow=True),
        Exchange("half a request line and FIN", b"GET /fin HT", shut=True, slow=True),
        Exchange("half a header and FIN", b"GET /fin HTTP/1.1\r\nHo", shut=True, slow=True),
        Exchange("nothing", b"", slow=True),
        Exchange("nothing and FIN", b"", shut=True, slow=True),
        Exchange("nothing and gone", b"", leave_after=0.0, reset=True, slow=True),
        Exchange("body never comes", message(b"/proxy/x", b"POST", headers=[b"Content-Length: 10"]), slow=True),
        Exchange("half a body and gone", message(b"/proxy/x", b"POST", headers=[b"Content-Length: 10"]) + b"12345",
                 leave_after=0.2, slow=True),
        Exchange("bad chunk", message(b"/proxy/x", b"POST", headers=[b"Transfer-Encoding: chunked"]) + b"zz\r\n",
                 slow=True),
    ]


def behind_proxy():
    codes = (200, 201, 202, 203, 204, 206, 207, 226, 299, 300, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405,
             406, 407, 408, 409, 410, 411, 412, 413, 415, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499,
             500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520, 525, 599)
    return [Exchange(f"backend says {code}", message(b"/proxy/status/%d" % code)) for code in codes] + [
        Exchange("large", message(b"/proxy/large")), Exchange("chunked", message(b"/proxy/chunked")),
        Exchange("backend closes", message(b"/proxy/close")),
        Exchange("backend is no HTTP", message(b"/proxy/garbage")),
        Exchange("backend cuts the body", message(b"/proxy/cut")), Exchange("dead backend", message(b"/dead/x")),
        Exchange("dead backend, IPv6 client", message(b"/dead/y?a|b"), ipv6=True),
        Exchange("patient", message(b"/proxy/slow"), slow=True),
        Exchange("slow backend", message(b"/slow/slow"), slow=True),
        Exchange("client leaves", message(b"/proxy/slow"), leave_after=0.3, slow=True),
        Exchange("client resets", message(b"/proxy/slow"), leave_after=0.3, reset=True, slow=True),
        Exchange("client leaves in the body", message(b"/proxy/endless"), hears=True, leave_after=0.2, reset=True,
                 slow=True),
    ]
