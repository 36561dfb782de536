"""The awkward twins of access.log: small files, each with one thing that readers of logs get wrong.

Each function makes one SampleLog; ALL lists them. The lines are ours, made after the habits of real servers.
"""

from .log import Chance, SampleLog, at, stamp

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
ORDINARY = [("GET / HTTP/1.1", 200, 5124), ("GET /assets/app.css HTTP/1.1", 304, 0), ("GET /missing HTTP/1.1", 404, 548),
            ("POST /login HTTP/1.1", 302, 0), ("GET /p/oak-chair?color=dark HTTP/1.1", 200, 18011),
            ("GET /api/cart HTTP/1.1", 502, 560)]


def combined(log, request, status, size, client="192.0.2.1", referrer="-", agent=AGENT, prefix=None, tail=None, code=None):
    """Adds one combined line of any shape: `prefix` instead of client and time, `tail` instead of what follows the
    bytes, `code` what it counts as, where that is not the status as written."""
    time = log.tick()
    before = f"{client} - - {stamp(time)}" if prefix is None else prefix.replace("TIME", stamp(time))
    after = f' "{referrer}" "{agent}"' if tail is None else tail
    line = f'{before} "'.encode() + (request if isinstance(request, bytes) else request.encode())
    line += f'" {status} {size}{after}'.encode()
    log.count(line, int(status) if code is None else code, time)


def ordinary(log, lines=6):
    for i in range(lines):
        request, status, size = ORDINARY[i % len(ORDINARY)]
        combined(log, request, status, size, client=f"192.0.2.{1 + i % 5}")


def crlf():
    log = SampleLog("crlf.log", "lines that end with carriage return and newline", b"\r\n")
    ordinary(log, 12)
    return log


def no_final_newline():
    log = SampleLog("no-final-newline.log", "the last line has no newline and counts all the same")
    ordinary(log)
    log.drop_last_line_end()
    return log


def nul_bytes():
    log = SampleLog("nul-bytes.log", "NUL bytes in a request and in an agent, and the hole that copytruncate leaves at a "
                    "line's start")
    ordinary(log, 2)
    combined(log, b"GET /a\0b\0\0 HTTP/1.1", 400, 150)
    combined(log, "GET /agent HTTP/1.1", 200, 10, agent="probe\0\0/1")
    combined(log, "GET /after-the-hole HTTP/1.1", 200, 11, prefix="\0" * 600 + "192.0.2.9 - - TIME")
    ordinary(log, 2)
    return log


def giant_line():
    log = SampleLog("giant-line.log", "a request of 70,000 bytes between ordinary ones")
    ordinary(log, 3)
    combined(log, "GET /?x=" + "\\x00" * 17500, 414, 177, client="198.51.100.77", agent="-")
    ordinary(log, 3)
    return log


def empty():
    return SampleLog("empty.log", "nothing at all, as after a rotation")


def bad_utf8():
    log = SampleLog("bad-utf8.log", "bytes that are not UTF-8 in paths, valid UTF-8 beside them, and compressed "
                    "bytes on a line of their own, as after a crash")
    ordinary(log, 2)
    combined(log, b"GET /caf\xe9 HTTP/1.1", 404, 548)
    combined(log, "GET /café HTTP/1.1", 200, 812)
    combined(log, b"GET /\xff\xfe\xc0\x80 HTTP/1.1", 400, 150)
    combined(log, b"GET /half\xe2\x82 HTTP/1.1", 404, 548)
    log.reject(b"\x1f\x8b\x08\x00\x00\xf1\xc3\x9e\xd4\xa8\x83")
    ordinary(log, 2)
    return log


def blank_and_comments():
    log = SampleLog("blank-and-comments.log", "a byte order mark, # comments, blank lines and lines of blanks between "
                    "requests")
    log.ignore("\ufeff# access log of the shop")
    ordinary(log, 2)
    log.ignore("")
    log.ignore("#")
    log.ignore("# rotated by hand")
    combined(log, "GET /#fragment HTTP/1.1", 400, 150)
    log.ignore("   ")
    log.ignore("\t")
    ordinary(log, 3)
    log.ignore("")
    return log


def bare_cr():
    log = SampleLog("bare-cr.log", "lines that end with a carriage return alone: one line to every reader of newlines, "
                    "counted by its first request")
    time = at("10:00:01")
    parts = [f'192.0.2.{i} - - {stamp(time + i)} "{request}" {status} {size} "-" "{AGENT}"'
             for i, (request, status, size) in enumerate(ORDINARY)]
    log.count("\r".join(parts) + "\r", ORDINARY[0][1], time)
    log.lines[0] = (time, log.lines[0][1].removesuffix(b"\n"))
    return log


def common():
    log = SampleLog("common.log", "the common format: no referrer, no agent")
    chance = Chance(1)
    for i in range(40):
        request, status, size = chance.pick(ORDINARY)
        combined(log, request, status, "-" if size == 0 else size, client=f"192.0.2.{1 + i % 7}", tail="")
    return log


