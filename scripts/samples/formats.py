"""A small log in each format that no server of Debian writes: the same twenty requests, in the clothes of each.

`ALL` makes one SampleLog per format; `FORMATS` says what each file must be found to be, and `REQUESTS` what is in it.
Field orders are those of the servers' documentation; the lines are ours.
"""

import json
import time as clock

from .log import SampleLog, at, stamp

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"
HOST = "shop.example.com"
MISSING = "-"

# method, path, query, status, bytes, milliseconds
SHAPES = [("GET", "/", "", 200, 5124, 12), ("GET", "/cart", "id=7", 200, 18011, 45), ("POST", "/login", "", 302, 0, 80),
          ("GET", "/missing", "", 404, 548, 3), ("GET", "/api/cart", "", 502, 560, 3001), ("HEAD", "/p/oak-chair", "", 200, 0, 9),
          ("GET", "/search", "q=oak+chair&page=2", 200, 2214, 150), ("GET", "/checkout", "", 503, 300, 1),
          ("PUT", "/api/cart", "", 401, 120, 2), ("GET", "/assets/app.css", "", 304, 0, 1)]


class Request:
    def __init__(self, number):
        self.method, self.path, self.query, self.status, self.size, self.ms = SHAPES[number % len(SHAPES)]
        self.client = f"192.0.2.{1 + number % 5}"
        self.port = 50000 + number
        self.time = at("10:00:00") + number
        self.referrer = f"https://{HOST}/" if number % 3 == 0 else MISSING
        self.target = self.path + ("?" + self.query if self.query else "")
        self.protocol = "HTTP/1.1"
        self.line = f"{self.method} {self.target} {self.protocol}"
        self.url = f"https://{HOST}{self.target}"

    def iso(self, fraction="", zone="Z"):
        return clock.strftime("%Y-%m-%dT%H:%M:%S", clock.gmtime(self.time)) + fraction + zone

    def strftime(self, form):
        return clock.strftime(form, clock.gmtime(self.time))

    def combined(self):
        return (f'{self.client} - - {stamp(self.time)} "{self.line}" {self.status} {self.size} '
                f'"{self.referrer}" "{AGENT}"')


REQUESTS = [Request(number) for number in range(2 * len(SHAPES))]


def dump(value):
    return json.dumps(value, separators=(",", ":"))


def combined_timed(r):
    return f"{r.combined()} {r.ms / 1000:.3f}"


def traefik_clf(r):
    return f'{r.combined()} {r.port - 50000} "shop@docker" "http://10.0.0.5:8080" {r.ms}ms'


def traefik(r):
    return dump({"ClientAddr": f"{r.client}:{r.port}", "ClientHost": r.client, "DownstreamContentSize": r.size,
                 "DownstreamStatus": r.status, "Duration": r.ms * 1000000, "OriginStatus": r.status, "RequestHost": HOST,
                 "RequestMethod": r.method, "RequestPath": r.target, "RequestProtocol": r.protocol,
                 "StartUTC": r.iso(".000000001"), "request_User-Agent": AGENT, "level": "info", "msg": ""})


def cloudflare(r):
    return dump({"ClientIP": r.client, "ClientRequestHost": HOST, "ClientRequestMethod": r.method,
                 "ClientRequestURI": r.target, "ClientRequestUserAgent": AGENT, "EdgeResponseBytes": r.size,
                 "EdgeResponseStatus": r.status, "EdgeStartTimestamp": r.time * 10**9, "OriginResponseStatus": 0,
                 "CacheCacheStatus": "hit", "RayID": f"8f0000000000{r.port:04x}"})


def gclb(r):
    return dump({"httpRequest": {"latency": f"{r.ms / 1000:.6f}s", "remoteIp": r.client, "requestMethod": r.method,
                                 "requestSize": "310", "requestUrl": r.url, "responseSize": str(r.size),
                                 "status": r.status, "userAgent": AGENT},
                 "jsonPayload": {"statusDetails": "response_sent_by_backend"}, "timestamp": r.iso(".250000")})


