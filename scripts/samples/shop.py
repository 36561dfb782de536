"""access.log: six hours of a small shop, 08:00 to 14:00 UTC, with everything that goes wrong on such a day.

Ordinary visitors, a monitor and a crawler make the ground; each story below adds its lines, and the README of the
samples says when and by whom. Addresses and names are those reserved for documentation.
"""

from .log import Chance, SampleLog, at

OPEN, CLOSE = at("08:00:00"), at("14:00:00")
SHOP = "https://shop.example.com"

BROWSERS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 "
    "Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
]
CRAWLER = "Mozilla/5.0 (compatible; examplebot/2.1; +https://search.example.com/bot.html)"
APP = "ShopApp/5.3.1 (iPhone; iOS 18.6; Scale/3.00)"
SEARCH = "https://search.example.com/"

ASSETS = [("/assets/app-5f2c9e.css", 18244), ("/assets/app-81bd07.js", 96410), ("/images/logo.svg", 3120),
          ("/assets/fonts/inter-v13.woff2", 46904)]
SECTIONS = ["garden", "kitchen", "lighting", "office"]
PRODUCTS = ["oak-chair", "led-strip-5m", "wool-blanket", "steel-kettle", "garden-lamp", "desk-120", "bird-house", "vase-blue"]
VIDEO, VIDEO_BYTES = "/media/chair-assembly.mp4", 24117248


def visitors(log, chance):
    """Some 150 visits: landing page, assets, a walk through the shop, now and then a purchase."""
    for visit in range(150):
        client = (f"203.0.113.{chance.between(1, 180)}" if not chance.one_in(6)
                  else f"2001:db8:{chance.between(16, 4095):x}:{chance.between(1, 65535):x}::{chance.between(1, 99):x}")
        agent = chance.pick(BROWSERS)
        time = chance.between(OPEN, CLOSE - 900)
        if chance.one_in(5):
            log.request(time, client, "GET /index.php HTTP/1.1", 301, 162, SEARCH, agent)
        log.request(time, client, "GET / HTTP/2.0", 200, chance.between(21000, 22800), chance.pick([SEARCH, "-"]), agent)
        returning = chance.one_in(3)
        for path, size in ASSETS:
            log.request(time + chance.below(2), client, f"GET {path} HTTP/2.0", 304 if returning else 200,
                        0 if returning else size, SHOP + "/", agent)
        if chance.one_in(4):
            log.request(time + 1, client, "GET /apple-touch-icon.png HTTP/2.0", 404, 548, "-", agent)
        browse(log, chance, client, agent, time)


def browse(log, chance, client, agent, time):
    """One visitor's pages after the first; most leave early."""
    page = "/"
    for _ in range(chance.between(1, 7)):
        time += chance.between(8, 70)
        product = chance.pick(PRODUCTS)
        last, page = page, chance.pick([f"/{chance.pick(SECTIONS)}/", f"/p/{product}", f"/p/{product}",
                                        f"/search?q={product.partition('-')[0]}&page={chance.between(1, 3)}"])
        if chance.one_in(40):
            log.request(time, client, f"GET {page} HTTP/2.0", 499, 0, SHOP + last, agent)
            continue
        log.request(time, client, f"GET {page} HTTP/2.0", 200, chance.between(9000, 31000), SHOP + last, agent)
        if page.startswith("/p/"):
            log.request(time + 1, client, f"GET /images/{product}-640.webp HTTP/2.0", 200, chance.between(30000, 90000),
                        SHOP + page, agent)
            if chance.one_in(3):
                log.request(time + 4, client, "POST /api/cart HTTP/2.0", 201, 214, SHOP + page, agent)
            if chance.one_in(12):
                watch_video(log, chance, client, agent, time + 5, SHOP + page)
        if chance.one_in(30):
            log.request(time + 2, client, "GET /p/summer-catalogue HTTP/2.0", 404, 3270, SHOP + page, agent)
    if chance.one_in(4):
        buy(log, chance, client, agent, time + 20)


