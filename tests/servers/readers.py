"""Second readings of what servers write, in the plainest way, from the servers' documentation.

    clf(b'192.0.2.1 - - [...] "GET / HTTP/1.1" 200 17').status       # 200

A reader takes a line without its newline and returns a Record, or None for a line that has no status to count. A status
of 0 means that no status was sent. These readers rely on the writer's promise to escape quotes; so they are right for
what real servers write, and too strict for damaged logs, which tests/oracle reads.
"""

import json
import re
from typing import NamedTuple


class Record(NamedTuple):
    """A field that the line or the reader does not have is None."""
    status: int
    client: str = None
    size: int = None         # the byte count, whatever the server counts in it
    method: str = None


TIME = rb"\[[0-3][0-9]/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8} [+-][0-9]{4}\]"
REQUEST = rb'"(?P<request>(?:[^"\\]|\\.)*)"'  # in which a quote has a backslash before it
QUOTED = REQUEST.replace(b"?P<request>", b"?:")
STATUS_SIZE = rb"(?P<status>[0-9]{3}|-1?) (?P<size>[0-9]+|-)"
METHOD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ")

CLF = re.compile(rb"(?P<client>[^ ]+) [^ ]+ .*? ?" + TIME + b" " + REQUEST + b" " + STATUS_SIZE + b"(?: .*)?")
APACHE_TIMED = re.compile(rb"(?P<client>[^ ]+) .* " + TIME + b" " + REQUEST + b" " + STATUS_SIZE + b" [0-9]+ [0-9]+ " +
                          QUOTED)
HAPROXY_START = rb"(?P<client>[0-9a-f.:]+):[0-9]+ \[[^\]]+\] [^ ]+ [^ ]+/[^ ]+ "
HAPROXY_HTTP = re.compile(rb"(?:.*?: |<[0-9]+>1 (?:[^ ]+ ){6})?" + HAPROXY_START + rb"-?[0-9]+(?:/[-+]?[0-9]+){4} "
                          rb"(?P<status>-?[0-9]+) \+?(?P<size>[0-9]+) [^ ]+ [^ ]+ .{4} [0-9]+(?:/[0-9]+){4} "
                          rb'[0-9]+/[0-9]+ (?:\{.*\} )*"(?P<request>[^"]*)"')
HAPROXY_CUSTOM = re.compile(HAPROXY_START + rb'(?P<status>-?[0-9]+) (?P<size>[0-9]+) -?[0-9]+ .{4} "(?P<request>.*)"')
SQUID_NATIVE = re.compile(rb"[0-9]+\.[0-9]{3} +-?[0-9]+ (?P<client>[^ ]+) [A-Z_]+/(?P<status>[0-9]{3}) "
                          rb"(?P<size>[0-9]+) [^ ]+ .* [^ ]+ [A-Z_]+/[^ ]+ [^ ]+")
SQUID_CLF = re.compile(rb"(?P<client>[^ ]+) .* " + TIME + rb' "(?P<request>.*?) (?:HTTP|NONE)/[0-9.]+" '
                       rb"(?P<status>[0-9]{3}|0) (?P<size>[0-9]+) .*")
VARNISH_FORWARDED = re.compile(rb".* (?P<client>[^ ]+) " + TIME + rb" [^ ]+ " + QUOTED + b" " + STATUS_SIZE +
                               b" [a-z-]+")


def number(text):
    """A status or a size; "-" and -1 say that there was none."""
    return max(0, int(text)) if text not in (b"-", "-") else 0


def record(found):
    """From the groups of a match: status, client, size, request."""
    if not found:
        return None
    groups = found.groupdict()
    method = METHOD.match(groups.get("request") or b"")
    return Record(number(groups["status"]), groups["client"].decode(), number(groups["size"]),
                  method[1].decode() if method else None)


def clf(line):
    """client, identity, user, time, quoted request, status, bytes, and whatever follows."""
    return record(CLF.fullmatch(line))


def vhost_clf(line):
    """The same with the host in front."""
    return clf(line.partition(b" ")[2])


def forwarded_clf(line):
    """A first field that is a list with blanks, and whatever a client wrote into it."""
    place = line.find(b" - ")
    found = clf(b"-" + line[place:]) if place >= 0 else None
    return found and found._replace(client=None)


def apache_timed(line):
    """client, forwarded-for, time, quoted request, status, bytes, microseconds, milliseconds, quoted agent."""
    return record(APACHE_TIMED.fullmatch(line))


def apache_tabs(line):
    """time, client, method, target, status, bytes, microseconds, agent; a tab inside a value is written as \\t."""
    fields = line.split(b"\t")
    return Record(number(fields[4]), fields[1].decode(), number(fields[5])) if len(fields) == 8 else None


def nginx_pipe(line):
    """Nine fields; values are not escaped against the separator, but those before the status have none."""
    fields = line.split(b"|")
    return Record(number(fields[1])) if len(fields) >= 9 else None


def haproxy_http(line):
    """The HTTP log format, after any syslog header; a TCP line has three timers and no status."""
    return record(HAPROXY_HTTP.fullmatch(line))


def haproxy_custom(line):
    return record(HAPROXY_CUSTOM.fullmatch(line))


def squid_native(line):
    """time, milliseconds, client, result/status, bytes, method, address, user, hierarchy/peer, type."""
    return record(SQUID_NATIVE.fullmatch(line))


def squid_clf(line):
    """Squid's common and combined: the address in the request is not escaped, and no status is 0 or 000."""
    return record(SQUID_CLF.fullmatch(line))


def varnish_forwarded(line):
    """forwarded-for, client, time, method, quoted address, status, bytes, handling."""
    return record(VARNISH_FORWARDED.fullmatch(line))


JSON_ESCAPE = re.compile(rb"\\(x[0-9A-Fa-f]{2}|.)")
LEADING_ZEROS = re.compile(rb'(?<=":)0+(?=[0-9])')


def as_json(line):
    """What a person reads in a line that is nearly JSON: Apache and Varnish write \\xNN, nginx a status of 009."""
    def escape(found):
        if not found[1].startswith(b"x"):
            return found[0]
        return bytes([int(found[1][1:], 16)]) if found[1] >= b"x80" else rb"\u00" + found[1][1:]

    try:
        return json.loads(JSON_ESCAPE.sub(escape, LEADING_ZEROS.sub(b"", line)).decode("utf-8", "replace"))
    except ValueError:
        return None


def json_with(status, client, size, method=None, request=None):
    """A reader of one JSON object per line that knows the names of the keys; it has a method or a whole request."""
    def read(line):
        value = as_json(line)
        if value is None:
            return None
        word = METHOD.match(value[request].encode()) if request else None
        return Record(number(value[status]), value[client], number(value[size]),
                      value[method] or None if method else word and word[1].decode())
    return read


nginx_json = json_with("status", "remote_addr", "body_bytes_sent", request="request")


def caddy(line):
    """One JSON object; the status is at its top, the client in `request`; a status of 0 was never sent."""
    value = as_json(line)
    return value and Record(value["status"], value["request"]["remote_ip"], value["size"], value["request"]["method"])


def caddy_console(line):
    """time, level, logger, message and the same object, with tabs between them."""
    fields = line.split(b"\t")
    return caddy(fields[-1]) if len(fields) == 5 else None
