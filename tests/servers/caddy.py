"""Caddy: its JSON log as it comes, and with times and durations as text."""

import broken_requests
import plain_requests
import readers
from process import Process, wait_until_listening
from server import Log, Server

# bcrypt of site_layout.PASSWORD at the lowest cost, so that a request takes no second.
MARY = "$2b$04$abcdefghijklmnopqrstuu/LVz6MZlItEy42I2juLihZ66HnQx/cy"


class Caddy(Server):
    name = "caddy"
    programs = ("caddy",)
    logs = (
        Log("default", readers.caddy, "log { output file PATH }", preset="caddy",
            sample="caddy.log", sample_about="as Caddy writes it by default"),
        Log("text", readers.caddy, "log { output file PATH; format json { time_format iso8601; "
            "duration_format string } }", preset="caddy"),
        Log("milliseconds", readers.caddy, "log { output file PATH; format json { time_format unix_milli_float; "
            "duration_format ms; message_key message; level_key severity } }", preset="caddy"),
        Log("console", readers.caddy_console, "log { output file PATH; format console }"),
    )
    logged = {
        "options of all": (),           # answered by Go's HTTP server itself
        "method " + 40 * "A": (),       # refused early, because no method is that long
        "body never comes": (0,), "half a body and gone": (0,), "client leaves": (0,), "client resets": (0,),
        "client leaves in the body": (200,),
    }

    @classmethod
    def logged_codes(cls, exchange, received):
        """What Go's HTTP server cannot read, it refuses itself; Caddy never hears of it."""
        if exchange.name in cls.logged or exchange.name.startswith("backend says"):
            return super().logged_codes(exchange, received)
        return tuple(code for code in received if code not in (400, 417, 501, 505))

    def exchanges(self):
        return (plain_requests.ordinary() + plain_requests.hostile_text() + plain_requests.users() +
                plain_requests.methods() + broken_requests.other_protocols() + broken_requests.broken() +
                broken_requests.unfinished() + broken_requests.behind_proxy())

    def start(self, stack):
        port, backend = self.ports["main"], f"127.0.0.1:{self.backend_port}"
        forms = {"default": "", "text": "format json {\n time_format iso8601\n duration_format string\n}",
                 "milliseconds": "format json {\n time_format unix_milli_float\n duration_format ms\n"
                                 "message_key message\n level_key severity\n}", "console": "format console"}
        logs = "\n".join(f"""log {log.name}_file {{
  include http.log.access
  output file {self.path(log.name)}
  {forms[log.name]}
}}""" for log in self.logs)
        configuration = self.write("Caddyfile", f"""
{{
  admin off
  auto_https off
  {logs}
  servers {{
    protocols h1
    timeouts {{
      read_header 1s
      read_body 1s
      idle 1s
    }}
  }}
}}
http://:{port} {{
  bind 127.0.0.1 {"::1" if self.ipv6 else ""}
  log
  root * {self.site.documents}
  handle /private/* {{
    basicauth {{
      mary {MARY}
    }}
    file_server
  }}
  handle /forbidden/* {{
    respond 403
  }}
  handle /not/* {{
    error "not here" 404
  }}
  handle /upload/* {{
    error "read only" 405
  }}
  redir /moved / 301
  handle /proxy/* {{
    reverse_proxy {backend}
  }}
  handle /slow/* {{
    reverse_proxy {backend} {{
      transport http {{
        response_header_timeout 300ms
      }}
    }}
  }}
  handle /dead/* {{
    reverse_proxy 127.0.0.1:{self.dead_port}
  }}
  handle {{
    file_server
  }}
}}
""")
        caddy = stack.enter_context(Process(
            [self.program("caddy"), "run", "--adapter", "caddyfile", "--config", configuration], self.directory,
            {"XDG_DATA_HOME": str(self.directory), "XDG_CONFIG_HOME": str(self.directory)}))
        self.processes = [caddy]
        wait_until_listening(port, caddy)