def buy(log, chance, client, agent, time):
    log.request(time, client, "GET /checkout HTTP/2.0", 200, 14410, SHOP + "/cart", agent)
    # During the outage the stories below answer the checkout instead.
    if not at("12:10:00") <= time + 35 < at("12:20:00"):
        log.request(time + 35, client, "POST /checkout HTTP/2.0", 302, 0, SHOP + "/checkout", agent)
        log.request(time + 36, client, f"GET /order/thanks?id={chance.between(40000, 49999)} HTTP/2.0", 200, 8112,
                    SHOP + "/checkout", agent)


def watch_video(log, chance, client, agent, time, referrer):
    """A player asks for ranges until its user has seen enough."""
    for part in range(chance.between(2, 6)):
        log.request(time + 3 * part, client, f"GET {VIDEO} HTTP/2.0", 206, 1048576 if part else 65536, referrer, agent)
    if chance.one_in(4):
        log.request(time + 20, client, f"GET {VIDEO} HTTP/2.0", 416, 206, referrer, agent)


def machines(log, chance):
    """The monitor, the phone app with its pre-flight requests, and uploads by the staff."""
    for time in range(OPEN, CLOSE, 60):
        log.request(time, "192.0.2.10", "HEAD /health HTTP/1.1", 200, 0, "-", "uptime-probe/1.4")
    for _ in range(90):
        time, client = chance.between(OPEN, CLOSE - 60), f"203.0.113.{chance.between(181, 189)}"
        if chance.one_in(3):
            log.request(time, client, "OPTIONS /api/cart HTTP/2.0", 204, 0, "-", APP)
        log.request(time, client, f"PUT /api/cart/{chance.between(1, 4)} HTTP/2.0", 200, 311, "-", APP)
    for minute in range(9):
        log.request(at(f"13:{3 * minute + 10}:20"), "192.0.2.31",
                    f"PUT /intranet/photos/{minute + 100}.jpg HTTP/1.1", 413 if minute in (4, 5) else 201, 0, "-",
                    "curl/8.14.1", user="anna")


def crawler(log, chance):
    """Reads the catalogue, is told to slow down at 09:30, and finds the shop unavailable when it does not."""
    log.request(at("09:05:00"), "192.0.2.77", "GET /robots.txt HTTP/1.1", 200, 143, "-", CRAWLER)
    for step in range(240):
        time = at("09:05:05") + 10 * step
        path = f"/{chance.pick(SECTIONS)}/?page={step % 60 + 1}"
        status, size = 200, chance.between(9000, 31000)
        if at("09:30:00") <= time < at("09:40:00"):
            status, size = (503, 206) if step % 5 == 4 else (429, 169)
        elif step % 37 == 36:
            path, status, size = f"/p/discontinued-{step}", 410, 3270
        log.request(time, "192.0.2.77", f"GET {path} HTTP/1.1", status, size, "-", CRAWLER)


