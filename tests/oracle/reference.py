#!/usr/bin/env python3
"""Counts CLF-like access logs in the plainest way and prints JSON: the second opinion that tests compare with.

    reference.py --format combined access.log | jq .totals

Slow and simple on purpose (some 50,000 lines a second): everything in memory, one pass to read, one to count. How a
line is read is in clf.py. In keys, control bytes and bytes that are not UTF-8 are printed as \\xNN; a key that the lines lack
is null. A test that compares uses the class, whose keys are the bytes as logged.
"""

import argparse
import collections
import datetime
import json
import sys

import clf

DAY = 86400
KEPT_BYTES = 1024
INTERVALS = [1, 10, 30, 60, 600, 1800, 3600, 21600, DAY, 7 * DAY, 28 * DAY]
MOST_POINTS = 120          # of a timeline whose step nobody chose
MOST_FULL_POINTS = 4096    # over this only the points that are not empty


def is_aborted(code):
    return code in (0, 444, 460, 499)


def is_client_error(code):
    return 400 <= code <= 499 and not is_aborted(code)


def is_server_error(code):
    return 500 <= code <= 699


def printable(key):
    """The printed form of a key; None stays None. Of a long key only the first 1,024 bytes and the length are kept."""
    if key is None:
        return None
    if len(key) > KEPT_BYTES:
        return printable(key[:KEPT_BYTES]) + f"\u2026({len(key)} bytes)"
    text = key.decode("utf-8", "surrogateescape")
    return "".join(f"\\x{ord(c) & 0xFF:02X}" if ord(c) < 0x20 or ord(c) == 0x7F or 0xDC80 <= ord(c) <= 0xDCFF else c
                   for c in text)