def vhost(name, about, tail):
    log = SampleLog(name, about)
    chance = Chance(2)
    for i in range(40):
        request, status, size = chance.pick(ORDINARY)
        host = chance.pick(["shop.example.com:443", "shop.example.com:443", "www.example.com:80", "api.example.org:8443"])
        combined(log, request, status, size, prefix=f"{host} 192.0.2.{1 + i % 7} - - TIME", tail=tail)
    return log


def vhost_combined():
    return vhost("vhost_combined.log", "host and port before the client, then combined", None)


def vhost_common():
    return vhost("vhost_common.log", "host and port before the client, then common", "")


def ipv6():
    log = SampleLog("ipv6.log", "IPv6 clients in every spelling: short, long, mapped, with a zone, in a list")
    for client in ("::1", "2001:db8::1", "2001:db8:0:0:1:2:3:4", "2001:DB8::A", "::ffff:192.0.2.1", "fe80::1%4",
                   "fe80::1%eth0", "2001:db8::7, 192.0.2.1", "2001:db8::1"):
        combined(log, "GET / HTTP/1.1", 200, 5124, client=client)
    combined(log, "GET http://[2001:db8::2]:8080/proxy HTTP/1.1", 400, 150, client="2001:db8::1")
    return log


def apache_escapes():
    log = SampleLog("apache-escapes.log", 'Apache writes a quote as \\" and a backslash as \\\\, in request, referrer and agent')
    ordinary(log, 2)
    combined(log, r'GET /find?name=\"oak\" HTTP/1.1', 200, 812)
    combined(log, r'{\"id\": 1, \"method\": \"x\"}\n', 400, 226)
    combined(log, r'GET /a\" 200 17 \"b HTTP/1.1', 404, 196)
    combined(log, r'GET /windows\\', 404, 196)
    combined(log, r'\x16\x03\x01\\\"\x01', 400, 0)
    combined(log, "GET /referrer HTTP/1.1", 200, 1, referrer=r'https://x.example.com/\"q\" 500 3 ')
    combined(log, "GET /agent HTTP/1.1", 200, 2, agent=r'\"some research\" tool \\')
    ordinary(log, 2)
    return log


def nginx_escapes():
    log = SampleLog("nginx-escapes.log", "nginx writes a quote as \\x22 and a backslash as \\x5C, so a raw quote is always "
                    "the field's end")
    ordinary(log, 2)
    combined(log, r"GET /find?name=\x22oak\x22 HTTP/1.1", 200, 812)
    combined(log, r"{\x22id\x22: 1}\x0A", 400, 150)
    combined(log, r"GET /windows\x5C", 404, 548)
    combined(log, "GET /referrer HTTP/1.1", 200, 1, referrer=r"https://x.example.com/\x22q\x22 500 3")
    combined(log, "GET /agent HTTP/1.1", 200, 2, agent=r"\x22some research\x22 \xD1\x82")
    ordinary(log, 2)
    return log


def mixed_family():
    log = SampleLog("mixed-family.log", "common, combined and vhost lines in one file, as after changes of the configuration")
    ordinary(log, 8)
    for i in range(4):
        combined(log, "GET /common HTTP/1.1", 200, 100 + i, tail="")
    for i in range(4):
        combined(log, "GET /vhost HTTP/1.1", 200 if i else 503, 200 + i, prefix="shop.example.com:443 192.0.2.20 - - TIME")
    for i in range(2):
        combined(log, "GET /vhost-common HTTP/1.1", 301, 300 + i, prefix="www.example.com:80 192.0.2.21 - - TIME", tail="")
    ordinary(log, 4)
    return log


def error_log():
    log = SampleLog("error.log", "an nginx error log given by mistake: no line has a status")
    for i, text in enumerate((
            '[error] 712#712: *91 open() "/srv/shop/favicon.ico" failed (2: No such file or directory), client: 192.0.2.7, '
            'server: shop.example.com, request: "GET /favicon.ico HTTP/2.0", host: "shop.example.com"',
            '[error] 712#712: *96 upstream timed out (110: Connection timed out) while reading response header from upstream, '
            'client: 192.0.2.8, server: shop.example.com, request: "POST /checkout HTTP/2.0", upstream: '
            '"http://127.0.0.1:8080/checkout", host: "shop.example.com"',
            "[warn] 712#712: 1024 worker_connections are not enough, reusing connections",
            "[notice] 701#701: signal process started")):
        for repeat in range(3):
            log.reject(f"2026/11/23 12:1{i}:0{repeat} {text}")
    return log


ALL = [crlf, no_final_newline, nul_bytes, giant_line, empty, bad_utf8, blank_and_comments, bare_cr, common, vhost_combined,
       vhost_common, ipv6, apache_escapes, nginx_escapes, mixed_family, error_log]
