#!/usr/bin/env python3
"""Runs logstat on logs and holds every field of its JSON report to the reference; prints each difference.

    compare.py build/logstat access.log other.log         the format is what logstat says it is
    compare.py --format combined build/logstat access.log   ... and must be this one

Exit status 0: all equal, 1: differences. Keys are compared as bytes: a printed `\\xNN` is undone (a run of backslashes
before it, or before text that reads like it, was doubled), and a long key is its first 1,024 bytes and its length.
"""

import argparse
import collections
import datetime
import json
import re
import subprocess
import sys

import reference
from reference import KEPT_BYTES, Reference, is_aborted, is_client_error, is_server_error, share

MOST_SHOWN = 40
LISTS = ("paths", "clients", "methods", "hosts")


LONG_KEY = re.compile("\u2026 \\(([0-9,]+) bytes\\)\\Z")
ESCAPE = re.compile(rb"(\\+)x([0-9A-F]{2})")


def key_as_logged(row):
    """(head, length) of a row's key as bytes; None if the lines have no such field."""
    if row.get("missing"):
        return None
    long_key = LONG_KEY.search(row["key"])
    text = LONG_KEY.sub("", row["key"]).encode()

    def undo(found):
        backslashes, digits = found.groups()
        literal = b"\\" * (len(backslashes) // 2)
        return literal + (bytes([int(digits, 16)]) if len(backslashes) % 2 else b"x" + digits)

    head = ESCAPE.sub(undo, text)
    return head, int(long_key.group(1).replace(",", "")) if long_key else len(head)


def kept(key):
    """The same of a key of the reference."""
    return None if key is None else (key[:KEPT_BYTES], len(key))


def seconds(text):
    """RFC 3339 as Unix seconds; None stays None."""
    if text is None:
        return None
    time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int((time - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) / datetime.timedelta(seconds=1))


class Differences(list):
    def same(self, where, found, expected):
        if found != expected:
            self.append(f"{where}: found {found!r}, expected {expected!r}")

    def near(self, where, found, expected):
        if found is None or abs(found - expected) > 1.5e-6 * max(1, abs(expected)):
            self.append(f"{where}: logstat {found!r}, reference {expected!r}")

    def same_map(self, where, found, expected):
        for key in sorted(found.keys() | expected.keys(), key=str):
            if key not in found:
                self.append(f"{where}[{key!r}]: logstat has no such row, reference {expected[key]!r}")
            elif key not in expected:
                self.append(f"{where}[{key!r}]: logstat {found[key]!r}, reference has no such row")
            else:
                self.same(f"{where}[{key!r}]", found[key], expected[key])

    def ordered(self, where, rows, order):
        """Rows follow `order`, then their key; of long keys only the head is known, and a missing key sorts anywhere."""
        for a, b in zip(rows, rows[1:]):
            keys = key_as_logged(a), key_as_logged(b)
            wrong_keys = None not in keys and keys[0][0] > keys[1][0]
            if order(a) > order(b) or (order(a) == order(b) and wrong_keys):
                self.append(f"{where}: {a['key']!r} stands before {b['key']!r}")


def add_up(rows):
    """(key, numbers, first time, last time) of rows, by key; long keys that look alike are added up."""
    result = {}
    for key, numbers, first, last in rows:
        old_numbers, old_first, old_last = result.get(key, ({}, None, None))
        numbers = {name: old_numbers.get(name, 0) + value for name, value in numbers.items()}
        result[key] = (numbers, min((t for t in (first, old_first) if t is not None), default=None),
                       max((t for t in (last, old_last) if t is not None), default=None))
    return result


def rows_of_report(rows):
    names = ("count", "bytes", "2xx", "3xx", "4xx", "5xx", "server_errors", "client_errors", "aborted")
    return add_up((key_as_logged(row), {name: row.get(name, 0) for name in names}, seconds(row.get("first_time")),
                   seconds(row.get("last_time"))) for row in rows)


def rows_of_reference(rows):
    return add_up((kept(key),
                   {"count": row.count, "bytes": row.bytes,
                    **{name: row.classes().get(name, 0) for name in ("2xx", "3xx", "4xx", "5xx")},
                    "server_errors": row.outcome(is_server_error), "client_errors": row.outcome(is_client_error),
                    "aborted": row.outcome(is_aborted)}, row.first, row.last) for key, row in rows.items())


def counts(pairs):
    result = collections.Counter()
    for key, count in pairs:
        result[key] += count
    return result


def compare_totals(report, expected, differences):
    for name, value in expected["totals"].items():
        found = report["totals"].get(name)
        if name.endswith("_time"):
            found, value = seconds(found), seconds(value)
        if name == "distinct_clients" and report["totals"].get("distinct_clients_error"):
            if abs(found - value) > 5 * report["totals"]["distinct_clients_error"] * value:
                differences.append(f"totals.distinct_clients: logstat {found}, reference {value}: beyond five errors")
            continue
        differences.same(f"totals.{name}", found, value)
    totals = report["totals"]
    differences.same("totals: counted + filtered + rejected + ignored",
                     totals["counted"] + totals["filtered"] + totals["rejected"] + totals["ignored"], totals["lines"])
    summary = report.get("summary", {})
    differences.near("summary.reject_share", summary.get("reject_share"), expected["summary"]["reject_share"])
    differences.near("summary.error_rate.overall", (summary.get("error_rate") or {}).get("overall"),
                     expected["summary"]["error_rate"])
    differences.near("summary.rps.mean", (summary.get("rps") or {}).get("mean"), expected["summary"]["mean_rps"])
    differences.same_map("rejects", {row["reason"]: row["count"] for row in report["rejects"]}, expected["rejects"])


def compare_codes(report, expected, counted, differences):
    differences.same("classes", [(row["class"], row["count"]) for row in report["classes"]],
                     [(row["class"], row["count"]) for row in expected["classes"]])
    for row in report["classes"] + report["codes"]:
        differences.near(f"share of {row.get('code', row['class'])}", row["share"],
                         share(row["count"], report["totals"]["counted"]))
    differences.same("codes", [(row["code"], row["count"]) for row in report["codes"]],
                     [(row["code"], row["count"]) for row in expected["codes"]])
    found = {row["code"]: row for row in report["codes"]}
    for row in expected["codes"]:
        if row["code"] not in found:
            continue
        where, other = f"codes[{row['code']}]", found[row["code"]]
        differences.same(f"{where}.bytes", other.get("bytes"), row["bytes"])
        for name in ("first_time", "last_time"):
            differences.same(f"{where}.{name}", seconds(other.get(name)), seconds(row[name]))
        for name, keys in (("top_paths", counted.code_paths), ("top_clients", counted.code_clients)):
            differences.same_map(f"{where}.{name}", counts((key_as_logged(r), r["count"]) for r in other.get(name, [])),
                                 counts((kept(key), count) for key, count in keys[row["code"]].items()))
            differences.ordered(f"{where}.{name}", other.get(name, []), lambda r: -r["count"])


def compare_timeline(report, expected, differences):
    found = report.get("timeline", {"points": []})
    differences.same("timeline.interval_seconds", found.get("interval_seconds") or None, expected["interval_seconds"])
    differences.same("timeline: times", [seconds(point["time"]) for point in found["points"]],
                     [seconds(point["time"]) for point in expected["points"]])
    by_time = {seconds(point["time"]): point for point in found["points"]}
    for point in expected["points"]:
        other = by_time.get(seconds(point["time"]))
        if other is None:
            continue
        where, classes = f"timeline[{point['time']}]", point["classes"]
        differences.same(f"{where}.count", other["count"], point["count"])
        differences.same(f"{where}.bytes", other.get("bytes"), point["bytes"])
        for name in ("0xx", "1xx", "2xx", "3xx", "4xx", "5xx", "6xx"):
            differences.same(f"{where}.{name}", other.get(name, 0), classes.get(name, 0))
        differences.same(f"{where}.other", other.get("other", 0),
                         sum(classes.get(name, 0) for name in ("7xx", "8xx", "9xx")))
        differences.near(f"{where}.error_rate", other.get("error_rate"), point["error_rate"])
        differences.same_map(f"{where}.codes", other.get("codes", {}), point["codes"])


def compare_lists(report, counted, differences):
    for name in LISTS:
        rows = dict(counted.lists[name])
        found = report.get(name) or []
        if name == "hosts" and set(rows) <= {None}:       # no line has a host: no list, or one row that says so
            differences.same("hosts: rows with a host", [row["key"] for row in found if not row.get("missing")], [])
            continue
        differences.same_map(name, rows_of_report(found), rows_of_reference(rows))
        differences.ordered(name, found, lambda row: -row["count"])
        if name == "methods":
            continue
        failing = {key: row for key, row in rows.items()
                   if row.outcome(is_server_error) or row.outcome(is_client_error)}
        found = report.get("failing_" + name) or []
        differences.same_map("failing_" + name, rows_of_report(found), rows_of_reference(failing))
        differences.ordered("failing_" + name, found, lambda row: (-row["server_errors"], -row["client_errors"]))


def compare(report, counted):
    """The differences between logstat's report, as parsed JSON, and a Reference."""
    differences = Differences()
    expected = counted.to_json(report["options"].get("interval"))
    compare_totals(report, expected, differences)
    compare_codes(report, expected, counted, differences)
    compare_timeline(report, expected["timeline"], differences)
    compare_lists(report, counted, differences)
    return differences


def run_logstat(program, log, options=()):
    """The JSON report; 0 is the only exit status, or 3 for a log of which lines are rejected and none counts."""
    run = subprocess.run([program, "-o", "json", "--top", "0", *options, log], capture_output=True, check=False)
    if run.returncode not in (0, 3):
        raise SystemExit(f"{log}: logstat ended with {run.returncode}: {run.stderr.decode(errors='replace')}")
    report = json.loads(run.stdout)
    nothing_counts = report["totals"]["rejected"] > 0 and report["totals"]["counted"] == 0
    if (run.returncode == 3) != nothing_counts:
        raise SystemExit(f"{log}: logstat ended with {run.returncode}: {run.stderr.decode(errors='replace')}")
    return report


def check_log(program, log, expected_format=None, options=()):
    """Compares one log and returns the differences."""
    report = run_logstat(program, log, options)
    verdict = report["inputs"][0]["format"]
    counted = Reference()
    with open(log, "rb") as file:
        counted.read(file.read(), (expected_format or verdict or "").startswith("vhost"))
    differences = compare(report, counted)
    if expected_format is not None:
        differences.same("inputs[0].format", verdict, expected_format)
    differences.same("inputs[0].lines", report["inputs"][0]["lines"], counted.totals["lines"])
    differences.same("inputs[0].bytes", report["inputs"][0]["bytes"], counted.totals["bytes_read"])
    return differences


def show(log, differences):
    """Prints the verdict on one log; true if nothing differs."""
    print(f"{log}: {'equal' if not differences else f'{len(differences)} differences'}")
    for text in differences[:MOST_SHOWN]:
        print("  " + (text if len(text) < 600 else text[:600] + " ..."))
    if len(differences) > MOST_SHOWN:
        print(f"  ... and {len(differences) - MOST_SHOWN} more")
    return not differences


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--format", help="the format that the logs must be found to have")
    parser.add_argument("--interval", type=int, choices=reference.INTERVALS, help="step of the timeline in seconds")
    parser.add_argument("program")
    parser.add_argument("logs", nargs="+")
    arguments = parser.parse_args()
    options = ["--interval", f"{arguments.interval}s"] if arguments.interval else []
    results = [show(log, check_log(arguments.program, log, arguments.format, options)) for log in arguments.logs]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
