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
    client: str = None
    method: bytes = None


QUOTED = rb'"((?:[^"\\]|\\.)*)"'
CLF = re.compile(rb"(?P<client>[^ ]+) [^ ]+ .*? ?\[[0-3][0-9]/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8} [+-][0-9]{4}\] " + QUOTED +
                 rb" (?P<status>[0-9]{3}|-) (?P<bytes>[0-9]+|-)(?P<rest>(?: .*)?)")


def status_number(text):
    return 0 if text in (b"-", b"-1", "-", "-1", None) else int(text)


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


def json_with(status, client=None, method=None):
    """A reader of one JSON object per line, which knows the names of the keys."""
    def read(line):
        try:
            value = json.loads(line.decode("utf-8", "replace"))
        except ValueError:
            return None
        return Record(status_number(value[status]), value.get(client))
    return read
