"""nginx: its default format and seven others, for every request at once."""

import broken_requests
import plain_requests
import readers
from process import Process, wait_until_listening
from server import Log, Server

COMMON = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent'
COMBINED = COMMON + ' "$http_referer" "$http_user_agent"'
TIMED = COMBINED + " $request_time $upstream_response_time"
FORWARDED = COMBINED + ' "$http_x_forwarded_for"'
VHOST = "$host " + COMBINED
KEYED = COMBINED + ' rt=$request_time uct="$upstream_connect_time" urt="$upstream_response_time" us="$upstream_status"'
PIPE = "$msec|$status|$request_method|$host|$uri|$args|$remote_addr|$bytes_sent|$http_user_agent"
JSON = ('{"time":"$time_iso8601","msec":$msec,"remote_addr":"$remote_addr","remote_user":"$remote_user",'
        '"request":"$request","request_method":"$request_method","request_uri":"$request_uri",'
        '"server_protocol":"$server_protocol","status":$status,"body_bytes_sent":$body_bytes_sent,'
        '"request_time":$request_time,"host":"$host","http_referer":"$http_referer",'
        '"http_user_agent":"$http_user_agent","http_x_forwarded_for":"$http_x_forwarded_for",'
        '"upstream_addr":"$upstream_addr","upstream_status":"$upstream_status",'
        '"upstream_response_time":"$upstream_response_time"}')
JSON_TEXT = '{"@timestamp":"$time_iso8601","client":"$remote_addr","method":"$request_method","uri":"$request_uri",' \
            '"status":"$status","bytes":"$bytes_sent","duration":"$request_time","agent":"$http_user_agent"}'


def log(name, written, reader, escape="", **named):
    return Log(name, reader, f"log_format {name} {escape and 'escape=' + escape + ' '}'{written}';", **named)


class Nginx(Server):
    name = "nginx"
    programs = ("nginx",)
    logs = (
        log("combined", COMBINED, readers.clf, preset="combined"),
        log("common", COMMON, readers.clf, preset="common"),
        log("timed", TIMED, readers.clf, preset="combined_timed", string=TIMED,
            sample="combined_timed.log",
            sample_about="as nginx writes it with `$request_time $upstream_response_time` at the end"),
        log("forwarded", FORWARDED, readers.clf, string=FORWARDED),
        log("vhost", VHOST, readers.vhost_clf, preset="vhost_combined", string=VHOST),
        log("keyed", KEYED, readers.clf, string=KEYED),
        log("pipe", PIPE, readers.nginx_pipe, string=PIPE),
        log("json", JSON, readers.nginx_json, "json", preset="nginx_json",
            sample="nginx_json.log", sample_about="as nginx writes it with `escape=json`"),
        log("json_text", JSON_TEXT, readers.json_with("status", "client", "bytes", "method"), "json",
            preset="nginx_json"),
    )
    logged = {
        "HTTP/0.9": (200,),             # the client gets the document alone
        "backend is no HTTP": (9,),     # taken for HTTP/0.9 of an upstream, whose status line nginx does not know: 009
        "empty line alone": (400,), "half a request line and FIN": (400,), "half a header and FIN": (400,),
        "half a request and gone": (400,), "half a body and gone": (400,),
        "half a request line": (408,), "half a header": (408,), "body never comes": (408,),  # closed without an answer
        "client leaves": (499,), "client resets": (499,),
        "client leaves in the body": (200,),
    }

    def exchanges(self):
        return (plain_requests.ordinary() + plain_requests.hostile_text() + plain_requests.users() +
                plain_requests.methods() + broken_requests.other_protocols() + broken_requests.broken() +
                broken_requests.unfinished() + broken_requests.behind_proxy())

    def start(self, stack):
        formats = "\n".join("  " + log.config for log in self.logs if log.name != "combined")
        files = "\n".join(f"  access_log {self.path(log.name)} {log.name};" for log in self.logs)
        port, documents, backend = self.ports["main"], self.site.documents, f"http://127.0.0.1:{self.backend_port}"
        configuration = self.write("nginx.conf", f"""
daemon off;
worker_processes 1;
pid {self.directory}/nginx.pid;
error_log {self.directory}/error.log;
events {{ worker_connections 256; }}
http {{
{formats}
{files}
  client_body_temp_path {self.directory}/body;
  proxy_temp_path {self.directory}/proxy;
  fastcgi_temp_path {self.directory}/fastcgi;
  uwsgi_temp_path {self.directory}/uwsgi;
  scgi_temp_path {self.directory}/scgi;
  client_header_timeout 1s;
  client_body_timeout 1s;
  keepalive_timeout 1s;
  client_max_body_size 20k;
  server {{
    listen 127.0.0.1:{port};
    {f"listen [::1]:{port};" if self.ipv6 else ""}
    server_name shop.example.com;
    root {documents};
    location /private/ {{ auth_basic "private"; auth_basic_user_file {self.site.htpasswd}; }}
    location /forbidden/ {{ deny all; }}
    location /moved {{ return 301 /; }}
    location /upload/ {{ dav_methods PUT DELETE MKCOL COPY MOVE; }}
    location /silent {{ return 444; }}
    location /proxy/ {{ proxy_pass {backend}; }}
    location /slow/ {{ proxy_pass {backend}; proxy_read_timeout 300ms; }}
    location /dead/ {{ proxy_pass http://127.0.0.1:{self.dead_port}; }}
  }}
}}
""")
        nginx = stack.enter_context(Process(
            [self.program("nginx"), "-e", f"{self.directory}/start.log", "-p", str(self.directory),
             "-c", configuration], self.directory))
        self.processes = [nginx]
        wait_until_listening(port, nginx)
