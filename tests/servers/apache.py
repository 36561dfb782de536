"""Apache httpd: Debian's formats and custom ones, for every request at once."""

import broken_requests
import plain_requests
import readers
from process import Process, wait_until_listening
from server import Log, Server

COMMON = r'%h %l %u %t \"%r\" %>s %O'
COMBINED = COMMON + r' \"%{Referer}i\" \"%{User-Agent}i\"'
TIMED = r'%a %{X-Forwarded-For}i %t \"%r\" %>s %B %D %{ms}T \"%{User-Agent}i\"'
BODY = r'%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\" %D'
FORWARDED = r'%{X-Forwarded-For}i %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"'
TABS = r'%{%Y-%m-%dT%H:%M:%S%z}t\t%a\t%m\t%U%q\t%>s\t%B\t%D\t%{User-Agent}i'
JSON = (r'{\"time\":\"%{%Y-%m-%dT%H:%M:%S%z}t\",\"remote_addr\":\"%a\",\"host\":\"%V\",\"method\":\"%m\",'
        r'\"uri\":\"%U%q\",\"protocol\":\"%H\",\"status\":%>s,\"bytes\":%B,\"duration_us\":%D,'
        r'\"referer\":\"%{Referer}i\",\"user_agent\":\"%{User-Agent}i\"}')
MODULES = ("mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "alias", "dir",
           "dav", "dav_fs", "proxy", "proxy_http", "reqtimeout")
MODULES_DIRECTORY = "/usr/lib/apache2/modules"


def log(name, written, reader, **named):
    return Log(name, reader, f'LogFormat "{written}" {name}', **named)


def as_option(string):
    """As the string stands in a configuration without the quotes around it."""
    return string.replace('\\"', '"')


class Apache(Server):
    name = "apache2"
    programs = ("apache2",)
    logs = (
        log("combined", COMBINED, readers.clf, preset="combined", string=as_option(COMBINED)),
        log("common", COMMON, readers.clf, preset="common"),
        log("vhost_combined", "%v:%p " + COMBINED, readers.vhost_clf, preset="vhost_combined"),
        log("vhost_common", "%v:%p " + COMMON, readers.vhost_clf, preset="vhost_common"),
        log("body", BODY, readers.clf, string=as_option(BODY)),
        log("forwarded", FORWARDED, readers.forwarded_clf, string=as_option(FORWARDED)),
        log("timed", TIMED, readers.apache_timed, string=as_option(TIMED)),
        log("tabs", TABS, readers.apache_tabs, string=TABS),
        log("json", JSON, readers.json_with("status", "remote_addr", "bytes", "method"), preset="nginx_json"),
    )
    logged = {
        "HTTP/0.9": (200,),             # the client gets the document alone
        "half a request line": (408,), "nothing": (408,),  # closed without an answer
        "half a request and gone": (400,), "half a body and gone": (400,),
        "client leaves": (200,), "client leaves in the body": (200,),
        "client resets": (502,),
    }
    or_logged = {"client leaves": (502,), "client resets": (200,)}  # whether Apache notices in time

    def exchanges(self):
        return (plain_requests.ordinary() + plain_requests.hostile_text() + plain_requests.users() +
                plain_requests.methods() + broken_requests.other_protocols() + broken_requests.broken() +
                broken_requests.unfinished() + broken_requests.behind_proxy())

    def start(self, stack):
        modules = "\n".join(f"LoadModule {name}_module {MODULES_DIRECTORY}/mod_{name}.so" for name in MODULES)
        formats = "\n".join(f"{log.config}\nCustomLog {self.path(log.name)} {log.name}" for log in self.logs)
        port, backend = self.ports["main"], f"http://127.0.0.1:{self.backend_port}"
        configuration = self.write("apache.conf", f"""
ServerRoot {self.directory}
DefaultRuntimeDir {self.directory}
PidFile {self.directory}/apache.pid
ErrorLog {self.directory}/error.log
{modules}
ServerName shop.example.com
Listen 127.0.0.1:{port}
{f"Listen [::1]:{port}" if self.ipv6 else ""}
StartServers 1
ServerLimit 1
ThreadsPerChild 64
MaxRequestWorkers 64
KeepAliveTimeout 1
AcceptFilter http none
RequestReadTimeout header=1 body=1
LimitRequestBody 20000
{formats}
DAVLockDB {self.directory}/davlock
DocumentRoot {self.site.documents}
<Directory {self.site.documents}>
  Require all granted
</Directory>
<Location /private/>
  AuthType Basic
  AuthName private
  AuthUserFile {self.site.htpasswd}
  Require valid-user
</Location>
<Location /forbidden/>
  Require all denied
</Location>
<Location /upload/>
  Dav On
</Location>
Redirect permanent /moved /
ProxyPass /slow/ {backend}/ timeout=1 connectiontimeout=1
ProxyPass /proxy/ {backend}/
ProxyPass /dead/ http://127.0.0.1:{self.dead_port}/
""")
        apache = stack.enter_context(Process(
            [self.program("apache2"), "-DFOREGROUND", "-f", configuration], self.directory))
        self.processes = [apache]
        wait_until_listening(port, apache)
