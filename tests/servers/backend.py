"""An application behind a proxy that answers as its path says. It runs in threads of the harness.

    with Backend() as backend:
        backend.port

  /status/451     that status, with a short body; any three digits
  /large          100 KB                            /chunked   a body of unknown length
  /slow           a second passes before the answer
  /close          the connection ends without one   /garbage   what comes is no HTTP
  /cut            the body ends before the length that was promised
  /endless        a body that goes on for three seconds
The proxy may put anything in front of these paths. Bodies of requests are read if they have a length.
"""

import contextlib
import http.server
import re
import threading
import time

STATUS = re.compile(r"/status/([0-9]{3})(?=[/?]|$)")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes; waiting for an acknowledgement takes 40 ms
    server_version, sys_version = "backend", ""

    def __getattr__(self, name):
        if name.startswith("do_"):  # every method is answered alike
            return self.answer
        raise AttributeError(name)

    def log_message(self, *_):
        pass

    def answer(self):
        length = self.headers.get("Content-Length", "0")
        self.rfile.read(int(length) if length.isdigit() else 0)
        status = STATUS.search(self.path)
        if status:
            return self.reply(int(status.group(1)), b"short\n")
        ending = self.path.partition("?")[0].rpartition("/")[2]
        return getattr(self, "answer_" + ending, lambda: self.reply(200, b"backend\n"))()

    def reply(self, status, body):
        self.send_response(status)
        if status >= 200 and status not in (204, 304):
            self.send_header("Content-Length", str(len(body)))
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="backend"')
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        if self.command != "HEAD" and status >= 200 and status not in (204, 304):
            self.wfile.write(body)

    def answer_large(self):
        self.reply(200, b"0123456789" * 10000)

    def answer_chunked(self):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"6\r\nbytes\n\r\n0\r\n\r\n")

    def answer_slow(self):
        time.sleep(1.0)
        self.reply(200, b"late\n")

    def answer_close(self):
        self.close_connection = True

    def answer_garbage(self):
        self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
        self.close_connection = True

    def answer_cut(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"the first of many bytes")
        self.close_connection = True

    def answer_endless(self):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(30):
            self.wfile.write(b"more and more " * 100)
            time.sleep(0.1)
        self.close_connection = True


class Backend(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256  # many ask at once, and none may be turned away

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.port = self.server_address[1]

    def handle_error(self, request, client_address):
        pass  # a proxy that gives up on an answer closes its connection, which is what some requests are for

    def __enter__(self):
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self.shutdown()
        self.server_close()
