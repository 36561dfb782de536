"""Squid as a forward proxy: its native format, combined, common, and a custom one, for every request at once."""

import pathlib
import re

import broken_requests
import plain_requests
import readers
from client import Exchange
from process import Process, wait_until_listening
from server import Log, Server

NATIVE = "%ts.%03tu %6tr %>a %Ss/%03>Hs %<st %rm %ru %[un %Sh/%<a %mt"
CUSTOM = '%>a %ui %un [%tl] "%rm %ru HTTP/%rv" %>Hs %<st "%{Referer}>h" "%{User-Agent}>h" %Ss:%Sh %tr'
TARGET = re.compile(rb"\A([^ ]+ +)/")

# Asked with each request that names a user: whoever knows the password is in.
AUTHENTICATOR = """#!/bin/sh
while read -r user password; do
  case $password in open%20sesame) echo OK ;; *) echo ERR ;; esac
done
"""


def remove_shared_memory(service):
    """Of a Squid that could not do it itself."""
    for path in pathlib.Path("/dev/shm").glob(f"{service}-*"):
        path.unlink()


class Squid(Server):
    name = "squid"
    programs = ("squid",)
    logs = (
        Log("native", readers.squid_native, f"logformat squid {NATIVE}    (built in)", preset="squid",
            sample="squid.log", sample_about="as Squid writes it by default"),
        Log("combined", readers.squid_clf, "logformat combined (built in): %>a %[ui %[un [%tl] \"%rm %ru HTTP/%rv\" "
            "%>Hs %<st \"%{Referer}>h\" \"%{User-Agent}>h\" %Ss:%Sh", preset="squid", sample="squid-combined.log",
            sample_about="as Squid writes its `combined`: quotes in the request are not escaped"),
        Log("common", readers.squid_clf, "logformat common (built in): %>a %[ui %[un [%tl] \"%rm %ru HTTP/%rv\" %>Hs "
            "%<st %Ss:%Sh", preset="squid"),
        Log("timed", readers.squid_clf, f"logformat timed {CUSTOM}", preset="squid"),
    )
    logged = {
        # Squid logs the end of a connection as a transaction of its own where it cannot trust what follows a request.
        "HTTP/0.9": (200, 0), "HTTP/1": (200, 0), "HTTP1.1": (200, 0), "http/1.1": (200, 0),
        "HTTP/2.0": (505, 0), "HTTP/9.9": (505, 0), "HTTP/1.12345": (505, 0), "HTTP/2 preface": (400, 0),
        "bad chunk": (0, 0),
        # 000: closed without an answer
        **{name: (0,) for name in (
            "carriage returns only", "empty line alone", "TLS hello", "half a request line", "half a header",
            "half a request and gone", "half a request line and FIN", "half a header and FIN", "nothing",
            "nothing and FIN", "nothing and gone", "half a body and gone", "client leaves",
            "client resets")},
        "client leaves in the body": (200,),
        "tunnel": (200,), "tunnel to nobody": (503,),  # one line for a CONNECT, whatever went through
    }

    def exchanges(self):
        application = b"127.0.0.1:%d" % self.backend_port
        # A client that says FIN has left, for Squid; so these wait instead, which takes a second each.
        patient = [exchange._replace(shut=False, slow=True)
                   for exchange in broken_requests.broken() + broken_requests.other_protocols()]
        exchanges = (plain_requests.ordinary() + plain_requests.hostile_text() + plain_requests.users() +
                     plain_requests.methods() + patient + broken_requests.behind_proxy() +
                     # Squid waits for a body as long as for a backend.
                     [exchange for exchange in broken_requests.unfinished() if exchange.name != "body never comes"])
        return [self.proxied(exchange) for exchange in exchanges] + [
            Exchange("tunnel", b"CONNECT %s HTTP/1.1\r\nHost: x\r\n\r\n" % application + plain_requests.message(),
                     heads=(0,)),
            Exchange("tunnel to nobody", b"CONNECT 127.0.0.1:%d HTTP/1.1\r\n\r\n" % self.dead_port, heads=(0,)),
            Exchange("unknown host", plain_requests.message(b"http://no-such-host.invalid/")),
            Exchange("unknown scheme in target", plain_requests.message(b"gopher9://a.example/")),
            Exchange("cache object", plain_requests.message(b"cache_object://localhost/info")),
        ]

    def proxied(self, exchange):
        """The request as it goes to a proxy: with the whole address, and credentials that are meant for the proxy."""
        data = exchange.data.replace(b"\r\nAuthorization:", b"\r\nProxy-Authorization:")
        port = self.dead_port if b" /dead/" in data[:40] else self.backend_port
        return exchange._replace(data=TARGET.sub(rb"\1http://127.0.0.1:%d/" % port, data, count=1))

    def start(self, stack):
        port = self.ports["main"]
        authenticator = self.write("authenticator", AUTHENTICATOR)
        configuration = self.write("squid.conf", f"""
http_port 127.0.0.1:{port}
{f"http_port [::1]:{port}" if self.ipv6 else ""}
visible_hostname proxy.example.com
pid_filename none
cache_log {self.directory}/cache.log
coredump_dir {self.directory}
mime_table /usr/share/squid/mime.conf
pinger_enable off
cache_mem 8 MB
shutdown_lifetime 0 seconds
logformat timed {CUSTOM}
access_log stdio:{self.path("native")} logformat=squid
access_log stdio:{self.path("combined")} logformat=combined
access_log stdio:{self.path("common")} logformat=common
access_log stdio:{self.path("timed")} logformat=timed
dns_nameservers 127.0.0.1
dns_timeout 1 second
dns_retransmit_interval 1 second
connect_timeout 1 second
read_timeout 3 seconds
request_timeout 1 second
request_start_timeout 1 second
client_idle_pconn_timeout 1 second
forward_timeout 1 second
reply_header_max_size 20 KB
request_header_max_size 16 KB
auth_param basic program /bin/sh {authenticator}
auth_param basic children 2 startup=1 idle=1
acl private urlpath_regex ^/private/
acl forbidden urlpath_regex ^/forbidden/
acl known proxy_auth REQUIRED
http_access deny forbidden
http_access deny private !known
http_access allow all
""")
        service = f"logstat{port}"
        stack.callback(remove_shared_memory, service)
        squid = stack.enter_context(Process(
            [self.program("squid"), "-N", "-n", service, "-f", configuration], self.directory))
        self.processes = [squid]
        wait_until_listening(port, squid)
