"""Sends bytes to a server over a plain socket and says which statuses came back.

    exchange = Exchange("root", b"GET / HTTP/1.0\r\n\r\n")
    perform(exchange, port)      # [200]

Standard clients refuse to send what this is for, and hide what was received. An interim response (1xx but 101) is not
a status of its own here, because no server logs it. A reply without a status line (HTTP/0.9) gives NO_STATUS_LINE.
"""

import re
import socket
import struct
import time
from typing import NamedTuple

NO_STATUS_LINE = -1
LONGEST_WAIT = 8.0  # seconds; every server here closes an idle connection after one or two

STATUS_LINE = re.compile(rb"HTTP/[0-9](?:\.[0-9])? ([0-9]{3})(?: [^\r\n]*)?\r?\n")
HEADERS_END = re.compile(rb"\r?\n\r?\n")
CONTENT_LENGTH = re.compile(rb"^content-length: *([0-9]+)\r?$", re.IGNORECASE | re.MULTILINE)
CHUNKED = re.compile(rb"^transfer-encoding: *chunked\r?$", re.IGNORECASE | re.MULTILINE)
CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]+)[^\n]*\n")


class Exchange(NamedTuple):
    name: str
    data: bytes
    heads: tuple = ()          # places, from 0, of the responses that have no body, because HEAD asked for them
    leave_after: float = None  # seconds after which the client is gone without having read an answer
    hears: bool = False        # ... but it waits for the first bytes of one
    reset: bool = False        # ... and how: with RST instead of FIN
    pieces: tuple = ()         # sent after `data`, with 50 ms before each
    shut: bool = False         # the client says with FIN that nothing more will come, and then reads
    ipv6: bool = False         # from [::1]
    slow: bool = False         # takes a second or more, so such exchanges run side by side
    listener: str = "main"     # which port of the server


def perform(exchange, port):
    """The statuses of all responses, in their order."""
    family, host = (socket.AF_INET6, "::1") if exchange.ipv6 else (socket.AF_INET, "127.0.0.1")
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(LONGEST_WAIT)
        connection.connect((host, port))
        try:
            connection.sendall(exchange.data)
            for piece in exchange.pieces:
                time.sleep(0.05)
                connection.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the server had heard enough; its answer may be there all the same
        if exchange.leave_after is not None:
            if exchange.hears:
                connection.recv(1)
            time.sleep(exchange.leave_after)
            if exchange.reset:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return []
        try:
            if exchange.shut:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        return statuses(read_all(connection), exchange.heads)


def read_all(connection):
    parts = []
    try:
        while part := connection.recv(1 << 16):
            parts.append(part)
    except ConnectionResetError:
        pass
    except TimeoutError as error:
        raise TimeoutError(f"the server still holds the connection after {LONGEST_WAIT} s; it sent "
                           f"{b''.join(parts)[:200]!r}") from error
    return b"".join(parts)


def statuses(data, heads=()):
    """The statuses of the responses in what a connection gave."""
    found = []
    while data:
        line = STATUS_LINE.match(data)
        end = HEADERS_END.search(data)
        if not line or not end:
            return found + [NO_STATUS_LINE]
        status, headers, data = int(line.group(1)), data[:end.end()], data[end.end():]
        if 100 <= status < 200 and status != 101:
            continue
        data = after_body(data, headers, status, bodiless=len(found) in heads)
        found.append(status)
    return found


def after_body(data, headers, status, bodiless):
    """What follows a response's body (RFC 9112, 6.3)."""
    if bodiless or status in (204, 304):
        return data
    if CHUNKED.search(headers):
        while size := CHUNK_SIZE.match(data):
            data = data[size.end() + int(size.group(1), 16) + 2:]
            if int(size.group(1), 16) == 0:
                return data
        return b""
    length = CONTENT_LENGTH.search(headers)
    return data[int(length.group(1)):] if length else b""
