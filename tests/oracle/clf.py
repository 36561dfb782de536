"""Reads one line of a CLF-like access log: the slow, plain twin that the program is held to.

    record, verdict = read_line(b'192.0.2.1 - - [22/Nov/2026:10:00:00 +0000] "GET /a?b HTTP/1.1" 200 17', vhost=False)
    verdict                      # "counted", "ignored", or the reason of a rejection: "no_status", "too_few_fields", ...
    record.status, record.path   # 200, b"/a"; every field that the line lacks is None

The rules, in the order in which they are applied to a line without its newline:
  line end    one carriage return before the newline belongs to it; a byte order mark opens the first line only
  too long    more than 1,048,576 bytes, whatever is in them
  NULs        a run of them at the line's start is a hole in the file, not part of the line
  ignored     nothing but blanks, or a first byte `#`
  opening     the first quote after `]` and blanks; a line without such a place: its first quote
  end         the first quote after the opening that is not escaped (an odd number of backslashes before it) and is
              followed by space, status, space, digits or `-`, then space or line end. None: the line is rejected
  status      three digits 001 to 999; `-`, `-1`, `0` and `000` are 0, "no status sent"
  time        the last bracket before the request, `[dd/Mon/yyyy:HH:MM:SS +hhmm]`, also without the offset (UTC), or
              `[yyyy-mm-ddTHH:MM:SSZ]` with Z or +hh:mm; a real date, seconds below 60
  prefix      the words before that bracket, after leading blanks (and one quote, if the whole line is quoted); words
              that end with a comma and the next one are one word, as logged. Host and client first: any line whose
              second word is an address and the first neither that nor `-`; a vhost log's line unless it has one word or
              three, or an address and `-`; any other log's line if it has four or more and the first ends with `:port`.
              Otherwise, and if it is a list, the first word is the client. A line without a host there has the authority
              of an absolute target. All are without their port, a client also without the brackets of IPv6
Nothing is decoded, folded or repaired.
"""

import datetime
import re
from typing import NamedTuple, Optional

LONGEST_LINE = 1 << 20
MONTHS = {name: number for number, name in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}

OPENING = re.compile(rb'\] *"')
AFTER_REQUEST = re.compile(rb" ([0-9]{3}|-1|-|0) ([0-9]+|-)(?: |\Z)")
TIME = re.compile(rb"\[([0-9]{2})/([A-Z][a-z]{2})/([0-9]{4}):([0-9]{2}):([0-9]{2}):([0-9]{2})(?: ([+-])([0-9]{2})([0-9]{2}))?\] *\Z")
ISO_TIME = re.compile(rb"\[([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:Z|([+-])([0-9]{2}):([0-9]{2}))\] *\Z")
WORDS = re.compile(rb"(?:[^ ]*, +)*[^ ]+")
ADDRESS = re.compile(rb"(?:[0-9]+\.){3}[0-9]+\Z|(?=(?:[^:]*:){2})[0-9A-Fa-f.:%]+\Z")
HOST_PORT = re.compile(rb"(\[[^\]]*\]|[^:]+):[0-9]+\Z")
METHOD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ")
PROTOCOL = re.compile(rb"HTTP/[0-9.]+\Z")
ABSOLUTE = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)")


class Record(NamedTuple):
    status: int
    bytes: int
    time: Optional[int]          # Unix seconds
    client: Optional[bytes]
    host: Optional[bytes]
    method: Optional[bytes]
    path: Optional[bytes]


def read_line(line, vhost, first=False):
    """The record of one line without its newline and the verdict; the record is None unless counted."""
    if line.endswith(b"\r"):
        line = line[:-1]
    if len(line) > LONGEST_LINE:
        return None, "too_long"
    if first and line.startswith(b"\xef\xbb\xbf"):
        line = line[3:]
    line = line.lstrip(b"\0")
    if not line.strip(b" \t\r") or line.startswith(b"#"):
        return None, "ignored"
    opening, end, after = find_request(line)
    if opening < 0:
        return None, "too_few_fields"
    if after is None:
        return None, "no_status"
    status, size = after.groups()
    prefix = line[:opening - 1]
    bracket = prefix.rfind(b"[")
    time = read_time(prefix[bracket:]) if bracket >= 0 else None
    client, host = read_prefix(prefix[:bracket] if bracket >= 0 else prefix, vhost)
    method, path, authority = read_request(line[opening:end])
    record = Record(
        status=0 if status in (b"-", b"-1") else int(status),
        bytes=0 if size == b"-" else int(size),
        time=time, client=bare_client(client), host=without_port(host if host is not None else authority), method=method, path=path)
    return record, "counted"


