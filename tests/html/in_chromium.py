#!/usr/bin/env python3
"""Opens HTML reports in a headless Chromium and checks that each renders, says nothing on its console, asks for nothing
but itself, does not scroll sideways on a phone, and sorts a table when a title is clicked.

  tests/html/in_chromium.py report.html ...     prints "renders", or what is wrong and exits with 1; 77: no Chromium

Every request of the browser goes through a proxy of this test, which serves the pages and remembers what was asked for.
That it would notice a request is checked first, with a page that makes one. A probe, which is added to the copy of the
page that the browser gets and has its own hash in the policy, writes what it measured into the page.
"""

import base64
import hashlib
import http.server
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

# What Chromium asks for by itself, whatever page it shows. (A page's own requests are also seen from inside, by the probe.)
OF_THE_BROWSER = re.compile(r"(https?://)?(?!fonts\.)[a-z0-9-]+\.(google|googleapis|gvt1)\.com[:/]")
NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE, DESKTOP = 360, 1280
PROBE = """
"use strict";
addEventListener("load", () => {
  const frame = document.documentElement;
  const bars = Array.from(document.querySelectorAll("figure svg[role=img] rect[class^=f]"));
  const said = {
    width: innerWidth,
    overflow: frame.scrollWidth - innerWidth,
    headings: document.querySelectorAll("h2").length,
    charts: document.querySelectorAll("figure").length,
    drawn: bars.filter((bar) => bar.getBoundingClientRect().height > 0).length,
    background: getComputedStyle(document.body).backgroundColor,
    findings: document.querySelectorAll("details.finding").length,
    closedOfThese: document.querySelectorAll("details.finding:is(.high, .critical):not([open])").length,
    openOfOthers: document.querySelectorAll("details.finding:not(.high, .critical)[open]").length,
    unseenEvidence: Array.from(document.querySelectorAll("details.finding[open] .samples code"))
      .filter((line) => line.textContent.trim() !== "" && line.getBoundingClientRect().height < 8).length,
    markup: document.querySelectorAll("details.finding :is(script, img, svg, a, b b, code code)").length,
    overflowOpened: 0,
    asked: performance.getEntriesByType("resource").map((entry) => entry.name),
    sorted: null,
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const button = table.querySelector("th.n button");
    if (button === null || table.tBodies[0].rows.length < 3) continue;
    const column = button.parentElement.cellIndex;
    const numbers = () => Array.from(table.tBodies[0].rows, (row) => {
      const cell = row.cells[column];
      return Number.parseFloat((cell.dataset.v || cell.textContent).replaceAll(",", "")) || 0;
    });
    const inOrder = (values, sign) => values.every((value, i) => i === 0 || sign * (value - values[i - 1]) >= 0);
    button.click();
    const down = inOrder(numbers(), -1);
    button.click();
    said.sorted = down && inOrder(numbers(), 1);
    break;
  }
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  said.overflowOpened = frame.scrollWidth - innerWidth;
  const result = document.createElement("pre");
  result.id = "probe";
  result.textContent = JSON.stringify(said);
  document.body.append(result);
});
"""


def with_probe(page):
    digest = base64.b64encode(hashlib.sha256(PROBE.encode()).digest()).decode()
    page = page.replace("; script-src ", f"; script-src 'sha256-{digest}' ", 1)
    return page.replace("</body>", f"<script>{PROBE}</script></body>", 1)


