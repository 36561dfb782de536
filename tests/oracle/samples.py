#!/usr/bin/env python3
"""Holds the reference, and logstat if it is given, to every file of sample-logs and to the table in its README.

    samples.py sample-logs [build/logstat]

Samples that real servers wrote are read by the readers of tests/servers instead; those in formats that only their
maker writes are held to the requests that it wrote.
"""

import collections
import pathlib
import re
import sys

import compare
from reference import Reference

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))  # first, because this file has the name of the package there
sys.path += [str(ROOT / "scripts" / "samples"), str(ROOT / "tests" / "servers")]
import captured  # noqa: E402  (after the line that says where it is)
import readers
from check import check_report, run_program
from samples import formats  # the package scripts/samples

ROW = re.compile(r"\| (\S+\.log) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| ([0-9: ]*) \|")
# What each file must be found to be, if it is not `combined`; None: nothing in it can decide.
FORMATS = {"common.log": "common", "vhost_common.log": "vhost_common", "vhost_combined.log": "vhost_combined",
           "empty.log": None, "error.log": None, "bare-cr.log": None}


def table(readme):
    """The true counts by file name: ((lines, counted, rejected, ignored), {code: count})."""
    rows = {}
    for name, *numbers, codes in ROW.findall(readme):
        pairs = (pair.split(":") for pair in codes.split())
        rows[name] = tuple(map(int, numbers)), collections.Counter({int(code): int(count) for code, count in pairs})
    return rows


def check(path, truth, program):
    differences = compare.Differences()
    expected_format = FORMATS.get(path.name, "combined")
    counted = Reference()
    counted.read(path.read_bytes(), (expected_format or "").startswith("vhost"))
    totals = counted.totals
    differences.same("README: lines, counted, rejected, ignored",
                     (totals["lines"], totals["counted"], totals["rejected"], totals["ignored"]), truth[0])
    differences.same("README: codes", {code: row.count for code, row in counted.codes.items()}, dict(truth[1]))
    if program:
        differences.extend(compare.check_log(program, str(path), expected_format))
    return differences


def check_captured(path, entry, truth, program):
    differences = compare.Differences()
    lines = path.read_bytes().split(b"\n")[:-1]
    records = [getattr(readers, entry["reader"])(line) for line in lines]
    codes = collections.Counter(record.status if record else None for record in records)
    rejected = codes[None]
    differences.same("README: lines, counted, rejected, ignored",
                     (len(lines), len(lines) - rejected, rejected, 0), truth[0])
    differences.same("README: codes", {code: codes[code] for code in codes if code is not None}, dict(truth[1]))
    if program:
        report = run_program(program, path)
        differences.same("format", report["inputs"][0]["format"], entry["format"])
        differences.extend(check_report("second reader", report, records, codes))
    return differences


def check_made(path, truth, program):
    """Of a log that holds formats.REQUESTS and nothing else that counts."""
    differences = compare.Differences()
    if not program:
        return differences
    report = run_program(program, path)
    totals = report["totals"]
    differences.same("format", report["inputs"][0]["format"], formats.FORMATS[path.name])
    differences.same("lines, counted, rejected, ignored",
                     tuple(totals[key] for key in ("lines", "counted", "rejected", "ignored")), truth[0])
    differences.same("codes", {row["code"]: row["count"] for row in report["codes"]}, dict(truth[1]))
    differences.same("bytes", totals.get("response_bytes"), sum(request.size for request in formats.REQUESTS))

    def same_keys(section, key_of):
        expected = collections.Counter(key_of(request) for request in formats.REQUESTS)
        differences.same(section, {row.get("key"): row["count"] for row in report.get(section, [])},
                         dict(expected))
    if path.name not in formats.WITHOUT_CLIENT:
        same_keys("clients", lambda request: request.client)
    same_keys("paths", lambda request: request.path)
    same_keys("methods", lambda request: request.method)
    times = tuple(compare.seconds(totals.get(key)) for key in ("first_time", "last_time"))
    differences.same("first and last time", times, (formats.REQUESTS[0].time, formats.REQUESTS[-1].time))
    return differences


def main():
    samples = pathlib.Path(sys.argv[1])
    program = sys.argv[2] if len(sys.argv) > 2 else None
    rows = table((samples / "README.md").read_text(encoding="utf-8"))
    logs = sorted(samples.glob("*.log"))
    if not logs or {log.name for log in logs} != set(rows):
        print(f"{samples}/README.md: its table and the files differ; run scripts/make-samples")
        return 1
    entries = {entry["name"]: entry for entry in captured.entries()}

    def differences(log):
        if log.name in entries:
            return check_captured(log, entries[log.name], rows[log.name], program)
        if log.name in formats.FORMATS:
            return check_made(log, rows[log.name], program)
        return check(log, rows[log.name], program)

    return 0 if all([compare.show(log.name, differences(log)) for log in logs]) else 1


if __name__ == "__main__":
    sys.exit(main())