def ecs(r):
    return dump({"@timestamp": r.iso(".250"), "client": {"ip": r.client}, "event": {"duration": r.ms * 1000000},
                 "http": {"request": {"method": r.method}, "response": {"status_code": r.status, "body": {"bytes": r.size}}},
                 "url": {"original": r.target, "domain": HOST}, "user_agent": {"original": AGENT}})


def envoy(r):
    return (f'[{r.iso(".250")}] "{r.line}" {r.status} {"UF" if r.status == 503 else "-"} 0 {r.size} {r.ms} '
            f'{r.ms} "{r.client}" "{AGENT}" "7c1d2f0e-9a5b-4c33-8d6e-0f1a2b3c{r.port:04x}" "{HOST}" "10.0.0.5:8080"')


def ltsv(r):
    return "\t".join([f"time:{stamp(r.time)}", f"host:{r.client}", f"req:{r.line}", f"status:{r.status}", f"size:{r.size}",
                      f"referer:{r.referrer}", f"ua:{AGENT}", f"vhost:{HOST}", f"reqtime:{r.ms / 1000:.3f}"])


def w3c_iis(r):
    return (f"{r.strftime('%Y-%m-%d %H:%M:%S')} 10.0.0.5 {r.method} {r.path} {r.query or '-'} 443 - {r.client} "
            f"{AGENT.replace(' ', '+')} {r.referrer} {r.status} 0 0 {r.size} {r.ms}")


def w3c_cloudfront(r):
    return "\t".join([r.strftime("%Y-%m-%d"), r.strftime("%H:%M:%S"), "FRA56-P1", str(r.size), r.client, r.method, HOST,
                      r.path, str(r.status), r.referrer, AGENT.replace(" ", "%20"), r.query or "-", "-", "Miss",
                      f"{r.port}==", HOST, "https", "412", f"{r.ms / 1000:.3f}", "-", "TLSv1.3", "-", "Miss", r.protocol])


def alb(r):
    arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/cart/73e2d6bc24d8a067"
    return (f'https {r.iso(".123456")} app/shop/50dc6c495c0c9188 {r.client}:{r.port} 10.0.0.5:8080 0.000 {r.ms / 1000:.3f} '
            f'0.001 {r.status} {r.status} 412 {r.size} "{r.method} https://{HOST}:443{r.target} {r.protocol}" "{AGENT}" '
            f'ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 {arn} "Root=1-6921b2d0-1e2f3a4b5c6d7e8f90a1b2c3" "{HOST}" '
            f'"arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d" 0 {r.iso(".081000")} "forward" "-" "-" '
            f'"10.0.0.5:8080" "{r.status}" "-" "-" TID_{r.port:x}')


def elb(r):
    return (f'{r.iso(".123456")} shop {r.client}:{r.port} 10.0.0.5:8080 0.000086 {r.ms / 1000:.6f} 0.001337 {r.status} '
            f'{r.status} 0 {r.size} "{r.method} https://{HOST}:443{r.target} {r.protocol}" "{AGENT}" '
            f'ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2')


def s3(r):
    return (f'79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be shop-assets {stamp(r.time)} {r.client} - '
            f'3E57427F3EXAMPLE REST.{r.method}.OBJECT {r.path[1:] or "-"} "{r.line}" {r.status} '
            f'{"NoSuchKey" if r.status == 404 else "-"} {r.size} {r.size} {r.ms} {r.ms} "{r.referrer}" "{AGENT}" - '
            f's9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 '
            f'ECDHE-RSA-AES128-GCM-SHA256 AuthHeader shop-assets.s3.eu-central-1.amazonaws.com TLSv1.3 - -')


def ingress_nginx(r):
    return (f"{r.combined()} 412 {r.ms / 1000:.3f} [shop-cart-80] [] 10.0.0.5:8080 {r.size} {r.ms / 1000:.3f} {r.status} "
            f"7c1d2f0e9a5b4c338d6e0f1a2b3c{r.port:04x}")


