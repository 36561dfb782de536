"""Varnish: what varnishncsa writes by default and with formats of its own."""

import pathlib
import time

import broken_requests
import plain_requests
import readers
from process import Process, wait_until, wait_until_listening
from server import Log, Server

DEFAULT = '%h %l %u %t "%r" %s %b "%{Referer}i" "%{User-agent}i"'
TIMED = DEFAULT + " %{Varnish:hitmiss}x %D %{Varnish:time_firstbyte}x"
FORWARDED = '%{X-Forwarded-For}i %h [%{%d/%b/%Y:%T %z}t] %m "%U%q" %s %O %{Varnish:handling}x'
JSON = ('{"time":"%{%Y-%m-%dT%H:%M:%S%z}t","client":"%h","method":"%m","url":"%U","query":"%q","status":"%s",'
        '"bytes":"%b","duration_us":%D,"cache":"%{Varnish:hitmiss}x"}')


class Varnish(Server):
    name = "varnish"
    programs = ("varnishd", "varnishncsa")
    logs = (
        Log("default", readers.clf, f"varnishncsa, by default: {DEFAULT}", preset="combined",
            sample="varnish.log", sample_about="as varnishncsa writes it by default"),
        Log("timed", readers.clf, f"varnishncsa -F '{TIMED}'", string=TIMED),
        Log("forwarded", readers.varnish_forwarded, f"varnishncsa -F '{FORWARDED}'", string=FORWARDED),
        Log("json", readers.json_with("status", "client", "bytes", "method"), f"varnishncsa -F '{JSON}'",
            preset="nginx_json"),
    )
    formats = {"timed": TIMED, "forwarded": FORWARDED, "json": JSON}
    logged = {
        # Unknown methods are piped: Varnish passes bytes on and never sees the status, "-".
        **{f"method {method}": (0,) for method in ("PROPFIND", "MKCOL", "COPY", "LOCK", "BREW", "get", "M-SEARCH",
                                                   40 * "A", "G\u00c9T", 'G"T', "G\\T")},
        "connect": (0,),
        "half a body and gone": (503,),
        "client leaves": (200,), "client resets": (200,), "client leaves in the body": (200,),
    }

    def exchanges(self):
        return (plain_requests.ordinary() + plain_requests.hostile_text() + plain_requests.users() +
                plain_requests.methods() + broken_requests.other_protocols() + broken_requests.broken() +
                broken_requests.unfinished() + broken_requests.behind_proxy())

    def start(self, stack):
        port = self.ports["main"]
        vcl = self.write("site.vcl", f"""
vcl 4.1;
backend application {{ .host = "127.0.0.1"; .port = "{self.backend_port}"; }}
backend slow {{ .host = "127.0.0.1"; .port = "{self.backend_port}"; .first_byte_timeout = 300ms; }}
backend dead {{ .host = "127.0.0.1"; .port = "{self.dead_port}"; }}
sub vcl_recv {{
  if (req.url ~ "^/forbidden/") {{ return (synth(403)); }}
  if (req.url ~ "^/moved") {{ return (synth(301)); }}
  if (req.url ~ "^/not/") {{ return (synth(404)); }}
  if (req.url ~ "^/private/" &&
      req.http.Authorization !~ "^Basic .*(Om9wZW4gc2VzYW1l|pvcGVuIHNlc2FtZ|6b3BlbiBzZXNhbW)") {{
    return (synth(401));
  }}
  if (req.url ~ "^/slow/") {{ set req.backend_hint = slow; }}
  elsif (req.url ~ "^/dead/") {{ set req.backend_hint = dead; }}
  else {{ set req.backend_hint = application; }}
}}
""")
        instance = str(self.directory / "instance")
        listen = [option for address in ["127.0.0.1"] + ["[::1]"] * self.ipv6 for option in ("-a", f"{address}:{port}")]
        varnishd = stack.enter_context(Process(
            [self.program("varnishd"), "-F", "-j", "none", "-n", instance, "-f", vcl, *listen, "-s", "malloc,16m",
             "-p", "timeout_idle=1", "-p", "thread_pool_min=40"], self.directory))
        wait_until_listening(port, varnishd)
        readers_of_memory = []
        for log in self.logs:
            command = [self.program("varnishncsa"), "-n", instance, "-w", str(self.path(log.name))]
            command += ["-F", self.formats[log.name]] if log.name in self.formats else []
            readers_of_memory.append(stack.enter_context(Process(command, self.directory)))
        wait_until(lambda: all(map(self.reads_memory, readers_of_memory)), "varnishncsa to start")
        time.sleep(0.2)  # between mapping the shared log and reading at its end
        self.processes = readers_of_memory + [varnishd]

    def reads_memory(self, process):
        process.check()
        return "_.vsm_child" in pathlib.Path(f"/proc/{process.popen.pid}/maps").read_text()