def find_request(line):
    """(first byte of the request, its closing quote, match of what follows); (-1, -1, None) without any quote."""
    found = OPENING.search(line)
    opening = found.end() if found else line.find(b'"') + 1
    if opening == 0:
        return -1, -1, None
    quote = line.find(b'"', opening)
    while quote >= 0:
        backslashes = 0
        while quote - backslashes > opening and line[quote - backslashes - 1] == 0x5C:
            backslashes += 1
        if backslashes % 2 == 0:
            after = AFTER_REQUEST.match(line, quote + 1)
            if after:
                return opening, quote, after
        quote = line.find(b'"', quote + 1)
    return opening, -1, None


def read_time(text):
    found = TIME.match(text)
    iso = ISO_TIME.match(text)
    if found:
        day, month, year, hour, minute, second, sign, zone_hours, zone_minutes = found.groups()
        month = MONTHS.get(month, 0)
    elif iso:
        year, month, day, hour, minute, second, sign, zone_hours, zone_minutes = iso.groups()
    else:
        return None
    sign, zone_hours, zone_minutes = sign or b"+", zone_hours or 0, zone_minutes or 0
    if int(hour) > 23 or int(minute) > 59 or int(second) > 59 or int(zone_minutes) > 59:
        return None
    try:
        days = datetime.date(int(year), int(month), int(day)).toordinal() - datetime.date(1970, 1, 1).toordinal()
    except ValueError:
        return None
    offset = int(zone_hours) * 3600 + int(zone_minutes) * 60
    local = days * 86400 + int(hour) * 3600 + int(minute) * 60 + int(second)
    seconds = local - offset if sign == b"+" else local + offset
    # Years 1 to 9999 of UTC can be printed.
    return seconds if -62135596800 <= seconds < 253402300800 else None


def read_prefix(text, vhost):
    """(client, host) of the words before the time."""
    text = text.lstrip(b" ")
    if text.startswith(b'"'):
        text = text[1:]
    words = WORDS.findall(text)
    if not words:
        return None, None
    has_host = len(words) not in (1, 3) if vhost else len(words) >= 4 and HOST_PORT.match(words[0])
    if len(words) >= 2 and is_address(words[0]) and words[1] == b"-" or b"," in words[0]:
        has_host = False
    elif len(words) >= 2 and words[0] != b"-" and not is_address(words[0]) and is_address(words[1]):
        has_host = True
    return (words[1], words[0]) if has_host else (words[0], None)


def is_address(word):
    return bool(ADDRESS.match(bare_client(word)))


def bare_client(client):
    name = client if client and b"," in client else without_port(client)
    return name[1:-1] if name and name.startswith(b"[") and name.endswith(b"]") and b":" in name else name


def without_port(host):
    found = HOST_PORT.match(host) if host else None
    return found.group(1) if found else host


def read_request(request):
    """(method, path, authority of an absolute target)."""
    found = METHOD.match(request)
    if not found:
        return None, None, None
    method = found.group(1)
    target = request[found.end():].strip(b" ")
    rest, _, last = target.rpartition(b" ")
    if PROTOCOL.match(last):
        target = rest.strip(b" ")
    if method == b"CONNECT" or target == b"*":
        return method, target or None, None
    authority = None
    absolute = ABSOLUTE.match(target)
    if absolute:
        authority = absolute.group(1) or None
        target = target[absolute.end():]
        if not target.startswith(b"/"):
            target = b"/" + target
    return method, target.partition(b"?")[0] or None, authority
