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
    status: int
    client: str = None           # None where a reader does not look for it


QUOTED = rb'"((?:[^"\\]|\\.)*)"'
CLF = re.compile(rb"(?P<client>[^ ]+) [^ ]+ .*? ?\[[0-3][0-9]/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8} [+-][0-9]{4}\] " + QUOTED +
                 rb" (?P<status>[0-9]{3}|-1?) (?P<bytes>[0-9]+|-)(?P<rest>(?: .*)?)")


def status_number(text):
    return 0 if text in (b"-", b"-1", "-", "-1", -1) else int(text)


def clf(line):
    """client, identity, user, time, quoted request, status, bytes, and whatever follows."""
    found = CLF.fullmatch(line)
    return Record(status_number(found["status"]), found["client"].decode()) if found else None


def vhost_clf(line):
    """The same with the host in front."""
    host, _, rest = line.partition(b" ")
    return clf(rest) if host else None


def nginx_pipe(line):
    """Nine fields; values are not escaped against the separator, but those before the status have none."""
    fields = line.split(b"|")
    return Record(status_number(fields[1])) if len(fields) >= 9 else None


JSON_ESCAPE = re.compile(rb"\\(x[0-9A-Fa-f]{2}|.)")
LEADING_ZEROS = re.compile(rb'(?<=":)0+(?=[0-9])')


def as_json(line):
    """What a person reads in a line that is nearly JSON: Apache and Varnish write \\xNN in it, nginx a status of 009."""
    def escape(found):
        return rb"\u00" + found[1][1:] if found[1].startswith(b"x") else found[0]

    try:
        return json.loads(JSON_ESCAPE.sub(escape, LEADING_ZEROS.sub(b"", line)).decode("utf-8", "replace"))
    except ValueError:
        return None


def json_with(status, client):
    """A reader of one JSON object per line, which knows the names of the keys."""
    def read(line):
        value = as_json(line)
        return value and Record(status_number(value[status]), value[client])
    return read


def forwarded_clf(line):
    """A first field that is a list with blanks, and whatever a client wrote into it."""
    place = line.find(b" - ")
    found = clf(b"-" + line[place:]) if place >= 0 else None
    return found and found._replace(client=None)


APACHE_TIMED = re.compile(rb"(?P<client>[^ ]+) .* \[[^\]\[\"]+\] " + QUOTED +
                          rb" (?P<status>[0-9]{3}|-) [0-9]+ [0-9]+ [0-9]+ " + QUOTED)


def apache_timed(line):
    found = APACHE_TIMED.fullmatch(line)
    return Record(status_number(found["status"]), found["client"].decode()) if found else None


def apache_tabs(line):
    """time, client, method, target, status, bytes, microseconds, agent; a tab inside a value is written as \\t."""
    fields = line.split(b"\t")
    return Record(status_number(fields[4]), fields[1].decode()) if len(fields) == 8 else None


HAPROXY_HTTP = re.compile(rb"(?:.*?: |<[0-9]+>1 (?:[^ ]+ ){6})?(?P<client>[0-9a-f.:]+):[0-9]+ \[[^\]]+\] [^ ]+ [^ ]+/[^ ]+ "
                          rb"-?[0-9]+(?:/[-+]?[0-9]+){4} (?P<status>-?[0-9]+) \+?[0-9]+ [^ ]+ [^ ]+ .{4} "
                          rb"[0-9]+(?:/[0-9]+){4} [0-9]+/[0-9]+ .*")
HAPROXY_CUSTOM = re.compile(rb"(?P<client>[0-9a-f.:]+):[0-9]+ \[[^\]]+\] [^ ]+ [^ ]+/[^ ]+ (?P<status>-?[0-9]+) "
                            rb"[0-9]+ -?[0-9]+ .{4} \".*\"")


def haproxy_http(line):
    """The HTTP log format, after any syslog header; a TCP line has three timers and no status."""
    found = HAPROXY_HTTP.fullmatch(line)
    return Record(status_number(found["status"]), found["client"].decode()) if found else None


def haproxy_custom(line):
    found = HAPROXY_CUSTOM.fullmatch(line)
    return Record(status_number(found["status"]), found["client"].decode()) if found else None


def caddy(line):
    """One JSON object; the status is at its top, the client in `request`; a status of 0 was never sent."""
    value = as_json(line)
    return value and Record(value["status"], value["request"]["remote_ip"])


def caddy_console(line):
    """time, level, logger, message and the same object, with tabs between them."""
    fields = line.split(b"\t")
    return caddy(fields[-1]) if len(fields) == 5 else None


SQUID_NATIVE = re.compile(rb"[0-9]+\.[0-9]{3} +-?[0-9]+ (?P<client>[^ ]+) [A-Z_]+/(?P<status>[0-9]{3}) [0-9]+ [^ ]+ .* [^ ]+ "
                          rb"[A-Z_]+/[^ ]+ [^ ]+")


def squid_native(line):
    """time, milliseconds, client, result/status, bytes, method, address, user, hierarchy/peer, type."""
    found = SQUID_NATIVE.fullmatch(line)
    return Record(status_number(found["status"]), found["client"].decode()) if found else None


SQUID_CLF = re.compile(rb"(?P<client>[^ ]+) .* \[[^\]\"]+\] \".*? (?:HTTP|NONE)/[0-9.]+\" (?P<status>[0-9]{3}|0) [0-9]+ .*")


def squid_clf(line):
    """Squid's common and combined: the address in the request is not escaped, and no status is 0 or 000."""
    found = SQUID_CLF.fullmatch(line)
    return Record(status_number(found["status"]), found["client"].decode()) if found else None


VARNISH_FORWARDED = re.compile(rb".* (?P<client>[^ ]+) \[[^\]]+\] [^ ]+ " + QUOTED + rb" (?P<status>[0-9]{3}|-) [0-9-]+ [a-z-]+")


def varnish_forwarded(line):
    found = VARNISH_FORWARDED.fullmatch(line)
    return Record(status_number(found["status"]), found["client"].decode()) if found else None
