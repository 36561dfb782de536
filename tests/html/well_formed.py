#!/usr/bin/env python3
"""Checks an HTML report without a browser: every element is closed in order, ids are unique and links find them, nothing
refers to anything outside, headings descend one by one, tables and charts have the names that screen readers read, and the
policy's hashes are those of the style and the script.

  tests/html/well_formed.py report.html     prints "well-formed", or what is wrong and exits with 1
"""

import base64
import hashlib
import html.parser
import re
import sys

VOID = {"meta", "link", "br", "hr", "img", "input", "col"}
# Every attribute that may stand in a report; none of them starts a script, and href alone names a place.
ATTRIBUTES = {
    "aria-hidden", "aria-label", "aria-labelledby", "charset", "class", "content", "data-v", "height", "href", "http-equiv",
    "id", "lang", "name", "open", "preserveaspectratio", "rel", "role", "scope", "tabindex", "viewbox", "width", "x", "x1", "x2",
    "y", "y1", "y2",
}


class Checker(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.errors = []
        self.open = []
        self.ids = set()
        self.links = []
        self.heading = 0
        self.text = {"style": "", "script": "", "caption": "", "title": ""}
        self.policy = ""
        self.captions = []

    def complain(self, message):
        self.errors.append(f"line {self.getpos()[0]}: {message}")

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.complain(f"<{tag}> has an attribute twice")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.complain(f"<{tag}> has the attribute {name}")
            if name == "id":
                if value in self.ids:
                    self.complain(f"the id {value} comes twice")
                self.ids.add(value)
            if name == "href":
                self.links.append((tag, value))
        attributes = dict(attrs)
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]
        if tag == "svg" and attributes.get("aria-hidden") != "true":
            if attributes.get("role") != "img" or not attributes.get("aria-label"):
                self.complain("a chart without a name")
        if tag == "th" and attributes.get("scope") not in ("row", "col"):
            self.complain("a th without scope")
        if tag == "table" and attributes.get("class") == "sortable":
            self.captions.append(False)
        if tag == "caption":
            self.captions[-1] = True
        if re.fullmatch("h[1-6]", tag):
            level = int(tag[1])
            if level > self.heading + 1:
                self.complain(f"<{tag}> stands under h{self.heading}")
            self.heading = level
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.complain(f"</{tag}> closes {self.open[-1] if self.open else 'nothing'}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] in self.text:
            self.text[self.open[-1]] += data

    def handle_comment(self, data):
        self.complain("a comment")

    def finish(self):
        if self.open:
            self.complain(f"not closed: {self.open}")
        if not all(self.captions):
            self.complain("a table without a caption")
        for tag, target in self.links:
            if tag == "link" and target == "data:,":
                continue
            if not target.startswith("#") or target[1:] not in self.ids:
                self.complain(f"<{tag}> refers to {target}")
        for part in ("style", "script"):
            digest = base64.b64encode(hashlib.sha256(self.text[part].encode()).digest()).decode()
            if f"{part}-src 'sha256-{digest}'" not in self.policy:
                self.complain(f"the policy does not name the hash of the {part}")
            if re.search(r"@import|url\(|https?:|fetch\(|XMLHttpRequest|innerHTML|eval\(", self.text[part]):
                self.complain(f"the {part} reaches outside or makes markup of text")


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        text = file.read()
    checker = Checker()
    checker.feed(text)
    checker.close()
    checker.finish()
    print("\n".join(checker.errors) if checker.errors else "well-formed")
    return 1 if checker.errors else 0


if __name__ == "__main__":
    sys.exit(main())