def too_long_requests(log, chance):
    """10:05 to 10:07: a page with a form that exports chosen orders by GET, and tries again when it fails. nginx logs
    what its buffer of 8 KiB held: no protocol, no referrer, no agent."""
    for clock in ("10:04:40", "10:06:10"):
        log.request(at(clock), "198.51.100.77", "GET /orders/export HTTP/1.1", 200, 18211, SHOP + "/orders", BROWSERS[0])
    for step in range(30):
        line = "GET /export?format=csv"
        while len(line) < 8192:
            line += f"&order={chance.between(100000, 999999)}&lines=all"
        log.request(at("10:05:10") + step * 7 // 2, "198.51.100.77", line[:8192], 414, 177)


def gateway(log, chance):
    """11:00 to 11:25: many users behind one address, more connections than one address may have."""
    for step in range(120):
        log.request(at("11:12:00") + step, "198.51.100.200", f"GET /p/{chance.pick(PRODUCTS)} HTTP/1.1",
                    421 if step % 2 else 200, 156 if step % 2 else chance.between(9000, 31000), SHOP + "/",
                    chance.pick(BROWSERS))
    for step in range(230):
        time = at("11:00:00") + step * 13 // 2
        refused = step % 10 in (2, 5, 8)
        log.request(time, "198.51.100.200", f"GET /p/{chance.pick(PRODUCTS)} HTTP/1.1", 421 if refused else 200,
                    156 if refused else chance.between(9000, 31000), SHOP + "/", chance.pick(BROWSERS))


def outage(log, chance):
    """12:10 to 12:20: the application is gone, its gateway times out, and the checkout fails after its return."""
    for step in range(150):
        time = at("12:10:02") + step * 5 // 2
        path = chance.pick(["/api/cart", "/api/cart", "/search?q=lamp", "/p/oak-chair", "/checkout"])
        status = 504 if chance.one_in(3) else 502
        log.request(time, f"203.0.113.{chance.between(1, 180)}", f"GET {path} HTTP/2.0", status, 560 if status == 502 else 568,
                    SHOP + "/", chance.pick(BROWSERS))
    for step in range(55):
        log.request(at("12:16:20") + 4 * step, f"203.0.113.{chance.between(1, 180)}", "POST /checkout HTTP/2.0", 500, 1870,
                    SHOP + "/checkout", chance.pick(BROWSERS))


def probing(log, chance):
    """09:12: a scanner tries what it tries everywhere."""
    names = [".env", ".env.bak", ".git/config", "wp-login.php", "wp-admin/setup-config.php", "xmlrpc.php", "phpmyadmin/",
             "pma/index.php", "admin.php", "config.json", "backup.zip", "db.sql", "server-status", "actuator/env",
             "cgi-bin/test.cgi", "vendor/phpunit/phpunit.xml", "api/v1/pods", "console/login", "owa/", "solr/admin/info",
             ".aws/credentials", "id_rsa", "shell.php", "old/.env", "laravel/.env"]
    for step in range(75):
        name = names[step % len(names)]
        prefix = ["/", "/blog/", "/shop/"][step // len(names)]
        status, size = (403, 146) if name in (".git/config", "server-status") else (404, 548)
        log.request(at("09:12:04") + step // 2, "192.0.2.66", f"GET {prefix}{name} HTTP/1.1", status, size, "-",
                    "Mozilla/5.0 zgrab/0.x")
    log.request(at("09:12:45"), "192.0.2.66", "GET /index.php?page=../../../../etc/passwd HTTP/1.1", 400, 150)
    log.request(at("09:12:46"), "192.0.2.66", "TRACE / HTTP/1.1", 405, 150)


def passwords(log, chance):
    """13:20: somebody guesses the password of the administrator, and does not find it."""
    for step in range(48):
        log.request(at("13:20:00") + 5 * step, "198.51.100.23", "GET /admin/login HTTP/1.1", 401, 574, "-",
                    "python-requests/2.32.5", user=chance.pick(["admin", "admin", "root", "shop"]))


def background(log, chance):
    """What any address on the Internet gets: TLS on the plain port, connections without a request, other protocols."""
    hello = "\\x16\\x03\\x01\\x00\\xEE\\x01\\x00\\x00\\xEA\\x03\\x03"
    for _ in range(14):
        noise = "".join(chance.pick(["\\xC2", "\\x9F", "=", " ", "]", "[", "\\x5C", "\\x22", "k", "\\x00"])
                        for _ in range(chance.between(12, 40)))
        log.request(chance.between(OPEN, CLOSE), f"192.0.2.{chance.between(100, 250)}", hello + noise, 400, 150)
    for _ in range(9):
        log.request(chance.between(OPEN, CLOSE), f"192.0.2.{chance.between(100, 250)}", "-", 408, 0)
    for request in ("", "SSH-2.0-probe", "\\x03\\x00\\x00/*\\xE0\\x00\\x00\\x00\\x00\\x00Cookie: mstshash=Test", "MGLNDD_PROBE"):
        log.request(chance.between(OPEN, CLOSE), f"192.0.2.{chance.between(100, 250)}", request, 400, 150)


def make():
    log = SampleLog("access.log", "six hours of a small shop in the combined format; what it shows is told below")
    for seed, story in enumerate((visitors, machines, crawler, too_long_requests, gateway, outage, probing, passwords,
                                  background)):
        story(log, Chance(20261123 + seed))     # a seed each, so that a change to one story leaves the others alone
    log.sort()
    return log
