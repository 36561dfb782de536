"""A log that is sent as datagrams, as to a syslog server: each becomes a line of a file.

    with DatagramLog("access.log") as log:
        log.port                 # UDP, on 127.0.0.1
"""

import re
import socket
import threading

PRIORITY = re.compile(rb"<[0-9]{1,3}>")
RECEIVE_BYTES = 4 << 20  # a burst must not be lost


class DatagramLog:
    def __init__(self, path, without_priority=False):
        self.without_priority = without_priority  # rsyslog's file format leaves it out
        self.file = open(path, "wb", buffering=0)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.receive, daemon=True)

    def receive(self):
        while data := self.socket.recv(1 << 16):
            if self.without_priority:
                data = PRIORITY.sub(b"", data, count=1)
            self.file.write(data.rstrip(b"\n") + b"\n")

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", ("127.0.0.1", self.port))  # the empty datagram that ends receive()
        self.thread.join()
        self.socket.close()
        self.file.close()
