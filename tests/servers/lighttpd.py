"""lighttpd: its default format (whose second field is the host) and custom ones, each on a port of its own."""

import broken_requests
import plain_requests
import readers
from process import Process, wait_until_listening
from server import Log, Server, at_every_listener, side_by_side

DEFAULT = r'%h %V %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"'
COMBINED = r'%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"'
TIMED = r'%h %V %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\" %T %D'


def log(name, written, reader, **named):
    return Log(name, reader, f'accesslog.format = "{written}"', listener=name, **named)


class Lighttpd(Server):
    name = "lighttpd"
    programs = ("lighttpd",)
    logs = (
        Log("main", readers.clf, f"# accesslog.format is left at its default:\n    # {DEFAULT}", preset="lighttpd",
            listener="main", sample="lighttpd.log", sample_about="as lighttpd writes it by default"),
        log("combined", COMBINED, readers.clf, preset="combined"),
        log("timed", TIMED, readers.clf, string=TIMED.replace('\\"', '"')),
    )
    listeners = tuple(log.listener for log in logs)
    logged = {
        "HTTP/2 preface": (100,),       # the log says how far it came; the client got a frame, no status
        "client leaves": (200,), "client resets": (200,), "client leaves in the body": (200,),
    }
    or_logged = {"client resets": (), "client leaves in the body": ()}

    def exchanges(self):
        return at_every_listener(self.listeners, [
            *plain_requests.ordinary(), *plain_requests.hostile_text(), *side_by_side(plain_requests.users()),
            *plain_requests.methods(), *broken_requests.other_protocols(), *broken_requests.broken(),
            *broken_requests.unfinished(), *broken_requests.behind_proxy()])

    def start(self, stack):
        def socket(log):
            custom = log.config if log.config.startswith("accesslog") else ""
            port = self.ports[log.listener]
            return "\n".join(f"""$SERVER["socket"] == "{address}:{port}" {{
  accesslog.filename = "{self.path(log.name)}"
  {custom}
}}""" for address in ["127.0.0.1"] + ["[::1]"] * self.ipv6)

        sockets = "\n".join(map(socket, self.logs))
        configuration = self.write("lighttpd.conf", f"""
server.modules = ("mod_access", "mod_auth", "mod_authn_file", "mod_redirect", "mod_accesslog", "mod_proxy")
server.document-root = "{self.site.documents}"
server.errorlog = "{self.directory}/error.log"
server.pid-file = "{self.directory}/lighttpd.pid"
server.upload-dirs = ("{self.directory}")
server.bind = "127.0.0.1"
server.port = {self.dead_port}
server.max-read-idle = 1
server.max-keep-alive-idle = 1
server.max-request-size = 20
server.max-request-field-size = 8192
index-file.names = ("index.html")
auth.backend = "htpasswd"
auth.backend.htpasswd.userfile = "{self.site.htpasswd}"
auth.require = ("/private/" => ("method" => "basic", "realm" => "private", "require" => "valid-user"))
url.redirect = ("^/moved" => "/")
$HTTP["url"] =~ "^/forbidden/" {{ url.access-deny = ("") }}
$HTTP["url"] =~ "^/proxy/" {{ proxy.server = ("" => (("host" => "127.0.0.1", "port" => {self.backend_port}))) }}
$HTTP["url"] =~ "^/slow/" {{
  proxy.server = ("" => (("host" => "127.0.0.1", "port" => {self.backend_port}, "read-timeout" => 1)))
}}
$HTTP["url"] =~ "^/dead/" {{ proxy.server = ("" => (("host" => "127.0.0.1", "port" => 1))) }}
{sockets}
""")
        lighttpd = stack.enter_context(Process([self.program("lighttpd"), "-D", "-f", configuration], self.directory))
        self.processes = [lighttpd]
        for port in self.ports.values():
            wait_until_listening(port, lighttpd)