def rfc3339(seconds):
    if seconds is None:
        return None
    return (datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Row:
    """What every list counts per key, and the codes and points count too."""

    def __init__(self):
        self.count = self.bytes = 0
        self.codes = collections.Counter()
        self.first = self.last = None

    def add(self, record, time):
        self.count += 1
        self.bytes += record.bytes
        self.codes[record.status] += 1
        if time is not None:
            self.first = time if self.first is None else min(self.first, time)
            self.last = time if self.last is None else max(self.last, time)

    def outcome(self, kind):
        return sum(count for code, count in self.codes.items() if kind(code))

    def classes(self):
        counts = collections.Counter()
        for code, count in self.codes.items():
            counts[f"{code // 100}xx" if code else "0xx"] += count
        return dict(counts)

    def to_json(self, key):
        return {"key": printable(key), "count": self.count, "bytes": self.bytes, "classes": self.classes(),
                "server_errors": self.outcome(is_server_error), "client_errors": self.outcome(is_client_error),
                "aborted": self.outcome(is_aborted), "first_time": rfc3339(self.first), "last_time": rfc3339(self.last)}


def outliers(times):
    """The places in `times`, one input's readable times in order, that are clock outliers."""
    found = set()
    for i, time in enumerate(times):
        if len(times) < 3:
            break
        if i == 0:
            a, b = times[1], times[2]
        elif i == len(times) - 1:
            a, b = times[i - 1], times[i - 2]
        else:
            a, b = times[i - 1], times[i + 1]
        if abs(a - b) <= DAY and abs(time - a) > DAY and abs(time - b) > DAY:
            found.add(i)
    return found


class Reference:
    def __init__(self):
        self.totals = collections.Counter(lines=0, counted=0, filtered=0, rejected=0, ignored=0, bytes_read=0,
                                          response_bytes=0, time_unknown=0, clock_outliers=0)
        self.rejects = collections.Counter()
        self.all = Row()
        self.lists = {name: collections.defaultdict(Row) for name in ("paths", "clients", "methods", "hosts")}
        self.codes = collections.defaultdict(Row)
        self.code_paths = collections.defaultdict(collections.Counter)
        self.code_clients = collections.defaultdict(collections.Counter)
        self.seconds = collections.defaultdict(Row)      # by time; None: unreadable

    def read(self, data, vhost):
        """Counts one input, given as bytes."""
        lines = data.split(b"\n")
        if lines[-1] == b"":
            lines.pop()
        records = []
        for number, line in enumerate(lines):
            record, verdict = clf.read_line(line, vhost, first=number == 0)
            if record is not None:
                records.append(record)
            elif verdict == "ignored":
                self.totals["ignored"] += 1
            else:
                self.totals["rejected"] += 1
                self.rejects[verdict] += 1
        self.totals["lines"] += len(lines)
        self.totals["bytes_read"] += len(data)
        timed = [i for i, record in enumerate(records) if record.time is not None]
        wrong = {timed[i] for i in outliers([records[i].time for i in timed])}
        for i, record in enumerate(records):
            self.count(record, i in wrong)

    def count(self, record, outlier):
        self.totals["counted"] += 1
        self.totals["response_bytes"] += record.bytes
        self.totals["time_unknown"] += record.time is None
        self.totals["clock_outliers"] += outlier
        time = None if outlier else record.time
        self.all.add(record, time)
        self.codes[record.status].add(record, time)
        self.code_paths[record.status][record.path] += 1
        self.code_clients[record.status][record.client] += 1
        for name, key in (("paths", record.path), ("clients", record.client), ("methods", record.method),
                          ("hosts", record.host)):
            self.lists[name][key].add(record, time)
        if not outlier:
            self.seconds[record.time].add(record, time)

    def timeline(self, interval):
        times = [time for time in self.seconds if time is not None]
        step = interval or self.default_interval(times)
        points = collections.defaultdict(Row)
        if times and (max(times) // step - min(times) // step) < MOST_FULL_POINTS:
            for start in range(min(times) // step, max(times) // step + 1):
                points[start * step] = Row()
        for time, row in self.seconds.items():
            point = points[None if time is None else time // step * step]
            point.count += row.count
            point.bytes += row.bytes
            point.codes += row.codes
        ordered = sorted(points, key=lambda time: (time is None, time))
        return {"interval_seconds": step if times else None,
                "points": [{"time": rfc3339(time), "count": points[time].count, "bytes": points[time].bytes,
                            "classes": points[time].classes(),
                            "error_rate": share(points[time].outcome(is_server_error), points[time].count),
                            "codes": {str(code): count for code, count in sorted(points[time].codes.items())
                                      if code >= 400}} for time in ordered]}

    @staticmethod
    def default_interval(times):
        for step in INTERVALS:
            if not times or max(times) // step - min(times) // step + 1 <= MOST_POINTS:
                return step
        return INTERVALS[-1]

    def to_json(self, interval=None):
        counted = self.totals["counted"]
        lists = {}
        for name, rows in self.lists.items():
            if set(rows) == {None} and name == "hosts":
                rows = {}                                   # a log whose lines have no host has no list of hosts
            lists[name] = [rows[key].to_json(key) for key in sorted(rows, key=lambda k: (-rows[k].count, k or b""))]
            if name == "methods":
                continue
            failing = [key for key in rows if rows[key].outcome(is_server_error) or rows[key].outcome(is_client_error)]
            failing.sort(key=lambda k: (-rows[k].outcome(is_server_error), -rows[k].outcome(is_client_error), k or b""))
            lists["failing_" + name] = [rows[key].to_json(key) for key in failing]
        classes = self.all.classes()
        return {
            "totals": dict(self.totals, first_time=rfc3339(self.all.first), last_time=rfc3339(self.all.last),
                           distinct_clients=sum(key is not None for key in self.lists["clients"])),
            "summary": {"error_rate": share(self.all.outcome(is_server_error), counted),
                        "reject_share": share(self.totals["rejected"], self.totals["lines"] - self.totals["ignored"]),
                        "mean_rps": self.mean_rate()},
            "rejects": dict(self.rejects),
            "classes": [{"class": name, "count": classes[name], "share": share(classes[name], counted)}
                        for name in sorted(classes)],
            "codes": [{"code": code, "count": row.count, "share": share(row.count, counted), "bytes": row.bytes,
                       "first_time": rfc3339(row.first), "last_time": rfc3339(row.last),
                       "top_paths": top(self.code_paths[code]), "top_clients": top(self.code_clients[code])}
                      for code, row in sorted(self.codes.items(), key=lambda item: (-item[1].count, item[0]))],
            "timeline": self.timeline(interval), **lists}

    def mean_rate(self):
        if self.all.first is None:
            return 0
        timed = self.totals["counted"] - self.totals["time_unknown"] - self.totals["clock_outliers"]
        return timed / (self.all.last - self.all.first + 1)


def share(part, whole):
    return round(part / whole, 6) if whole else 0


def top(counter):
    return [{"key": printable(key), "count": count}
            for key, count in sorted(counter.items(), key=lambda item: (-item[1], item[0] or b""))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--format", default="combined",
                        choices=["common", "combined", "vhost_common", "vhost_combined"])
    parser.add_argument("--interval", type=int, choices=INTERVALS, help="step of the timeline in seconds")
    parser.add_argument("logs", nargs="+")
    arguments = parser.parse_args()
    reference = Reference()
    for name in arguments.logs:
        with open(name, "rb") as log:
            reference.read(log.read(), arguments.format.startswith("vhost"))
    json.dump(reference.to_json(arguments.interval), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