class Proxy(http.server.ThreadingHTTPServer):
    """Answers http://report.test/NAME with a page and everything else with an error; remembers every request."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = {}
        self.asked = []

    def handle_error(self, request, client_address):
        """The browser may go away before its answer is written: no word of that on stderr, which the test reads."""


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        page = self.server.pages.get(self.path)
        if page is None:
            self.send_error(404)
            return
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self):
        self.server.asked.append(self.path)
        self.send_error(502)

    def log_message(self, *_):
        pass


def open_page(chromium, proxy, url, width, extra=()):
    """The page as the browser has it after loading, what its console says, and what was asked for."""
    proxy.asked.clear()
    with tempfile.TemporaryDirectory(prefix="logstat-chromium-") as profile:
        done = subprocess.run(
            [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={profile}", f"--proxy-server=127.0.0.1:{proxy.server_port}",
             "--proxy-bypass-list=<-loopback>", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--disable-default-apps", "--no-first-run", "--no-default-browser-check",
             "--disable-extensions", "--disable-client-side-phishing-detection", "--metrics-recording-only",
             "--enable-logging=stderr", "--v=0", f"--window-size={width},1000", "--virtual-time-budget=5000", *extra,
             "--dump-dom", url],
            capture_output=True, timeout=120, check=False)
    log = done.stderr.decode("utf-8", "replace")
    console = [line for line in log.splitlines() if ":CONSOLE" in line]
    asked = [path for path in proxy.asked if not OF_THE_BROWSER.match(path)]
    return done.stdout.decode("utf-8", "replace"), console, asked


# A headless window is at least 500 wide; a frame is as narrow as it is told to be.
FRAME = """<!doctype html><title>x</title><link rel="icon" href="data:,"><iframe src="{url}" width="{width}" height="900"></iframe><script>
addEventListener("load", () => {{
  const result = document.createElement("pre");
  result.id = "probe";
  result.textContent = document.querySelector("iframe").contentDocument.getElementById("probe").textContent;
  document.body.append(result);
}});
</script>"""


def probed(dom):
    found = re.search(r'<pre id="probe">(.*?)</pre>', dom, re.DOTALL)
    return json.loads(found.group(1)) if found else None


def check_that_it_would_notice(chromium, proxy):
    url = "http://report.test/control"
    proxy.pages[url] = ("<!doctype html><title>x</title><script>console.error('noticed')</script>"
                        "<img src='http://outside.test/x.png'><p>control")
    dom, console, asked = open_page(chromium, proxy, url, DESKTOP)
    if "control" not in dom or not any("noticed" in line for line in console) or "http://outside.test/x.png" not in asked:
        return [f"the test itself does not work: console {console}, requests {asked}"]
    return []


def check_view(chromium, proxy, url, width, theme):
    """What is wrong with the page in one width and theme, and its background."""
    opened = url
    if width < DESKTOP:
        opened = url + "-in-a-frame"
        proxy.pages[opened] = FRAME.format(url=url, width=width)
    extra = ("--blink-settings=preferredColorScheme=0",) if theme == "dark" else ()
    dom, console, asked = open_page(chromium, proxy, opened, DESKTOP, extra)
    said = probed(dom)
    errors = console + [f"asked for {path}" for path in asked if path not in (url, opened)]
    if said is None:
        return [*errors, "the page did not load"], None
    errors += [f"asked for {name}" for name in said["asked"]]
    if said["width"] != width:
        errors.append(f"the test looked at a width of {said['width']}")
    if said["overflow"] > 0:
        errors.append(f"{said['overflow']} pixels too wide")
    if said["overflowOpened"] > 0:
        errors.append(f"{said['overflowOpened']} pixels too wide when everything is open")
    if said["closedOfThese"] + said["openOfOthers"] > 0:
        errors.append(f"the wrong findings are open: {said}")
    if said["unseenEvidence"] > 0 or said["markup"] > 0:
        errors.append(f"lines of findings are not seen, or became markup: {said}")
    if url.endswith("/0") and said["findings"] != 4:
        errors.append(f"the first page has four findings, not {said['findings']}")
    if said["headings"] == 0 or (said["charts"] > 0 and said["drawn"] == 0):
        errors.append(f"nothing is drawn: {said}")
    if said["sorted"] is False:
        errors.append("a click does not sort")
    if url.endswith("/0") and said["sorted"] is None:
        errors.append("no table to sort in the first page")
    return errors, said["background"]


def check_page(chromium, proxy, name, page):
    errors = []
    backgrounds = set()
    url = f"http://report.test/{name}"
    proxy.pages[url] = with_probe(page)
    for theme in ("light", "dark"):
        for width in (PHONE, DESKTOP):
            found, background = check_view(chromium, proxy, url, width, theme)
            errors += [f"{theme}, {width} pixels: {error}" for error in found]
            backgrounds.add(background)
    if len(backgrounds) != 2:
        errors.append(f"light and dark look the same: {backgrounds}")
    return errors


def main():
    chromium = next((path for path in map(shutil.which, NAMES) if path), None)
    if chromium is None:
        print("Chromium is not installed: scripts/install-packages test")
        return 77
    proxy = Proxy()
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    errors = check_that_it_would_notice(chromium, proxy)
    for index, path in enumerate(sys.argv[1:]):
        page = pathlib.Path(path).read_text(encoding="utf-8")
        errors += [f"{path}: {error}" for error in check_page(chromium, proxy, str(index), page)]
    print("\n".join(errors) if errors else "renders")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
