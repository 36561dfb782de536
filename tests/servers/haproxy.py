"""HAProxy: HTTP, CLF, JSON and TCP logs, sent as datagrams with and without syslog headers, written as they come."""

import broken_requests
import plain_requests
import readers
from datagrams import DatagramLog
from process import Process, wait_until_listening
from server import Log, Server, at_every_listener

JSON = (r'{\"time\":\"%[date(0,ms)]\",\"client\":\"%ci\",\"method\":\"%HM\",\"uri\":\"%[capture.req.uri,json(utf8s)]\",'
        r'\"status\":%ST,\"bytes\":%B,\"total_ms\":%Ta,\"backend\":\"%b\",\"server\":\"%s\",\"state\":\"%ts\"}')
CUSTOM = r'%ci:%cp [%tr] %ft %b/%s %ST %B %Ta %tsc %{+Q}r'


class Haproxy(Server):
    name = "haproxy"
    programs = ("haproxy",)
    logs = (
        Log("http_raw", readers.haproxy_http, "option httplog; log ADDRESS format raw local0", preset="haproxy",
            listener="main"),
        Log("http_rfc3164", readers.haproxy_http, "option httplog; log ADDRESS format rfc3164 local0; "
            "log-send-hostname; <PRI> removed, as rsyslog's file format does; "
            "and the lines of a frontend with mode tcp; option tcplog",
            preset="haproxy", listener=("main", "tcp"), sample="haproxy.log",
            sample_about="as HAProxy sends it to a syslog server; lines of a TCP frontend, too, which have no status"),
        Log("http_rfc5424", readers.haproxy_http, "option httplog; log ADDRESS format rfc5424 local0", preset="haproxy",
            listener="main"),
        Log("captures", readers.haproxy_http, "option httplog; capture request header User-Agent len 128; "
            "capture request header Referer len 64; capture response header Content-Type len 20; "
            "log ADDRESS format raw local0",
            preset="haproxy", listener="captures"),
        Log("clf", readers.clf, "option httplog clf; log ADDRESS format raw local0", preset="haproxy",
            listener="clf", sample="haproxy-clf.log", sample_about="as HAProxy writes it with `option httplog clf`"),
        Log("json", readers.json_with("status", "client", "bytes", "method"), f"log-format {JSON}", preset="nginx_json",
            listener="json"),
        Log("custom", readers.haproxy_custom, f"log-format {CUSTOM}", string=CUSTOM,
            listener="custom"),
    )
    listeners = ("main", "captures", "tcp", "clf", "json", "custom")
    without_status = ("tcp",)
    logged = {
        "HTTP/2 preface": (),           # the connection becomes HTTP/2, and ends without a request
        "half a request and gone": (400,), "nothing and gone": (400,),
        "half a body and gone": (0,),   # -1
        "client leaves": (200,), "client resets": (200,), "client leaves in the body": (200,),
    }

    def exchanges(self):
        return at_every_listener(self.listeners, plain_requests.ordinary() + plain_requests.hostile_text() +
                                 plain_requests.users() + plain_requests.methods() + broken_requests.other_protocols() +
                                 broken_requests.broken() + broken_requests.unfinished() +
                                 broken_requests.behind_proxy())

    def start(self, stack):
        self.sinks = {log.name: stack.enter_context(DatagramLog(self.path(log.name), "3164" in log.name))
                      for log in self.logs}

        def sink(name, form="raw"):
            return f"  log 127.0.0.1:{self.sinks[name].port} len 8192 format {form} local0"

        def frontend(listener, *lines, mode="http"):
            binds = [f"127.0.0.1:{self.ports[listener]}"] + [f"[::1]:{self.ports[listener]}"] * self.ipv6
            return "\n".join([f"frontend {listener}", f"  mode {mode}", "  bind " + ",".join(binds), *lines] +
                             [self.rules() if mode == "http" else "  default_backend tcp_application"])

        frontends = "\n".join([
            frontend("main", "  option httplog", sink("http_raw"), sink("http_rfc3164", "rfc3164"),
                     sink("http_rfc5424", "rfc5424")),
            frontend("captures", "  option httplog", "  capture request header User-Agent len 128",
                     "  capture request header Referer len 64", "  capture response header Content-Type len 20",
                     sink("captures")),
            frontend("tcp", "  option tcplog", sink("http_rfc3164", "rfc3164"), mode="tcp"),
            frontend("clf", "  option httplog clf", sink("clf")),
            frontend("json", f'  log-format "{JSON}"', sink("json")),
            frontend("custom", f'  log-format "{CUSTOM}"', sink("custom")),
        ])
        configuration = self.write("haproxy.cfg", f"""
global
  log-send-hostname balancer
  maxconn 256
defaults
  timeout connect 1s
  timeout client 1s
  timeout http-request 1s
  timeout http-keep-alive 1s
  timeout server 3s
  retries 0
  http-reuse never
userlist people
  user mary insecure-password "open sesame"
{frontends}
backend application
  mode http
  server one 127.0.0.1:{self.backend_port}
backend slow
  mode http
  timeout server 300ms
  server one 127.0.0.1:{self.backend_port}
backend dead
  mode http
  server gone 127.0.0.1:{self.dead_port}
backend empty
  mode http
backend tcp_application
  mode tcp
  server one 127.0.0.1:{self.backend_port}
""")
        haproxy = stack.enter_context(Process([self.program("haproxy"), "-db", "-f", configuration], self.directory))
        self.processes = [haproxy]
        for port in self.ports.values():
            wait_until_listening(port, haproxy)

    def rules(self):
        return """  http-request auth realm private if { path_beg /private/ } !{ http_auth(people) }
  http-request deny deny_status 403 if { path_beg /forbidden/ }
  http-request deny deny_status 429 if { path_beg /not/ }
  http-request redirect code 301 location / if { path_beg /moved }
  use_backend slow if { path_beg /slow/ }
  use_backend dead if { path_beg /dead/ }
  use_backend empty if { path_beg /listing }
  default_backend application"""