def npm(r):
    return (f'{stamp(r.time)} - {r.status} {r.status} - {r.method} https {HOST} "{r.target}" [Client {r.client}] '
            f'[Length {r.size}] [Gzip 2.41] [Sent-to 10.0.0.5] "{AGENT}" "{r.referrer}"')


def iis_native(r):
    day = clock.gmtime(r.time)
    return (f"{r.client}, -, {day.tm_mon}/{day.tm_mday}/{day.tm_year}, {r.strftime('%H:%M:%S')}, W3SVC2, WEB1, 10.0.0.5, "
            f"{r.ms}, 412, {r.size}, {r.status}, 0, {r.method}, {r.path}, {r.query or '-'},")


def syslog(r):
    return f"<190>{r.strftime('%b %d %H:%M:%S')} web1 nginx: {r.combined()}"


def docker(r):
    return dump({"log": r.combined() + "\n", "stream": "stdout", "time": r.iso(".000000001")})


def cri(r):
    return f"{r.iso('.000000001')} stdout F {r.combined()}"


def compose(r):
    return f"web-1  | {r.combined()}"


IIS = ["#Software: Microsoft Internet Information Services 10.0", "#Version: 1.0", "#Date: 2026-11-23 10:00:00",
       "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) "
       "sc-status sc-substatus sc-win32-status sc-bytes time-taken"]
CLOUDFRONT = ["#Version: 1.0",
              "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) "
              "cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol "
              "cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type "
              "cs-protocol-version"]

# file, format, what it is, one line of it, what stands before
TABLE = [
    ("combined_timed.log", "combined_timed", "combined, and the time that the request took", combined_timed, []),
    ("traefik-clf.log", "traefik", "as Traefik writes it by default", traefik_clf, []),
    ("traefik.log", "traefik", "as Traefik writes it with `format: json`", traefik, []),
    ("cloudflare.log", "cloudflare", "Cloudflare Logpush", cloudflare, []),
    ("gclb.log", "gclb", "Google's load balancer", gclb, []),
    ("ecs.log", "ecs", "JSON with the names of the Elastic Common Schema", ecs, []),
    ("envoy.log", "envoy", "as Envoy writes it by default", envoy, []),
    ("ltsv.log", "ltsv", "labelled tab-separated values", ltsv, []),
    ("iis.log", "w3c", "as IIS writes it", w3c_iis, IIS),
    ("cloudfront.log", "w3c", "as CloudFront writes it", w3c_cloudfront, CLOUDFRONT),
    ("alb.log", "alb", "an Application Load Balancer of AWS", alb, []),
    ("elb.log", "elb", "a Classic Load Balancer of AWS", elb, []),
    ("s3.log", "s3", "server access log of an S3 bucket", s3, []),
    ("ingress_nginx.log", "ingress_nginx", "the default of ingress-nginx", ingress_nginx, []),
    ("npm.log", "npm", "nginx-proxy-manager: the second number is the client's status", npm, []),
    ("iis_native.log", "iis_native", "IIS's own format, parted by commas", iis_native, []),
    ("syslog.log", "combined", "combined in syslog (RFC 3164)", syslog, []),
    ("docker.log", "combined", "combined in Docker's json-file", docker, []),
    ("cri.log", "combined", "combined in the format of container runtimes (CRI)", cri, []),
    ("compose.log", "combined", "combined behind the prefix of docker compose", compose, []),
]

# Envoy's default has the addresses that the request brought (X-Forwarded-For) and not the one it came from.
WITHOUT_CLIENT = {"envoy.log"}

FORMATS = {name: found for name, found, *_ in TABLE}


def make(name, about, line, header):
    log = SampleLog(name, about)
    for directive in header:
        log.ignore(directive)
    for request in REQUESTS:
        log.count(line(request), request.status, request.time)
    return log


ALL = [lambda row=row: make(row[0], row[2], row[3], row[4]) for row in TABLE]
